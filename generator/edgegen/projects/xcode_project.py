"""Somebody's Xcode project: its application targets, configurations and ids, as far as edgegen has to know them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from edgegen.errors import ProjectError, UsageError
from edgegen.paths import file_errors
from edgegen.projects.xcode_plist import Dictionary, PlistSyntaxError, String, read

PROJECT_FILE: Final = "project.pbxproj"
_APPLICATION: Final = "com.apple.product-type.application"
_BY_HAND: Final = (
    "edgegen add --no-edit writes ModelKit and says how to add it in Xcode (File > Add Package Dependencies)"
)


@dataclass(frozen=True, slots=True)
class Target:
    """An application target, by its id; `object` is what the project says of it."""

    id: str
    name: str
    object: Dictionary


@dataclass(frozen=True, slots=True)
class XcodeProject:
    """A project file, read: `path` is project.pbxproj, `data` its bytes, `text` the same decoded."""

    path: Path
    data: bytes
    text: str
    root: Dictionary
    objects: Dictionary
    project_id: str
    project: Dictionary

    @property
    def object_version(self) -> int:
        """The format: 56 is Xcode 14's, 60 Xcode 15's, 77 Xcode 16's."""
        text = self.root.text("objectVersion") or ""
        return int(text) if text.isdecimal() and len(text) < 4 else 0

    def object(self, key: str) -> Dictionary | None:
        """The object of an id."""
        found = self.objects.get(key)
        return found if isinstance(found, Dictionary) else None

    def applications(self) -> list[Target]:
        """The targets that are apps, in the project's order."""
        found = []
        for key in self.project.texts("targets"):
            item = self.object(key)
            if item is not None and item.text("productType") == _APPLICATION:
                found.append(Target(key, item.text("name") or "", item))
        return found

    def application(self, name: str | None) -> Target:
        """The app of that name, or the only one. Raises UsageError or ProjectError."""
        targets = self.applications()
        names = ", ".join(target.name for target in targets)
        if not targets:
            self.refuse("has no application target")
        if name is None:
            if len(targets) > 1:
                raise UsageError(f"there are several apps: {names}", where=str(self.path.parent), hint="Give --target")
            return targets[0]
        for target in targets:
            if target.name == name:
                return target
        raise UsageError(f"there is no app {name!r} in the project", where="--target", hint=f"Use one of: {names}")

    def configurations(self, owner: Dictionary) -> list[tuple[str, Dictionary]]:
        """The build configurations of the project or a target: (name, build settings)."""
        listed = self.object(owner.text("buildConfigurationList") or "")
        found = []
        for key in listed.texts("buildConfigurations") if listed else []:
            item = self.object(key)
            settings = item.get("buildSettings") if item else None
            if item is not None and isinstance(settings, Dictionary):
                found.append((item.text("name") or "", settings))
        return found

    def setting(self, target: Target, key: str) -> str | None:
        """A build setting that all configurations of the target, or else of the project, write plainly and alike."""
        for owner in (target.object, self.project):
            values = {settings.text(key) for _, settings in self.configurations(owner)}
            if values != {None}:
                value = values.pop() if len(values) == 1 else None
                return None if value is None or "$" in value else value
        return None

    def values(self, target: Target, key: str) -> list[str]:
        """The words of a build setting that all configurations of the target have, from it or from the project."""
        found = None
        for name, settings in self.configurations(target.object):
            both = [settings, *(other for of, other in self.configurations(self.project) if of == name)]
            words = {word for each in both for word in (each.text(key) or " ".join(each.texts(key))).split()}
            found = words if found is None else found & words
        return sorted(found or ())

    def synchronised_folders(self) -> list[str]:
        """The folders of which everything belongs to a target, as the project writes their paths."""
        items = (entry.value for entry in self.objects.entries if isinstance(entry.value, Dictionary))
        found = (item for item in items if item.text("isa") == "PBXFileSystemSynchronizedRootGroup")
        return [item.text("path") or "" for item in found]

    def refuse(self, problem: str) -> NoReturn:
        """Raises ProjectError; its hint is the way by hand."""
        raise ProjectError(problem, where=str(self.path), hint=_BY_HAND)


def find_project(app: Path) -> Path:
    """`app` itself where it is an .xcodeproj, or the only one in that folder. Raises ProjectError."""
    if app.suffix == ".xcodeproj" and app.is_dir():
        return app
    if not app.is_dir():
        problem = "is not a folder" if app.exists() else "there is no such project"
        raise ProjectError(problem, where=str(app), hint="Give the app's .xcodeproj, or the folder it is in")
    found = sorted(path for path in app.glob("*.xcodeproj") if path.is_dir())
    if len(found) != 1:
        problem = (
            f"holds several projects: {', '.join(path.name for path in found)}" if found else "holds no .xcodeproj"
        )
        raise ProjectError(problem, where=str(app), hint="Give the .xcodeproj of the app")
    return found[0]


def read_project(xcodeproj: Path) -> XcodeProject:
    """The project in an .xcodeproj folder. Raises ProjectError where edgegen does not understand it."""
    path = xcodeproj / PROJECT_FILE
    if path.is_symlink():
        raise ProjectError("is a link to another file", where=str(path), hint="Put a file in its place")
    with file_errors(path, "read"):
        data = path.read_bytes()
    return parse_project(path, data)


def parse_project(path: Path, data: bytes) -> XcodeProject:
    """The project in `data`, the content of `path`. Raises ProjectError."""

    def refuse(problem: str) -> NoReturn:
        raise ProjectError(problem, where=str(path), hint=f"Open it in Xcode and save it; or {_BY_HAND}")

    try:
        text = data.decode("utf-8")
        root = read(text)
    except UnicodeDecodeError as error:
        refuse(f"is not UTF-8 text (byte {error.start})")
    except PlistSyntaxError as error:
        refuse(f"is no project file as Xcode writes it: {error}")
    objects, key = root.get("objects"), root.text("rootObject")
    project = objects.get(key) if isinstance(objects, Dictionary) and key else None
    if (
        not isinstance(objects, Dictionary)
        or not isinstance(project, Dictionary)
        or project.text("isa") != "PBXProject"
    ):
        refuse("has no project in it")
    assert key is not None
    ids = [entry.key.text for entry in objects.entries]
    if len(set(ids)) != len(ids):
        refuse("has two objects of one id")
    if any(
        not isinstance(entry.value, Dictionary) or not isinstance(entry.value.get("isa"), String)
        for entry in objects.entries
    ):
        refuse("has an object without a class")
    return XcodeProject(path, data, text, root, objects, key, project)
