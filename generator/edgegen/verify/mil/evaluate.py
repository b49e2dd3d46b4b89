"""Runs a MIL program op by op in torch, with the weights and types that are stored.

    runner = Evaluator(load_program(open_package(path)), where=str(path))
    outputs = runner.run({"image": tensor})            by the names of the program's inputs and outputs

Every result is brought to the type that the program declares for it (float16 is rounded) and must have the declared
shape. An operation that is not registered raises, before anything is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from edgegen.errors import EdgegenError, ExportError, ProjectError
from edgegen.verify.mil.ops import load_all
from edgegen.verify.mil.program import Argument, Operation, Program, Ref
from edgegen.verify.mil.registry import OPS, Arguments, OperandError, unknown
from edgegen.verify.mil.values import Value, settle
from edgegen.verify.mil.wire import WireError

if TYPE_CHECKING:
    from torch import Tensor


class Evaluator:
    """A program ready to run: what depends on no input, as the decompression of weights, is computed once, here.

    Raises ExportError for an operation that is not known, ProjectError for a program that contradicts itself.
    """

    def __init__(self, program: Program, where: str | None = None) -> None:
        load_all()
        self.program = program
        self._where = where
        self._constants: dict[str, Any] = dict(program.constants)
        self._steps: list[Operation] = []
        for operation in program.operations:
            if operation.kind not in OPS or operation.blocks:
                raise unknown(operation.kind, where)
        for operation in program.operations:
            if all(name in self._constants for name in operation.reads()):
                self._constants.update(self._evaluated(operation, self._constants))
            else:
                self._steps.append(operation)
        self._check_names()
        self._last_uses = self._find_last_uses()

    def run(self, inputs: Mapping[str, Tensor]) -> dict[str, Any]:
        """The program's outputs by name: tensors, the text of a classifier's label, its dictionary of probabilities.

        Inputs must have the declared shapes; their values are brought to the declared types, as Core ML does. Raises
        ExportError where they do not fit.
        """
        import torch

        values: dict[str, Any] = dict(self._constants)
        for name, kind in self.program.inputs:
            tensor = inputs.get(name)
            if tensor is None or not kind.fits(tuple(tensor.shape)):
                found = "nothing" if tensor is None else _by(tuple(tensor.shape))
                raise ExportError(
                    f"input {name} must be {_by(kind.shape)}, got {found}",
                    where=self._where,
                    hint="Check that the inputs have the shapes and dtypes of edgegen.toml",
                )
            values[name] = settle(tensor, kind.dtype)
        with torch.inference_mode():
            for operation, dead in zip(self._steps, self._last_uses, strict=True):
                values.update(self._evaluated(operation, values))
                for name in dead:
                    del values[name]
        return {name: _own(values[name]) for name in self.program.outputs}

    def _evaluated(self, operation: Operation, values: Mapping[str, Any]) -> dict[str, Any]:
        """The results of one operation, by name."""
        kinds = tuple(kind for _, kind in operation.outputs)
        registered = OPS[operation.kind]
        try:
            found = {name: _resolved(argument, values) for name, argument in operation.arguments.items()}
            result = registered.compute(Arguments(operation.kind, found, kinds, self.program.specification))
            results = result if isinstance(result, tuple) else (result,)
            return {
                name: self._settled(operation, name, kind.dtype, value, moved=registered.moves)
                for (name, kind), value in zip(operation.outputs, results, strict=True)
                if self._check_shape(operation, name, value)
            }
        except EdgegenError:
            raise
        except (OperandError, WireError, RuntimeError, ValueError, TypeError, KeyError, IndexError) as error:
            raise self._contradiction(operation, str(error).strip().splitlines()[0] if str(error) else "") from error

    def _settled(self, operation: Operation, name: str, dtype: str, value: Any, *, moved: bool) -> Any:
        if not hasattr(value, "dtype"):
            return value
        return value if moved and dtype.startswith("fp") else settle(value, dtype)

    def _check_shape(self, operation: Operation, name: str, value: Any) -> bool:
        kind = dict(operation.outputs)[name]
        if hasattr(value, "shape") and not kind.fits(tuple(value.shape)):
            problem = f"gives {_by(tuple(value.shape))}, the program declares {_by(kind.shape)}"
            raise self._contradiction(operation, problem)
        return True

    def _contradiction(self, operation: Operation, problem: str) -> ProjectError:
        name = operation.outputs[0][0] if operation.outputs else "?"
        return ProjectError(
            f"the program contradicts itself: operator {operation.kind} ({name}) {problem}",
            where=self._where,
            hint="Export the model again, and report it if it stays so",
        )

    def _check_names(self) -> None:
        """Every value that is read is there when it is."""
        known = {*self._constants, *(name for name, _ in self.program.inputs)}
        for operation in self._steps:
            missing = next((name for name in operation.reads() if name not in known), None)
            if missing is not None:
                raise self._contradiction(operation, f"reads {missing!r}, which nothing makes")
            known.update(name for name, _ in operation.outputs)
        missing = next((name for name in self.program.outputs if name not in known), None)
        if missing is not None:
            raise ProjectError(
                f"the program's output {missing!r} is made by nothing", where=self._where, hint="Export the model again"
            )

    def _find_last_uses(self) -> list[list[str]]:
        """For each step the values that nothing reads after it."""
        last: dict[str, int] = {}
        for index, operation in enumerate(self._steps):
            last.update(dict.fromkeys((name for name, _ in operation.outputs), index))
            last.update(dict.fromkeys(operation.reads(), index))
        dead: list[list[str]] = [[] for _ in self._steps]
        kept = {*self._constants, *self.program.outputs}
        for name, index in last.items():
            if name not in kept:
                dead[index].append(name)
        return dead


def _resolved(argument: Argument, values: Mapping[str, Any]) -> Value | tuple[Value, ...]:
    if isinstance(argument, tuple):
        return tuple(values[item.name] if isinstance(item, Ref) else item for item in argument)
    return values[argument.name] if isinstance(argument, Ref) else argument


def _own(value: Any) -> Any:
    """An output that no later run writes into, usable outside inference mode."""
    return value.clone() if hasattr(value, "clone") else value


def _by(shape: tuple[int | None, ...]) -> str:
    return "x".join("?" if size is None else str(size) for size in shape) or "a scalar"
