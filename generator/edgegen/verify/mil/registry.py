"""The operations that can be evaluated, by MIL's name; one function computes each, and `Arguments` are what it gets.

@op("softmax")
def softmax(args: Arguments) -> Tensor:
    return torch.softmax(args.tensor("x"), args.int("axis", -1))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from edgegen.errors import ExportError
from edgegen.verify.mil.values import Value, ValueType

if TYPE_CHECKING:
    from torch import Tensor

Int: TypeAlias = int
Ints: TypeAlias = list[int]
"""By other names, because `Arguments` has a method `int`."""
Result: TypeAlias = "Tensor | tuple[Any, ...]"
Compute: TypeAlias = "Callable[[Arguments], Result]"


IOS_17: Final = 8
IOS_18: Final = 9
"""Specification versions."""


@dataclass(frozen=True, slots=True)
class Op:
    """`moves` says that it only moves values about, so that its result needs no rounding."""

    compute: Compute
    moves: bool = False


OPS: Final[dict[str, Op]] = {}


def op(*names: str, moves: bool = False) -> Callable[[Compute], Compute]:
    """Registers a function for MIL's operations `names`."""

    def register(compute: Compute) -> Compute:
        for name in names:
            OPS[name] = Op(compute, moves)
        return compute

    return register


class OperandError(ValueError):
    """A parameter is missing, or is not what the operation takes."""


class Arguments:
    """The parameters of one operation, with their values. Asking for one that must be there raises OperandError.

    `outputs` are the declared types of its results, `kind` its name (some functions serve several), `specification`
    the version of the model, by which some operations differ.
    """

    __slots__ = ("_values", "kind", "outputs", "specification")

    def __init__(
        self,
        kind: str,
        values: Mapping[str, Value | tuple[Value, ...]],
        outputs: tuple[ValueType, ...],
        specification: Int = IOS_18,
    ) -> None:
        self.kind = kind
        self.outputs = outputs
        self.specification = specification
        self._values = values

    def has(self, name: str) -> bool:
        """Whether the program gives the parameter."""
        return name in self._values

    def tensor(self, name: str) -> Tensor:
        """A tensor parameter that must be there."""
        found = self.optional(name)
        if found is None:
            raise OperandError(f"has no parameter {name}")
        return found

    def optional(self, name: str) -> Tensor | None:
        """A tensor parameter, or None."""
        found = self._values.get(name)
        if found is None or hasattr(found, "dtype"):
            return found  # type: ignore[return-value]
        raise OperandError(f"parameter {name} is no tensor")

    def tensors(self, name: str) -> list[Tensor]:
        """A parameter that takes several tensors."""
        found = self._values.get(name)
        items = list(found) if isinstance(found, tuple | list) else [found]
        if not items or any(not hasattr(item, "dtype") for item in items):
            raise OperandError(f"parameter {name} is no list of tensors")
        return items  # type: ignore[return-value]

    def classes(self, name: str) -> list[str] | Ints:
        """A list of strings or of integers that must be there."""
        found = self._values.get(name)
        if isinstance(found, list) and found and all(isinstance(item, str) for item in found):
            return [str(item) for item in found]
        items = found if isinstance(found, list) else [found]
        if not items or any(not hasattr(item, "tolist") for item in items):
            raise OperandError(f"parameter {name} is no list of strings or integers")
        return [Int(value) for item in items for value in item.reshape(-1).tolist()]  # type: ignore[union-attr]

    def text(self, name: str, default: str | None = None) -> str:
        """A string."""
        found = self._values.get(name, default)
        if isinstance(found, str):
            return found
        raise OperandError(f"parameter {name} is no string")

    def ints(self, name: str, default: Ints | None = None) -> Ints:
        """A vector of integers."""
        found = self.optional(name)
        if found is None:
            if default is None:
                raise OperandError(f"has no parameter {name}")
            return default
        return [Int(value) for value in found.reshape(-1).tolist()]

    def int(self, name: str, default: Int | None = None) -> Int:
        """One integer."""
        values = self.ints(name, None if default is None else [default])
        if len(values) != 1:
            raise OperandError(f"parameter {name} has {len(values)} values, expected one")
        return values[0]

    def number(self, name: str, default: float | None = None) -> float:
        """One number."""
        found = self.optional(name)
        if found is None:
            if default is None:
                raise OperandError(f"has no parameter {name}")
            return default
        return float(found)

    def flag(self, name: str, default: bool = False) -> bool:
        """A truth value."""
        found = self.optional(name)
        return default if found is None else bool(found)

    def flags(self, name: str, count: Int) -> list[bool]:
        """A vector of truth values, all false where it is not given."""
        found = self.optional(name)
        return [False] * count if found is None else [bool(value) for value in found.reshape(-1).tolist()]


def unknown(kind: str, where: str | None) -> ExportError:
    """The error for an operation that is not registered."""
    return ExportError(
        f"the program has the operator {kind!r}, which edgegen's evaluator of Core ML does not know",
        where=where,
        hint="Nothing is proven of such a file: export another model, or report this operator",
    )
