"""Apple's frameworks as far as a generated ModelKit uses them, working on Linux: what is in `swift/modules/`.

Pictures and frames are memory with its row strides, alpha and byte orders; Image I/O reads PAM. Another process,
`evaluator.py`, decodes other pictures and evaluates Core ML's programs. So ModelKit is compiled as it is, and its
readers really run.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.android.run.shims import built
from tests.swift.toolchain import run_swift

FOLDER: Final = Path(__file__).parent / "swift/modules"
# Each after those that it imports.
MODULES: Final = ("CoreFoundationStubs", "CoreGraphics", "CoreVideo", "ImageIO", "CoreML")


class ModuleError(Exception):
    """A module does not compile; the text is the compiler's."""


def modules() -> Path:
    """A folder with NAME.swiftmodule and libNAME.so of each module. Raises ModuleError, SwiftUnavailableError."""
    sources = [path for name in MODULES for path in _sources(name)]
    compiler = run_swift(["swiftc", "--version"], cwd=FOLDER).stdout
    return built("modules", sources, compiler, _compile, "ios")


def options(folder: Path) -> list[str]:
    """For `swift build` and `swift test`."""
    compiler = ["-Xswiftc", "-I", "-Xswiftc", str(folder)]
    linker = [f"-L{folder}", f"-rpath={folder}", f"-rpath-link={folder}"]
    return [*compiler, *(word for option in linker for word in ("-Xlinker", option))]


def _sources(name: str) -> list[Path]:
    own = sorted((FOLDER / name).glob("*.swift"))
    # Image I/O asks the other process as well, to decode what is no PAM.
    return [*own, FOLDER / "CoreML/Evaluator.swift"] if name == "ImageIO" else own


def _compile(folder: Path) -> None:
    for name in MODULES:
        command = [
            *("swiftc", "-O", "-parse-as-library", "-swift-version", "6", "-emit-module", "-emit-library"),
            *("-module-name", name, "-module-link-name", name, "-I", ".", "-L", ".", "-Xlinker", "-rpath=$ORIGIN"),
            *("-emit-module-path", f"{name}.swiftmodule", "-o", f"lib{name}.so"),
            *_sources(name),
        ]
        done = run_swift(command, cwd=folder, inputs=[FOLDER])
        if done.returncode != 0:
            raise ModuleError(f"{name}: {done.stderr or done.stdout}")
