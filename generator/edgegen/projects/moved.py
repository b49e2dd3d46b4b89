"""Files that edgegen gives another folder: their edits go along.

An Android app whose `app.id` was changed has all its sources in other folders; an update that saw only files that go
and files that come would leave every edit behind. A file keeps its name when it moves, and most of its lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import Final

# The share of lines that two versions of one file have in common at least; sources of one name that have nothing to do
# with one another (two build.gradle, two CMakeLists.txt) share less.
_ALIKE: Final = 0.5


def moved_files(gone: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, str]:
    """New path → old path for each file of `new` that is one of `gone` elsewhere; the most alike first, each once.

    Between two that are as alike (package-info.java of two packages), the one that keeps more of its path.
    """
    pairs = []
    for path, text in new.items():
        for old, original in gone.items():
            if PurePosixPath(path).name == PurePosixPath(old).name:
                likeness = _likeness(original, text)
                if likeness >= _ALIKE:
                    pairs.append((-likeness, -_common_parts(old, path), old, path))
    found: dict[str, str] = {}
    for _, _, old, path in sorted(pairs):
        if path not in found and old not in found.values():
            found[path] = old
    return found


def _likeness(one: bytes, other: bytes) -> float:
    """The share, 0..1, of lines that two texts have in common, in order."""
    return SequenceMatcher(None, one.splitlines(), other.splitlines(), autojunk=False).ratio()


def _common_parts(one: str, other: str) -> int:
    """How many folders two paths have in common, in order."""
    blocks = SequenceMatcher(None, one.split("/"), other.split("/"), autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)
