"""Runs a `.onnx` by ONNX Runtime on the CPU."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgegen.console import captured_output
from edgegen.errors import ExportError
from edgegen.tools.onnx import require_onnx
from edgegen.verify.runner import first_line

if TYPE_CHECKING:
    from torch import Tensor


class OnnxRunner:
    """A loaded `.onnx`. Raises ExportError where it cannot be loaded or run, ToolError without ONNX Runtime."""

    scope = None

    def __init__(self, path: Path) -> None:
        require_onnx()
        import onnxruntime

        self.path = path
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # Warnings of its own optimiser, which nobody can act on.
        with captured_output():
            try:
                self._session: Any = onnxruntime.InferenceSession(
                    str(path), options, providers=["CPUExecutionProvider"]
                )
            except Exception as error:  # Its exceptions have no common base but this.
                raise ExportError(
                    f"the program cannot be loaded: {first_line(error)}",
                    where=str(path),
                    hint="Export the model again",
                ) from error
        self._names = [item.name for item in self._session.get_inputs()]

    def run(self, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """The outputs for inputs of the exported shapes and dtypes, in the program's order."""
        import torch

        if len(inputs) != len(self._names):
            raise ExportError(
                f"the exported program has {len(self._names)} inputs, {len(inputs)} were given",
                where=str(self.path),
                hint="List every input in edgegen.toml, in the model's order, and export again",
            )
        feeds = {name: tensor.contiguous().numpy() for name, tensor in zip(self._names, inputs, strict=True)}
        with captured_output():
            try:
                outputs = self._session.run(None, feeds)
            except Exception as error:  # As above.
                raise ExportError(
                    f"the exported program failed: {first_line(error)}",
                    where=str(self.path),
                    hint="Check that the inputs have the shapes and dtypes of edgegen.toml",
                ) from error
        return tuple(torch.from_numpy(value) for value in outputs)

    def constant(self, name: str) -> str | None:
        """The metadata of that name, or None where there is none."""
        found: str | None = self._session.get_modelmeta().custom_metadata_map.get(name)
        return found
