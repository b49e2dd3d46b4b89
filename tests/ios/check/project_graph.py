"""`project.pbxproj` as a graph of objects, and what is wrong with it.

    project = Project.read(Path("Hello.xcodeproj"))
    problems(project)          the rules that every project keeps: real-world ones pass
    own_problems(project)      in project_paths.py: those that a project of ours keeps besides

Each problem is a sentence that begins with its rule's name. Xcode is lenient in some of these, and crashes, or shows a
project in red, for others; there is no Mac here to find out which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, cast

from tests.ios.check import openstep, xcode_isa
from tests.ios.check.xcode_isa import GROUPS, ISA, PHASES, REQUIREMENTS, SOURCE_TREES, SYNCHRONIZED, TARGETS

Fields = dict[str, openstep.Value]

_ID: Final = re.compile(r"[0-9A-F]{24}")


@dataclass(frozen=True)
class Project:
    """The objects of a project by id. `folder` is where its paths begin, beside the `.xcodeproj`."""

    objects: dict[str, Fields]
    root: str
    object_version: int
    folder: Path | None

    @classmethod
    def read(cls, bundle: Path) -> Project:
        """Reads NAME.xcodeproj. Raises OpenStepError and ProjectError."""
        return cls.parse((bundle / "project.pbxproj").read_text(encoding="utf-8"), bundle.parent)

    @classmethod
    def parse(cls, text: str, folder: Path | None = None) -> Project:
        """The project of a file's text. Raises OpenStepError and ProjectError."""
        if not text.startswith("// !$*UTF8*$!"):
            raise ProjectError("it does not begin with // !$*UTF8*$!")
        top = openstep.parse(text)
        if not isinstance(top, dict):
            raise ProjectError("it is no dictionary")
        objects, root, version = top.get("objects"), top.get("rootObject"), top.get("objectVersion")
        if not isinstance(objects, dict) or not all(isinstance(fields, dict) for fields in objects.values()):
            raise ProjectError("objects is no dictionary of dictionaries")
        if not isinstance(root, str) or not isinstance(version, str) or not version.isdecimal():
            raise ProjectError("rootObject or objectVersion is missing")
        if top.get("archiveVersion") != "1":
            raise ProjectError(f"archiveVersion is {top.get('archiveVersion')}, expected 1")
        return cls(cast(dict[str, Fields], objects), root, int(version), folder)

    def isa(self, key: str) -> str:
        """The class of an object; "" where there is none, or it has none."""
        isa = self.objects.get(key, {}).get("isa")
        return isa if isinstance(isa, str) else ""

    def of(self, *isas: str) -> Iterator[tuple[str, Fields]]:
        """The objects of the classes."""
        return ((key, fields) for key, fields in self.objects.items() if fields.get("isa") in isas)

    def say(self, key: str) -> str:
        """An object, for a message."""
        fields = self.objects.get(key, {})
        name = fields.get("name") or fields.get("path") or fields.get("productName") or ""
        return f"{fields.get('isa', 'object')} {name or key}"

    def references(self, key: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """What an object refers to: the key, the id, and the classes it may be of."""
        fields = self.objects[key]
        shape = ISA.get(self.isa(key), xcode_isa.Isa())
        for name, allowed in shape.one.items():
            if name in fields:
                yield name, str(fields[name]), allowed
        for name, allowed in shape.many.items():
            for other in strings(fields.get(name)):
                yield name, other, allowed

    @cached_property
    def parents(self) -> dict[str, list[str]]:
        """Which groups hold a file or a group."""
        found: dict[str, list[str]] = {}
        for key, fields in self.of(*GROUPS):
            for child in strings(fields.get("children")):
                found.setdefault(child, []).append(key)
        return found

    def path(self, key: str) -> Path | None:
        """Where a file or group is on disk; None where that depends on the machine or the build."""
        fields = self.objects.get(key, {})
        own = fields.get("path")
        if self.folder is None:
            return None
        if fields.get("sourceTree") == "SOURCE_ROOT":
            return self.folder / str(own)
        if fields.get("sourceTree") != "<group>":
            return None
        parents = self.parents.get(key, [])
        above = self.path(parents[0]) if parents else self.folder
        return above / str(own) if above is not None and own is not None else above


class ProjectError(ValueError):
    """Not a project file at all; the text says what is wrong."""


def strings(value: openstep.Value | None) -> list[str]:
    """The strings of a list; [] for anything else."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def problems(project: Project) -> list[str]:
    """What is wrong with a project by the rules that Xcode's own projects keep."""
    if project.isa(project.root) != "PBXProject":
        return [f"root: {project.root} is {project.isa(project.root) or 'not there'}, expected a PBXProject"]
    rules = (
        *(_classes, _references, _orphans, _build_files, _phases, _file_tree),
        *(_configurations, _targets, _dependencies, _packages, _synchronized, _attributes),
    )
    return [problem for rule in rules for problem in rule(project)]


def _classes(project: Project) -> Iterator[str]:
    for key, fields in project.objects.items():
        shape = ISA.get(project.isa(key))
        if shape is None:
            yield f"isa: {key} is of the unknown class {fields.get('isa')!r}"
            continue
        for name in shape.required:
            if name not in fields:
                yield f"required: {project.say(key)} has no {name}"
        for name in shape.many:
            if name in fields and not isinstance(fields[name], list):
                yield f"list: {name} of {project.say(key)} is no list"


def _references(project: Project) -> Iterator[str]:
    for key in project.objects:
        for name, other, allowed in project.references(key):
            if other not in project.objects:
                yield f"reference: {name} of {project.say(key)} is {other}, which is not there"
            elif project.isa(other) not in allowed:
                yield f"class: {name} of {project.say(key)} is a {project.isa(other)}, expected {' or '.join(allowed)}"


def _orphans(project: Project) -> Iterator[str]:
    seen = {project.root}
    waiting = [project.root]
    while waiting:
        key = waiting.pop()
        for _, other, _ in project.references(key):
            if other in project.objects and other not in seen:
                seen.add(other)
                waiting.append(other)
    for key, fields in project.objects.items():
        # A list of references to other projects names its groups and files in dictionaries.
        if key not in seen and not _is_project_reference(project, key):
            yield f"orphan: nothing refers to {fields.get('isa')} {key} ({project.say(key)})"


def _is_project_reference(project: Project, key: str) -> bool:
    references = project.objects[project.root].get("projectReferences")
    groups = [item for item in references if isinstance(item, dict)] if isinstance(references, list) else []
    named = {str(value) for item in groups for value in item.values()}
    children = {child for group in named & set(project.objects) for _, child, _ in project.references(group)}
    proxies = {other for child in children & set(project.objects) for _, other, _ in project.references(child)}
    return key in named | children | proxies


def _build_files(project: Project) -> Iterator[str]:
    uses = Counter(file for _, phase in project.of(*PHASES) for file in strings(phase.get("files")))
    for key, fields in project.of("PBXBuildFile"):
        if uses[key] != 1:
            yield f"build file: {key} is in {uses[key]} phases, expected one"
        if ("fileRef" in fields) == ("productRef" in fields):
            yield f"build file: {key} has to have either a fileRef or a productRef"


def _phases(project: Project) -> Iterator[str]:
    uses = Counter(phase for _, target in project.of(*TARGETS) for phase in strings(target.get("buildPhases")))
    for key, fields in project.of(*PHASES):
        if uses[key] != 1:
            yield f"phase: {project.say(key)} is in {uses[key]} targets, expected one"
        for name in xcode_isa.SCRIPT_SETTINGS:
            if name in fields and not isinstance(fields[name], list):
                yield f"script: {name} of {project.say(key)} is no list"
    for key, target in project.of(*TARGETS):
        kinds = Counter(project.isa(phase) for phase in strings(target.get("buildPhases")))
        for kind in ("PBXSourcesBuildPhase", "PBXFrameworksBuildPhase", "PBXResourcesBuildPhase"):
            if kinds[kind] > 1:
                yield f"phase: {project.say(key)} has {kinds[kind]} phases of the class {kind}"


def _file_tree(project: Project) -> Iterator[str]:
    main = str(project.objects[project.root].get("mainGroup"))
    for key, fields in project.of(*GROUPS, "PBXFileReference"):
        parents = project.parents.get(key, [])
        if key == main:
            if parents:
                yield f"tree: the main group is inside {project.say(parents[0])}"
        elif len(parents) > 1:
            yield f"tree: {project.say(key)} is in {len(parents)} groups"
        if fields.get("sourceTree") not in SOURCE_TREES and "sourceTree" in fields:
            yield f"tree: the sourceTree of {project.say(key)} is {fields.get('sourceTree')!r}"
        children = strings(fields.get("children"))
        for child, count in Counter(children).items():
            if count > 1:
                yield f"tree: {project.say(child)} is in {project.say(key)} {count} times"
        if key in _above(project, key):
            yield f"tree: {project.say(key)} is inside itself"


def _above(project: Project, key: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(project.parents.get(key, []))
    while waiting:
        parent = waiting.pop()
        if parent not in seen:
            seen.add(parent)
            waiting += project.parents.get(parent, [])
    return seen


def _configurations(project: Project) -> Iterator[str]:
    owners = Counter(str(fields.get("buildConfigurationList")) for _, fields in project.of("PBXProject", *TARGETS))
    uses = Counter(
        one for _, fields in project.of("XCConfigurationList") for one in strings(fields.get("buildConfigurations"))
    )
    names = _names(project, str(project.objects[project.root].get("buildConfigurationList")))
    for key, fields in project.of("XCConfigurationList"):
        own = _names(project, key)
        if owners[key] != 1:
            yield f"configurations: list {key} belongs to {owners[key]} objects, expected one"
        if len(set(own)) != len(own):
            yield f"configurations: two of list {key} have one name: {own}"
        default = fields.get("defaultConfigurationName")
        if default is not None and default not in own:
            yield f"configurations: the default of list {key} is {default}, there are {own}"
        if set(own) != set(names):
            yield f"configurations: list {key} has {own}, the project has {names}"
    for key, fields in project.of("XCBuildConfiguration"):
        if uses[key] != 1:
            yield f"configurations: {project.say(key)} is in {uses[key]} lists, expected one"
        if not isinstance(fields.get("buildSettings"), dict):
            yield f"configurations: the buildSettings of {project.say(key)} are no dictionary"
        base = project.objects.get(str(fields.get("baseConfigurationReference")), {})
        if base and not str(base.get("path", "")).endswith(".xcconfig"):
            yield f"configurations: the base of {project.say(key)} is {base.get('path')}, expected an .xcconfig"


def _names(project: Project, configuration_list: str) -> list[str]:
    keys = strings(project.objects.get(configuration_list, {}).get("buildConfigurations"))
    return [str(project.objects.get(key, {}).get("name")) for key in keys]


def _targets(project: Project) -> Iterator[str]:
    listed = strings(project.objects[project.root].get("targets"))
    names = Counter(str(fields.get("name")) for _, fields in project.of(*TARGETS))
    for name, count in names.items():
        if count > 1:
            yield f"target: {count} targets are called {name}"
    products = Counter(
        str(fields["productReference"]) for _, fields in project.of(*TARGETS) if "productReference" in fields
    )
    for key, fields in project.of(*TARGETS):
        if listed.count(key) != 1:
            yield f"target: {project.say(key)} is in the project's list {listed.count(key)} times"
        kind = fields.get("productType")
        if kind is not None and not str(kind).startswith("com.apple.product-type."):
            yield f"target: the productType of {project.say(key)} is {kind!r}"
        product = str(fields.get("productReference", ""))
        file = project.objects.get(product, {})
        if file and ("explicitFileType" not in file and "lastKnownFileType" not in file):
            yield f"target: the product of {project.say(key)} has no file type"
        if products[product] > 1:
            yield f"target: {products[product]} targets make {project.say(product)}"


def _dependencies(project: Project) -> Iterator[str]:
    proxies = Counter(
        str(fields.get(name))
        for _, fields in project.of("PBXTargetDependency", "PBXReferenceProxy")
        for name in ("targetProxy", "remoteRef")
    )
    owners: dict[str, list[str]] = {}
    for key, fields in project.of(*TARGETS):
        for dependency in strings(fields.get("dependencies")):
            owners.setdefault(dependency, []).append(key)
    for key, fields in project.of("PBXTargetDependency"):
        if len(owners.get(key, [])) != 1:
            yield f"dependency: {key} belongs to {len(owners.get(key, []))} targets, expected one"
        if not {"target", "targetProxy", "productRef"} & set(fields):
            yield f"dependency: {key} depends on nothing"
        if fields.get("target") in owners.get(key, []):
            yield f"dependency: {project.say(str(fields['target']))} depends on itself"
        proxy = project.objects.get(str(fields.get("targetProxy")), {})
        if proxy and "target" in fields and proxy.get("remoteGlobalIDString") != fields["target"]:
            remote = proxy.get("remoteGlobalIDString")
            yield f"dependency: the proxy of {key} is of {remote}, expected {fields['target']}"
    for key, fields in project.of("PBXContainerItemProxy"):
        if fields.get("proxyType") not in {"1", "2"}:
            yield f"dependency: the proxyType of {key} is {fields.get('proxyType')}"
        if proxies[key] == 0:
            yield f"dependency: nothing uses the proxy {key}"
        if fields.get("containerPortal") == project.root and fields.get("remoteGlobalIDString") not in project.objects:
            yield f"dependency: the proxy {key} is of a target that is not there"


def _packages(project: Project) -> Iterator[str]:
    listed = strings(project.objects[project.root].get("packageReferences"))
    for key, fields in project.of(*xcode_isa.PACKAGES):
        if listed.count(key) != 1:
            yield f"package: {key} is in the project's list {listed.count(key)} times"
        if fields.get("isa") == "XCRemoteSwiftPackageReference":
            yield from _requirement(key, fields)
    owners: Counter[str] = Counter()
    for _, target in project.of(*TARGETS):
        owners.update(strings(target.get("packageProductDependencies")))
    owners.update(
        str(fields["productRef"]) for _, fields in project.of("PBXTargetDependency") if "productRef" in fields
    )
    built = {str(fields.get("productRef")) for _, fields in project.of("PBXBuildFile")}
    for key, _ in project.of("XCSwiftPackageProductDependency"):
        if owners[key] != 1 and not (owners[key] == 0 and key in built):
            yield f"package: product {project.say(key)} belongs to {owners[key]} targets, expected one"


def _requirement(key: str, fields: Fields) -> Iterator[str]:
    wanted = fields.get("requirement")
    kind = wanted.get("kind") if isinstance(wanted, dict) else None
    if not isinstance(wanted, dict) or str(kind) not in REQUIREMENTS:
        yield f"package: the requirement of {key} is {wanted}"
        return
    for name in REQUIREMENTS[str(kind)]:
        if name not in wanted:
            yield f"package: the requirement of {key} has no {name}"
    if not re.match(r"https?://|git@|ssh://|file://|\.{0,2}/", str(fields.get("repositoryURL"))):
        yield f"package: the repositoryURL of {key} is {fields.get('repositoryURL')!r}"


def _synchronized(project: Project) -> Iterator[str]:
    folders = [key for key, _ in project.of(SYNCHRONIZED)]
    if folders and project.object_version < xcode_isa.SYNCHRONIZED_SINCE:
        yield f"synchronized: objectVersion is {project.object_version}, which has no synchronized folders"
    for key in folders:
        if not project.parents.get(key):
            yield f"synchronized: {project.say(key)} is in no group"
    for key, _ in project.of(xcode_isa.EXCEPTIONS[0]):
        owners = [one for one in folders if key in strings(project.objects[one].get("exceptions"))]
        if len(owners) != 1:
            yield f"synchronized: the exceptions {key} belong to {len(owners)} folders, expected one"


def _attributes(project: Project) -> Iterator[str]:
    fields = project.objects[project.root]
    attributes = fields.get("attributes")
    of_targets = attributes.get("TargetAttributes") if isinstance(attributes, dict) else None
    for key in of_targets if isinstance(of_targets, dict) else {}:
        if project.isa(key) not in TARGETS:
            yield f"attributes: TargetAttributes names {key}, which is no target"
    regions = strings(fields.get("knownRegions"))
    region = fields.get("developmentRegion")
    # Old projects say English and list en.
    if regions and isinstance(region, str) and region not in {*regions, "English", "en"}:
        yield f"attributes: the developmentRegion {region} is not among the knownRegions {regions}"


def ids(project: Project) -> Iterator[str]:
    """Ids that are not 24 upper-case hexadecimal digits."""
    for key in project.objects:
        if not _ID.fullmatch(key):
            yield f"id: {key} is not 24 upper-case hexadecimal digits"
