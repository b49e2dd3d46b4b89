"""What Xcode reads beside code: property lists, string and asset catalogues, settings, schemes, lists of files.

problems(project)    sentences, each with the file; none where all is well
"""

from __future__ import annotations

import json
import plistlib
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from xml.parsers.expat import ExpatError

from PIL import Image

from tests.ios.check.project_graph import Project

# Apple's list of required reasons, by the kind of API; and what in Swift uses that kind.
REASONS: Final = {
    "NSPrivacyAccessedAPICategoryFileTimestamp": {"DDA9.1", "C617.1", "3B52.1", "0A2A.1"},
    "NSPrivacyAccessedAPICategorySystemBootTime": {"35F9.1", "8FFB.1", "3D61.1"},
    "NSPrivacyAccessedAPICategoryDiskSpace": {"85F4.1", "E174.1", "7D9E.1", "B728.1", "AB6B.1"},
    "NSPrivacyAccessedAPICategoryActiveKeyboards": {"3EC4.1", "54BD.1"},
    "NSPrivacyAccessedAPICategoryUserDefaults": {"CA92.1", "1C8F.1", "C56D.1", "AC6B.1"},
}
USES: Final = {
    "NSPrivacyAccessedAPICategoryFileTimestamp": re.compile(
        r"\b(creationDateKey|contentModificationDateKey|fileModificationDate|modificationDate|creationDate|f?l?stat)\b"
    ),
    "NSPrivacyAccessedAPICategorySystemBootTime": re.compile(r"\b(systemUptime|mach_absolute_time)\b"),
    "NSPrivacyAccessedAPICategoryDiskSpace": re.compile(r"\b(volumeAvailableCapacity\w*|systemFreeSize|f?statv?fs)\b"),
    "NSPrivacyAccessedAPICategoryActiveKeyboards": re.compile(r"\bactiveInputModes\b"),
    "NSPrivacyAccessedAPICategoryUserDefaults": re.compile(r"\b(UserDefaults|AppStorage|SceneStorage)\b"),
}
ICON_PX: Final = 1024
_SETTING: Final = re.compile(r"([A-Za-z_]\w*)(\[\w+=[^\]]+\])*\s*=\s*(.*)")
_INCLUDE: Final = re.compile(r'#include(\?)? "([^"]+)"')
_STATES: Final = frozenset({"new", "translated", "needs_review", "stale"})


def problems(project: Path) -> list[str]:
    """What is wrong with the files of a generated project, whose paths the sentences begin with."""
    rules: dict[str, Callable[[Path], Iterator[str]]] = {
        "*.plist": _plist,
        "*.xcprivacy": _privacy,
        "*.xcstrings": _strings,
        "*.xcassets": _assets,
        "*.xcconfig": _settings,
        "*.xcscheme": _scheme,
        "*.xcworkspacedata": _workspace,
        "*.xcfilelist": _file_list,
    }
    return [
        f"{path.relative_to(project).as_posix()}: {problem}"
        for pattern, rule in rules.items()
        for path in sorted(project.rglob(pattern))
        for problem in rule(path)
    ]


def _plist(path: Path) -> Iterator[str]:
    try:
        content = plistlib.loads(path.read_bytes())
    except (ValueError, plistlib.InvalidFileException, ExpatError) as error:
        yield f"no property list: {error}"
        return
    if not isinstance(content, dict):
        yield "no dictionary"


def _privacy(path: Path) -> Iterator[str]:
    yield from (found := list(_plist(path)))
    if found:
        return
    content = plistlib.loads(path.read_bytes())
    kinds = {"NSPrivacyTracking": bool, "NSPrivacyTrackingDomains": list}
    kinds |= {"NSPrivacyCollectedDataTypes": list, "NSPrivacyAccessedAPITypes": list}
    for key, wanted in kinds.items():
        if not isinstance(content.get(key), wanted):
            yield f"{key} is {content.get(key)!r}, expected a {wanted.__name__}"
    for key in set(content) - set(kinds):
        yield f"{key} is unknown"
    declared = set()
    for item in content.get("NSPrivacyAccessedAPITypes") or []:
        kind = item.get("NSPrivacyAccessedAPIType")
        declared.add(kind)
        reasons = set(item.get("NSPrivacyAccessedAPITypeReasons", []))
        if not reasons or not reasons <= REASONS.get(kind, set()):
            yield f"{kind} has the reasons {sorted(reasons)}, expected some of {sorted(REASONS.get(kind, set()))}"
    # Its app's or package's code: the folder that holds it, or that holds its Sources.
    root = next((folder for folder in path.parents if folder.name == "Sources"), path.parent)
    for source in sorted(root.rglob("*.swift")):
        for kind, use in USES.items():
            if kind not in declared and use.search(source.read_text(encoding="utf-8")):
                yield f"{source.name} uses what {kind} is for, which is not declared"


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        return error


def _strings(path: Path) -> Iterator[str]:
    content = _json(path)
    if not isinstance(content, dict) or not isinstance(content.get("strings"), dict):
        yield f"no catalogue of strings: {content if isinstance(content, ValueError) else ''}"
        return
    if content.get("version") != "1.0" or not isinstance(content.get("sourceLanguage"), str):
        yield f"version {content.get('version')}, sourceLanguage {content.get('sourceLanguage')}"
    for key, item in content["strings"].items():
        if unknown := set(item) - {"comment", "extractionState", "localizations", "shouldTranslate"}:
            yield f"{key!r} has {sorted(unknown)}"
        for language, words in item.get("localizations", {}).items():
            unit = words.get("stringUnit", {})
            if "variations" not in words and (unit.get("state") not in _STATES or not unit.get("value")):
                yield f"{key!r} in {language} is {words}"
            if unit and _placeholders(unit.get("value", "")) != _placeholders(key) and "%" in key:
                yield f"{key!r} in {language} has other placeholders"


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%(?:\d+\$)?(?:l{0,2}[du]|@|f|\.\d+f)", text))


def _assets(path: Path) -> Iterator[str]:
    for folder in [path, *(one for one in sorted(path.rglob("*")) if one.is_dir())]:
        content = _json(folder / "Contents.json") if (folder / "Contents.json").is_file() else None
        name = folder.relative_to(path.parent).as_posix()
        if not isinstance(content, dict):
            yield f"{name} has no Contents.json that can be read"
            continue
        if content.get("info", {}).get("version") != 1 or not content["info"].get("author"):
            yield f"{name} has the info {content.get('info')}"
        named = {image["filename"] for image in content.get("images", []) if "filename" in image}
        there = {file.name for file in folder.iterdir() if file.is_file()} - {"Contents.json"}
        for file in sorted(named ^ there):
            yield f"{name}: {file} is {'not there' if file in named else 'not named'}"
        if folder.suffix == ".appiconset":
            yield from _icon(folder, content)
        for color in content.get("colors", []):
            if not {"platform", "reference"} <= set(color["color"]) and not {"color-space", "components"} <= set(
                color["color"]
            ):
                yield f"{name} has the color {color}"


def _icon(folder: Path, content: dict[str, Any]) -> Iterator[str]:
    for image in content.get("images", []):
        file = folder / image.get("filename", "")
        if not file.is_file():
            continue
        with Image.open(file) as opened:
            opened.load()
            wanted = tuple(int(side) for side in image["size"].split("x"))
            if opened.size != wanted or wanted != (ICON_PX, ICON_PX):
                yield f"{file.name} has {opened.size}, expected {wanted}"
            # The App Store refuses an icon with alpha; dark and tinted ones may have it.
            if "appearances" not in image and opened.mode != "RGB":
                yield f"{file.name} is {opened.mode}, expected RGB"


def _settings(path: Path) -> Iterator[str]:
    seen: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("//"):
            continue
        if include := _INCLUDE.fullmatch(line):
            if not include[1] and not (path.parent / include[2]).is_file():
                yield f"line {number}: {include[2]} is not there"
            continue
        match = _SETTING.fullmatch(line)
        if match is None:
            yield f"line {number}: {line!r} is no setting"
            continue
        key = match[1] + (match[2] or "")
        if key in seen:
            yield f"line {number}: {key} is set in line {seen[key]} already"
        seen[key] = number
        if "//" in match[3]:
            yield f"line {number}: what stands behind // is a comment"
        if match[3].count("$(") != len(re.findall(r"\$\([\w:.=-]*\)", match[3])):
            yield f"line {number}: {match[3]!r} has a $( that nothing closes"


def _xml(path: Path) -> ElementTree.Element | None:
    try:
        return ElementTree.fromstring(path.read_bytes())
    except ElementTree.ParseError:
        return None


def _scheme(path: Path) -> Iterator[str]:
    root = _xml(path)
    if root is None or root.tag != "Scheme":
        yield "no scheme"
        return
    bundle = next(folder for folder in path.parents if folder.suffix == ".xcodeproj")
    project = Project.read(bundle)
    for action in ("BuildAction", "TestAction", "LaunchAction", "ProfileAction", "AnalyzeAction", "ArchiveAction"):
        if root.find(action) is None:
            yield f"has no {action}"
    names = {str(fields.get("name")) for _, fields in project.of("XCBuildConfiguration")}
    for action_element in root:
        configuration = action_element.get("buildConfiguration")
        if configuration is not None and configuration not in names:
            yield f"{action_element.tag} uses the configuration {configuration}, there are {sorted(names)}"
    for reference in root.iter("BuildableReference"):
        container = reference.get("ReferencedContainer", "").removeprefix("container:")
        if not (bundle.parent / container).exists():
            yield f"names {container}, which is not there"
        if container != bundle.name:
            continue
        target = project.objects.get(reference.get("BlueprintIdentifier", ""), {})
        if target.get("name") != reference.get("BlueprintName"):
            yield f"names the target {reference.get('BlueprintName')}, whose id is that of {target.get('name')}"


def _workspace(path: Path) -> Iterator[str]:
    root = _xml(path)
    if root is None or root.tag != "Workspace":
        yield "no workspace"
        return
    for reference in root.iter("FileRef"):
        kind, _, place = reference.get("location", "").partition(":")
        if kind not in {"self", "group", "container"} or not (path.parents[1] / place).exists():
            yield f"names {reference.get('location')}, which is not there"


def _file_list(path: Path) -> Iterator[str]:
    project = next(folder for folder in path.parents if (folder / "edgegen.toml").is_file())
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        match = re.fullmatch(r"\$\(\w+\)/(.+)", line)
        if match is None:
            yield f"{line} does not begin with a setting"
        elif path.stem == "inputs" and not (project / match[1]).exists():
            yield f"{match[1]} is not there"
