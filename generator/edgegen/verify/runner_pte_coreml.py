"""Runs a `.pte` with Core ML delegates: their programs by the evaluator, the operators around them by torch.

The runtime of this machine has no Core ML backend, so the file is read as data. A delegate's payload is a folder in
one run of bytes, which holds an `.mlpackage` and the names of its inputs and outputs.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgegen.console import captured_output
from edgegen.errors import ExportError
from edgegen.verify.mil.evaluate import Evaluator
from edgegen.verify.mil.package import Package, open_package
from edgegen.verify.mil.program import Program, load_program
from edgegen.verify.pte_plan import Plan
from edgegen.verify.report import Scope
from edgegen.verify.runner import PteProgram, first_line

if TYPE_CHECKING:
    from torch import Tensor

BACKEND: Final = "CoreMLBackend"
_PAYLOAD: Final = Path("lowered_module")
SCOPE: Final = Scope(
    proves="the program's Core ML delegates, evaluated op by op in torch with their stored weights and types, and the "
    "operators around them as torch has them, compute PyTorch's function within these figures",
    open="ExecuTorch's own runtime and kernels with this file, Core ML's compiler, and the arithmetic of the GPU and "
    "the Neural Engine: the project's tests on a device show those",
)


@dataclass(frozen=True, slots=True)
class DelegatePackage:
    """The program of one delegate; `inputs` and `outputs` are its names in the order of a call."""

    program: Program
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    weight_bytes: int


class CoreMLPteRunner(PteProgram):
    """A `.pte` whose delegates are all Core ML's; `packages` are their programs, none where no delegate is.

    Raises ExportError where the file cannot be read or has a delegate of another backend, ProjectError where a
    delegate's program is not whole.
    """

    scope: Scope | None = SCOPE

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with captured_output():
            program = deserialized(path, self.data)
        with _readable(path):
            self._prepare(program, forward_plan(program, path))

    def _prepare(self, program: Any, plan: Any) -> None:
        path = self.path
        self.packages = tuple(delegate_packages(program, plan, path))
        if not self.packages:
            return
        others = {delegate.id for delegate in plan.delegates} - {BACKEND}
        if others:
            raise ExportError(
                f"the program has delegates of {', '.join(sorted(others))} beside Core ML's, which cannot be run here",
                where=str(path),
                hint="Export the model for one backend",
            )
        evaluators = [Evaluator(item.program, where=str(path)) for item in self.packages]
        calls = [_call(item, evaluator) for item, evaluator in zip(self.packages, evaluators, strict=True)]
        self._plan = Plan(program, plan, calls, [len(item.inputs) for item in self.packages], str(path))

    def run(self, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """The outputs for inputs of exactly the exported shapes and dtypes."""
        with _readable(self.path):
            return self._plan.run(inputs)


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Makes an ExportError of what a program raises whose parts do not fit: an index of nothing, a value of no kind."""
    try:
        yield
    except (LookupError, AttributeError, TypeError, ValueError, RuntimeError) as error:
        raise ExportError(
            f"the program is damaged: {first_line(error)}", where=str(path), hint="Export the model again"
        ) from error


def deserialized(path: Path, data: bytes) -> Any:
    """The program of a `.pte` as data. Raises ExportError where it is damaged."""
    from executorch.exir._serialize._program import deserialize_pte_binary

    try:
        return deserialize_pte_binary(data).program
    except Exception as error:  # A flatbuffer that is cut or altered fails in whatever way its reader stumbles.
        raise ExportError("the program is damaged", where=str(path), hint="Export the model again") from error


def forward_plan(program: Any, path: Path) -> Any:
    """The plan of the method forward. Raises ExportError where there is none."""
    plan = next((plan for plan in program.execution_plan if plan.name == "forward"), None)
    if plan is None:
        raise ExportError("the program has no method forward", where=str(path), hint="Export the model again")
    return plan


def delegate_packages(program: Any, plan: Any, path: Path) -> Iterator[DelegatePackage]:
    """The programs of the plan's Core ML delegates, in order; other backends' are passed over."""
    for delegate in plan.delegates:
        if delegate.id == BACKEND:
            yield _package(bytes(program.backend_delegate_data[delegate.processed.index].data), path)


def _package(payload: bytes, path: Path) -> DelegatePackage:
    from executorch.backends.apple.coreml import executorchcoreml

    with tempfile.TemporaryDirectory() as name:
        try:
            if not executorchcoreml.unflatten_directory_contents(payload, name):
                raise ValueError("the payload is no folder")
            names = json.loads((Path(name) / _PAYLOAD / "metadata.json").read_text(encoding="utf-8"))
            inputs, outputs = tuple(names["inputNames"]), tuple(names["outputNames"])
        except (RuntimeError, OSError, ValueError, KeyError, TypeError) as error:
            raise ExportError(
                "a Core ML delegate is damaged, or kept in a way that edgegen cannot read",
                where=str(path),
                hint="Export the model again",
            ) from error
        found = open_package(Path(name) / _PAYLOAD / "model.mlpackage")
        # Errors name the file that the user has.
        package = Package(path, found.folder, found.model)
        return DelegatePackage(load_program(package), inputs, outputs, _weight_bytes(package))


def _weight_bytes(package: Package) -> int:
    return sum(file.stat().st_size for file in (package.folder / "weights").glob("*"))


def _call(package: DelegatePackage, evaluator: Evaluator) -> Any:
    def call(inputs: Sequence[Tensor]) -> list[Tensor]:
        outputs = evaluator.run(dict(zip(package.inputs, inputs, strict=True)))
        return [outputs[name] for name in package.outputs]

    return call
