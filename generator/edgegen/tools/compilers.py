"""C++ compilers: this machine's, and the one for 64-bit ARM."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import ClassVar

from edgegen.tools.base import VERSION_SECONDS, CommandTool


class Compiler(CommandTool):
    """A compiler that takes GCC's options."""

    target: ClassVar[str]
    version_arguments: ClassVar[tuple[str, ...]] = ("-dumpfullversion", "-dumpversion")

    def file(self, name: str) -> Path | None:
        """The absolute path of a library as the linker finds it, such as libstdc++.so.6; None where it does not."""
        compiler = self.find()
        if compiler is None:
            return None
        path = Path(self._output([str(compiler), f"-print-file-name={name}"]).strip())
        return path.resolve() if path.is_absolute() and path.exists() else None

    def preprocess(self, source: str) -> str | None:
        """What the preprocessor makes of a C++ text; None where a header is missing."""
        compiler = self.find()
        return None if compiler is None else self._output([str(compiler), "-x", "c++", "-E", "-P", "-"], source) or None

    @staticmethod
    def _output(command: list[str], text: str = "") -> str:
        try:
            done = subprocess.run(
                command, input=text, capture_output=True, text=True, timeout=VERSION_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return done.stdout if done.returncode == 0 else ""


class NativeCompiler(Compiler):
    """The compiler that CMake takes by itself."""

    name: ClassVar[str] = "C++ compiler"
    purpose: ClassVar[str] = "compiles the project for this machine"
    target: ClassVar[str] = "this machine"
    commands: ClassVar[tuple[str, ...]] = ("c++", "g++", "clang++")
    remedy: ClassVar[str] = "Install a compiler for C++17 (Debian: apt install g++)"


class CrossCompiler(Compiler):
    """The compiler that the project's toolchain file names."""

    name: ClassVar[str] = "aarch64 C++ compiler"
    purpose: ClassVar[str] = "compiles the project for 64-bit ARM boards"
    target: ClassVar[str] = "aarch64"
    required: ClassVar[bool] = False
    commands: ClassVar[tuple[str, ...]] = ("aarch64-linux-gnu-g++",)
    remedy: ClassVar[str] = "Debian: apt install g++-aarch64-linux-gnu; or build on the board itself"
