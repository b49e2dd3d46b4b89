"""Somebody's app that a model is put into, whatever its build system: one class per platform, found by `open_app`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, ClassVar

from edgegen.errors import ProjectError, UsageError
from edgegen.names import check_name
from edgegen.projects.app_module import Changes, changes, tidy
from edgegen.projects.request import NewRequest
from edgegen.projects.text_edit import Edit
from edgegen.render.manifest import MANIFEST, read_manifest
from edgegen.spec.model_spec import ModelSpec


class HostApp(ABC):
    """An app: `folder` is its root, `module` the name of edgegen's folder in it, `target` that folder."""

    platform: ClassVar[str]
    module_platform: ClassVar[str]
    """What the module's manifest says it is; its templates are that platform's."""
    record: ClassVar[Path]
    """The file in the module that tells it from any other project of edgegen's: what was done to the app's file."""
    edited: ClassVar[str]
    """What the file is in words of the platform's: the key of --json."""
    in_the_way: ClassVar[str]
    """What to do about a folder that is in the module's place."""
    not_found: ClassVar[str]
    """What to do where `remove` finds no module."""

    def __init__(self, folder: Path, module: str) -> None:
        self.folder = folder
        self.module = module
        self.target = folder / module

    @property
    def label(self) -> str:
        """The module in the words of its build system."""
        return self.module

    @property
    @abstractmethod
    def files(self) -> list[Path]:
        """The files that may be edited; only one of them is."""

    @property
    @abstractmethod
    def additions(self) -> str:
        """What comes into the edited file, in words."""

    @abstractmethod
    def edit(self, spec: ModelSpec | None = None) -> Edit:
        """The edit of the app's file; `spec` is None as long as the model is not known.

        Raises ProjectError where edgegen does not know how to do it; its hint says what to do by hand.
        """

    @abstractmethod
    def without(self) -> Edit:
        """The edit that undoes it. Raises ProjectError."""

    @abstractmethod
    def require_only_model(self) -> None:
        """Raises ProjectError where the app has a model of edgegen's that this one would meet."""

    @abstractmethod
    def named(self, request: NewRequest) -> NewRequest:
        """The request with the app's own name and id where it gives none. Raises ProjectError."""

    @abstractmethod
    def write_record(self, folder: Path, edit: Edit) -> None:
        """Notes in the module, which is still at `folder`, what is done to the app's file. Raises ProjectError."""

    @abstractmethod
    def is_built(self, parts: tuple[str, ...]) -> bool:
        """Whether a path in the module, by its parts, is what a build or an editor leaves there."""

    @abstractmethod
    def warnings(self, spec: ModelSpec) -> list[str]:
        """What the app lacks, and what to do about it: a sentence each."""

    @abstractmethod
    def paste(self, spec: ModelSpec) -> tuple[str, tuple[str, ...]]:
        """What is left to be written by hand: a title and the lines."""

    @abstractmethod
    def usage(self, spec: ModelSpec) -> dict[str, Any]:
        """The same for --json, as keys of its document."""

    @abstractmethod
    def entry(self, files: tuple[str, ...]) -> Path:
        """The file to open first, of the module's."""

    @abstractmethod
    def users(self) -> list[tuple[Path, str]]:
        """The app's own files that need the module, each with what is said of it when the module has gone."""

    def is_ours(self) -> bool:
        """Whether edgegen put the module's folder into the app. Raises ProjectError for an unreadable manifest."""
        target = self.target
        if target.is_symlink() or not target.is_dir() or not (target / self.record).is_file():
            return False
        return read_manifest(target).platform == self.module_platform

    def changes(self) -> Changes:
        """What the user did inside the module. Raises ProjectError."""
        return changes(self.target, self.is_built)

    def tidy(self) -> None:
        """Removes what killed runs left."""
        tidy(self.target, self.files)


def open_app(
    platform: str, app: Path, *, module: str | None, project_target: str | None = None, by_hand: bool = False
) -> HostApp:
    """The app at `app`. Raises ProjectError, or UsageError for an option that the platform has no use for.

    `project_target` and `by_hand` are XcodeApp's.
    """
    if platform == "ios":
        from edgegen.projects.xcode_app import XcodeApp

        if module is not None:
            hint = "Leave it out: a Swift package is called by its name in every import"
            raise UsageError("the module of an iOS app is always ModelKit", where="--module", hint=hint)
        return XcodeApp(app, project_target, by_hand=by_hand)
    from edgegen.projects.gradle_app import GradleApp

    if project_target is not None or by_hand:
        option = "--no-edit" if project_target is None else "--target"
        raise UsageError("is for ios, this is android", where=option, hint="Leave it out")
    return GradleApp(app, module)


def require_foreign(folder: Path, wanted: str) -> None:
    """Raises ProjectError for a project of `edgegen new`'s, which has its module already."""
    if (folder / MANIFEST).is_file():
        raise ProjectError(
            "is a project that edgegen wrote: its model is part of it",
            where=str(folder),
            hint=f"Give {wanted} of an app that edgegen did not write",
        )


def usable_name(name: str) -> str:
    """`name` where a project can be called so; "app" where it cannot: it is only shown."""
    try:
        return check_name(name)
    except UsageError:
        return "app"
