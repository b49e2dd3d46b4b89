"""torch in this Python, whose wheel holds LibTorch's headers and libraries for this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from edgegen.errors import ToolError
from edgegen.tools.base import Tool, ToolStatus, package_folder
from edgegen.versions import TORCH


class TorchPackage(Tool):
    """The installed wheel, found without importing it (which takes seconds)."""

    name: ClassVar[str] = "LibTorch"
    purpose: ClassVar[str] = "runs TorchScript programs"
    required: ClassVar[bool] = False
    remedy: ClassVar[str] = f'"{sys.executable}" -m pip install torch=={TORCH}'

    def verify(self) -> ToolStatus:
        """See Tool."""
        folder = package_folder("torch")
        version = None if folder is None else _version(folder)
        return self.status(ok=version == TORCH, version=version)

    def root(self) -> Path:
        """The package's folder, which holds include/ and lib/. Raises ToolError."""
        folder = package_folder("torch")
        if folder is None or _version(folder) != TORCH:
            raise ToolError(f"torch {TORCH} with its C++ headers is not installed", hint=self.remedy)
        return folder


def _version(folder: Path) -> str | None:
    """The release in torch/version.py ("2.13.0" of "2.13.0+cpu"); None where there are no headers."""
    try:
        lines = (folder / "version.py").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    if not (folder / "include" / "torch").is_dir():
        return None
    found = (line.split("=", 1)[1].strip(" '\"") for line in lines if line.startswith("__version__"))
    return next((version.partition("+")[0] for version in found), None)
