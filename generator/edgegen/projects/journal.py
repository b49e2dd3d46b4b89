"""Many files of a project changed as one: all of them, or none, wherever the process is killed.

A folder can be exchanged in one step (`paths.replace_dir`), and `edgegen update` could do that with the whole project;
but the person stands in that folder, with a shell, an editor and a build of theirs in it, and would find themselves in
one that is deleted. So the files themselves are replaced, and a journal says which:

1. Everything new is written into a temporary folder inside `.edgegen/`, with a copy of every file to be replaced.
2. That folder is renamed to `.edgegen/update`. Before this moment the project is as it was, after it as it will be.
3. Each file is renamed into its place, which takes a millisecond for a hundred of them; then the folder is removed.

Who is killed during 3 has left the journal: whatever command of edgegen's comes next (a build calls one) ends the work
before it looks at the project. A step that the system refuses takes all steps back. What the user wrote meanwhile is
set aside, not overwritten.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from edgegen import console
from edgegen.errors import ProjectError
from edgegen.paths import file_errors, file_sha256, remove_tree

PENDING: Final = Path(".edgegen") / "update"
_JOURNAL: Final = "journal.json"
# A living process with the number of the journal's is another one if the journal is older: numbers are used again.
_LONGEST_APPLYING_S: Final = 60.0


class _Step(NamedTuple):
    """`target`, relative to the project, gets the file or folder `new/NUMBER`, or is removed.

    `before` is the hash of the file that is there when the journal is written, None for a folder or no file.
    """

    number: int
    target: str
    removes: bool
    before: str | None


class Journal:
    """The changes of one update, gathered in `folder`: a `paths.staging` folder of `project / PENDING`."""

    def __init__(self, project: Path, folder: Path) -> None:
        self._project = project
        self._folder = folder
        self._steps: list[_Step] = []
        for name in ("new", "old"):
            (folder / name).mkdir()

    def write(self, target: str, content: bytes, mode: int) -> None:
        """`target` is to have this content and mode. Raises OSError."""
        step = self._next(target, removes=False)
        path = self._folder / "new" / str(step.number)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(mode)
        if step.before is not None:
            shutil.copy2(self._project / target, self._folder / "old" / str(step.number))

    def put_folder(self, target: str, folder: Path) -> None:
        """`folder` is to stand at `target`, in the place of the folder that is there. Raises OSError."""
        step = self._next(target, removes=False)
        folder.rename(self._folder / "new" / str(step.number))

    def remove(self, target: str) -> None:
        """The file `target` is to be removed, and folders that are empty then."""
        self._next(target, removes=True)

    def commit(self) -> None:
        """Makes all changes. Raises ProjectError or OSError; nothing is changed then."""
        for step in self._steps:
            _require_writable(self._project, step)
        with (self._folder / _JOURNAL).open("w", encoding="utf-8") as file:
            json.dump({"process": os.getpid(), "steps": self._steps, "folders": self._new_folders()}, file)
            file.flush()
            os.fsync(file.fileno())
        with _undisturbed(), _alone(self._project):
            for step in self._steps:
                self._require_unchanged(step)
            self._folder.rename(self._project / PENDING)
            _apply(self._project)

    def _require_unchanged(self, step: _Step) -> None:
        """Raises ProjectError where the file is not the one that the new text was made from."""
        there = self._project / step.target
        if (file_sha256(there) if there.is_file() else None) != step.before:
            raise ProjectError(
                "was changed by another edgegen or an editor while its new text was made",
                where=str(there),
                hint="Run the command again; nothing was changed",
            )

    def _next(self, target: str, *, removes: bool) -> _Step:
        there = self._project / target
        before = file_sha256(there) if there.is_file() else None
        self._steps.append(_Step(len(self._steps), target, removes, before))
        return self._steps[-1]

    def _new_folders(self) -> list[str]:
        parents = {parent for step in self._steps if not step.removes for parent in Path(step.target).parents}
        return sorted(parent.as_posix() for parent in parents if not (self._project / parent).exists())


def finish_pending(project: Path) -> None:
    """Ends the update of a process that was killed while it put files in place; does nothing where none was.

    Raises ProjectError where another process is at it this moment, or the files cannot be put in place.
    """
    pending = project / PENDING
    if not pending.is_dir():
        return
    if _is_at_work(pending):
        raise ProjectError(
            "another edgegen is updating this project",
            where=str(project),
            hint="Wait until it is done and run the command again",
        )
    with file_errors(pending, "end an interrupted update"), _undisturbed(), _alone(project):
        if pending.is_dir():  # Another command may have been faster.
            _apply(project)


def _apply(project: Path) -> None:
    pending = project / PENDING
    steps, folders = _read(pending)
    try:
        for folder in folders:
            (project / folder).mkdir(exist_ok=True)
        for step in steps:
            _do(project, pending, step)
    except OSError:
        for step in reversed(steps):
            _undo(project, pending, step)
        _remove_empty(project, folders)
        _drop(pending)
        raise
    _remove_empty(project, {p.as_posix() for step in steps if step.removes for p in Path(step.target).parents})
    _drop(pending)


def _do(project: Path, pending: Path, step: _Step) -> None:
    """One step; one that was done already is left alone."""
    target, new, old = project / step.target, pending / "new" / str(step.number), pending / "old" / str(step.number)
    if step.removes:
        if not old.exists() and target.is_file() and file_sha256(target) == step.before:
            target.rename(old)
        return
    if not new.exists():
        return
    if target.is_file() and file_sha256(target) != step.before:
        _set_aside(target)
    if new.is_dir() and target.is_dir():  # No system replaces a folder that is not empty.
        if old.exists():
            remove_tree(target)
        else:
            target.rename(old)
    new.replace(target)


def _set_aside(target: Path) -> None:
    """Keeps what the user wrote after the journal was written: between a kill and the command that ends the work."""
    aside = target.with_name(f"{target.name}.yours")
    while aside.exists():
        aside = aside.with_name(f"{aside.name}.yours")
    target.rename(aside)
    console.warn(f"{target} was changed while an update was interrupted; your text is in {aside.name}")


def _undo(project: Path, pending: Path, step: _Step) -> None:
    target, new, old = project / step.target, pending / "new" / str(step.number), pending / "old" / str(step.number)
    if not step.removes and not new.exists():
        target.rename(new)
    if old.exists() and not target.exists():
        old.rename(target)


def _drop(pending: Path) -> None:
    """Removes the journal, in one step for whoever looks for it; paths.remove_leftovers knows the other name."""
    done = pending.with_name(f".{pending.name}.edgegen-{os.getpid()}-done")
    pending.rename(done)
    remove_tree(done)


def _remove_empty(project: Path, folders: list[str] | set[str]) -> None:
    for folder in sorted(set(folders) - {"."}, key=len, reverse=True):
        with contextlib.suppress(OSError):
            (project / folder).rmdir()


def _read(pending: Path) -> tuple[list[_Step], list[str]]:
    try:
        document = json.loads((pending / _JOURNAL).read_text(encoding="utf-8"))
        steps, folders = [_Step(*step) for step in document["steps"]], [str(folder) for folder in document["folders"]]
        if any(Path(name).is_absolute() or ".." in Path(name).parts for name in [*(s.target for s in steps), *folders]):
            raise ValueError("a step leads out of the project")
        return steps, folders
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ProjectError(
            "the journal of an interrupted update cannot be read",
            where=str(pending),
            hint=f"Restore the project from version control and remove {PENDING.as_posix()}",
        ) from error


def _is_at_work(pending: Path) -> bool:
    try:
        process = int(json.loads((pending / _JOURNAL).read_text(encoding="utf-8"))["process"])
        if process == os.getpid() or time.time() - pending.stat().st_mtime > _LONGEST_APPLYING_S:
            return False
        if os.name == "nt":  # There os.kill would end the process.
            return True
        os.kill(process, 0)
    except PermissionError:
        return True
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


def _require_writable(project: Path, step: _Step) -> None:
    """Raises ProjectError where the step's folder takes no files: better told before the first step than after."""
    target = project / step.target
    folder = next(parent for parent in target.parents if parent.exists())
    # A folder that is moved is written to as well: its entry `..` changes.
    for place in [folder, target] if target.is_dir() else [folder]:
        if not os.access(place, os.W_OK | os.X_OK):
            raise ProjectError(
                "cannot write: Permission denied",
                where=str(place),
                hint="Make the folder writable and run the command again; nothing was changed",
            )


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Keeps Ctrl-C and SIGTERM back until the block is through: it is done sooner than they could be told about.

    By handlers, not by the thread's signal mask: torch has threads of its own, which would take the signal instead.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    told: list[int] = []
    before = {
        number: signal.signal(number, lambda number, frame: told.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if told:
            signal.raise_signal(told[0])


@contextlib.contextmanager
def _alone(project: Path) -> Iterator[None]:
    """Lets one process at a time put files in place; another waits, for some milliseconds."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    folder = os.open(project / PENDING.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
