"""`edgegen remove`: what `edgegen add` did, undone byte for byte."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edgegen import console
from edgegen.errors import ProjectError
from edgegen.paths import atomic_write, file_errors, remove_tree
from edgegen.projects.app_module import Changes
from edgegen.projects.host_app import HostApp
from edgegen.projects.text_edit import Edit
from edgegen.render.unified import unified


@dataclass(frozen=True, slots=True)
class Removed:
    """A module that was taken out of an app (or, with --dry-run, would be).

    `users` are the app's files that still need it; `lost` names the user's own files that went with it.
    """

    app: HostApp
    edit: Edit
    users: tuple[Path, ...]
    lost: tuple[str, ...]
    dry_run: bool

    def diff(self) -> str:
        """The change of the app's own file as a unified diff."""
        name = self._edited()
        return unified(self.edit.before, self.edit.after, name, name)

    def document(self) -> dict[str, Any]:
        """The result as plain data, for --json."""
        return {
            "app": str(self.app.folder),
            "module": self.app.module,
            "removed": not self.dry_run,
            self.app.edited: {"file": self._edited(), "diff": self.diff()},
            "still_used_by": [path.relative_to(self.app.folder).as_posix() for path in self.users],
            "lost": list(self.lost),
        }

    def _edited(self) -> str:
        return self.edit.path.relative_to(self.app.folder).as_posix()


def remove(app: HostApp, *, force: bool, dry_run: bool) -> Removed:
    """Takes the module out of `app`: what names it out of the app's own file, then its folder.

    Raises ProjectError, for files of the user's inside the module too unless `force`; the app is then as it was.
    """
    app.tidy()
    target = app.target
    is_there = target.is_symlink() or target.exists()
    if is_there and not app.is_ours():
        raise ProjectError(
            "was not put here by edgegen add",
            where=str(target),
            hint=f"{app.not_found}, or remove it by hand",
        )
    edit = app.without()
    if not is_there and edit.before == edit.after:
        raise ProjectError(f"there is no module {app.label} of edgegen's", where=str(app.folder), hint=app.not_found)
    changes = app.changes() if is_there else Changes((), ())
    if changes and not force:
        raise ProjectError(
            f"holds files of yours: {changes.text()}",
            where=str(target),
            hint="Move them away, or remove them with the module by --force",
        )
    if not dry_run:
        _take_out(target, edit)
    verb = "would remove" if dry_run else "removed"
    console.step(verb, f"{target}/" if is_there else f"{app.label} from {edit.path}")
    users = app.users()
    for path, what in users:
        console.warn(f"{path} {what}")
    return Removed(app, edit, tuple(path for path, _ in users), changes.changed + changes.added, dry_run)


def _take_out(target: Path, edit: Edit) -> None:
    """The app's file first: a build in between must not look for a folder that is gone. Both, or neither."""
    is_there = target.is_dir()
    for path in [edit.path, target.parent, *([target] if is_there else [])]:
        if not os.access(path, os.W_OK):
            raise ProjectError(
                "cannot write: Permission denied", where=str(path), hint="Change its permissions and run this again"
            )
    if edit.before != edit.after:
        atomic_write(edit.path, edit.after)
    if not is_there:
        return
    # Out of sight in one step; paths.remove_leftovers knows the name.
    gone = target.with_name(f".{target.name[:40]}.edgegen-{os.getpid()}-removed")
    try:
        with file_errors(target, "remove"):
            target.rename(gone)
    except (ProjectError, KeyboardInterrupt):
        if target.is_dir() and edit.before != edit.after:
            atomic_write(edit.path, edit.before)
        raise
    remove_tree(gone)
