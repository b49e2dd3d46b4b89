"""`edgegen add`: a module with a model put into an existing app, or nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from edgegen import console
from edgegen.errors import EdgegenError, ProjectError
from edgegen.names import slug_of
from edgegen.paths import atomic_write, file_errors, remove_tree, replace_dir, staging, umask
from edgegen.projects import summary
from edgegen.projects.create import check_request, describe_requested, load_requested, write_files
from edgegen.projects.host_app import HostApp
from edgegen.projects.produce import Produced
from edgegen.projects.request import NewRequest
from edgegen.projects.text_edit import Edit
from edgegen.render.unified import unified
from edgegen.spec.model_spec import ModelSpec
from edgegen.spec.write import dump_spec


@dataclass(frozen=True, slots=True)
class Added:
    """A module that was put into an app (or, with --dry-run, would be); `files` are relative to the module."""

    app: HostApp
    files: tuple[str, ...]
    spec: ModelSpec
    produced: Produced
    edit: Edit
    dry_run: bool

    @property
    def manifest_text(self) -> str:
        """The module's edgegen.toml."""
        return dump_spec(self.spec)

    def diff(self) -> str:
        """The change of the app's own file as a unified diff; empty where it names the module already."""
        name = self._edited()
        return unified(self.edit.before, self.edit.after, name, name)

    def document(self) -> dict[str, Any]:
        """The result as plain data, for --json."""
        return {
            "app": str(self.app.folder),
            "module": self.app.module,
            "written": not self.dry_run,
            "files": [f"{self.app.module}/{name}" for name in self.files],
            self.app.edited: {"file": self._edited(), "diff": self.diff()},
            **self.app.usage(self.spec),
            "edgegen_toml": self.manifest_text,
            "export": summary.export_document(self.produced.export),
            "verify": summary.verify_document(self.produced.verify),
        }

    def _edited(self) -> str:
        return self.edit.path.relative_to(self.app.folder).as_posix()


def add(request: NewRequest, app: HostApp) -> Added:
    """Writes the module's folder into `app` and names it in the app's own file.

    Raises EdgegenError; the app is then as it was.
    """
    from edgegen.platforms import get_platform

    check_request(replace(request, output=app.folder), get_platform(request.platform))
    edit = app.edit()
    app.require_only_model()
    app.tidy()
    _require_free(app, edit)
    if app.is_ours():
        console.note(f"{app.target} was left by an interrupted run and is written anew")
    _require_writable(app.folder, edit)
    request = app.named(request)
    loaded = load_requested(request)
    assert request.name is not None
    description = describe_requested(request, loaded, request.name, app.target)
    edit = app.edit(description.spec)
    platform = get_platform(app.module_platform)
    # A sibling even for a dry run, so that relative paths in edgegen.toml mean what they will mean in the module.
    with staging(app.target) as folder, file_errors(app.target, "write"):
        produced = write_files(loaded, description, platform, folder, slug_of(request.name))
        app.write_record(folder, edit)
        if not request.dry_run:
            _put_in_place(folder, app, edit)
    verb = "would write" if request.dry_run else "wrote"
    console.step(verb, f"{app.target}/  ({len(produced.files) + 1} files)")
    if edit.insertions:
        console.step(verb, f"{edit.path}  ({app.additions})")
    for warning in app.warnings(description.spec):
        console.warn(warning)
    files = tuple(path.as_posix() for path in produced.files)
    return Added(app, files, description.spec, produced, edit, request.dry_run)


def _require_free(app: HostApp, edit: Edit) -> None:
    """Raises ProjectError where something is in the way; not for what a killed `add` or `remove` left."""
    target = app.target
    if not target.is_symlink() and not target.exists():
        return
    if target.is_dir() and not target.is_symlink() and not any(target.iterdir()):
        return
    if not app.is_ours():
        raise ProjectError("is in the way, and edgegen did not write it", where=str(target), hint=app.in_the_way)
    if not edit.insertions:
        raise ProjectError(
            "is there already",
            where=str(target),
            hint="Change its edgegen.toml and build, or take it out with edgegen remove first",
        )
    changes = app.changes()
    if changes:
        raise ProjectError(
            f"holds changes of yours, and {edit.path.name} does not name it: {changes.text()}",
            where=str(target),
            hint=f"Take it out with edgegen remove --force, or restore the {app.edited}",
        )


def _require_writable(app: Path, edit: Edit) -> None:
    for path in (app, edit.path.parent, edit.path) if edit.insertions else (app,):
        if not os.access(path, os.W_OK):
            raise ProjectError(
                "cannot write: Permission denied", where=str(path), hint="Change its permissions and run this again"
            )


def _put_in_place(folder: Path, app: HostApp, edit: Edit) -> None:
    """The folder first: until the app's file names it, the app builds as it did. Both, or neither."""
    # Minutes have passed: somebody may have edited the file, or another `add` may have come first.
    if edit.path.read_bytes() != edit.before:
        raise ProjectError("was changed while the module was made", where=str(edit.path), hint="Run the command again")
    target = app.target
    _require_free(app, edit)
    folder.chmod(0o777 & ~umask())
    if target.is_dir() and not any(target.iterdir()):
        target.rmdir()
    try:
        replace_dir(folder, target)
        if edit.insertions:
            atomic_write(edit.path, edit.after)
    except (OSError, EdgegenError, KeyboardInterrupt):
        if not edit.insertions or edit.path.read_bytes() != edit.after:
            remove_tree(target)
        raise
