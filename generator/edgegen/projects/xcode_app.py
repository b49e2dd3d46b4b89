"""An iOS app that a model is put into: the package ModelKit beside its .xcodeproj, and some objects in the project."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Final

from edgegen.errors import ProjectError, UsageError
from edgegen.names import check_bundle_id, default_app_id, slug_of
from edgegen.paths import atomic_write, file_errors
from edgegen.platforms.apple import dependencies_of
from edgegen.platforms.shapes import is_classifier
from edgegen.projects.host_app import HostApp, require_foreign, usable_name
from edgegen.projects.request import NewRequest
from edgegen.projects.text_edit import Edit
from edgegen.projects.xcode_edit import EXPORT, FOLDER, our_ids, plan, without
from edgegen.projects.xcode_project import PROJECT_FILE, Target, XcodeProject, find_project, read_project
from edgegen.render.manifest import MANIFEST
from edgegen.spec.deployment import ios_target
from edgegen.spec.model_spec import ModelSpec

POD: Final = f"pod '{FOLDER}', :path => '{FOLDER}'"
_SCHEMA: Final = 1
# What SwiftPM and Xcode put into a package that is opened by itself.
_BUILT: Final = frozenset({".build", ".swiftpm", "DerivedData", "Package.resolved"})
# No sources of the app's are in these, or not the user's.
_NO_SOURCES: Final = frozenset({FOLDER, "Pods", "Carthage", "DerivedData", "build", "node_modules"})
_IMPORT: Final = re.compile(rb"^\s*(?:@\w+\s+|public\s+|internal\s+)*import\s+(?:\w+\s+)?ModelKit\b", re.MULTILINE)


class XcodeApp(HostApp):
    """See HostApp. `app` is the .xcodeproj, or a folder with one; `name` is the target, None the only one.

    With `by_hand` the project file is neither read for certain nor changed.
    """

    platform: ClassVar[str] = "ios"
    module_platform: ClassVar[str] = "ios-module"
    record: ClassVar[Path] = MANIFEST.with_name("xcode.json")
    edited: ClassVar[str] = "project"
    in_the_way: ClassVar[str] = f"Move it away: {FOLDER} is the package's name"
    not_found: ClassVar[str] = "Give the .xcodeproj that edgegen add was given"

    def __init__(self, app: Path, name: str | None, *, by_hand: bool = False) -> None:
        """Raises ProjectError."""
        self.xcodeproj = find_project(app)
        super().__init__(self.xcodeproj.parent, FOLDER)
        require_foreign(self.folder, "the .xcodeproj")
        self._name = name
        self._by_hand = by_hand
        self._read: tuple[XcodeProject, Target] | None = None

    @property
    def files(self) -> list[Path]:
        """See HostApp."""
        return [self.xcodeproj / PROJECT_FILE]

    @property
    def additions(self) -> str:
        """See HostApp."""
        return f"{FOLDER} and the target {EXPORT!r}"

    def edit(self, spec: ModelSpec | None = None) -> Edit:
        """See HostApp. A pod is named in the Podfile, so the project gets no package then."""
        if self._by_hand:
            (path,) = self.files
            with file_errors(path, "read"):
                data = path.read_bytes()
            return Edit(path, data, data, ())
        project, target = self._understood()
        return plan(project, target, package=spec is None or dependencies_of(spec) == "swiftpm")

    def without(self) -> Edit:
        """See HostApp."""
        self._require_own("take it out of that one")
        try:
            project = read_project(self.xcodeproj)
        except ProjectError as error:
            hint = f"Open it in Xcode and save it; or take {FOLDER} and {EXPORT!r} out there, and remove the folder"
            raise ProjectError(error.problem, where=error.where, hint=hint) from error
        made = self._record().get("made")
        pairs = [(str(owner), str(key)) for owner, key in made] if isinstance(made, list) else []
        return Edit(project.path, project.data, without(project, pairs), ())

    def require_only_model(self) -> None:
        """See HostApp: another project of the folder must not have ModelKit already."""
        self._require_own("only one project of a folder can have it")

    def named(self, request: NewRequest) -> NewRequest:
        """See HostApp: the target's name, and its bundle id where it is written plainly."""
        name, app_id = self.xcodeproj.stem, None
        with contextlib.suppress(ProjectError, UsageError):
            project, target = self._understood()
            name = target.name or name
            bundle_id = project.setting(target, "PRODUCT_BUNDLE_IDENTIFIER")
            app_id = None if bundle_id is None else check_bundle_id(bundle_id, "PRODUCT_BUNDLE_IDENTIFIER")
        name = usable_name(request.name or name)
        app_id = request.app_id or app_id or default_app_id(slug_of(name))
        return replace(request, name=name, app_id=app_id, output=self.folder)

    def write_record(self, folder: Path, edit: Edit) -> None:
        """See HostApp."""
        document = {"schema": _SCHEMA, "file": self.xcodeproj.name, "made": [list(pair) for pair in edit.made]}
        atomic_write(folder / self.record, json.dumps(document, indent=1) + "\n")

    def is_built(self, parts: tuple[str, ...]) -> bool:
        """See HostApp."""
        return parts[0] in _BUILT or "xcuserdata" in parts

    def warnings(self, spec: ModelSpec) -> list[str]:
        """See HostApp: settings of the app's that edgegen leaves to its owner."""
        found = [self._by_hand_steps(spec)] if self._by_hand else []
        target = self._name or "the app"
        oldest, setting = ios_target(spec), None
        flags: list[str] = []
        with contextlib.suppress(ProjectError, UsageError):
            project, read = self._understood()
            target = f"the target {read.name!r}"
            setting = project.setting(read, "IPHONEOS_DEPLOYMENT_TARGET")
            flags = project.values(read, "OTHER_LDFLAGS")
        if setting is None or _version(setting) < _version(oldest):
            runs = "may run on an older one" if setting is None else f"runs on iOS {setting}"
            found.append(
                f"{FOLDER} needs iOS {oldest}, {target} {runs}: set its Minimum Deployments "
                f"(IPHONEOS_DEPLOYMENT_TARGET) to {oldest}"
            )
        if spec.export.runtime == "executorch" and "-all_load" not in flags:
            found.append(
                f"ExecuTorch's kernels register themselves when they are linked: add -all_load to the Other Linker "
                f"Flags (OTHER_LDFLAGS) of {target}, else the model cannot be loaded"
            )
        return found

    def paste(self, spec: ModelSpec) -> tuple[str, tuple[str, ...]]:
        """See HostApp."""
        if dependencies_of(spec) == "cocoapods":
            return "The line for the app's target in the Podfile, and then pod install:", (POD,)
        kind = "Classifier" if is_classifier(spec) else "Model"
        return "In the app's code:", (f"import {FOLDER}", f"let {kind.lower()} = try await {kind}.load()")

    def usage(self, spec: ModelSpec) -> dict[str, Any]:
        """See HostApp."""
        pod = POD if dependencies_of(spec) == "cocoapods" else None
        return {"import": FOLDER, "podfile": pod, "to_do": self.warnings(spec)}

    def entry(self, files: tuple[str, ...]) -> Path:
        """See HostApp: the typed API."""
        named = {Path(name).name: name for name in files if name.startswith("Sources/")}
        return self.target / (named.get("Classifier.swift") or named["Model.swift"])

    def users(self) -> list[tuple[Path, str]]:
        """See HostApp: Swift files that import it, and Podfiles."""
        found = []
        for path in self._sources():
            with contextlib.suppress(OSError):
                content = path.read_bytes()
                if path.name == "Podfile" and re.search(rb"""pod\s+['"]ModelKit['"]""", content):
                    found.append((path, f"still names the pod {FOLDER}; take that line out"))
                elif path.suffix == ".swift" and _IMPORT.search(content):
                    found.append((path, f"still imports {FOLDER}; take that line out"))
        return found

    def _understood(self) -> tuple[XcodeProject, Target]:
        """The project and the app's target. Raises ProjectError or UsageError."""
        if self._read is None:
            project = read_project(self.xcodeproj)
            target = project.application(self._name)
            for path in project.synchronised_folders():
                if self.target.absolute().is_relative_to(os.path.normpath(self.folder.absolute() / path)):
                    project.refuse(f"compiles whatever is in the folder {path!r}, in which {FOLDER} would be")
            self._read = project, target
        return self._read

    def _require_own(self, advice: str) -> None:
        """Raises UsageError where the folder's ModelKit was added to another project that is still there."""
        other = self._record().get("file")
        if not isinstance(other, str) or other == self.xcodeproj.name or Path(other).name != other:
            return
        with contextlib.suppress(ProjectError):
            if our_ids(read_project(self.folder / other)):
                raise UsageError(
                    f"{self.target} was added to {other}", where=str(self.xcodeproj), hint=advice.capitalize()
                )

    def _record(self) -> dict[str, Any]:
        """What `write_record` noted; empty where that cannot be read."""
        try:
            document = json.loads((self.target / self.record).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return document if isinstance(document, dict) else {}

    def _by_hand_steps(self, spec: ModelSpec) -> str:
        package = (
            ""
            if dependencies_of(spec) == "cocoapods"
            else (f"File > Add Package Dependencies > Add Local, and choose {FOLDER}; ")
        )
        return (
            f"{self.xcodeproj.name} is as it was. In Xcode: {package}to export the model in builds, add an Aggregate "
            f"target with the Run Script phase that {FOLDER}/edgegen/README.md shows, and make the app depend on it"
        )

    def _sources(self) -> Iterator[Path]:
        for folder, folders, names in os.walk(self.folder):
            folders[:] = sorted(
                name
                for name in folders
                if name not in _NO_SOURCES and not name.startswith(".") and not _is_bundle(name)
            )
            yield from (Path(folder, name) for name in sorted(names) if name == "Podfile" or name.endswith(".swift"))


def _is_bundle(name: str) -> bool:
    return name.endswith((".xcodeproj", ".xcworkspace", ".xcassets", ".framework", ".xcframework"))


def _version(text: str) -> tuple[int, ...]:
    """(16, 4) for "16.4"; empty, older than every other, for what is no version."""
    parts = text.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()
