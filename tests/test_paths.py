"""Files and folders are swapped whole, whatever happens in the middle."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from edgegen import paths
from edgegen.errors import ProjectError


def test_atomic_write_replaces_content_and_keeps_mode(tmp_path: Path) -> None:
    target = tmp_path / "run.sh"
    target.write_text("old")
    target.chmod(0o755)
    paths.atomic_write(target, "new\n")
    assert target.read_bytes() == b"new\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o755


def test_atomic_write_gives_a_new_file_the_umasks_mode(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        paths.atomic_write(tmp_path / "new", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_atomic_write_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    (tmp_path / ".edgegen.toml.abc.edgegen-tmp").write_text("half")
    paths.atomic_write(tmp_path / "edgegen.toml", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["edgegen.toml"]


def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "edgegen.toml"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ProjectError, match="No space left on device"):
        paths.atomic_write(target, "new")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["edgegen.toml"]


@pytest.mark.parametrize("exchange", [True, False], ids=["one step", "two renames"])
def test_replace_dir_puts_the_new_folder_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr(paths, "_exchange", lambda *_: False)
    old, new = tmp_path / "generated", tmp_path / "staging"
    for folder, text in ((old, "old"), (new, "new")):
        folder.mkdir()
        (folder / "model.pte").write_text(text)
    paths.replace_dir(new, old)
    assert (old / "model.pte").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["generated"]


def test_recover_dir_puts_back_what_a_kill_between_two_renames_left(tmp_path: Path) -> None:
    folder = tmp_path / "generated"
    folder.mkdir()
    (folder / "model.pte").write_text("whole")
    folder.rename(paths._aside(folder))
    paths.recover_dir(folder)
    assert (folder / "model.pte").read_text() == "whole"


def test_leftovers_of_killed_runs_are_removed_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "he[l]lo"
    leftover = paths.temporary_sibling(target)
    (leftover / "half").write_text("x")
    bystander = tmp_path / ".hello.edgegen-notes"
    bystander.mkdir()
    paths.remove_leftovers(target)
    assert not leftover.exists()
    assert bystander.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot ask whether a process is alive without ending it")
def test_what_a_running_process_works_on_is_no_leftover(tmp_path: Path) -> None:
    target = tmp_path / "generated"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        working = tmp_path / f".generated.edgegen-{other.pid}-abc"
        working.mkdir()
        paths.remove_leftovers(target)
        assert working.exists()
        os.utime(working, (0, 0))
        paths.remove_leftovers(target)
        assert not working.exists(), "nothing works on it for hours: the number is another process's by now"
        working.mkdir()
        other.communicate(b"\n")
    paths.remove_leftovers(target)
    assert not working.exists()


def test_cache_dir_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path / "c"))
    assert paths.cache_dir() == tmp_path / "c"
