"""`edgegen diff`: what the user changed in the files that edgegen wrote, told from the recorded base.

Standard library only. A file that differs from its original in nothing but the kind of its line ends, as after a
checkout on another system, is not changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from edgegen import console
from edgegen.paths import file_errors, file_sha256
from edgegen.projects.freshness import require_project
from edgegen.render.base import BASE, Base, read_base
from edgegen.render.manifest import Entry, is_template_file, read_manifest
from edgegen.render.merge import is_text, same_lines, with_line_ends_of
from edgegen.render.unified import changed_lines, unified

# What builds and editors make; a project's own .gitignore is asked as well.
_NOT_WRITTEN_BY_HAND: Final = ("build", "__pycache__", "node_modules", "local.properties")


@dataclass(frozen=True, slots=True)
class Edited:
    """One file of edgegen's that is not as it was written; `diff` is "" where the original is no text or not known.

    `came` and `went` count lines. `note` says what a diff of the text cannot.
    """

    path: str
    diff: str
    came: int
    went: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A project against what edgegen wrote: files changed, deleted, and added by the user; paths sorted."""

    project: Path
    changed: tuple[Edited, ...]
    deleted: tuple[str, ...]
    added: tuple[str, ...]

    def lines(self) -> list[str]:
        """The unified diff, then what was deleted and added, by name."""
        rows = [row for edited in self.changed for row in edited.diff.rstrip("\n").split("\n") if edited.diff]
        rows += [f"changed: {edited.path}: {edited.note}" for edited in self.changed if edited.note]
        return rows + self._names()

    def stat(self) -> list[str]:
        """One line a file, and a sum."""
        width = max((len(edited.path) for edited in self.changed), default=0)
        rows = [
            f"{edited.path:<{width}}  +{edited.came} -{edited.went}{'  ' * bool(edited.note)}{edited.note}"
            for edited in self.changed
        ]
        came, went = sum(e.came for e in self.changed), sum(e.went for e in self.changed)
        counts = f"{len(self.changed)} changed, {len(self.deleted)} deleted, {len(self.added)} added"
        return [*rows, *self._names(), f"{counts}; lines: +{came} -{went}"]

    def document(self) -> dict[str, Any]:
        """The result as plain data, for --json."""
        return {
            "project": str(self.project),
            "changed": [
                {"path": e.path, "added_lines": e.came, "removed_lines": e.went, "note": e.note, "diff": e.diff}
                for e in self.changed
            ],
            "deleted": list(self.deleted),
            "added": list(self.added),
        }

    def _names(self) -> list[str]:
        return [f"deleted: {path}" for path in self.deleted] + [f"added: {path}" for path in self.added]


def compare(project: Path) -> Difference:
    """Compares `project` with what edgegen wrote. Raises ProjectError for what is no project, or a damaged one."""
    require_project(project)
    manifest = read_manifest(project)
    base = read_base(project, manifest)
    if base is None:
        console.warn(f"{BASE.as_posix()} is missing: changed files are named, their changes cannot be shown")
    files = {name: entry for name, entry in manifest.files.items() if is_template_file(name, entry)}
    changed, deleted = [], []
    with file_errors(project, "read"):
        for name, entry in sorted(files.items()):
            if not os.path.lexists(project / name):
                deleted.append(name)
            elif edited := _edited(project, name, entry, base or Base({}, frozenset())):
                changed.append(edited)
        added = [name for name in _files(project, manifest.generated) if name not in manifest.files]
    return Difference(project, tuple(changed), tuple(deleted), tuple(sorted(added)))


def _edited(project: Path, name: str, entry: Entry, base: Base) -> Edited | None:
    path = project / name
    if path.is_symlink() or not path.is_file():
        return Edited(name, "", 0, 0, "is a symbolic link now" if path.is_symlink() else "is a folder now")
    known = name in base.texts or name in base.executable
    mode = _mode_note(known, name in base.executable, os.access(path, os.X_OK))
    if file_sha256(path) == entry.sha256:
        return Edited(name, "", 0, 0, mode) if mode else None
    if name not in base.texts:
        return Edited(name, "", 0, 0, mode or "is not what edgegen wrote")
    original, yours = base.texts[name], path.read_bytes()
    if same_lines(original, yours):
        return Edited(name, "", 0, 0, mode) if mode else None
    if not is_text(yours):
        return Edited(name, unified(original, yours, name, name), 0, 0, mode or "is no text any more")
    original = with_line_ends_of(original, yours)
    return Edited(name, unified(original, yours, name, name), *changed_lines(original, yours), mode)


def _mode_note(known: bool, was: bool, executable: bool) -> str:
    if not known or was == executable or os.name == "nt":
        return ""
    return "is executable now" if executable else "is not executable any more"


def _files(project: Path, generated: Path) -> Iterator[str]:
    """Files that a person may have added: none in `generated`, in hidden or ignored folders, or another repository."""
    ignored = [*_NOT_WRITTEN_BY_HAND, *_ignore_rules(project / ".gitignore")]
    for folder, folders, names in os.walk(project):
        place = Path(folder).relative_to(project)
        kept = [n for n in folders if not n.startswith(".") and not _is_ignored(place / n, ignored)]
        folders[:] = [n for n in kept if (place / n) != generated and not (Path(folder, n) / ".git").exists()]
        yield from ((place / name).as_posix() for name in names if not _is_ignored(place / name, ignored))


def _ignore_rules(path: Path) -> list[str]:
    """The plain rules of a .gitignore: names, with or without a place and stars. Exceptions (!) are not followed."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [line.strip().rstrip("/") for line in lines if line.strip() and line.lstrip()[0] not in "#!"]


def _is_ignored(path: Path, rules: list[str]) -> bool:
    whole = path.as_posix()
    return any(fnmatchcase(whole, rule.lstrip("/")) if "/" in rule else fnmatchcase(path.name, rule) for rule in rules)
