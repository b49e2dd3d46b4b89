"""`edgegen remove`: what `edgegen add` did, undone byte for byte."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edgegen import console
from edgegen.errors import ProjectError
from edgegen.paths import atomic_write, file_errors, remove_tree
from edgegen.projects import app_module, gradle_settings
from edgegen.projects.gradle_settings import Edit
from edgegen.render.unified import unified


@dataclass(frozen=True, slots=True)
class Removed:
    """A module that was taken out of an app (or, with --dry-run, would be).

    `users` are the build files that still depend on it; `lost` names the user's own files that went with it.
    """

    app: Path
    module: str
    settings: Edit
    users: tuple[Path, ...]
    lost: tuple[str, ...]
    dry_run: bool

    def diff(self) -> str:
        """The change of the settings as a unified diff."""
        name = self.settings.path.name
        return unified(self.settings.before, self.settings.after, name, name)

    def document(self) -> dict[str, Any]:
        """The result as plain data, for --json."""
        return {
            "app": str(self.app),
            "module": self.module,
            "removed": not self.dry_run,
            "settings": {"file": self.settings.path.name, "diff": self.diff()},
            "still_used_by": [path.relative_to(self.app).as_posix() for path in self.users],
            "lost": list(self.lost),
        }


def remove(app: Path, module: str | None, *, force: bool, dry_run: bool) -> Removed:
    """Takes the module out of `app`: its lines out of the settings, then its folder.

    Raises ProjectError, for files of the user's inside the module too unless `force`; the app is then as it was.
    """
    app_module.check_app(app)
    name = _the_module(app, module)
    target = app / name
    app_module.tidy(target)
    is_there = target.is_symlink() or target.exists()
    if is_there and (target.is_symlink() or not target.is_dir() or not app_module.is_ours(target)):
        raise ProjectError(
            "was not put here by edgegen add",
            where=str(target),
            hint="Name the module with --module, or remove it by hand",
        )
    settings = gradle_settings.settings_file(app)
    edit = gradle_settings.without(settings, name, app_module.read_record(target))
    if not is_there and edit.before == edit.after:
        raise ProjectError(f"there is no module :{name} of edgegen's", where=str(app), hint="Name it with --module")
    changes = app_module.changes(target) if is_there else app_module.Changes((), ())
    if changes and not force:
        raise ProjectError(
            f"holds files of yours: {changes.text()}",
            where=str(target),
            hint="Move them away, or remove them with the module by --force",
        )
    if not dry_run:
        _take_out(target, edit)
    verb = "would remove" if dry_run else "removed"
    console.step(verb, f"{target}/" if is_there else f":{name} from {settings}")
    users = tuple(app_module.users_of(app, name))
    for path in users:
        console.warn(f"{path} still depends on :{name}; take that line out")
    return Removed(app, name, edit, users, changes.changed + changes.added, dry_run)


def _the_module(app: Path, module: str | None) -> str:
    if module is not None:
        return app_module.check_module_name(module)
    found = app_module.modules(app)
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise ProjectError(f"holds several models ({names})", where=str(app), hint="Name one with --module")
    return found[0].name if found else "model"


def _take_out(target: Path, edit: Edit) -> None:
    """The settings first: a build in between must not look for a folder that is gone. Both, or neither."""
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
