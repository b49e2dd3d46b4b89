"""Order: the best, the whole order, running sums."""

from __future__ import annotations

import torch
from torch import Tensor

from edgegen.verify.mil.registry import Arguments, op


@op("topk")
def topk(args: Arguments) -> tuple[Tensor, ...]:
    """The `k` largest (or smallest) along an axis, and where they are; of equal ones the first."""
    x = args.tensor("x")
    axis = args.int("axis", -1) % x.dim()
    k = args.int("k", 1)
    order = torch.sort(x, dim=axis, descending=not args.flag("ascending"), stable=True)
    count = x.shape[axis] if k == -1 else k
    values, indices = order.values.narrow(axis, 0, count), order.indices.narrow(axis, 0, count)
    return (values, indices) if args.flag("return_indices", True) else (values,)


@op("argsort")
def argsort(args: Arguments) -> Tensor:
    """The indices that sort x along an axis."""
    return torch.argsort(args.tensor("x"), dim=args.int("axis", -1), descending=not args.flag("ascending"), stable=True)


@op("cumsum")
def cumsum(args: Arguments) -> Tensor:
    """Sums of all elements up to each one along an axis; without it when `exclusive`, from the end when `reverse`."""
    x, axis = args.tensor("x"), args.int("axis", 0)
    if args.flag("reverse"):
        x = x.flip(axis)
    total = torch.cumsum(x, dim=axis)
    if args.flag("exclusive"):
        total = total - x
    return total.flip(axis) if args.flag("reverse") else total
