"""From the name a person types to the names that file systems and build systems accept."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from edgegen.errors import UsageError

MAX_NAME_LENGTH: Final = 64

# Names that CMake keeps for its own targets (policy CMP0037), that Windows keeps for devices, and the folders that
# every generated project has: a program of that name could not be built, or not be checked out.
_CMAKE: Final = (
    *("all", "clean", "depend", "edit_cache", "help", "install"),
    *("package", "package_source", "rebuild_cache", "test"),
)
_WINDOWS: Final = ("con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "lpt1", "lpt2", "lpt3")
_FOLDERS: Final = ("build", "cmake", "decode", "generated", "include", "io", "kernels", "src", "test", "tests")
_RESERVED: Final = frozenset((*_CMAKE, *_WINDOWS, *_FOLDERS))


def check_name(name: str) -> str:
    """`name` without surrounding white space. Raises UsageError: a title may be nearly anything, but not a path."""
    stripped = name.strip()
    where = "NAME"
    if not stripped:
        raise UsageError("the project's name is empty", where=where, hint='Give one, as in "edgegen new hello"')
    if len(stripped) > MAX_NAME_LENGTH:
        raise UsageError(
            f"the project's name has {len(stripped)} characters, at most {MAX_NAME_LENGTH} are allowed",
            where=where,
            hint="Give a shorter one",
        )
    if "/" in stripped or "\\" in stripped or stripped in {".", ".."}:
        raise UsageError(
            f"{stripped!r} is a path, not a name",
            where=where,
            hint="Give the project's name alone and the folder that will hold it with --output",
        )
    if stripped.startswith("-"):
        raise UsageError(f"{stripped!r} begins with a dash", where=where, hint="Begin the name with a letter")
    if not all(c.isprintable() for c in stripped):
        raise UsageError("the name has control characters", where=where, hint="Use printable characters only")
    slug_of(stripped)
    return stripped


def slug_of(name: str) -> str:
    """The name of the folder and the program: lower-case ASCII letters, digits, `-` and `_`, beginning with a letter.

    `Tom & Jerry's "Ünïcode"` becomes `tom-jerrys-unicode`. Raises UsageError where nothing is left.
    """
    decomposed = unicodedata.normalize("NFKD", name)
    ascii_only = "".join(c for c in decomposed if ord(c) < 128).lower().replace("'", "")
    slug = re.sub(r"[^a-z0-9_]+", "-", ascii_only).strip("-_")
    if not re.search(r"[a-z]", slug):
        raise UsageError(
            f"{name!r} has no Latin letter to name a folder and a program with",
            where="NAME",
            hint='Give a name such as "hello"',
        )
    if not slug[0].isalpha():
        slug = f"app-{slug}"
    return f"{slug}-app" if slug in _RESERVED else slug
