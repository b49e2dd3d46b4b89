"""Swift, with which a project's ModelKit can be built and tested from the command line."""

from __future__ import annotations

import sys
from typing import ClassVar

from edgegen.tools.base import CommandTool


class Swift(CommandTool):
    """`swift`, of Xcode or on its own."""

    name: ClassVar[str] = "Swift"
    purpose: ClassVar[str] = "tests ModelKit from the command line (swift test)"
    required: ClassVar[bool] = False
    commands: ClassVar[tuple[str, ...]] = ("swift",)
    minimum: ClassVar[str | None] = "6.0"
    remedy: ClassVar[str] = (
        "It comes with Xcode 16" if sys.platform == "darwin" else "Install Swift 6 (Debian 13: apt install swiftlang)"
    )
