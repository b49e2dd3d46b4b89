"""Tensors out of sizes and numbers."""

from __future__ import annotations

import torch
from torch import Tensor

from edgegen.verify.mil.registry import Arguments, op


@op("fill")
def fill(args: Arguments) -> Tensor:
    """A tensor of `shape`, all `value`."""
    return torch.full(args.ints("shape"), args.number("value", 0.0), dtype=torch.float64)


@op("fill_like")
def fill_like(args: Arguments) -> Tensor:
    """A tensor of another's shape, all `value`."""
    return torch.full(args.tensor("ref_tensor").shape, args.number("value", 0.0), dtype=torch.float64)


@op("range_1d")
def range_1d(args: Arguments) -> Tensor:
    """start, start + step … before end."""
    start, end, step = args.tensor("start"), args.tensor("end"), args.tensor("step")
    return torch.arange(start.item(), end.item(), step.item())


@op("one_hot")
def one_hot(args: Arguments) -> Tensor:
    """on_value where the index along a new axis is that of `indices`, else off_value."""
    indices, size = args.tensor("indices").long(), args.int("one_hot_vector_size")
    axis = args.int("axis", -1) % (indices.dim() + 1)
    hot = indices.unsqueeze(axis) == torch.arange(size).reshape([-1, *[1] * (indices.dim() - axis)])
    return torch.where(hot, args.number("on_value", 1.0), args.number("off_value", 0.0))


@op("non_zero")
def non_zero(args: Arguments) -> Tensor:
    """Where x is not 0, an index to a row."""
    return torch.nonzero(args.tensor("x"))


@op("band_part", moves=True)
def band_part(args: Arguments) -> Tensor:
    """x with zeros outside a band around the diagonal of its last two axes; a negative width keeps that side whole."""
    x, lower, upper = args.tensor("x"), args.int("lower", -1), args.int("upper", -1)
    rows = torch.arange(x.shape[-2]).unsqueeze(-1)
    columns = torch.arange(x.shape[-1])
    kept = torch.ones(x.shape[-2:], dtype=torch.bool)
    if lower >= 0:
        kept &= rows - columns <= lower
    if upper >= 0:
        kept &= columns - rows <= upper
    return torch.where(kept, x, torch.zeros_like(x))
