"""Arithmetic and comparison element by element; two operands are broadcast as in NumPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor

from edgegen.verify.mil.registry import Arguments, OperandError, op

_BINARY: Final[dict[str, Callable[[Tensor, Tensor], Tensor]]] = {
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "pow": torch.pow,
    "maximum": torch.maximum,
    "minimum": torch.minimum,
    "floor_div": torch.floor_divide,
    "mod": torch.remainder,
    "equal": torch.eq,
    "not_equal": torch.ne,
    "greater": torch.gt,
    "greater_equal": torch.ge,
    "less": torch.lt,
    "less_equal": torch.le,
    "logical_and": torch.logical_and,
    "logical_or": torch.logical_or,
    "logical_xor": torch.logical_xor,
}
_UNARY: Final[dict[str, Callable[[Tensor], Tensor]]] = {
    "abs": torch.abs,
    "acos": torch.acos,
    "asin": torch.asin,
    "atan": torch.atan,
    "atanh": torch.atanh,
    "ceil": torch.ceil,
    "cos": torch.cos,
    "cosh": torch.cosh,
    "erf": torch.erf,
    "exp": torch.exp,
    "exp2": torch.exp2,
    "floor": torch.floor,
    "logical_not": torch.logical_not,
    "round": torch.round,
    "sign": torch.sign,
    "sin": torch.sin,
    "sinh": torch.sinh,
    "sqrt": torch.sqrt,
    "square": torch.square,
    "tan": torch.tan,
    "tanh": torch.tanh,
}


@op(*_BINARY)
def binary(args: Arguments) -> Tensor:
    """x (op) y."""
    return _BINARY[args.kind](args.tensor("x"), args.tensor("y"))


@op("real_div")
def real_div(args: Arguments) -> Tensor:
    """x / y of floats. What it is of integers no document says, so that is refused."""
    x, y = args.tensor("x"), args.tensor("y")
    if not x.is_floating_point():
        raise OperandError("divides integers, which is not defined")
    return x / y


@op(*_UNARY)
def unary(args: Arguments) -> Tensor:
    """(op) x."""
    return _UNARY[args.kind](args.tensor("x"))


@op("log")
def log(args: Arguments) -> Tensor:
    """log(x + epsilon)."""
    return torch.log(args.tensor("x") + args.number("epsilon", 1e-45))


@op("inverse")
def inverse(args: Arguments) -> Tensor:
    """1 / (x + epsilon)."""
    return torch.reciprocal(args.tensor("x") + args.number("epsilon", 1e-4))


@op("rsqrt")
def rsqrt(args: Arguments) -> Tensor:
    """1 / sqrt(x + epsilon)."""
    return torch.rsqrt(args.tensor("x") + args.number("epsilon", 1e-12))


@op("clip")
def clip(args: Arguments) -> Tensor:
    """min(max(x, alpha), beta)."""
    return args.tensor("x").clamp(args.number("alpha"), args.number("beta"))


@op("threshold")
def threshold(args: Arguments) -> Tensor:
    """max(x, alpha)."""
    return args.tensor("x").clamp(min=args.number("alpha"))


@op("cast")
def cast(args: Arguments) -> Tensor:
    """x as the type of the output; a float becomes an integer by cutting its fraction off, a bool by being not 0."""
    return args.tensor("x")


@op("identity", moves=True)
def identity(args: Arguments) -> Tensor:
    """x."""
    return args.tensor("x")


@op("select", moves=True)
def select(args: Arguments) -> Tensor:
    """a where cond, else b."""
    return torch.where(args.tensor("cond").bool(), args.tensor("a"), args.tensor("b"))
