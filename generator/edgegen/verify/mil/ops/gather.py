"""Values by their indices."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from edgegen.verify.mil.registry import IOS_17, Arguments, OperandError, op


@op("gather", moves=True)
def gather(args: Arguments) -> Tensor:
    """The slices of x at `indices` along an axis; the first `batch_dims` axes of both are walked together."""
    x, batch = args.tensor("x"), args.int("batch_dims", 0)
    axis = args.int("axis", 0) % x.dim()
    indices = checked(args, args.tensor("indices"), x.shape[axis])
    if batch == 0:
        return _gathered(x, indices, axis)
    lead = x.shape[:batch]
    rows, places = x.reshape(-1, *x.shape[batch:]), indices.reshape(-1, *indices.shape[batch:])
    parts = [_gathered(row, place, axis - batch) for row, place in zip(rows, places, strict=True)]
    return torch.stack(parts).reshape(*lead, *parts[0].shape)


@op("gather_along_axis", moves=True)
def gather_along_axis(args: Arguments) -> Tensor:
    """x[…, indices[…, i, …], …] at each place; the result has the shape of `indices`."""
    x = args.tensor("x")
    axis = args.int("axis", 0) % x.dim()
    return torch.gather(x, axis, checked(args, args.tensor("indices"), x.shape[axis]))


@op("gather_nd", moves=True)
def gather_nd(args: Arguments) -> Tensor:
    """x at the places that the last axis of `indices` spells out."""
    x, indices, batch = args.tensor("x"), args.tensor("indices"), args.int("batch_dims", 0)
    if batch == 0:
        return x[places(args, indices, x.shape)]
    lead = math.prod(x.shape[:batch])
    rows, parts = x.reshape(lead, *x.shape[batch:]), indices.reshape(lead, *indices.shape[batch:])
    found = [row[places(args, part, row.shape)] for row, part in zip(rows, parts, strict=True)]
    return torch.stack(found).reshape(*x.shape[:batch], *found[0].shape)


def checked(args: Arguments, indices: Tensor, size: int) -> Tensor:
    """`indices` as int64, not negative. From iOS 17 on a negative index is outside: what is there is not defined."""
    indices = indices.long()
    low = 0 if args.specification >= IOS_17 else -size
    if indices.numel() and (int(indices.min()) < low or int(indices.max()) >= size):
        raise OperandError(f"has an index outside {low}..{size - 1}")
    return torch.where(indices < 0, indices + size, indices)


def places(args: Arguments, indices: Tensor, sizes: torch.Size) -> tuple[Tensor, ...]:
    """An index tensor for each of the leading axes that the last axis of `indices` speaks of."""
    return tuple(checked(args, indices[..., axis], sizes[axis]) for axis in range(indices.shape[-1]))


def _gathered(x: Tensor, indices: Tensor, axis: int) -> Tensor:
    found = x.index_select(axis, indices.reshape(-1))
    return found.reshape(*x.shape[:axis], *indices.shape, *x.shape[axis + 1 :])
