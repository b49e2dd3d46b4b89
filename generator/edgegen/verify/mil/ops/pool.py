"""Pools over one to three spatial axes: x is N x C x *D."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from edgegen.verify.mil.ops.padding import pads, torch_pads
from edgegen.verify.mil.registry import Arguments, OperandError, op

_MAX: Final[dict[int, Callable[..., Tensor]]] = {
    1: functional.max_pool1d,
    2: functional.max_pool2d,
    3: functional.max_pool3d,
}
_AVERAGE: Final[dict[int, Callable[..., Tensor]]] = {
    1: functional.avg_pool1d,
    2: functional.avg_pool2d,
    3: functional.avg_pool3d,
}


@op("max_pool")
def max_pool(args: Arguments) -> Tensor:
    """The largest value of each window; padding never wins."""
    x, kernel, strides, padding = _window(args)
    if args.flag("ceil_mode"):
        return _MAX[x.dim() - 2](x, kernel, strides, _symmetric(padding), ceil_mode=True)
    return _MAX[x.dim() - 2](functional.pad(x, torch_pads(padding), value=-math.inf), kernel, strides)


@op("avg_pool")
def avg_pool(args: Arguments) -> Tensor:
    """The mean of each window, with padding as zeros or, with exclude_padding_from_average, of what is inside."""
    x, kernel, strides, padding = _window(args)
    exclude = args.flag("exclude_padding_from_average")
    pool = _AVERAGE[x.dim() - 2]
    if args.flag("ceil_mode"):
        return pool(x, kernel, strides, _symmetric(padding), ceil_mode=True, count_include_pad=not exclude)
    mean = pool(functional.pad(x, torch_pads(padding)), kernel, strides)
    if not exclude:
        return mean
    inside = torch.ones([1, 1, *x.shape[2:]], dtype=x.dtype)
    return mean / pool(functional.pad(inside, torch_pads(padding)), kernel, strides)


@op("l2_pool")
def l2_pool(args: Arguments) -> Tensor:
    """The root of each window's sum of squares."""
    x, kernel, strides, padding = _window(args)
    if args.flag("ceil_mode"):
        raise OperandError("has a ceil_mode, which is not defined for it")
    squares = functional.pad(x.square(), torch_pads(padding))
    return torch.sqrt(_AVERAGE[x.dim() - 2](squares, kernel, strides) * math.prod(kernel))


def _window(args: Arguments) -> tuple[Tensor, list[int], list[int], list[int]]:
    """x, the kernel's sizes, the strides and the padding."""
    x, kernel = args.tensor("x"), args.ints("kernel_sizes")
    if x.dim() - 2 not in _MAX or len(kernel) != x.dim() - 2:
        raise OperandError(f"takes 1 to 3 spatial axes, got a kernel of {len(kernel)} for {x.dim() - 2}")
    strides = args.ints("strides", [1] * len(kernel))
    return x, kernel, strides, pads(args, x.shape[2:], kernel, strides)


def _symmetric(padding: list[int]) -> list[int]:
    if padding[::2] != padding[1::2]:
        raise OperandError("pads unevenly in ceil_mode, which is not defined")
    return padding[::2]
