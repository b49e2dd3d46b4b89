"""ExecuTorch in this Python: it exports models, and its wheel holds the C++ SDK for this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from edgegen.errors import ToolError
from edgegen.tools.base import Tool, ToolStatus, package_folder, parts
from edgegen.versions import EXECUTORCH

CMAKE_PACKAGE = Path("lib") / "cmake" / "executorch" / "executorch-config-version.cmake"


class ExecuTorchPackage(Tool):
    """The installed wheel, found without importing it (which takes seconds)."""

    name: ClassVar[str] = "ExecuTorch"
    purpose: ClassVar[str] = "exports models and runs them"
    remedy: ClassVar[str] = f'"{sys.executable}" -m pip install executorch=={EXECUTORCH}'

    def verify(self) -> ToolStatus:
        """See Tool."""
        folder = package_folder("executorch")
        version = None if folder is None else sdk_version(folder)
        return self.status(ok=version is not None and parts(version) == parts(EXECUTORCH), version=version)

    def root(self) -> Path:
        """The package's folder, which is the SDK's. Raises ToolError."""
        folder = package_folder("executorch")
        version = None if folder is None else sdk_version(folder)
        if folder is None or version is None:
            raise ToolError(f"ExecuTorch {EXECUTORCH} with its C++ SDK is not installed", hint=self.remedy)
        if parts(version) != parts(EXECUTORCH):
            raise ToolError(
                f"ExecuTorch {version} is installed, {EXECUTORCH} is needed", where=str(folder), hint=self.remedy
            )
        return folder


def sdk_version(folder: Path) -> str | None:
    """The version of the SDK in a wheel's `executorch` folder; None where there is no SDK."""
    try:
        text = (folder / CMAKE_PACKAGE).read_text(encoding="utf-8")
    except OSError:
        return None
    for line in text.splitlines():
        if line.startswith("set(PACKAGE_VERSION"):
            return line.split('"')[1]
    return None
