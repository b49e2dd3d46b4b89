"""Compile-only Swift modules for what generated code imports on iOS: declarations as published, bodies that stop.

    folder = build()            every module: NAME.swiftmodule and libNAME.so each, in one folder
    folder = build(["CoreML"])  only those and what they import
    flags(folder)               what swiftc needs to compile and link against them; `swiftpm_flags` the same for SwiftPM

The folder is kept in the cache, named by the content of the sources, the compiler and the shape. A Swift file below
`stubs/NAME/` belongs to the module NAME. What Apple's Foundation has and Linux' has not is `FoundationExtras`, which the
flags import into every file without a word.
"""

from __future__ import annotations

import functools
import hashlib
import os
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

_IMPORT: Final = re.compile(r"^(?:@\w+(?:\(\w+\))? )*import (?:(?:struct|class|enum|func|protocol|typealias) )?(\w+)", re.M)
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


def build(modules: Iterable[str] | None = None) -> Path:
    """The folder with the modules (None: all of them) and those they import, compiled where it is not there yet.

    Raises StubError, and SwiftUnavailableError where there is no Swift.
    """
    wanted = _closure([*modules, IMPLICIT]) if modules is not None else names()
    content = {name: [(path.name, path.read_text(encoding="utf-8")) for path in sources(name)] for name in wanted}
    digest = hashlib.sha256(repr((sorted(content.items()), _SWIFT, _compiler())).encode()).hexdigest()
    folder = cache_dir() / "ios-stubs" / digest[:16]
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f"{digest[:16]}.", dir=folder.parent))
    try:
        for name in wanted:
            _compile(name, content[name], scratch)
        scratch.chmod(0o755)
        try:
            scratch.rename(folder)
        except OSError:  # Another process was faster; its folder has the same content.
            if not folder.is_dir():
                raise
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


def _compile(name: str, content: list[tuple[str, str]], out: Path) -> None:
    """Compiles one module into `out`, which has those it imports."""
    written = out / "sources" / name
    written.mkdir(parents=True)
    for file, text in content:
        (written / file).write_text(text, encoding="utf-8")
    implicit = ["-Xfrontend", "-import-module", "-Xfrontend", IMPLICIT] if _follows_implicit(name) else []
    command = [
        *("swiftc", *_SWIFT, "-emit-module", "-emit-library", "-module-name", name, "-module-link-name", name),
        *("-I", ".", "-L", ".", *implicit, "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN"),
        *("-emit-module-path", f"{name}.swiftmodule", "-o", f"lib{name}.so"),
        *(str(Path("sources") / name / file) for file, _ in content),
    ]
    done = run_swift(command, cwd=out)
    if done.returncode != 0:
        raise StubError(f"{name}: {done.stderr or done.stdout}")
    if os.environ.get("EDGEGEN_KEEP_STUB_SOURCES") != "1":
        shutil.rmtree(written)


def _follows_implicit(name: str) -> bool:
    """Whether FoundationExtras is compiled before the module and so can be seen in it."""
    return names().index(name) > names().index(IMPLICIT)
