"""What the apps use of SwiftUI, PhotosUI and Combine stands in the list of `swift_names.py`, with its iOS version."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ios.check.declarations import Declaration, declarations
from tests.ios.check.swift_names import PUBLISHED
from tests.ios.check.typecheck import swift_files
from tests.ios.check.variants import PRODUCT, VARIANTS, Projects
from tests.ios.stubs import stubs

OLDEST = 16.0  # Of all deployment targets: what is not newer needs no mark.
_VERSION = re.compile(r"@available\(iOS ([\d.]+), \*\)")
_UNSPOKEN = re.compile(r'//[^\n]*|"""(?:.|\n)*?"""|"(?:[^"\\\n]|\\.)*"')
# Names that are also members of Swift's own types, or of the apps': they say nothing of SwiftUI by themselves.
_COMMON = frozenset({"body", "init", "rawValue", "content", "next", "value", "update", "insert", "contains", "main"})


def words(folder: Path) -> set[str]:
    """The words of an app's code, and `.name` of what it takes from something."""
    found: set[str] = set()
    for path in swift_files(folder):
        code = _UNSPOKEN.sub("", path.read_text(encoding="utf-8"))
        found |= set(re.findall(r"\b[A-Z]\w+", code)) | set(re.findall(r"\.\w+", code))
    return found


def declared(module: str) -> dict[str, list[Declaration]]:
    """The declarations of a stub by name without labels: types, and the members of `View` and of protocols."""
    found: dict[str, list[Declaration]] = {}
    for one in declarations(module, stubs.sources(module)):
        found.setdefault(".".join([*one.path, one.name]), []).append(one)
    return found


@pytest.fixture(scope="module")
def spoken(rendered: Projects) -> set[str]:
    return {word for variant in VARIANTS for word in words(rendered.folder(variant) / PRODUCT)}


def unlisted(module: str, spoken: set[str]) -> list[str]:
    """Types that an app names and modifiers that it calls, without a line in the list."""
    return sorted(
        name
        for name, ones in declared(module).items()
        if name not in PUBLISHED[module] and ones[0].name not in _COMMON
        if (not ones[0].path and ones[0].name in spoken)
        or (ones[0].path == ("View",) and ones[0].kind == "func" and f".{ones[0].name}" in spoken)
    )


@pytest.mark.parametrize("module", PUBLISHED)
def test_every_type_and_modifier_that_is_used_is_listed(module: str, spoken: set[str]) -> None:
    assert unlisted(module, spoken) == []


def test_a_name_that_is_not_listed_is_seen(spoken: set[str]) -> None:
    assert unlisted("SwiftUI", spoken | {"GeometryReader", ".onTapGesture"}) == ["GeometryReader", "View.onTapGesture"]


@pytest.mark.parametrize("module", PUBLISHED)
def test_the_stubs_say_the_same_versions(module: str) -> None:
    """A stub of something newer than every deployment target has to carry the mark that `availability.py` reads."""
    found = declared(module)
    assert [name for name in PUBLISHED[module] if name not in found] == []
    for name, version in PUBLISHED[module].items():
        marks = [_VERSION.search(one.attributes) for one in found[name]]
        versions = [float(mark[1]) if mark else 0.0 for mark in marks]
        expected = version if version >= OLDEST else 0.0
        assert min(versions) in ({expected, 0.0} if "." in name else {expected}), name
