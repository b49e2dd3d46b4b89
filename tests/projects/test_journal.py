"""Many files as one change: killed before any of its steps, it is done or not begun once it is looked at again."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from edgegen.errors import ProjectError
from edgegen.paths import remove_leftovers, staging
from edgegen.projects.journal import PENDING, Journal, finish_pending
from tests.faults.folders import listing

EVENTS = frozenset(("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a file to change, one to remove, one that stays, and a generated/ with a file in it."""
    folder = tmp_path / "project"
    for name in ("src/change.c", "src/stay.c", "old/gone.c", "generated/deep/model.bin", ".edgegen/manifest.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"old {name}")
    (folder / "src" / "change.c").chmod(0o640)
    return folder


def change(project: Path) -> None:
    """One of each: a file changed, added (in a new folder) and removed, a folder replaced."""
    remove_leftovers(project / PENDING)
    with staging(project / PENDING) as folder:
        journal = Journal(project, folder)
        journal.write("src/change.c", b"new text", 0o640)
        journal.write("new/deep/run", b"#!/bin/sh", 0o755)
        journal.remove("old/gone.c")
        made = folder / "made"
        made.mkdir()
        (made / "model.bin").write_text("new model")
        journal.put_folder("generated", made)
        journal.write(".edgegen/manifest.json", b"{}", 0o644)
        journal.commit()


def visible(project: Path) -> dict[str, str]:
    """What is there, without what a killed run left in .edgegen."""
    return {name: what for name, what in listing(project).items() if not name.startswith(".edgegen/.update")}


def killed_at(project: Path, nth: int, work: Callable[[Path], None] = change) -> bool:
    """Runs `work` in a fork that kills itself before its nth change to the disk; whether it was killed."""
    child = os.fork()
    if child == 0:
        count = 0

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal count
            if event in EVENTS or (event == "open" and isinstance(arguments[2], int) and arguments[2] & 3):
                count += 1
                if count == nth:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            work(project)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_everything_is_in_place(project: Path) -> None:
    change(project)
    assert (project / "src" / "change.c").read_text() == "new text"
    assert (project / "src" / "change.c").stat().st_mode & 0o777 == 0o640
    assert os.access(project / "new" / "deep" / "run", os.X_OK)
    assert not (project / "old").exists()
    assert [path.name for path in (project / "generated").iterdir()] == ["model.bin"]
    assert [path.name for path in (project / ".edgegen").iterdir()] == ["manifest.json"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with fork()")
def test_killed_anywhere_it_is_as_before_or_as_after(project: Path, tmp_path: Path) -> None:
    before = listing(project)
    done = tmp_path / "done"
    shutil.copytree(project, done)
    change(done)
    after = listing(done)
    seen = []
    for nth in range(1, 200):
        copy = tmp_path / f"copy-{nth}"
        shutil.copytree(project, copy)
        if not killed_at(copy, nth):
            break
        finish_pending(copy)
        assert visible(copy) in (before, after), nth
        seen.append(visible(copy) == after)
        change(copy)  # And the next run tidies up.
        assert listing(copy) == after, nth
        shutil.rmtree(copy)
    assert seen == sorted(seen), "once the change is decided, it is never taken back"
    assert seen.count(False) > 10
    assert seen.count(True) > 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with fork()")
def test_killed_again_while_finishing(project: Path, tmp_path: Path) -> None:
    """Whoever ends the work of a killed run may be killed as well, at each step; a third one ends it."""
    half = tmp_path / "half"
    nth = 0
    while not (half / PENDING).is_dir():
        nth += 1
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(project, half)
        assert killed_at(half, nth), "the journal is never seen"
    change(project)
    after = listing(project)
    rounds = 0
    for again in range(1, 200):
        copy = tmp_path / f"copy-{again}"
        shutil.copytree(half, copy)
        killed = killed_at(copy, again, finish_pending)
        finish_pending(copy)
        assert visible(copy) == after, again
        if not killed:
            break
        rounds += 1
    assert rounds > 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with fork()")
def test_what_was_written_after_the_kill_is_kept(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody goes on working in the half-way project before a command of edgegen's ends the update."""
    half = tmp_path / "half"
    nth = 0
    while not (half / PENDING).is_dir():
        nth += 1
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(project, half)
        assert killed_at(half, nth)
    (half / "src" / "change.c").write_text("mine")
    (half / "old" / "gone.c").write_text("mine as well")
    (half / "new" / "deep").mkdir(parents=True)
    (half / "new" / "deep" / "run").write_text("and mine")
    finish_pending(half)
    assert (half / "src" / "change.c").read_text() == "new text"
    assert (half / "src" / "change.c.yours").read_text() == "mine"
    assert (half / "new" / "deep" / "run.yours").read_text() == "and mine"
    assert (half / "old" / "gone.c").read_text() == "mine as well"
    assert "your text is in change.c.yours" in capsys.readouterr().err


@pytest.mark.parametrize("nth", range(1, 8))
def test_a_step_that_the_system_refuses_takes_all_back(
    nth: int, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, count, real = listing(project), 0, Path.replace

    def replace(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == nth:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    if nth <= 4:
        with pytest.raises(OSError, match="No space"):
            change(project)
        assert listing(project) == before
    else:
        change(project)
        assert listing(project) != before


def test_a_folder_that_takes_no_files_is_told_before_the_first_step(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = listing(project)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != project / "old")
    with pytest.raises(ProjectError, match="Permission denied") as caught:
        change(project)
    assert caught.value.where == str(project / "old")
    assert listing(project) == before


def test_ctrl_c_waits_for_the_last_step(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        change(project)
    assert (project / ".edgegen" / "manifest.json").read_text() == "{}"
    assert not (project / PENDING).exists()


def pending_of(project: Path, process: int) -> None:
    """A journal without steps, of the process of that number."""
    (project / PENDING).mkdir()
    (project / PENDING / "journal.json").write_text(f'{{"process": {process}, "steps": [], "folders": []}}')


def test_the_update_of_a_living_process_is_left_to_it(project: Path) -> None:
    pending_of(project, 1)
    with pytest.raises(ProjectError, match="another edgegen"):
        finish_pending(project)
    os.utime(project / PENDING, (0, 0))  # No update takes that long: the number belongs to another process now.
    finish_pending(project)
    assert not (project / PENDING).exists()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"steps": [[0, "../../x", false, null]], "folders": []}', '{"steps": [[0]], "folders": []}'],
)
def test_a_journal_that_is_none_changes_nothing(text: str, project: Path) -> None:
    (project / PENDING).mkdir()
    (project / PENDING / "journal.json").write_text(text)
    before = listing(project)
    with pytest.raises(ProjectError, match="journal") as caught:
        finish_pending(project)
    assert ".edgegen/update" in caught.value.hint
    assert listing(project) == before


def test_what_was_changed_while_the_new_text_was_made_is_not_overwritten(project: Path) -> None:
    with staging(project / PENDING) as folder:
        journal = Journal(project, folder)
        journal.write("src/change.c", b"new text", 0o640)
        (project / "src" / "change.c").write_text("an editor's")
        with pytest.raises(ProjectError, match="changed by another edgegen or an editor"):
            journal.commit()
    assert (project / "src" / "change.c").read_text() == "an editor's"
    assert not (project / PENDING).exists()
