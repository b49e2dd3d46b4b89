"""Targets in the way, folders that cannot be written, and a disk that fills up in the middle."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.cases import NEW, SENSOR, Case, case, check_failure, check_refused
from tests.faults.folders import listing
from tests.faults.in_process import edgegen

WEIGHTED = (*SENSOR, "--weights", "sensor.pth")


def in_the_way(what: str, folder: Path) -> None:
    """Puts something at the place of the project `hello`."""
    target = folder / "hello"
    if what == "file":
        target.write_text("mine", encoding="utf-8")
    elif what == "folder":
        target.mkdir()
        (target / "notes.txt").write_text("mine", encoding="utf-8")
    elif what == "link":
        target.symlink_to(folder / "photos")
    elif what == "broken link":
        target.symlink_to(folder / "nowhere")
    elif what == "project":
        shutil.copytree(folder / "sensor", target)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("file", "in the way"),
        ("folder", "--overwrite"),
        ("link", "in the way"),
        ("broken link", "in the way"),
        ("project", "--overwrite"),
    ],
)
def test_a_target_that_is_taken(what: str, said: str, own_folder: Path) -> None:
    in_the_way(what, own_folder)
    check_refused(case(what, (*NEW, *WEIGHTED), 8, "hello", said), own_folder)


@pytest.mark.parametrize("what", ["file", "link", "broken link"])
def test_overwrite_replaces_folders_only(what: str, own_folder: Path) -> None:
    in_the_way(what, own_folder)
    check_refused(case(what, (*NEW, *WEIGHTED, "--overwrite"), 8, "hello", "in the way"), own_folder)


@pytest.mark.parametrize("target", ["sensor.pth", "sensor.pth/below", "/proc/nowhere", "/dev/null", "o" * 300])
def test_an_output_that_can_be_no_folder(target: str, folder: Path) -> None:
    """A file in the way, a file system that takes no folders, a name that is too long: root's permissions stop none."""
    check_refused(case(target, (*NEW, *WEIGHTED, "--output", target), 8, target.partition("/below")[0]), folder)


def test_a_failure_removes_the_folders_it_made(folder: Path) -> None:
    arguments = (*NEW, *WEIGHTED, "--output", "deep/er", "--set", "budget.model_mb=0.001")
    check_refused(case("gate", arguments, 7, "budget.model_mb"), folder)


def test_a_cache_that_cannot_be_written(folder: Path) -> None:
    fault = Case("cache", (*NEW, *WEIGHTED), 8, ("sensor.pth", "cannot"), {"EDGEGEN_CACHE": "sensor.pth"})
    check_refused(fault, folder)


REASONS = ("No space left on device", "Read-only file system")


def test_new_on_a_bad_disk(small_disk: Callable[[], None], folder: Path, tmp_path: Path) -> None:
    small_disk()
    disk = tmp_path / "disk"
    before = listing(disk)
    done = edgegen(*NEW, *WEIGHTED, "--output", disk, cwd=folder)
    check_failure(done, case("", (), 8, str(disk / "hello")))
    assert any(reason in done.error() for reason in REASONS)
    assert listing(disk) == before


def test_export_on_a_bad_disk(small_disk: Callable[[], None], folder: Path, tmp_path: Path) -> None:
    project = tmp_path / "disk" / "sensor"
    shutil.copytree(folder / "sensor", project)
    toml = project / "edgegen.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('path = ".."', f'path = "{folder}"'), encoding="utf-8")
    small_disk()
    before = listing(project.parent)
    done = edgegen("export", "--project", project, cwd=folder)
    check_failure(done, case("", (), 8, str(project)))
    assert any(reason in done.error() for reason in REASONS)
    assert listing(project.parent) == before


def test_a_cache_on_a_bad_disk(small_disk: Callable[[], None], folder: Path, tmp_path: Path) -> None:
    small_disk()
    disk = tmp_path / "disk"
    before = listing(disk)
    done = edgegen(*NEW, *WEIGHTED, "--output", tmp_path, cwd=folder, env={"EDGEGEN_CACHE": str(disk)})
    check_failure(done, case("", (), 8, str(disk)))
    assert listing(disk) == before
    assert not (tmp_path / "hello").exists()


@pytest.mark.parametrize("nth", [1, 2, 5, 20, 40])
def test_the_disk_fills_at_the_nth_file(nth: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin that needs no root: copying a file of the project fails, after `nth` that did not."""
    real, count = shutil.copy2, 0

    def copy(source: str, target: str, **options: bool) -> object:
        nonlocal count
        count += 1
        if count >= nth:
            raise OSError(28, "No space left on device", str(target))
        return real(source, target, **options)

    monkeypatch.setattr(shutil, "copy2", copy)
    monkeypatch.setattr(shutil.copytree, "__defaults__", (False, None, copy, False, False))
    fault = case(f"{nth}", (*NEW, *WEIGHTED), 8, "hello", "No space left on device", "nothing was changed")
    check_refused(fault, folder)
    assert count >= nth
