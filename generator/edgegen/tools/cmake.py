"""CMake and Ninja, which build a linux-arm project."""

from __future__ import annotations

import sys
from typing import ClassVar

from edgegen.tools.base import CommandTool
from edgegen.versions import CMAKE_MINIMUM

_PIP = f'"{sys.executable}" -m pip install'


class CMake(CommandTool):
    """Debian 12's own CMake 3.25 writes ExecuTorch's library paths wrong."""

    name: ClassVar[str] = "CMake"
    purpose: ClassVar[str] = "configures and builds the project"
    commands: ClassVar[tuple[str, ...]] = ("cmake",)
    minimum: ClassVar[str | None] = CMAKE_MINIMUM
    remedy: ClassVar[str] = f"{_PIP} 'cmake>={CMAKE_MINIMUM}'"


class Ninja(CommandTool):
    """The build tool that the presets name."""

    name: ClassVar[str] = "Ninja"
    purpose: ClassVar[str] = "runs the build that CMake describes"
    commands: ClassVar[tuple[str, ...]] = ("ninja", "ninja-build")
    remedy: ClassVar[str] = f"{_PIP} ninja (Debian: apt install ninja-build)"
