"""Integers for floats at run time: what a model with int8 activations does between its operations."""

from __future__ import annotations

import torch
from torch import Tensor

from edgegen.verify.mil.registry import Arguments, OperandError, op


@op("quantize")
def quantize(args: Arguments) -> Tensor:
    """round(input / scale) + zero_point, cut to the range of the output type; halves go to the even number."""
    x, dtype = args.tensor("input"), args.text("output_dtype")
    if dtype not in ("int8", "uint8"):
        raise OperandError(f"quantizes to {dtype!r}")
    result = torch.round(x / along(args, args.tensor("scale"), x))
    if args.has("zero_point"):
        result = result + along(args, args.tensor("zero_point"), x).to(result.dtype)
    limits = torch.iinfo(torch.int8 if dtype == "int8" else torch.uint8)
    return result.clamp(limits.min, limits.max)


@op("dequantize")
def dequantize(args: Arguments) -> Tensor:
    """scale (input - zero_point)."""
    x = args.tensor("input")
    scale = along(args, args.tensor("scale"), x)
    wide = x.to(scale.dtype)
    if args.has("zero_point"):
        wide = wide - along(args, args.tensor("zero_point"), x).to(scale.dtype)
    return scale * wide


def along(args: Arguments, values: Tensor, data: Tensor) -> Tensor:
    """One number, or one for each slice of `data` along `axis`, in a shape that is broadcast right."""
    if values.dim() == 0 or values.dim() == data.dim() > 1:
        return values
    if values.dim() != 1:
        raise OperandError(f"has scales of {values.dim()} axes")
    if values.numel() == 1 and not args.has("axis"):
        return values.reshape(())
    shape = [1] * data.dim()
    shape[args.int("axis")] = -1
    return values.reshape(shape)
