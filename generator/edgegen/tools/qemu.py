"""qemu's user emulation, which runs a board's program on another machine."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from edgegen.errors import ToolError
from edgegen.tools.base import CommandTool
from edgegen.tools.compilers import CrossCompiler


class Qemu(CommandTool):
    """Runs aarch64 programs with the C and C++ libraries of the cross compiler."""

    name: ClassVar[str] = "qemu-aarch64"
    purpose: ClassVar[str] = "runs a board's program and its tests on this machine"
    required: ClassVar[bool] = False
    commands: ClassVar[tuple[str, ...]] = ("qemu-aarch64-static", "qemu-aarch64")
    remedy: ClassVar[str] = "Debian: apt install qemu-user-static; or run on a board with --on"

    def command(self, build: Path) -> list[str]:
        """What to put before an aarch64 program of a build folder, the same as its CMake does. Raises ToolError.

        The emulated CPU is a Cortex-A72 (Raspberry Pi 4): with all that qemu can emulate, SVE above all, the runtime
        picks kernels that are ten times slower to emulate. The libraries are all taken from where the loader is: a
        libc6:arm64 that Debian installed beside them may be of another version, and both in one process hang. A build
        folder with a folder `qemu` has made its own view of the emulated machine.
        """
        qemu = self.require()
        library = CrossCompiler().file("libstdc++.so.6")
        if library is None:
            raise ToolError("the cross compiler's C++ library was not found", hint=CrossCompiler.remedy)
        folder = library.parent
        root = build / "qemu" if (build / "qemu").is_dir() else folder.parent
        return [str(qemu), "-cpu", "cortex-a72", "-L", str(root), "-E", f"LD_LIBRARY_PATH={folder}"]
