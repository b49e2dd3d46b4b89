"""ssh and scp, which bring a program to a board."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from edgegen.tools.base import CommandTool, candidates, version_of

_REMEDY = "Install OpenSSH's client (Debian: apt install openssh-client)"


class Ssh(CommandTool):
    """OpenSSH's client."""

    name: ClassVar[str] = "ssh"
    purpose: ClassVar[str] = "runs the program on a board (edgegen run --on)"
    required: ClassVar[bool] = False
    commands: ClassVar[tuple[str, ...]] = ("ssh",)
    version_arguments: ClassVar[tuple[str, ...]] = ("-V",)
    remedy: ClassVar[str] = _REMEDY


class Scp(CommandTool):
    """scp has no option that prints its version; it comes with ssh, whose version is the same."""

    name: ClassVar[str] = "scp"
    purpose: ClassVar[str] = "copies the program to a board (edgegen run --on)"
    required: ClassVar[bool] = False
    commands: ClassVar[tuple[str, ...]] = ("scp",)
    remedy: ClassVar[str] = _REMEDY

    def _search(self) -> tuple[Path, str, bool] | None:
        path = next(candidates(self.commands), None)
        return None if path is None else (path, version_of([str(path.with_name("ssh")), "-V"]) or "found", True)
