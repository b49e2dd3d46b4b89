"""What a project of ours keeps besides: ids of Xcode's form, paths that exist, packages and products that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.ios.check import xcode_isa
from tests.ios.check.project_graph import Project, ids, strings
from tests.ios.check.xcode_isa import EXCEPTIONS, SYNCHRONIZED, TARGETS

_ROOT: Final = re.compile(r"\$[({](?:SRCROOT|PROJECT_DIR|SOURCE_ROOT)[)}]/(.*)")
_PRODUCT: Final = re.compile(r'\.library\(\s*name:\s*"([^"]+)"')


def own_problems(project: Project) -> list[str]:
    """What is wrong with a project of ours that `problems` would let pass. The project was read from a folder."""
    if project.folder is None:
        raise ValueError("the project was not read from a folder")
    rules = (ids, _paths, _synchronized, _packages, _configurations, _scripts, _targets)
    return [problem for rule in rules for problem in rule(project)]


def _paths(project: Project) -> Iterator[str]:
    for key, _ in project.of("PBXFileReference", "PBXGroup", "PBXVariantGroup", SYNCHRONIZED):
        path = project.path(key)
        if path is not None and not path.exists():
            yield f"path: {project.say(key)} is at {path}, where nothing is"
    for key, fields in project.of("PBXFileReference"):
        if "lastKnownFileType" not in fields and "explicitFileType" not in fields:
            yield f"path: {project.say(key)} has no file type"


def _synchronized(project: Project) -> Iterator[str]:
    users = [key for _, target in project.of(*TARGETS) for key in strings(target.get("fileSystemSynchronizedGroups"))]
    for key, fields in project.of(SYNCHRONIZED):
        folder = project.path(key)
        if folder is not None and not folder.is_dir():
            yield f"synchronized: {folder} is no folder"
        if key not in users:
            yield f"synchronized: {project.say(key)} belongs to no target"
        for one in strings(fields.get("exceptions")):
            named = project.objects.get(one, {}).get("membershipExceptions")
            for name in strings(named):
                if folder is not None and not (folder / name).exists():
                    yield f"synchronized: the exception {name} is not in {folder}"
    for key, fields in project.of(EXCEPTIONS[0]):
        if not strings(fields.get("membershipExceptions")):
            yield f"synchronized: the exceptions {key} are empty"


def _packages(project: Project) -> Iterator[str]:
    used = {str(fields.get("package")) for _, fields in project.of("XCSwiftPackageProductDependency")}
    linked = [str(fields.get("productRef")) for _, fields in project.of("PBXBuildFile")]
    for key, fields in project.of("XCSwiftPackageProductDependency"):
        if "package" not in fields:
            yield f"package: {project.say(key)} does not say which package it is of"
        if key not in linked:
            yield f"package: {project.say(key)} is linked nowhere"
        yield from _product(project, str(fields.get("package")), str(fields.get("productName")))
    for key, fields in project.of(*xcode_isa.PACKAGES):
        if key not in used:
            yield f"package: nothing uses {fields.get('isa')} {key}"


def _product(project: Project, package: str, product: str) -> Iterator[str]:
    path = project.objects.get(package, {}).get("relativePath")
    if path is None or project.folder is None:
        return
    manifest = project.folder / str(path) / "Package.swift"
    if not manifest.is_file():
        yield f"package: there is no {manifest}"
    elif product not in _PRODUCT.findall(manifest.read_text(encoding="utf-8")):
        yield f"package: {manifest} has no product {product}"


def _configurations(project: Project) -> Iterator[str]:
    for key, fields in project.of("XCConfigurationList"):
        if "defaultConfigurationName" not in fields:
            yield f"configurations: list {key} has no default"
    for key, fields in project.of("XCBuildConfiguration"):
        anchor = str(fields.get("baseConfigurationReferenceAnchor", ""))
        if not anchor:
            continue
        folder = project.path(anchor)
        relative = fields.get("baseConfigurationReferenceRelativePath")
        if relative is None or (folder is not None and not (folder / str(relative)).is_file()):
            yield f"configurations: the base of {project.say(key)} is {relative}, which is not in {folder}"


def _scripts(project: Project) -> Iterator[str]:
    for key, fields in project.of("PBXShellScriptBuildPhase"):
        says_when = any(strings(fields.get(name)) for name in xcode_isa.SCRIPT_SETTINGS)
        if not says_when and fields.get("alwaysOutOfDate") != "1":
            yield f"script: {project.say(key)} has neither inputs nor outputs, so that Xcode warns"
        for name in ("inputPaths", "inputFileListPaths", "outputFileListPaths"):
            for path in strings(fields.get(name)):
                match = _ROOT.fullmatch(path)
                if match is None:
                    yield f"script: {path} of {project.say(key)} is not below $(SRCROOT)"
                elif not (_folder(project) / match[1]).exists():
                    yield f"script: {path} of {project.say(key)} is not there"


def _folder(project: Project) -> Path:
    if project.folder is None:
        raise ValueError("the project was not read from a folder")
    return project.folder


def _targets(project: Project) -> Iterator[str]:
    group = str(project.objects[project.root].get("productRefGroup"))
    products = strings(project.objects.get(group, {}).get("children"))
    for key, fields in project.of("PBXNativeTarget"):
        if fields.get("productReference") not in products:
            yield f"target: the product of {project.say(key)} is not in the group of products"
        phases = [project.isa(phase) for phase in strings(fields.get("buildPhases"))]
        if "PBXSourcesBuildPhase" not in phases:
            yield f"target: {project.say(key)} compiles nothing"
