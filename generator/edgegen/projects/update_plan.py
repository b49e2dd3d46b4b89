"""What an update does to each file of a project, decided before anything is written.

For every file that has a template: `original` is the text edgegen gave it (the recorded base), `yours` what stands in
the project now, `today` what edgegen would write today.
"""

from __future__ import annotations

import enum
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from edgegen.projects.moved import moved_files
from edgegen.render.base import Base
from edgegen.render.manifest import Entry, is_template_file
from edgegen.render.merge import is_text, merge, same_lines


class Outcome(enum.Enum):
    """What becomes of a file."""

    UNCHANGED = "unchanged"
    UPDATED = "updated"
    MERGED = "merged"
    CONFLICT = "conflict"
    ADDED = "added"
    REMOVED = "removed"
    KEPT = "kept"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Change:
    """One file. `content` is what is to be written, None for nothing; `before` what is there, None for no file.

    `moved_from` is the file's path until now where edgegen gives it another; `reason` says why it is a conflict or was
    kept.
    """

    path: str
    outcome: Outcome
    before: bytes | None = None
    content: bytes | None = None
    executable: bool = False
    moved_from: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Planner:
    """The three states of a project: `project` is the user's folder, `today` a folder with the project as of today.

    `recorded` and `entries` are the manifests of the two; `base` may lack texts, which then are not known.
    """

    project: Path
    recorded: Mapping[str, Entry]
    base: Base
    today: Path
    entries: Mapping[str, Entry]

    def plan(self) -> list[Change]:
        """A Change for each file that has, had or will have a template, sorted by path. Raises OSError."""
        then = {name for name, entry in self.recorded.items() if is_template_file(name, entry)}
        now = {name for name, entry in self.entries.items() if is_template_file(name, entry)}
        moved = self._moved(then - now, now - then)
        changes = [self._known(name, name) for name in then & now]
        changes += [self._known(name, moved[name]) for name in moved]
        changes += [self._new(name) for name in now - then - moved.keys()]
        changes += [self._gone(name) for name in then - now - set(moved.values())]
        return sorted(changes, key=lambda change: change.path)

    def _moved(self, gone: set[str], new: set[str]) -> dict[str, str]:
        """New path → old path, of files that changed their folder; not where something stands at the new path."""
        free = {name for name in new if not _there(self.project, name) and not _obstacle(self.project, name)}
        olds = {name: self.base.texts[name] for name in gone & self.base.texts.keys()}
        return moved_files(olds, {name: (self.today / name).read_bytes() for name in free})

    def _known(self, name: str, origin: str) -> Change:
        """A file that edgegen wrote as `origin` and would write as `name` today."""
        recorded, today = self.recorded[origin], (self.today / name).read_bytes()
        moved_from = None if origin == name else origin
        if not _there(self.project, origin):
            return Change(name, Outcome.DELETED)
        obstacle = _obstacle(self.project, origin)
        if obstacle:
            same = moved_from is None and _sha256(today) == recorded.sha256
            return Change(name, Outcome.UNCHANGED) if same else _kept_conflict(origin, obstacle)
        yours = (self.project / origin).read_bytes()
        executable = self._executable(name, origin)
        outcome, content, reason = self._merge(origin, yours, today)
        if moved_from is None and content == yours and executable == _is_executable(self.project / name):
            return Change(name, outcome if outcome is Outcome.CONFLICT else Outcome.UNCHANGED, yours, reason=reason)
        return Change(name, outcome, yours, content, executable, moved_from, reason)

    def _merge(self, origin: str, yours: bytes, today: bytes) -> tuple[Outcome, bytes, str]:
        recorded, original = self.recorded[origin], self._original(origin, yours, today)
        if _sha256(today) == recorded.sha256 or same_lines(yours, today):
            return Outcome.UPDATED, yours, ""
        if not all(map(is_text, (yours, today, original or b""))):
            if _sha256(yours) == recorded.sha256:
                return Outcome.UPDATED, today, ""
            return Outcome.CONFLICT, yours, "is no text; yours was kept"
        if original is not None and same_lines(yours, original):
            return Outcome.UPDATED, merge(original, yours, today).text, ""
        merged = merge(original, yours, today)
        if not merged.conflicts:
            return Outcome.MERGED, merged.text, ""
        why = "" if original is not None else "; what edgegen wrote is not recorded"
        return Outcome.CONFLICT, merged.text, f"{_places(merged.conflicts)} marked{why}"

    def _original(self, origin: str, yours: bytes, today: bytes) -> bytes | None:
        """What edgegen wrote, where it is recorded or can be seen; None where it is not known."""
        if origin in self.base.texts:
            return self.base.texts[origin]
        wanted = self.recorded[origin].sha256
        return next((text for text in (yours, today) if _sha256(text) == wanted), None)

    def _new(self, name: str) -> Change:
        """A file that edgegen writes for the first time."""
        today = (self.today / name).read_bytes()
        executable = _is_executable(self.today / name)
        obstacle = _obstacle(self.project, name)
        if obstacle:
            return _kept_conflict(name, obstacle)
        if not (self.project / name).exists():
            return Change(name, Outcome.ADDED, None, today, executable)
        yours = (self.project / name).read_bytes()
        if same_lines(yours, today):
            return Change(name, Outcome.UNCHANGED, yours)
        if not is_text(yours) or not is_text(today):
            return _kept_conflict(name, "is yours and no text; it was kept")
        merged = merge(None, yours, today)
        mode = _is_executable(self.project / name)
        reason = f"edgegen has a file of that name now; {_places(merged.conflicts)} marked"
        return Change(name, Outcome.CONFLICT, yours, merged.text, mode, reason=reason)

    def _gone(self, name: str) -> Change:
        """A file that edgegen does not write any more."""
        if not _there(self.project, name):
            return Change(name, Outcome.UNCHANGED)
        if _obstacle(self.project, name):
            return Change(name, Outcome.KEPT, reason="has no template any more; yours was kept")
        yours = (self.project / name).read_bytes()
        untouched = _sha256(yours) == self.recorded[name].sha256 or (
            name in self.base.texts and same_lines(yours, self.base.texts[name])
        )
        if untouched:
            return Change(name, Outcome.REMOVED, yours)
        return Change(name, Outcome.KEPT, yours, reason="has no template any more; you changed it, so it was kept")

    def _executable(self, name: str, origin: str) -> bool:
        """The mode, merged as a text is: edgegen's change counts where the user made none."""
        then, yours = origin in self.base.executable, _is_executable(self.project / origin)
        known = origin in self.base.texts or origin in self.base.executable
        return _is_executable(self.today / name) if known and yours == then else yours


def _there(project: Path, name: str) -> bool:
    return os.path.lexists(project / name)


def _obstacle(project: Path, name: str) -> str | None:
    """Why nothing may be written at `name`, None where a file is or can be made; links may lead anywhere."""
    parents = [project / parent for parent in list(Path(name).parents)[-2::-1]]
    for parent in parents:
        if parent.is_symlink():
            return f"{parent.name}/ is a symbolic link; what it leads to was left alone"
        if parent.exists() and not parent.is_dir():
            return f"{parent.name} is a file; it was kept"
    path = project / name
    if path.is_symlink():
        return "is a symbolic link; it was kept"
    return "is a folder; it was kept" if path.is_dir() else None


def _kept_conflict(name: str, reason: str) -> Change:
    return Change(name, Outcome.CONFLICT, reason=reason)


def _places(count: int) -> str:
    return f"{count} place{'s' * (count != 1)}"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_executable(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o100)


def written(changes: list[Change]) -> Iterator[Change]:
    """The changes that touch the disk."""
    return (change for change in changes if change.content is not None or change.outcome is Outcome.REMOVED)
