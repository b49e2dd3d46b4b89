"""Convolutions over one to three spatial axes: x is N x C x *D."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from edgegen.verify.mil.ops.padding import pads, torch_pads
from edgegen.verify.mil.registry import Arguments, OperandError, op

_CONV: Final[dict[int, Callable[..., Tensor]]] = {1: torch.conv1d, 2: torch.conv2d, 3: torch.conv3d}
_TRANSPOSED: Final[dict[int, Callable[..., Tensor]]] = {
    1: torch.conv_transpose1d,
    2: torch.conv_transpose2d,
    3: torch.conv_transpose3d,
}


@op("conv")
def conv(args: Arguments) -> Tensor:
    """A convolution; `weight` is C_out x C_in / groups x *K."""
    x, weight = args.tensor("x"), args.tensor("weight")
    axes = _axes(x)
    strides, dilations = args.ints("strides", [1] * axes), args.ints("dilations", [1] * axes)
    reach = [(size - 1) * dilation + 1 for size, dilation in zip(weight.shape[2:], dilations, strict=True)]
    padding = pads(args, x.shape[2:], reach, strides)
    inner = padding[::2]
    if inner != padding[1::2]:  # torch pads both sides alike.
        x, inner = functional.pad(x, torch_pads(padding)), [0] * axes
    return _CONV[axes](x, weight, args.optional("bias"), strides, inner, dilations, args.int("groups", 1))


@op("conv_transpose")
def conv_transpose(args: Arguments) -> Tensor:
    """A transposed convolution; `weight` is C_in x C_out / groups x *K.

    The whole result is computed, and what padding stands for is cut off it; a longer `output_shape` is filled with
    what the bias alone gives, as torch's output_padding does.
    """
    x, weight, bias = args.tensor("x"), args.tensor("weight"), args.optional("bias")
    axes = _axes(x)
    strides, dilations = args.ints("strides", [1] * axes), args.ints("dilations", [1] * axes)
    whole = _TRANSPOSED[axes](x, weight, None, strides, 0, 0, args.int("groups", 1), dilations)
    before, wanted = _crop(args, x, whole, strides)
    for axis in range(axes):
        missing = before[axis] + wanted[axis] - whole.shape[2 + axis]
        if missing > 0:
            whole = functional.pad(whole, torch_pads([0, 0] * axis + [0, missing] + [0, 0] * (axes - axis - 1)))
        whole = whole.narrow(2 + axis, before[axis], wanted[axis])
    return whole if bias is None else whole + bias.reshape([-1, *[1] * axes])


def _crop(args: Arguments, x: Tensor, whole: Tensor, strides: list[int]) -> tuple[list[int], list[int]]:
    """For each spatial axis how much of the whole result is cut off before, and how much is kept."""
    axes = x.dim() - 2
    kind = args.text("pad_type", "valid")
    full = list(whole.shape[2:])
    if kind == "same":
        wanted = [size * stride for size, stride in zip(x.shape[2:], strides, strict=True)]
        before = [max(0, size - kept) // 2 for size, kept in zip(full, wanted, strict=True)]
    elif kind in ("custom", "valid"):
        padding = args.ints("pad", [0] * (2 * axes)) if kind == "custom" else [0] * (2 * axes)
        before = padding[::2]
        wanted = [size - a - b for size, a, b in zip(full, before, padding[1::2], strict=True)]
    else:
        raise OperandError(f"has no pad_type {kind!r}")
    given = args.ints("output_shape", [])
    return before, given[2:] if given else wanted


def _axes(x: Tensor) -> int:
    axes = x.dim() - 2
    if axes not in _CONV:
        raise OperandError(f"takes 1 to 3 spatial axes, got {axes}")
    return axes
