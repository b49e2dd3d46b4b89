"""Reductions over some axes, all of them by default; they stay with size 1 under keep_dims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor

from edgegen.verify.mil.registry import Arguments, op

_Reduce = Callable[[Tensor, list[int], bool], Tensor]

_REDUCTIONS: Final[dict[str, _Reduce]] = {
    "reduce_sum": lambda x, axes, keep: x.sum(dim=axes, keepdim=keep),
    "reduce_mean": lambda x, axes, keep: x.mean(dim=axes, keepdim=keep),
    "reduce_max": lambda x, axes, keep: x.amax(dim=axes, keepdim=keep),
    "reduce_min": lambda x, axes, keep: x.amin(dim=axes, keepdim=keep),
    "reduce_l1_norm": lambda x, axes, keep: x.abs().sum(dim=axes, keepdim=keep),
    "reduce_l2_norm": lambda x, axes, keep: x.square().sum(dim=axes, keepdim=keep).sqrt(),
    "reduce_sum_square": lambda x, axes, keep: x.square().sum(dim=axes, keepdim=keep),
    "reduce_log_sum": lambda x, axes, keep: x.sum(dim=axes, keepdim=keep).log(),
    "reduce_log_sum_exp": lambda x, axes, keep: torch.logsumexp(x, dim=axes, keepdim=keep),
}


@op(*_REDUCTIONS)
def reduction(args: Arguments) -> Tensor:
    """(op) of x over `axes`."""
    x = args.tensor("x")
    return _REDUCTIONS[args.kind](x, _axes(args, x), args.flag("keep_dims"))


@op("reduce_prod")
def reduce_prod(args: Arguments) -> Tensor:
    """The product of x over `axes`."""
    x, keep = args.tensor("x"), args.flag("keep_dims")
    for axis in sorted(_axes(args, x), reverse=True):
        x = x.prod(dim=axis, keepdim=keep)
    return x


@op("reduce_argmax", "reduce_argmin")
def reduce_arg(args: Arguments) -> Tensor:
    """Where along one axis x is largest, or smallest; of equal ones the first."""
    find = torch.argmax if args.kind == "reduce_argmax" else torch.argmin
    return find(args.tensor("x"), dim=args.int("axis", -1), keepdim=args.flag("keep_dims"))


def _axes(args: Arguments, x: Tensor) -> list[int]:
    return [axis % x.dim() for axis in args.ints("axes", list(range(x.dim())))]
