"""What lint would say of a project's manifest and resources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from tests.android.build.project import ANDROID

_REFERENCE: Final = re.compile(r"@(?:\+)?(?:[\w.]+:)?(\w+)/([\w.]+)")
_IN_JAVA: Final = re.compile(r"\bR\.(\w+)\.(\w+)\b")
_SHOWN: Final = ("text", "hint", "contentDescription", "title", "label", "summary", "tooltipText")
_ONE_SIDED: Final = re.compile(r"(?:layout_)?(?:margin|padding|alignParent|toLeftOf|toRightOf)?(?:Left|Right)$")


def attribute(element: ElementTree.Element, name: str) -> str | None:
    """`android:name` of an element."""
    return element.get(f"{{{ANDROID}}}{name}")


def resource_files(project: Path) -> list[Path]:
    """The XML files below the modules' res/."""
    return [path for module in ("app", "model") for path in sorted((project / module / "src/main/res").rglob("*.xml"))]


def defined(project: Path) -> set[tuple[str, str]]:
    """(type, name) of every resource: `("string", "app_name")`."""
    found = set()
    for path in resource_files(project):
        folder = path.parent.name.split("-")[0]
        if folder != "values":
            found.add((folder, path.stem))
            continue
        for element in ElementTree.parse(path).getroot():
            name = element.get("name")
            assert name is not None, f"{path}: a resource without a name"
            kind = element.get("type") or element.tag
            found.add(("array" if kind.endswith("-array") else kind, name))  # As R names it.
    return found


def used(project: Path) -> set[tuple[str, str]]:
    """(type, name) of what the manifests, the resources and the code name."""
    found = set()
    manifests = [project / module / "src/main/AndroidManifest.xml" for module in ("app", "model")]
    for path in [*resource_files(project), *manifests]:
        text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found |= set(_REFERENCE.findall(text))
        # A style's parent may be named without @style/, or by the part of its name before the last dot.
        found |= {("style", name) for name in re.findall(r'parent="(?!@)([\w.]+)"', text)}
    for root in (project / "app/src/main/java", project / "model/src/main/java"):
        for path in root.rglob("*.java"):
            found |= set(_IN_JAVA.findall(path.read_text(encoding="utf-8")))
    return found


def unused(project: Path) -> list[str]:
    """Resources that nothing names: `string/old`."""
    named = {(kind, name.replace(".", "_")) for kind, name in used(project)}
    return sorted(f"{kind}/{name}" for kind, name in defined(project) if (kind, name.replace(".", "_")) not in named)


def literal_texts(project: Path) -> list[str]:
    """Texts in layouts and menus that a translator would not find."""
    found = []
    for path, element in _elements(project, ("layout", "menu")):
        for name in _SHOWN:
            text = attribute(element, name)
            if text and not text.startswith(("@", "?")):
                found.append(f"{path.name}: {element.tag}: {name}={text!r}")
    return found


def without_description(project: Path) -> list[str]:
    """Pictures and buttons with a picture that TalkBack would have no word for."""
    found = []
    for path, element in _elements(project, ("layout",)):
        if element.tag in ("ImageView", "ImageButton"):
            silent = attribute(element, "importantForAccessibility") == "no"
            described = attribute(element, "contentDescription") or attribute(element, "labelFor")
            if not silent and not described:
                found.append(f"{path.name}: {attribute(element, 'id') or element.tag}")
    return found


def one_sided(project: Path) -> list[str]:
    """Attributes that do not turn round in a language written from right to left."""
    found = []
    for path, element in _elements(project, ("layout", "values")):
        item = (element.get("name") or "").rpartition(":")[2]  # `<item name="android:paddingLeft">` of a style
        names = [*(key.rpartition("}")[2] for key in element.attrib), item]
        found += [f"{path.name}: {element.tag}: {name}" for name in names if _ONE_SIDED.search(name)]
    return found


def _elements(project: Path, folders: tuple[str, ...]) -> Iterator[tuple[Path, ElementTree.Element]]:
    for path in resource_files(project):
        if path.parent.name.split("-")[0] in folders:
            for element in ElementTree.parse(path).iter():
                yield path, element
