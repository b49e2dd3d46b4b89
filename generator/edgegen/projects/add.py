"""`edgegen add`: the module `:model` put into an existing Android app, or nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from edgegen import console
from edgegen.errors import EdgegenError, ProjectError, UsageError
from edgegen.names import check_app_id, check_name, default_app_id, slug_of
from edgegen.paths import atomic_write, file_errors, remove_tree, replace_dir, staging, umask
from edgegen.projects import app_module, gradle_settings, summary
from edgegen.projects.create import check_request, describe_requested, load_requested, write_files
from edgegen.projects.gradle_settings import Edit
from edgegen.projects.produce import Produced
from edgegen.projects.request import NewRequest
from edgegen.render.unified import unified
from edgegen.spec.write import dump_spec


@dataclass(frozen=True, slots=True)
class Added:
    """A module that was put into an app (or, with --dry-run, would be)."""

    app: Path
    module: str
    files: tuple[str, ...]
    manifest_text: str
    produced: Produced
    settings: Edit
    dry_run: bool

    def diff(self) -> str:
        """The change of the settings as a unified diff; empty where they name the module already."""
        name = self.settings.path.name
        return unified(self.settings.before, self.settings.after, name, name)

    def dependency(self) -> dict[str, str]:
        """The line for the app's build file, in both languages."""
        return {
            "groovy": f"implementation project(':{self.module}')",
            "kotlin": f'implementation(project(":{self.module}"))',
        }

    def entry(self) -> Path:
        """The file to open first: the typed API."""
        named = {Path(name).name: name for name in self.files}
        return self.app / self.module / (named.get("Classifier.java") or named["Model.java"])

    def document(self) -> dict[str, Any]:
        """The result as plain data, for --json."""
        return {
            "app": str(self.app),
            "module": self.module,
            "written": not self.dry_run,
            "files": [f"{self.module}/{name}" for name in self.files],
            "settings": {"file": self.settings.path.name, "diff": self.diff()},
            "dependency": self.dependency(),
            "edgegen_toml": self.manifest_text,
            "export": summary.export_document(self.produced.export),
            "verify": summary.verify_document(self.produced.verify),
        }


def add(request: NewRequest, app: Path, module: str) -> Added:
    """Writes the folder `module` into `app`, an Android app, and names it in the settings.

    Raises EdgegenError; the app is then as it was.
    """
    from edgegen.platforms import get_platform

    app_module.check_app(app)
    target = app / app_module.check_module_name(module)
    check_request(replace(request, output=app), get_platform("android"))
    edit = gradle_settings.plan(gradle_settings.settings_file(app), module)
    app_module.require_only_model(app, module)
    app_module.tidy(target)
    _require_free(target, edit)
    if app_module.modules(app):
        console.note(f"{target} was left by an interrupted run and is written anew")
    _require_writable(app, edit)
    request = _named(request, app)
    loaded = load_requested(request)
    assert request.name is not None
    description = describe_requested(request, loaded, request.name, target)
    platform = get_platform(app_module.MODULE_PLATFORM)
    # A sibling even for a dry run, so that relative paths in edgegen.toml mean what they will mean in the module.
    with staging(target) as folder, file_errors(target, "write"):
        produced = write_files(loaded, description, platform, folder, slug_of(request.name))
        app_module.write_record(folder, edit)
        if not request.dry_run:
            _put_in_place(folder, target, edit)
    verb = "would write" if request.dry_run else "wrote"
    console.step(verb, f"{target}/  ({len(produced.files) + 1} files)")
    if edit.insertions:
        console.step(verb, f"{edit.path}  (:{module} and its build plugin)")
    if not app_module.declares_android(app):
        console.warn(
            "the root build file does not declare the Android Gradle Plugin: "
            f"write your version of it behind id 'com.android.library' in {target / 'build.gradle'}"
        )
    files = tuple(path.as_posix() for path in produced.files)
    return Added(app, module, files, dump_spec(description.spec), produced, edit, request.dry_run)


def _named(request: NewRequest, app: Path) -> NewRequest:
    """The request with the app's name and id, where they are not given: its folder's and its build file's."""
    name = request.name or app.resolve().name
    try:
        name = check_name(name)
    except UsageError:
        name = "app"  # The folder's name has no Latin letter; it is only shown.
    slug = slug_of(name)
    app_id = request.app_id or _usable(app_module.application_id(app)) or default_app_id(slug)
    package = f"{app_id}.model"
    if any(value == package for key, value in app_module.named_ids(app) if key == "namespace"):
        raise ProjectError(
            f"has a module with the namespace {package} already",
            where=str(app),
            hint="Give another id with --id; the module's package is that id and .model",
        )
    return replace(request, name=name, app_id=app_id, output=app)


def _usable(app_id: str | None) -> str | None:
    try:
        return None if app_id is None else check_app_id(app_id, "applicationId")
    except UsageError:
        return None


def _require_free(target: Path, edit: Edit) -> None:
    """Raises ProjectError where something is in the way; not for what a killed `add` or `remove` left."""
    if not target.is_symlink() and not target.exists():
        return
    if target.is_dir() and not target.is_symlink() and not any(target.iterdir()):
        return
    if target.is_symlink() or not target.is_dir() or not app_module.is_ours(target):
        raise ProjectError(
            "is in the way, and edgegen did not write it",
            where=str(target),
            hint="Choose another name for the module with --module",
        )
    if not edit.insertions:
        raise ProjectError(
            "is there already",
            where=str(target),
            hint="Change its edgegen.toml and build, or take it out with edgegen remove first",
        )
    changes = app_module.changes(target)
    if changes:
        raise ProjectError(
            f"holds changes of yours, and {edit.path.name} does not name it: {changes.text()}",
            where=str(target),
            hint="Take it out with edgegen remove --force, or restore the settings",
        )


def _require_writable(app: Path, edit: Edit) -> None:
    for path in (app, edit.path) if edit.insertions else (app,):
        if not os.access(path, os.W_OK):
            raise ProjectError(
                "cannot write: Permission denied", where=str(path), hint="Change its permissions and run this again"
            )


def _put_in_place(folder: Path, target: Path, edit: Edit) -> None:
    """The folder first: until the settings name it, the app builds as it did. Both, or neither."""
    # Minutes have passed: somebody may have edited the settings, or another `add` may have come first.
    if edit.path.read_bytes() != edit.before:
        raise ProjectError("was changed while the module was made", where=str(edit.path), hint="Run the command again")
    _require_free(target, edit)
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
