"""The cache of exports: whole or absent, checked when read, and the same after any interruption."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from edgegen.errors import ProjectError
from edgegen.exporters import cache
from edgegen.exporters.cache import lookup, store
from edgegen.exporters.job import ExportReport

KEY = "0123456789abcdef"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path))
    return tmp_path / "exports"


def write(path: Path) -> ExportReport:
    path.write_bytes(b"model")
    return ExportReport("pte", 5, 50.0, {"aten.add": 2}, sqnr_db=20.5, seconds=1.0)


def test_what_was_stored_is_found_with_its_report() -> None:
    stored = store(KEY, "model.pte", write)
    found = lookup(KEY, "model.pte")
    assert found is not None
    assert found.path == stored.path
    assert found.path.read_bytes() == b"model"
    assert found.report.cached
    assert not stored.report.cached
    assert (found.report.undelegated, found.report.sqnr_db) == ({"aten.add": 2}, 20.5)


def write_folder(path: Path) -> ExportReport:
    (path / "Data").mkdir(parents=True)
    (path / "Manifest.json").write_text("{}", encoding="utf-8")
    (path / "Data" / "model.mlmodel").write_bytes(b"program")
    return ExportReport("mlpackage", 9)


def test_a_folder_is_kept_as_a_file_is() -> None:
    stored = store(KEY, "model.mlpackage", write_folder)
    found = lookup(KEY, "model.mlpackage")
    assert found is not None
    assert (found.path / "Data" / "model.mlmodel").read_bytes() == b"program"
    assert not stored.report.cached


@pytest.mark.parametrize("damage", ["changed", "removed", "added", "renamed"])
def test_a_damaged_folder_is_removed_and_not_used(damage: str) -> None:
    program = store(KEY, "model.mlpackage", write_folder).path / "Data" / "model.mlmodel"
    if damage == "changed":
        program.write_bytes(b"program!")
    elif damage == "removed":
        program.unlink()
    elif damage == "added":
        (program.parent / "weight.bin").write_bytes(b"")
    else:
        program.rename(program.with_name("other.mlmodel"))
    assert lookup(KEY, "model.mlpackage") is None
    assert not program.parents[1].exists()


def test_an_unknown_key_is_not_found() -> None:
    assert lookup(KEY, "model.pte") is None


@pytest.mark.parametrize("damage", [b"mod", b"modem", b""])
def test_a_damaged_file_is_removed_and_not_used(damage: bytes) -> None:
    store(KEY, "model.pte", write).path.write_bytes(damage)
    assert lookup(KEY, "model.pte") is None
    assert store(KEY, "model.pte", write).path.read_bytes() == b"model"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"sha256": "x", "unknown": 1}'])
def test_a_damaged_report_is_not_used(folder: Path, text: str) -> None:
    store(KEY, "model.pte", write)
    (folder / KEY / "report.json").write_text(text, encoding="utf-8")
    assert lookup(KEY, "model.pte") is None


def test_a_failure_while_writing_leaves_nothing(folder: Path) -> None:
    def fail(path: Path) -> ExportReport:
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store(KEY, "model.pte", fail)
    assert not folder.exists()  # It was made for this entry, and holds none.
    assert lookup(KEY, "model.pte") is None


def test_an_old_leftover_of_a_killed_run_is_removed_and_a_running_one_left_alone(folder: Path) -> None:
    for name, age in (("killed", 7200), ("running", 10)):
        leftover = folder / f".{name}.edgegen-x"
        leftover.mkdir(parents=True)
        (leftover / "model.pte").write_bytes(b"half")
        os.utime(leftover, (time.time() - age, time.time() - age))
    store(KEY, "model.pte", write)
    assert sorted(path.name for path in folder.iterdir()) == [".running.edgegen-x", KEY]


def test_two_processes_that_finish_the_same_export_both_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = cache.replace_dir

    def lose_the_race(new: Path, old: Path) -> None:
        monkeypatch.setattr(cache, "replace_dir", real)
        store(KEY, "model.pte", write)
        raise ProjectError("cannot replace: Directory not empty", where=str(old), hint="")

    monkeypatch.setattr(cache, "replace_dir", lose_the_race)
    assert store(KEY, "model.pte", write).path.read_bytes() == b"model"


def test_storing_twice_replaces() -> None:
    store(KEY, "model.pte", write)
    assert store(KEY, "model.pte", write).path.read_bytes() == b"model"


def test_a_cache_that_cannot_be_written_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("EDGEGEN_CACHE", str(blocked))
    with pytest.raises(ProjectError) as caught:
        store(KEY, "model.pte", write)
    assert str(blocked) in str(caught.value)
