"""Parts of a tensor by begin, end and stride along each axis, as Python's slices have them."""

from __future__ import annotations

import torch
from torch import Tensor

from edgegen.verify.mil.registry import Arguments, op


@op("slice_by_index", moves=True)
def slice_by_index(args: Arguments) -> Tensor:
    """x[begin:end:stride] along each axis.

    begin_mask and end_mask leave an end open; squeeze_mask takes x[begin] and drops the axis.
    """
    x = args.tensor("x")
    places, squeezed = _places(args, x)
    for axis, place in enumerate(places):
        if place.step == 1:
            x = x.narrow(axis, place.start, len(place))
        else:  # torch's slices do not go backwards.
            x = x.index_select(axis, torch.tensor(list(place), dtype=torch.int64))
    return x.squeeze(tuple(squeezed)) if squeezed else x


@op("slice_update", moves=True)
def slice_update(args: Arguments) -> Tensor:
    """x with `update` in the place that slice_by_index would give."""
    x, update = args.tensor("x").clone(), args.tensor("update")
    places, squeezed = _places(args, x)
    for axis in squeezed:
        update = update.unsqueeze(axis)
    x[torch.meshgrid(*(torch.tensor(list(place)) for place in places), indexing="ij")] = update
    return x


@op("slice_by_size", moves=True)
def slice_by_size(args: Arguments) -> Tensor:
    """`size` elements from `begin` along each axis; -1 is all that follow."""
    x = args.tensor("x")
    for axis, (begin, size) in enumerate(zip(args.ints("begin"), args.ints("size"), strict=True)):
        start = begin + x.shape[axis] if begin < 0 else begin
        x = x.narrow(axis, start, x.shape[axis] - start if size == -1 else size)
    return x


@op("crop", moves=True)
def crop(args: Arguments) -> Tensor:
    """x without so many rows at its top and bottom, and columns at its left and right."""
    x = args.tensor("x")
    (top, bottom), (left, right) = args.ints("crop_height"), args.ints("crop_width")
    return x[..., top : x.shape[-2] - bottom, left : x.shape[-1] - right]


def _places(args: Arguments, x: Tensor) -> tuple[list[range], list[int]]:
    """Along each axis the indices that are taken, and the axes to drop."""
    rank = x.dim()
    begins, ends = args.ints("begin"), args.ints("end")
    strides = args.ints("stride", [1] * rank)
    open_begin, open_end = args.flags("begin_mask", rank), args.flags("end_mask", rank)
    squeezed = [axis for axis, flag in enumerate(args.flags("squeeze_mask", rank)) if flag]
    places = []
    for axis, size in enumerate(x.shape):
        if axis in squeezed:
            at = 0 if open_begin[axis] else begins[axis]
            at = at + size if at < 0 else at
            places.append(range(at, at + 1))
            continue
        begin = None if open_begin[axis] else begins[axis]
        end = None if open_end[axis] else ends[axis]
        places.append(range(*slice(begin, end, strides[axis]).indices(size)))
    return places, squeezed
