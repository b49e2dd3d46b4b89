"""From the name a person types to the names that file systems and build systems accept."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from edgegen.errors import UsageError

MAX_NAME_LENGTH: Final = 64
# Play, the package manager and the file system all set limits near this; the folder of the sources repeats the id.
MAX_APP_ID_LENGTH: Final = 100
MAX_BUNDLE_ID_LENGTH: Final = 155

# Names that CMake keeps for its own targets (policy CMP0037), that Windows keeps for devices, and the folders that
# every generated project has: a program of that name could not be built, or not be checked out.
_CMAKE: Final = (
    *("all", "clean", "depend", "edit_cache", "help", "install"),
    *("package", "package_source", "rebuild_cache", "test"),
)
_WINDOWS: Final = ("con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "lpt1", "lpt2", "lpt3")
_FOLDERS: Final = ("build", "cmake", "decode", "generated", "include", "io", "kernels", "src", "test", "tests")
_RESERVED: Final = frozenset((*_CMAKE, *_WINDOWS, *_FOLDERS))
# Java's keywords and literals (JLS 3.9, 3.10): no part of a package may be one.
_JAVA_KEYWORDS: Final = frozenset(
    (
        *("abstract", "assert", "boolean", "break", "byte", "case", "catch", "char", "class", "const", "continue"),
        *("default", "do", "double", "else", "enum", "extends", "final", "finally", "float", "for", "goto", "if"),
        *("implements", "import", "instanceof", "int", "interface", "long", "native", "new", "package", "private"),
        *("protected", "public", "return", "short", "static", "strictfp", "super", "switch", "synchronized", "this"),
        *("throw", "throws", "transient", "try", "void", "volatile", "while", "true", "false", "null", "_"),
    )
)
# Packages that belong to somebody else: a class in them would be refused, or hide the real one.
_FOREIGN_PACKAGES: Final = ("java", "javax", "android", "androidx", "dalvik", "kotlin", "edgegen")


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


def default_app_id(slug: str) -> str:
    """The application id of an app that was given none: `com.example.tomjerrysunicode` for `tom-jerrys-unicode`.

    `com.example` says that it is a placeholder; the stores refuse it.
    """
    part = slug.replace("-", "")
    return f"com.example.{part}{'app' if part in _JAVA_KEYWORDS else ''}"


def check_bundle_id(bundle_id: str, where: str) -> str:
    """`bundle_id` where it can be an app's on Apple's platforms, else UsageError; `where` is what named it.

    Two or more parts of ASCII letters, digits and `-`, at most 155 characters: what App Store Connect takes.
    """
    hint = 'Give one such as "com.example.hello": a domain of yours, backwards, and the app\'s name'
    if len(bundle_id) > MAX_BUNDLE_ID_LENGTH:
        problem = f"the bundle id has {len(bundle_id)} characters, at most {MAX_BUNDLE_ID_LENGTH} are allowed"
        raise UsageError(problem, where=where, hint=hint)
    parts = bundle_id.split(".")
    if len(parts) < 2:
        raise UsageError(f"{bundle_id!r} has no dot: a bundle id has two parts or more", where=where, hint=hint)
    for part in parts:
        if not re.fullmatch(r"[A-Za-z0-9-]+", part):
            problem = f"{part!r} in {bundle_id!r} is no part of a bundle id: letters, digits and -"
            raise UsageError(problem, where=where, hint=hint)
    return bundle_id


def check_team(team: str, where: str) -> str:
    """`team` where it can be a development team of Apple's: ten capital letters and digits. Raises UsageError."""
    if not re.fullmatch(r"[A-Z0-9]{10}", team):
        raise UsageError(
            f"{team!r} is no team id: ten capital letters and digits",
            where=where,
            hint="Xcode shows yours under Settings, Accounts; or leave it out and choose the team in Xcode",
        )
    return team


def check_app_id(app_id: str, where: str) -> str:
    """`app_id` where it can be an Android application id and a Java package, else UsageError; `where` is what named it.

    Two or more parts of ASCII letters, digits and `_`, each beginning with a letter and none a keyword of Java.
    """
    hint = 'Give one such as "com.example.hello": a domain of yours, backwards, and the app\'s name'
    if len(app_id) > MAX_APP_ID_LENGTH:
        problem = f"the application id has {len(app_id)} characters, at most {MAX_APP_ID_LENGTH} are allowed"
        raise UsageError(problem, where=where, hint=hint)
    parts = app_id.split(".")
    if len(parts) < 2:
        raise UsageError(f"{app_id!r} has no dot: an application id has two parts or more", where=where, hint=hint)
    for part in parts:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", part):
            problem = f"{part!r} in {app_id!r} is no part of a Java package: a letter, then letters, digits and _"
            raise UsageError(problem, where=where, hint=hint)
        if part in _JAVA_KEYWORDS:
            raise UsageError(f"{part!r} in {app_id!r} is a keyword of Java", where=where, hint=hint)
    if parts[0] in _FOREIGN_PACKAGES:
        raise UsageError(f"the package {parts[0]!r} in {app_id!r} is not an app's to use", where=where, hint=hint)
    return app_id
