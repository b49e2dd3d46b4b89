"""Walks the instructions of an ExecuTorch program in Python: delegates by a given function, all else by torch.

What the runtime of this machine cannot load, because a delegate's backend exists only on Apple's systems, can so be
evaluated in whole. An operator outside the delegates is torch's own of that name, whose definition ExecuTorch's
portable kernels follow; the kernels themselves are not run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from edgegen.errors import ExportError

if TYPE_CHECKING:
    import torch
    from torch import Tensor

Delegate = Callable[[Sequence["Tensor"]], Sequence["Tensor"]]
"""From a delegate's inputs to its outputs."""

_DTYPES: Final = {
    0: "uint8", 1: "int8", 2: "int16", 3: "int32", 4: "int64", 5: "float16", 6: "float32", 7: "float64", 11: "bool",
}  # fmt: skip


class PlanError(ExportError):
    """The program does something that this walk does not know."""


class Plan:
    """One method of a program that `deserialize_pte_binary` has read; `delegates` are in the plan's own order.

    `inputs_of` says how many of a delegate call's values are its inputs. Raises ExportError for what it cannot run.
    """

    def __init__(self, program: Any, plan: Any, delegates: Sequence[Delegate], inputs_of: Sequence[int], where: str):
        self._program = program
        self._plan = plan
        self._delegates = delegates
        self._inputs_of = inputs_of
        self._where = where
        if len(plan.chains) != 1:
            raise self._error(f"has {len(plan.chains)} chains of instructions, expected one")
        self._operators = [self._operator(item) for item in plan.operators]
        self._constants = self._read_constants()

    def run(self, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """The method's outputs for inputs of its shapes and dtypes. Raises ExportError."""
        import torch

        values: list[Any] = list(self._constants)
        self._check(inputs)
        for index, tensor in zip(self._plan.inputs, inputs, strict=True):
            values[index] = tensor
        instructions = self._plan.chains[0].instructions
        position = 0
        with torch.inference_mode():
            while position < len(instructions):
                position = self._step(instructions[position].instr_args, values, position)
        outputs = [values[index] for index in self._plan.outputs]
        return tuple(item.clone() for item in outputs if isinstance(item, torch.Tensor))

    def _check(self, inputs: Sequence[Tensor]) -> None:
        hint = "Check that the inputs have the shapes and dtypes of edgegen.toml"
        expected = [self._plan.values[index].val for index in self._plan.inputs]
        if len(inputs) != len(expected):
            problem = f"the exported program has {len(expected)} inputs, {len(inputs)} were given"
            raise ExportError(problem, where=self._where, hint=hint)
        for number, (tensor, value) in enumerate(zip(inputs, expected, strict=True)):
            if list(tensor.shape) != list(value.sizes) or tensor.dtype != dtype_of(value):
                wanted = f"{'x'.join(map(str, value.sizes))} {_DTYPES.get(int(value.scalar_type))}"
                found = f"{'x'.join(map(str, tensor.shape))} {str(tensor.dtype).removeprefix('torch.')}"
                raise ExportError(f"input {number} must be {wanted}, got {found}", where=self._where, hint=hint)

    def _step(self, call: Any, values: list[Any], position: int) -> int:
        """Runs one instruction; the position of the next."""
        match type(call).__name__:
            case "KernelCall":
                self._kernel(call, values)
            case "DelegateCall":
                self._delegate(call, values)
            case "MoveCall":
                values[call.move_to] = values[call.move_from]
            case "FreeCall":
                pass
            case "JumpFalseCall":
                if not bool(values[call.cond_value_index]):
                    return int(call.destination_instruction)
            case name:
                raise self._error(f"has the instruction {name}, which edgegen cannot evaluate")
        return position + 1

    def _kernel(self, call: Any, values: list[Any]) -> None:
        """An operator's out variant: its arguments in the schema's order, then what it returns."""
        operator = self._operators[call.op_index]
        positional: list[Any] = []
        keywords: dict[str, Any] = {}
        for index, argument in zip(call.args, operator._schema.arguments, strict=False):
            if argument.is_out:
                keywords[argument.name] = self._made(index, values)
            elif argument.kwarg_only:
                keywords[argument.name] = self._value(index, values)
            else:
                positional.append(self._value(index, values))
        try:
            operator(*positional, **keywords)
        except (RuntimeError, TypeError, ValueError, NotImplementedError) as error:
            raise self._error(f"cannot be evaluated: {operator}: {str(error).splitlines()[0]}") from error

    def _made(self, index: int, values: list[Any]) -> Any:
        """A tensor for an operator to write into, or a list of them, put in its place among the values."""
        import torch

        described = self._plan.values[index].val
        if type(described).__name__ == "TensorList":
            return [self._made(item, values) for item in described.items]
        values[index] = torch.empty(described.sizes, dtype=dtype_of(described))
        return values[index]

    def _delegate(self, call: Any, values: list[Any]) -> None:
        count = self._inputs_of[call.delegate_index]
        given, made = call.args[:count], call.args[count:]
        results = self._delegates[call.delegate_index]([values[index] for index in given])
        if len(results) != len(made):
            raise self._error(f"has a delegate of {len(results)} outputs, whose call takes {len(made)}")
        for index, tensor in zip(made, results, strict=True):
            described = self._plan.values[index].val
            values[index] = tensor.to(dtype_of(described)).reshape(described.sizes)

    def _operator(self, operator: Any) -> Any:
        import torch

        namespace, _, name = operator.name.partition("::")
        packet = getattr(getattr(torch.ops, namespace), name, None)
        found = getattr(packet, operator.overload or "default", None)
        if found is None or not any(argument.is_out for argument in found._schema.arguments):
            full = f"{operator.name}.{operator.overload}" if operator.overload else operator.name
            raise self._error(f"calls {full} outside its delegate, which edgegen cannot evaluate")
        return found

    def _read_constants(self) -> list[Any]:
        """Every value that stands in the file; None for what is computed."""
        return [self._constant(value.val) for value in self._plan.values]

    def _value(self, index: int, values: list[Any]) -> Any:
        """A value, or the list of values that it stands for."""
        value = self._plan.values[index].val
        if type(value).__name__ in ("TensorList", "OptionalTensorList"):
            return [None if item < 0 else values[item] for item in value.items]
        return values[index]

    def _constant(self, value: Any) -> Any:
        match type(value).__name__:
            case "Int":
                return value.int_val
            case "Bool":
                return value.bool_val
            case "Double":
                return float(value.double_val)
            case "String":
                return value.string_val
            case "DoubleList" | "BoolList":
                return list(value.items)
            case "IntList":
                # Each item is the index of a value that holds the number.
                return [self._plan.values[item].val.int_val for item in value.items]
            case "Tensor" if value.data_buffer_idx > 0:
                return self._stored(value)
        return None

    def _stored(self, value: Any) -> Tensor:
        import torch

        if value.allocation_info is not None:
            raise self._error("keeps state between runs, which edgegen cannot evaluate")
        data = bytearray(self._program.constant_buffer[value.data_buffer_idx].storage)
        dtype = dtype_of(value)
        count = 1
        for size in value.sizes:
            count *= size
        if len(data) < count * dtype.itemsize:
            raise self._error("is cut short: a constant is not whole")
        flat = torch.frombuffer(data, dtype=dtype, count=count) if count else torch.empty(0, dtype=dtype)
        # Stored in the order of its axes in memory.
        stored = flat.reshape([value.sizes[axis] for axis in value.dim_order])
        return stored.permute([list(value.dim_order).index(axis) for axis in range(len(value.sizes))])

    def _error(self, problem: str) -> PlanError:
        return PlanError(f"the program {problem}", where=self._where, hint="Export the model for the xnnpack backend")


def dtype_of(value: Any) -> torch.dtype:
    """The torch type of a tensor that the plan describes. Raises ExportError for one that it does not have."""
    import torch

    name = _DTYPES.get(int(value.scalar_type))
    if name is None:
        raise ExportError(
            f"the program has a tensor of the type {value.scalar_type}, which edgegen cannot evaluate",
            hint="Export the model for the xnnpack backend",
        )
    found: torch.dtype = getattr(torch, name)
    return found
