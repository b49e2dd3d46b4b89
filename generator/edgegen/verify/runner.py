"""Runs models in Python: the PyTorch module and the exported file, both giving a flat tuple of tensors.

runner_for(Path("model.onnx")).run(inputs)     by the runtime that the suffix names
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from edgegen.console import captured_output
from edgegen.errors import ExportError
from edgegen.runtimes import RUNTIMES, runtime_of_file
from edgegen.sources.outputs import named_outputs, run
from edgegen.spec.model_spec import ModelSpec
from edgegen.verify.report import Scope

if TYPE_CHECKING:
    from torch import Tensor, nn

    from edgegen.verify.runner_pte_coreml import CoreMLPteRunner


def run_module(module: nn.Module, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
    """The module's output tensors, in order. Raises SourceError where it fails or gives something else."""
    return tuple(tensor for _, tensor in named_outputs(run(module, inputs)))


class Runner(Protocol):
    """A loaded file. `run` gives its outputs in order, `constant` what edgegen put into it by that name.

    `scope` says what its outputs stand for where the app's own runtime cannot be run here.
    """

    @property
    def scope(self) -> Scope | None:
        """None for a runner that is the app's runtime."""
        ...

    def run(self, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """The outputs for inputs of the exported shapes and dtypes. Raises ExportError."""
        ...

    def constant(self, name: str) -> object | None:
        """The text of that name that rides in the file, or None where there is none."""
        ...


def runner_for(path: Path) -> Runner:
    """The runner of the file at `path`, loaded. Raises ExportError where it cannot be."""
    runtime = runtime_of_file(path)
    if runtime is None:
        raise ExportError(
            "is no exported model",
            where=str(path),
            hint=f"Give a file of one of these: {', '.join(item.suffix for item in RUNTIMES.values())}",
        )
    if runtime.name == "torchscript":
        from edgegen.verify.runner_ptl import PtlRunner

        return PtlRunner(path)
    if runtime.name == "onnx":
        from edgegen.verify.runner_onnx import OnnxRunner

        return OnnxRunner(path)
    if runtime.name == "coreml":
        from edgegen.verify.runner_mlpackage import MlpackageRunner

        return MlpackageRunner(path)
    return pte_runner(path)


def pte_runner(path: Path) -> PteRunner | CoreMLPteRunner:
    """The runner of a `.pte`: the runtime itself, or for Core ML's delegates, which it lacks here, the evaluator."""
    from edgegen.verify.runner_pte_coreml import BACKEND, CoreMLPteRunner

    # A delegate's name stands in the file as it is; whether it is one is seen when the program is read.
    if BACKEND.encode() in path.read_bytes():
        runner = CoreMLPteRunner(path)
        if runner.packages:
            return runner
    return PteRunner(path)


class PteProgram:
    """A `.pte` whose program the runtime has read. Raises ExportError where it is none, or is cut short."""

    scope: Scope | None = None

    def __init__(self, path: Path) -> None:
        self.path = path
        # The runtime reads the file's bytes itself, so they are kept alive with it.
        self.data = path.read_bytes()
        if self.data[4:8] != b"ET12":
            raise ExportError("is not an ExecuTorch program", where=str(path), hint="Export the model again")
        with captured_output():
            runtime = _runtime()
            try:
                self._program: Any = runtime._load_program_from_buffer(
                    self.data, program_verification=runtime.Verification.InternalConsistency
                )
                self._methods = frozenset(map(self._program.get_method_name, range(self._program.num_methods())))
            except (RuntimeError, ValueError) as error:
                raise _load_error(path, str(error)) from error

    @property
    def methods(self) -> frozenset[str]:
        """The names of the program's methods."""
        return self._methods

    def constant(self, name: str) -> object | None:
        """What the constant method of that name returns, or None where there is none."""
        if name not in self._methods:
            return None
        with captured_output():
            values = self._program.load_method(name)([])
        return values[0] if values else None


class PteRunner(PteProgram):
    """A loaded `.pte`; `run` executes its `forward`. Raises ExportError where the file cannot be loaded or run."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with captured_output():
            try:
                self._forward: Any = self._program.load_method("forward")
            except (RuntimeError, ValueError) as error:
                raise _load_error(path, str(error)) from error

    def run(self, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """The outputs for inputs of exactly the exported shapes and dtypes."""
        import torch

        with captured_output():
            try:
                outputs = self._forward([tensor.contiguous() for tensor in inputs])
            except (RuntimeError, ValueError, TypeError) as error:
                raise ExportError(
                    f"the exported program failed: {first_line(error)}",
                    where=str(self.path),
                    hint="Check that the inputs have the shapes and dtypes of edgegen.toml",
                ) from error
        # The runtime owns its output memory and writes into it again at the next call.
        return tuple(item.clone() for item in outputs if isinstance(item, torch.Tensor))


def _runtime() -> Any:
    """The runtime's extension module itself.

    `executorch.runtime` is the public way to it, and imports the whole exporter, four seconds of it, for a warning
    class. The version is pinned, so the module's few functions used here are known.
    """
    import sys

    import torch  # noqa: F401  (the extension finds torch's libraries only after this)

    if sys.platform == "win32":  # There the public module also sets the search path of DLLs.
        from executorch.extension.pybindings import portable_lib

        return portable_lib
    from executorch.extension.pybindings import _C

    return _C


def run_pte(path: Path, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
    """The outputs of the `.pte` at `path` for one set of inputs."""
    return pte_runner(path).run(inputs)


def named_runner(spec: ModelSpec, path: Path) -> Callable[[Mapping[str, Tensor]], dict[str, Tensor]]:
    """A function from the spec's inputs by name to the outputs by name, run by the file at `path`."""
    runner = runner_for(path)

    def run_named(inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
        values = runner.run([inputs[item.name] for item in spec.inputs])
        return {output.name: value for output, value in zip(spec.outputs, values, strict=True)}

    return run_named


def _load_error(path: Path, text: str) -> ExportError:
    if "0x14" in text or "Missing operator" in text:
        return ExportError(
            "the program needs an operator that the runtime does not have",
            where=str(path),
            hint="edgegen inspect FILE lists the operators that stayed outside the delegate",
        )
    return ExportError(
        f"the program cannot be loaded: {text.strip().splitlines()[0] if text.strip() else 'no reason given'}",
        where=str(path),
        hint="Export the model again",
    )


def first_line(error: BaseException) -> str:
    """The first line of what `error` says, or its class where it says nothing."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
