"""The JDK that runs Gradle."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar, Final

from edgegen.errors import ToolError
from edgegen.tools.base import Tool, ToolStatus, candidates, parts, version_of
from edgegen.versions import GRADLE

OLDEST: Final = 17
"""What AGP 8 needs."""
NEWEST: Final = 24
"""What the wrapper's Gradle knows how to run on."""


class Jdk(Tool):
    """Looked for as Gradle's wrapper does it: JAVA_HOME if it is set, and only then PATH."""

    name: ClassVar[str] = "JDK"
    purpose: ClassVar[str] = "runs Gradle, which builds the app"
    remedy: ClassVar[str] = (
        f"Install a JDK from {OLDEST} to {NEWEST} (Debian: apt install openjdk-17-jdk), or point JAVA_HOME to the one "
        "in Android Studio (its folder jbr)"
    )

    def verify(self) -> ToolStatus:
        """See Tool."""
        javac = _javac()
        version = None if javac is None else version_of([str(javac), "-version"])
        return self.status(ok=version is not None and _fits(version), version=version)

    def require(self) -> Path:
        """The compiler of a JDK that Gradle can run on. Raises ToolError."""
        javac = _javac()
        home = os.environ.get("JAVA_HOME")
        version = None if javac is None else version_of([str(javac), "-version"])
        if javac is None or version is None:
            where = f"JAVA_HOME={home}" if home else None
            raise ToolError(f"no JDK was found; it {self.purpose}", where=where, hint=self.remedy)
        if not _fits(version):
            problem = f"JDK {version} cannot run Gradle {GRADLE}, which needs {OLDEST} to {NEWEST}"
            raise ToolError(problem, where=str(javac), hint=self.remedy)
        return javac


def _javac() -> Path | None:
    home = os.environ.get("JAVA_HOME")
    if not home:
        return next(candidates(("javac",)), None)
    names = ("javac", "javac.exe")
    return next((path for name in names if (path := Path(home) / "bin" / name).is_file()), None)


def _fits(version: str) -> bool:
    number = parts(version)
    return bool(number) and OLDEST <= number[0] <= NEWEST
