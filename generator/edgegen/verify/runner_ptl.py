"""Runs a `.ptl` by the interpreter that the Android library has, through torch's own Python binding."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgegen.console import captured_output
from edgegen.errors import ExportError
from edgegen.verify.runner import first_line

if TYPE_CHECKING:
    from torch import Tensor

ENGINE: Final = "qnnpack"
"""What computes in int8 on ARM. The file holds plain int8 weights, which each engine packs its own way at loading."""


class PtlRunner:
    """A loaded `.ptl`. Raises ExportError where the file cannot be loaded or run."""

    scope = None

    def __init__(self, path: Path) -> None:
        from torch.jit.mobile import _load_for_lite_interpreter

        self.path = path
        with captured_output(), quantized_engine():
            try:
                self._module: Any = _load_for_lite_interpreter(str(path))  # type: ignore[no-untyped-call]
            except (RuntimeError, ValueError) as error:  # The archive's reader and the interpreter raise RuntimeError.
                raise _load_error(path, error) from error

    def run(self, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """The outputs for inputs of the exported shapes and dtypes."""
        import torch

        from edgegen.sources.outputs import named_outputs

        with captured_output(), quantized_engine(), torch.no_grad():
            try:
                output = self._module(*inputs)
            except (RuntimeError, ValueError, TypeError) as error:
                raise ExportError(
                    f"the exported program failed: {first_line(error)}",
                    where=str(self.path),
                    hint="Check that the inputs have the shapes and dtypes of edgegen.toml",
                ) from error
        return tuple(tensor for _, tensor in named_outputs(output))

    def constant(self, name: str) -> str | None:
        """The extra file of that name, or None where there is none."""
        import torch

        record = f"extra/{name}"
        reader: Any = torch._C.PyTorchFileReader(str(self.path))
        return reader.get_record(record).decode("utf-8") if reader.has_record(record) else None


@contextlib.contextmanager
def quantized_engine() -> Iterator[None]:
    """torch with the engine that phones have, for the time of a block."""
    import warnings

    import torch

    before = torch.backends.quantized.engine
    torch.backends.quantized.engine = ENGINE
    try:
        with warnings.catch_warnings():
            # As is the whole runtime; `edgegen new` says it.
            warnings.filterwarnings("ignore", r"(?s).*quantized tensor creation functions .* are deprecated")
            yield
    finally:
        torch.backends.quantized.engine = before


def _load_error(path: Path, error: Exception) -> ExportError:
    text = str(error)
    if "Following ops cannot be found" in text or "Unknown builtin op" in text:
        return ExportError(
            "the program needs an operator that the interpreter does not have",
            where=str(path),
            hint="edgegen inspect FILE lists its operators",
        )
    return ExportError(
        f"is not a program of the TorchScript interpreter: {first_line(error)}",
        where=str(path),
        hint="Export the model again",
    )
