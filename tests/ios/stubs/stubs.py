"""Compile-only Swift modules for what generated code imports on iOS: declarations as published, bodies that stop.

    folder = build()            every module: NAME.swiftmodule and libNAME.so each, in one folder
    folder = build(["CoreML"])  only those and what they import
    flags(folder)               what swiftc needs to compile and link against them; `swiftpm_flags` the same for SwiftPM

Folders and modules are kept in the cache, named by the sources and the compiler. A Swift file below `stubs/NAME/`
belongs to the module NAME. What Apple's Foundation has and Linux' has not is `FoundationExtras`, which the flags import
into every file without a word.
"""

from __future__ import annotations

import functools
import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from edgegen.paths import cache_dir, remove_tree
from tests.swift.toolchain import run_swift

FOLDER: Final = Path(__file__).parent
IMPLICIT: Final = "FoundationExtras"

_IMPORT: Final = re.compile(
    r"^(?:@\w+(?:\(\w+\))? )*import (?:(?:struct|class|enum|func|protocol|typealias) )?(\w+)", re.M
)
INTRODUCED: Final = re.compile(r"@available\(iOS ([\d.]+), \*\)( // An overload of .*)?")
DEPRECATED: Final = re.compile(r'@available\(iOS, deprecated: ([\d.]+), message: "[^"]*"\)')
_SWIFT: Final = ("-swift-version", "5", "-parse-as-library", "-Onone")


class StubError(Exception):
    """A stub module does not compile; the text is the compiler's."""


def names() -> list[str]:
    """Every module there is a stub of, those first that others import."""
    ordered: list[str] = []

    def visit(name: str) -> None:
        for other in sorted(_imports(name)):
            visit(other)
        if name not in ordered:
            ordered.append(name)

    for name in [IMPLICIT, *sorted(_all())]:
        visit(name)
    return ordered


def sources(name: str) -> list[Path]:
    """The Swift files of a module."""
    return sorted((FOLDER / name).glob("*.swift"))


def build(modules: Iterable[str] | None = None, oldest: float | None = None) -> Path:
    """The folder with the modules (None: all of them) and those they import, compiled where it is not there yet.

    With `oldest`, an iOS version as 16.0, whatever is newer is marked as deprecated, with the words "needs iOS 17.0",
    and so is what that iOS warns of: a compiler for Linux has no other way to say so. See `availability.py`.
    Raises StubError, and SwiftUnavailableError where there is no Swift.
    """
    wanted = _closure([*modules, IMPLICIT]) if modules is not None else names()
    digests = {name: _digest(name, oldest) for name in wanted}
    folder = _home() / hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest()[:16]
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        for name in wanted:
            kept = _home() / "modules" / f"{name}-{digests[name]}"
            if not kept.is_dir():
                _compile(name, scratch, kept, oldest)
            for file in kept.iterdir():
                shutil.copy2(file, scratch / file.name)
        _rename(scratch, folder)
    finally:
        if scratch.is_dir():
            remove_tree(scratch)
    return folder


def flags(folder: Path) -> list[str]:
    """swiftc's flags for code that imports the modules."""
    return ["-I", str(folder), "-L", str(folder), "-Xfrontend", "-import-module", "-Xfrontend", IMPLICIT]


def swiftpm_flags(folder: Path) -> list[str]:
    """The same for `swift build` and `swift test`, which then also finds the libraries when it runs something."""
    compiler = [word for flag in flags(folder) for word in ("-Xswiftc", flag)]
    linker = ["-L", str(folder), "-rpath", str(folder), "-rpath-link", str(folder)]
    return [*compiler, *(word for flag in linker for word in ("-Xlinker", flag))]


def _all() -> set[str]:
    return {path.name for path in FOLDER.iterdir() if any(path.glob("*.swift"))}


@functools.cache
def _imports(name: str) -> frozenset[str]:
    """The stub modules that a stub module imports."""
    found = {match for path in sources(name) for match in _IMPORT.findall(path.read_text(encoding="utf-8"))}
    return frozenset(found & (_all() - {name}))


def _closure(modules: Iterable[str]) -> list[str]:
    wanted = set(modules)
    unknown = wanted - _all()
    if unknown:
        raise StubError(f"no stub of {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    while more := {other for name in wanted for other in _imports(name)} - wanted:
        wanted |= more
    return [name for name in names() if name in wanted]


@functools.cache
def _compiler() -> str:
    return run_swift(["swiftc", "--version"], cwd=FOLDER).stdout


def _digest(name: str, oldest: float | None) -> str:
    """A hash of what a module is compiled from, the modules it sees included."""
    content = [(path.name, _text(path, oldest)) for path in sources(name)]
    others = {*_imports(name), *([IMPLICIT] if _follows_implicit(name) else [])}
    seen = sorted(_digest(other, oldest) for other in others)
    return hashlib.sha256(repr((name, content, seen, _SWIFT, _compiler())).encode()).hexdigest()[:16]


def _text(path: Path, oldest: float | None) -> str:
    """A source as it is compiled: see `build`."""
    text = path.read_text(encoding="utf-8")
    if oldest is None:
        return text

    def since(match: re.Match[str]) -> str:
        if match[2] and float(match[1]) > oldest:  # Where it is not there, the compiler takes an older overload.
            return "@available(*, unavailable)"
        return f'@available(*, deprecated, message: "needs iOS {match[1]}")' if float(match[1]) > oldest else match[0]

    def until(match: re.Match[str]) -> str:
        return f'@available(*, deprecated, message: "since iOS {match[1]}")' if float(match[1]) <= oldest else match[0]

    return DEPRECATED.sub(until, INTRODUCED.sub(since, text))


def _home() -> Path:
    return cache_dir() / "ios-stubs"


def _compile(name: str, seen: Path, kept: Path, oldest: float | None) -> None:
    """Compiles one module, which imports those in the folder `seen`, into the folder `kept`."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=kept.parent))
    (scratch / "sources").mkdir()
    for path in sources(name):
        (scratch / "sources" / path.name).write_text(_text(path, oldest), encoding="utf-8")
    implicit = ["-Xfrontend", "-import-module", "-Xfrontend", IMPLICIT] if _follows_implicit(name) else []
    command: list[str | Path] = [
        *("swiftc", *_SWIFT, "-emit-module", "-emit-library", "-module-name", name, "-module-link-name", name),
        *("-I", str(seen), "-L", str(seen), *implicit, "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN"),
        *("-emit-module-path", f"{name}.swiftmodule", "-o", f"lib{name}.so"),
        *(f"sources/{path.name}" for path in sources(name)),
    ]
    try:
        done = run_swift(command, cwd=scratch, inputs=[seen])
        if done.returncode != 0:
            raise StubError(f"{name}: {done.stderr or done.stdout}")
        shutil.rmtree(scratch / "sources")
        _rename(scratch, kept)
    finally:
        if scratch.is_dir():
            remove_tree(scratch)


def _rename(scratch: Path, folder: Path) -> None:
    """Gives a finished folder its name; where another process was faster, its folder has the same content."""
    scratch.chmod(0o755)
    try:
        scratch.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _follows_implicit(name: str) -> bool:
    """Whether FoundationExtras is compiled before the module and so can be seen in it."""
    return names().index(name) > names().index(IMPLICIT)
