"""The last two axes at another size, by nearest neighbours or bilinearly."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from edgegen.verify.mil.registry import Arguments, OperandError, op


@op("upsample_nearest_neighbor", "resize_nearest_neighbor")
def nearest(args: Arguments) -> Tensor:
    """The pixel whose place times the scale is nearest below."""
    x = args.tensor("x")
    for axis, size in zip((-2, -1), _target(args, x), strict=True):
        x = x.index_select(axis, (torch.arange(size) * x.shape[axis]) // size)
    return x


@op("upsample_bilinear")
def upsample_bilinear(args: Arguments) -> Tensor:
    """Between corners, or between centres of pixels; the scale is that of the sizes, not the stored one."""
    x = args.tensor("x")
    corners = args.flag("align_corners", True)
    half = args.flag("half_pixel_centers", not corners)
    mode = "ALIGN_CORNERS" if corners else "UNALIGN_CORNERS" if half else "DEFAULT"
    return _bilinear(x, _target(args, x), mode)


@op("resize_bilinear")
def resize_bilinear(args: Arguments) -> Tensor:
    """To a given size, by one of five grids."""
    x = args.tensor("x")
    return _bilinear(x, _target(args, x), args.text("sampling_mode", "DEFAULT"))


@op("resize")
def resize(args: Arguments) -> Tensor:
    """iOS 17's: the right-most `resized_dims` sizes of `shape`, where 0 keeps the size of x."""
    x, shape, count = args.tensor("x"), args.ints("shape"), args.int("resized_dims")
    if count != 2 or len(shape) < 2 or x.dim() < 2:
        raise OperandError(f"resizes {count} axes, expected 2")
    target = [size or x.shape[axis] for axis, size in zip((-2, -1), shape[-2:], strict=True)]
    mode = args.text("interpolation_mode", "LINEAR")
    if mode == "NEAREST_NEIGHBOR":
        sampling = args.text("sampling_mode", "DEFAULT")
        if sampling not in ("DEFAULT", "UNALIGN_CORNERS"):
            raise OperandError(f"has nearest neighbours with sampling_mode {sampling!r}")
        offset = 0.0 if sampling == "DEFAULT" else 0.5
        for axis, size in zip((-2, -1), target, strict=True):
            x = x.index_select(axis, ((torch.arange(size) + offset) * x.shape[axis] / size).floor().long())
        return x
    if mode != "LINEAR":
        raise OperandError(f"has no interpolation_mode {mode!r}")
    return _bilinear(x, target, args.text("sampling_mode", "DEFAULT"))


def _target(args: Arguments, x: Tensor) -> list[int]:
    """Height and width of the result."""
    if args.has("target_size_height") or args.has("target_size_width"):
        return [args.int("target_size_height", 1), args.int("target_size_width", 1)]
    factors = args.number("scale_factor_height", 1.0), args.number("scale_factor_width", 1.0)
    return [math.floor(size * factor) for size, factor in zip(x.shape[-2:], factors, strict=True)]


def _bilinear(x: Tensor, target: list[int], mode: str) -> Tensor:
    for axis, size in zip((-2, -1), target, strict=True):
        source = x.shape[axis]
        grid = _grid(mode, source, size).clamp(0, source - 1)
        low = grid.floor().long()
        weight = (grid - low).to(x.dtype)
        high = (low + 1).clamp(max=source - 1)
        weight = weight.unsqueeze(-1) if axis == -2 else weight
        x = x.index_select(axis, low) * (1 - weight) + x.index_select(axis, high) * weight
    return x


def _grid(mode: str, source: int, size: int) -> Tensor:
    """Where in the source each element of the result lies, along one axis, as MIL's documentation spells it out."""
    steps = torch.arange(size, dtype=torch.float64)
    match mode:
        case "ALIGN_CORNERS" | "STRICT_ALIGN_CORNERS":
            if size == 1:
                return torch.full((1,), (source - 1) / 2 if mode == "ALIGN_CORNERS" else 0.0, dtype=torch.float64)
            return steps * (source - 1) / (size - 1)
        case "DEFAULT":
            return steps * source / size
        case "OFFSET_CORNERS":
            delta = max(1, source - 1) / size
            return 0.5 * delta + steps * delta
        case "UNALIGN_CORNERS":
            return (steps + 0.5) * source / size - 0.5
    raise OperandError(f"has no sampling_mode {mode!r}")
