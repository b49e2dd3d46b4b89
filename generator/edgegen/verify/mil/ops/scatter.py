"""Values written to, or combined with, places given by their indices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor

from edgegen.verify.mil.ops.gather import checked, places
from edgegen.verify.mil.registry import Arguments, OperandError, op

_COMBINE: Final[dict[str, Callable[[Tensor, Tensor], Tensor]]] = {
    "update": lambda _, new: new,
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "div": torch.div,
    "max": torch.maximum,
    "min": torch.minimum,
}


@op("scatter")
def scatter(args: Arguments) -> Tensor:
    """The slices of `data` at `indices` along an axis, combined with those of `updates`, one after the other."""
    data, updates = args.tensor("data").clone(), args.tensor("updates")
    axis = args.int("axis", 0) % data.dim()
    combine = _combine(args)
    indices = checked(args, args.tensor("indices"), data.shape[axis])
    for position, index in enumerate(indices.reshape(-1).tolist()):
        target = data.select(axis, index)
        target.copy_(combine(target, updates.select(axis, position)))
    return data


@op("scatter_along_axis")
def scatter_along_axis(args: Arguments) -> Tensor:
    """data[…, indices[…, i, …], …] combined with updates[…, i, …]."""
    data, updates = args.tensor("data").clone(), args.tensor("updates")
    axis = args.int("axis", 0) % data.dim()
    combine = _combine(args)
    indices = checked(args, args.tensor("indices"), data.shape[axis])
    for position in range(indices.shape[axis]):  # In order, as one place may be met more than once.
        place = indices.narrow(axis, position, 1)
        now = torch.gather(data, axis, place)
        data.scatter_(axis, place, combine(now, updates.narrow(axis, position, 1)))
    return data


@op("scatter_nd")
def scatter_nd(args: Arguments) -> Tensor:
    """`data` at the places that the last axis of `indices` spells out, combined with `updates`."""
    data, indices, updates = args.tensor("data").clone(), args.tensor("indices"), args.tensor("updates")
    combine = _combine(args)
    depth = indices.shape[-1]
    found = torch.stack(places(args, indices, data.shape), dim=-1).reshape(-1, depth)
    rows = updates.reshape(-1, *data.shape[depth:])
    for place, row in zip(found.tolist(), rows, strict=True):
        data[tuple(place)] = combine(data[tuple(place)], row)
    return data


def _combine(args: Arguments) -> Callable[[Tensor, Tensor], Tensor]:
    mode = args.text("mode", "add")
    if mode not in _COMBINE:
        raise OperandError(f"has no mode {mode!r}")
    return _COMBINE[mode]
