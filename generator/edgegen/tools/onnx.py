"""The packages that write and run ONNX models; an extra of edgegen's, because the other runtimes do without."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from edgegen.errors import ToolError

PACKAGES: Final = ("onnx", "onnxscript", "onnxruntime")


def require_onnx() -> None:
    """Raises ToolError naming the packages that are missing; imports none of them."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise ToolError(
            f"the runtime onnx needs {' and '.join(missing)}, not installed here",
            where="--runtime onnx",
            hint='Install it: pip install "edgegen[onnx]"',
        )
