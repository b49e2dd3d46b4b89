"""Other shapes of the same values."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from edgegen.verify.mil.ops.padding import torch_pads
from edgegen.verify.mil.registry import Arguments, OperandError, op


@op("reshape", moves=True)
def reshape(args: Arguments) -> Tensor:
    """x in `shape`: -1 is what is left; 0 the size of x counted from the last axis, or 1 where x has none there.

    Up to iOS 16 a 0 needs as many sizes as x has axes, so that both countings are the same.
    """
    x, shape = args.tensor("x"), args.ints("shape")
    shift = x.dim() - len(shape)
    sizes = [
        size if size != 0 else (x.shape[index + shift] if index + shift >= 0 else 1) for index, size in enumerate(shape)
    ]
    if 0 in shape and 0 in x.shape:  # An empty tensor's own 0 is no size to be filled in.
        sizes = shape if math.prod(size for size in shape if size != -1) == 0 else sizes
    return x.reshape(sizes)


@op("reshape_like", moves=True)
def reshape_like(args: Arguments) -> Tensor:
    """x in the sizes of parts of other tensors' shapes."""
    sizes: list[int] = []
    parts = (args.tensors("ref_tensors"), args.tensors("begins"), args.tensors("ends"), args.tensors("end_masks"))
    for reference, begin, end, open_end in zip(*parts, strict=True):
        sizes += reference.shape[int(begin) : None if bool(open_end) else int(end)]
    return args.tensor("x").reshape(sizes)


@op("flatten2d", moves=True)
def flatten2d(args: Arguments) -> Tensor:
    """Two axes: those before `axis`, and the others."""
    x = args.tensor("x")
    return x.reshape(math.prod(x.shape[: args.int("axis", 1)]), -1)


@op("transpose", moves=True)
def transpose(args: Arguments) -> Tensor:
    """x with its axes in the order `perm`."""
    return args.tensor("x").permute(args.ints("perm"))


@op("expand_dims", moves=True)
def expand_dims(args: Arguments) -> Tensor:
    """x with axes of size 1, which are at `axes` of the result."""
    x, axes = args.tensor("x"), args.ints("axes")
    for axis in sorted(axis % (x.dim() + len(axes)) for axis in axes):
        x = x.unsqueeze(axis)
    return x


@op("squeeze", moves=True)
def squeeze(args: Arguments) -> Tensor:
    """x without those of `axes` (all by default) that have size 1."""
    x = args.tensor("x")
    axes = args.ints("axes", list(range(x.dim())))
    return x.squeeze(tuple(axis % x.dim() for axis in axes))


@op("shape")
def shape(args: Arguments) -> Tensor:
    """The sizes of x."""
    return torch.tensor(args.tensor("x").shape)


@op("concat", moves=True)
def concat(args: Arguments) -> Tensor:
    """Tensors one behind the other along an axis, or with `interleave` in turns, slice by slice."""
    values, axis = args.tensors("values"), args.int("axis")
    if not args.flag("interleave"):
        return torch.cat(values, dim=axis)
    axis %= values[0].dim()
    return torch.stack(values, dim=axis + 1).flatten(axis, axis + 1)


@op("stack", moves=True)
def stack(args: Arguments) -> Tensor:
    """Tensors along an axis that is new."""
    return torch.stack(args.tensors("values"), dim=args.int("axis"))


@op("split", moves=True)
def split(args: Arguments) -> tuple[Tensor, ...]:
    """Parts of x along an axis: of the `split_sizes`, else `num_splits` equal ones."""
    x, axis = args.tensor("x"), args.int("axis")
    if args.has("split_sizes"):
        return torch.split(x, args.ints("split_sizes"), dim=axis)
    count = args.int("num_splits")
    if x.shape[axis] % count:
        raise OperandError(f"splits {x.shape[axis]} into {count} parts, which are not equal")
    return torch.split(x, x.shape[axis] // count, dim=axis)


@op("tile", moves=True)
def tile(args: Arguments) -> Tensor:
    """x repeated along each axis."""
    return args.tensor("x").repeat(args.ints("reps"))


@op("reverse", moves=True)
def reverse(args: Arguments) -> Tensor:
    """x backwards along some axes, all by default."""
    x = args.tensor("x")
    return x.flip(args.ints("axes", list(range(x.dim()))))


@op("pad", moves=True)
def pad(args: Arguments) -> Tensor:
    """x with more elements before and after its last axes: a constant, its mirror image, or its edge."""
    x, padding, mode = args.tensor("x"), args.ints("pad"), args.text("mode", "constant")
    if len(padding) % 2 or len(padding) > 2 * x.dim():
        raise OperandError(f"pads {len(padding)} sides of {x.dim()} axes")
    if mode == "constant":
        if x.is_floating_point():
            return functional.pad(x, torch_pads(padding), value=args.number("constant_val", 0.0))
        return functional.pad(x, torch_pads(padding), value=args.int("constant_val", 0))
    if mode not in ("reflect", "replicate"):
        raise OperandError(f"has no mode {mode!r}")
    for axis, (before, after) in enumerate(zip(padding[::2], padding[1::2], strict=True), x.dim() - len(padding) // 2):
        x = _extended(x, axis, before, after, mirrored=mode == "reflect")
    return x


def _extended(x: Tensor, axis: int, before: int, after: int, *, mirrored: bool) -> Tensor:
    """torch pads by mirrors and edges only two or three axes of a batch; an index does it along any."""
    if before == after == 0:
        return x
    size = x.shape[axis]
    places = torch.arange(-before, size + after)
    if mirrored:
        places = (size - 1) - ((size - 1) - places.abs()).abs()
    return x.index_select(axis, places.clamp(0, size - 1))


@op("pixel_shuffle", moves=True)
def pixel_shuffle(args: Arguments) -> Tensor:
    """Channels to space: N x C f² x H x W → N x C x H f x W f; the place in a block is the faster part of a channel."""
    return functional.pixel_shuffle(args.tensor("x"), args.int("upscale_factor"))


@op("pixel_unshuffle", moves=True)
def pixel_unshuffle(args: Arguments) -> Tensor:
    """The inverse of pixel_shuffle."""
    return functional.pixel_unshuffle(args.tensor("x"), args.int("downscale_factor"))


@op("depth_to_space", moves=True)
def depth_to_space(args: Arguments) -> Tensor:
    """As pixel_shuffle, but the place in a block is the slower part of a channel's number."""
    x, block = args.tensor("x"), args.int("block_size")
    n, c, h, w = x.shape
    parts = x.reshape(n, block, block, c // block**2, h, w)
    return parts.permute(0, 3, 4, 1, 5, 2).reshape(n, c // block**2, h * block, w * block)


@op("space_to_depth", moves=True)
def space_to_depth(args: Arguments) -> Tensor:
    """The inverse of depth_to_space."""
    x, block = args.tensor("x"), args.int("block_size")
    n, c, h, w = x.shape
    parts = x.reshape(n, c, h // block, block, w // block, block)
    return parts.permute(0, 3, 5, 1, 2, 4).reshape(n, c * block**2, h // block, w // block)


@op("sliding_windows", moves=True)
def sliding_windows(args: Arguments) -> Tensor:
    """All windows of `size` along an axis, in an axis behind it."""
    x = args.tensor("x")
    axis = args.int("axis") % x.dim()
    return x.unfold(axis, args.int("size"), args.int("stride", 1)).movedim(-1, axis + 1)
