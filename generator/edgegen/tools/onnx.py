"""The packages that write and run ONNX models; an extra of edgegen's, because the other runtimes do without."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import ClassVar, Final

from edgegen.errors import ToolError
from edgegen.tools.base import Tool, ToolStatus

PACKAGES: Final = ("onnx", "onnxscript", "onnxruntime")
NO_TELEMETRY: Final = "ORT_DISABLE_TELEMETRY"
"""ONNX Runtime 1.29 and later report to their makers unless this is 1 before they are loaded."""


class OnnxPackages(Tool):
    """The three packages in this Python, found without importing them."""

    name: ClassVar[str] = "ONNX"
    purpose: ClassVar[str] = "exports models for --runtime onnx and runs them"
    required: ClassVar[bool] = False
    remedy: ClassVar[str] = f'"{sys.executable}" -m pip install "edgegen[onnx]"'

    def verify(self) -> ToolStatus:
        """See Tool. The version is ONNX Runtime's."""
        from importlib.metadata import PackageNotFoundError, version

        if missing_packages():
            return self.status(ok=False, version=None)
        try:
            return self.status(ok=True, version=version("onnxruntime"))
        except PackageNotFoundError:  # ONNX Runtime for a GPU is another distribution of the same module.
            return self.status(ok=True, version="of another distribution")


def missing_packages() -> list[str]:
    """Those of PACKAGES that are not installed."""
    return [name for name in PACKAGES if find_spec(name) is None]


def require_onnx() -> None:
    """Raises ToolError naming the packages that are missing; imports none of them.

    To be called before ONNX Runtime is imported: it also tells it to send nothing, unless the user said otherwise.
    """
    os.environ.setdefault(NO_TELEMETRY, "1")
    missing = missing_packages()
    if missing:
        raise ToolError(
            f"the runtime onnx needs {' and '.join(missing)}, not installed here",
            where="--runtime onnx",
            hint='Install it: pip install "edgegen[onnx]"',
        )
