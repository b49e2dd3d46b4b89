"""The package that writes Core ML models; an extra of edgegen's, because the other runtimes do without."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import ClassVar, Final

from edgegen.errors import ToolError
from edgegen.tools.base import Tool, ToolStatus

PACKAGE: Final = "coremltools"


class CoreMLPackage(Tool):
    """coremltools in this Python, found without importing it."""

    name: ClassVar[str] = "Core ML tools"
    purpose: ClassVar[str] = "exports models for --runtime coreml and --backend coreml"
    required: ClassVar[bool] = False
    remedy: ClassVar[str] = f'"{sys.executable}" -m pip install "edgegen[ios]"'

    def verify(self) -> ToolStatus:
        """See Tool."""
        from importlib.metadata import version

        if find_spec(PACKAGE) is None:
            return self.status(ok=False, version=None)
        return self.status(ok=True, version=version(PACKAGE))


def require_coreml(asked_by: str) -> None:
    """Raises ToolError where coremltools is missing, without importing it; `asked_by` is the option that needs it."""
    if find_spec(PACKAGE) is None:
        raise ToolError(
            f"Core ML models are made by {PACKAGE}, not installed here",
            where=asked_by,
            hint='Install it: pip install "edgegen[ios]"',
        )
