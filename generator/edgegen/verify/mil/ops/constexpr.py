"""Compressed weights: what is stored, and the tensor that it stands for.

iOS 16 keeps one scale, table or mask to a tensor in the operation itself; iOS 18 has them by blocks, in parameters.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from edgegen.verify.mil.ops.quantize import along
from edgegen.verify.mil.registry import Arguments, OperandError, op
from edgegen.verify.mil.values import unpack_bits


@op("constexpr_affine_dequantize")
def affine_dequantize(args: Arguments) -> Tensor:
    """scale (quantized_data - zero_point), with one of both or one for each slice along `axis`."""
    data, scale, zero = args.tensor("quantized_data"), args.tensor("scale"), args.tensor("zero_point")
    return along(args, scale, data) * (data.to(scale.dtype) - along(args, zero, data).to(scale.dtype))


@op("constexpr_blockwise_shift_scale")
def blockwise_shift_scale(args: Arguments) -> Tensor:
    """scale (data - offset), with one of both for each block; a block's sizes are those of data over those of scale."""
    data, scale = args.tensor("data"), args.tensor("scale")
    return shift_scale(data, scale, args.optional("offset"))


@op("constexpr_lut_to_dense")
def lut_to_dense(args: Arguments) -> Tensor:
    """The values of a table at stored indices: a table for the tensor, or one for each block of it."""
    indices, lut = args.tensor("indices"), args.tensor("lut")
    if args.has("shape"):
        shape = args.ints("shape")
        bits = lut.numel().bit_length() - 1
        if lut.numel() != 1 << bits:
            raise OperandError(f"has a table of {lut.numel()} values, which is no power of two")
        packed = memoryview(indices.numpy().astype(np.uint8).tobytes())
        places = torch.from_numpy(unpack_bits(packed, bits, math.prod(shape)).astype(np.int64))
        return lut[places].reshape(shape)
    return looked_up(indices, lut, args.int("vector_axis", indices.dim() - 1))


@op("constexpr_sparse_to_dense")
def sparse_to_dense(args: Arguments) -> Tensor:
    """Stored values where the mask has a bit, zeros elsewhere."""
    values, mask = args.tensor("nonzero_data"), args.tensor("mask")
    if args.has("shape"):
        shape = args.ints("shape")
        packed = memoryview(mask.numpy().astype(np.uint8).tobytes())
        mask = torch.from_numpy(unpack_bits(packed, 1, math.prod(shape))).reshape(shape)
    return spread(values, mask)


@op("constexpr_lut_to_sparse")
def lut_to_sparse(args: Arguments) -> tuple[Tensor, Tensor]:
    """The mask, and the values of tables at the indices of what is not zero."""
    mask, indices, lut = args.tensor("indices_mask"), args.tensor("indices_nonzero_data"), args.tensor("lut")
    dense = looked_up(spread(indices, mask), lut, args.int("vector_axis", mask.dim() - 1))
    if dense.shape != mask.shape:
        raise OperandError("has a table of vectors for sparse values")
    return mask, dense[mask.bool()]


@op("constexpr_sparse_blockwise_shift_scale")
def sparse_blockwise_shift_scale(args: Arguments) -> tuple[Tensor, Tensor]:
    """The mask, and scale (value - offset) of what is not zero."""
    mask = args.tensor("data_mask")
    dense = shift_scale(spread(args.tensor("nonzero_data"), mask), args.tensor("scale"), args.optional("offset"))
    return mask, dense[mask.bool()]


@op("constexpr_cast")
def constexpr_cast(args: Arguments) -> Tensor:
    """The stored float16 as the type of the output."""
    return args.tensor("source_val")


def shift_scale(data: Tensor, scale: Tensor, offset: Tensor | None) -> Tensor:
    """scale (data - offset), block by block; all have the same number of axes."""
    wide = data.to(scale.dtype)
    if offset is not None:
        wide = wide - blocks(offset.to(scale.dtype), data.shape)
    return blocks(scale, data.shape) * wide


def looked_up(indices: Tensor, lut: Tensor, vector_axis: int) -> Tensor:
    """The values at `indices` in tables of *blocks x palette x vector; a vector is laid along `vector_axis`."""
    rank = indices.dim()
    if lut.dim() != rank + 2:
        raise OperandError(f"has tables of {lut.dim()} axes for indices of {rank}")
    tables = lut
    for axis, size in enumerate(indices.shape):
        tables = tables.repeat_interleave(_block(size, lut.shape[axis]), dim=axis)
    places = indices.long()[..., None, None].expand(*indices.shape, 1, lut.shape[-1])
    vectors = torch.gather(tables, rank, places).squeeze(rank)
    axis = vector_axis % rank
    return vectors.movedim(-1, axis + 1).flatten(axis, axis + 1)


def spread(values: Tensor, mask: Tensor) -> Tensor:
    """A tensor of the mask's shape with the values, in order, where the mask is set."""
    dense = torch.zeros(mask.shape, dtype=values.dtype)
    if int(mask.bool().sum()) != values.numel():
        raise OperandError(f"has {values.numel()} values for {int(mask.bool().sum())} places")
    dense[mask.bool()] = values.reshape(-1)
    return dense


def blocks(values: Tensor, shape: Sequence[int]) -> Tensor:
    """One value for each block, repeated over its block."""
    for axis, size in enumerate(shape):
        values = values.repeat_interleave(_block(size, values.shape[axis]), dim=axis)
    return values


def _block(size: int, count: int) -> int:
    if count == 0 or size % count:
        raise OperandError(f"divides {size} elements into {count} blocks")
    return size // count
