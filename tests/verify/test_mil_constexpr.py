"""Compressed weights: what the evaluator unpacks is what coremltools' own definitions say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from edgegen.console import captured_output
from edgegen.verify.mil.registry import OperandError
from tests.verify.mil import computed


@pytest.fixture(scope="module")
def definitions() -> Any:
    """coremltools' operations of iOS 16 and iOS 18, which say in NumPy what they mean."""
    with captured_output():
        from coremltools.converters.mil.mil.ops.defs.iOS16 import constexpr_ops
        from coremltools.converters.mil.mil.ops.defs.iOS18 import compression
    return constexpr_ops, compression


def same(actual: torch.Tensor, expected: Any) -> None:
    assert np.array_equal(actual.numpy(), np.asarray(expected))


RANDOM = np.random.default_rng(3)


@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize("dtype", [np.int8, np.uint8])
def test_affine(definitions: Any, axis: int, dtype: Any) -> None:
    limits = np.iinfo(dtype)
    data = RANDOM.integers(limits.min, limits.max + 1, (4, 3, 2, 5)).astype(dtype)
    size = data.shape[axis]
    scale, zero = RANDOM.random(size, np.float32), RANDOM.integers(0, 100, size).astype(dtype)
    got = computed(
        "constexpr_affine_dequantize", quantized_data=torch.from_numpy(data), scale=torch.from_numpy(scale),
        zero_point=torch.from_numpy(zero), axis=axis,
    )  # fmt: skip
    same(got, definitions[0].constexpr_affine_dequantize.decompress(data, zero, scale, axis))


def test_one_scale_for_all() -> None:
    got = computed(
        "constexpr_affine_dequantize", quantized_data=torch.tensor([[1, -128]], dtype=torch.int8), axis=0,
        scale=torch.tensor(0.5), zero_point=torch.tensor(-1, dtype=torch.int8),
    )  # fmt: skip
    assert got.tolist() == [[1.0, -63.5]]


@pytest.mark.parametrize("bits", [1, 2, 4, 6, 8])
@pytest.mark.parametrize("shape", [(5,), (3, 7, 2), (4, 4)])
def test_a_palette_for_a_tensor(definitions: Any, bits: int, shape: tuple[int, ...]) -> None:
    lut = RANDOM.random(1 << bits, np.float32)
    packed = RANDOM.integers(0, 256, -(-int(np.prod(shape)) * bits // 8)).astype(np.uint8)
    got = computed(
        "constexpr_lut_to_dense", indices=torch.from_numpy(packed), lut=torch.from_numpy(lut), shape=list(shape)
    )
    same(got, definitions[0].constexpr_lut_to_dense.decompress(lut, packed, np.array(shape)))


@pytest.mark.parametrize("groups", [(1, 1), (2, 1), (3, 2), (6, 4)])
def test_a_palette_for_each_block(definitions: Any, groups: tuple[int, int]) -> None:
    indices = RANDOM.integers(0, 16, (6, 4)).astype(np.uint8)
    lut = RANDOM.random((*groups, 16, 1), np.float32)
    got = computed("constexpr_lut_to_dense", indices=torch.from_numpy(indices), lut=torch.from_numpy(lut))
    same(got, definitions[1].constexpr_lut_to_dense.decompress(indices, lut, None))


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_palette_of_vectors(definitions: Any, axis: int) -> None:
    indices = RANDOM.integers(0, 4, (2, 3, 4)).astype(np.uint8)
    lut = RANDOM.random((1, 3, 1, 4, 5), np.float32)
    got = computed(
        "constexpr_lut_to_dense", indices=torch.from_numpy(indices), lut=torch.from_numpy(lut), vector_axis=axis
    )
    same(got, definitions[1].constexpr_lut_to_dense.decompress(indices, lut, axis))


@pytest.mark.parametrize("blocks", [(1, 1), (6, 1), (2, 4), (3, 2)])
@pytest.mark.parametrize("offset", [False, True])
def test_blocks_with_scales(definitions: Any, blocks: tuple[int, int], offset: bool) -> None:
    data = RANDOM.integers(-8, 8, (6, 4)).astype(np.int8)
    scale = RANDOM.random(blocks, np.float32)
    zero = RANDOM.integers(-8, 8, blocks).astype(np.int8) if offset else None
    given = {} if zero is None else {"offset": torch.from_numpy(zero)}
    got = computed(
        "constexpr_blockwise_shift_scale", data=torch.from_numpy(data), scale=torch.from_numpy(scale), **given
    )
    same(got, definitions[1].constexpr_blockwise_shift_scale.decompress(data, scale, zero))


def test_sparse(definitions: Any) -> None:
    mask = RANDOM.integers(0, 2, (3, 7)).astype(np.uint8)
    values = RANDOM.random(int(mask.sum()), np.float32)
    expected = np.zeros(mask.shape, np.float32)
    expected[mask != 0] = values
    packed = np.packbits(mask.reshape(-1), bitorder="little")
    old = computed(
        "constexpr_sparse_to_dense", nonzero_data=torch.from_numpy(values), mask=torch.from_numpy(packed), shape=[3, 7]
    )
    same(old, expected)
    new = computed("constexpr_sparse_to_dense", nonzero_data=torch.from_numpy(values), mask=torch.from_numpy(mask))
    same(new, definitions[1].constexpr_sparse_to_dense.decompress(values, mask))


def test_sparse_and_compressed(definitions: Any) -> None:
    mask = RANDOM.integers(0, 2, (4, 6)).astype(np.uint8)
    count = int(mask.sum())
    indices, lut = RANDOM.integers(0, 4, count).astype(np.uint8), RANDOM.random((2, 1, 4, 1), np.float32)
    got_mask, got = computed(
        "constexpr_lut_to_sparse", indices_mask=torch.from_numpy(mask), lut=torch.from_numpy(lut),
        indices_nonzero_data=torch.from_numpy(indices),
    )  # fmt: skip
    expected_mask, expected = definitions[1].constexpr_lut_to_sparse.decompress(mask, indices, lut, None)
    same(got_mask, expected_mask)
    same(got, expected)
    data, scale = RANDOM.integers(-8, 8, count).astype(np.int8), RANDOM.random((1, 6), np.float32)
    got_mask, got = computed(
        "constexpr_sparse_blockwise_shift_scale", data_mask=torch.from_numpy(mask), scale=torch.from_numpy(scale),
        nonzero_data=torch.from_numpy(data),
    )  # fmt: skip
    expected_mask, expected = definitions[1].constexpr_sparse_blockwise_shift_scale.decompress(mask, data, scale, None)
    same(got, expected)


def test_parts_that_do_not_fit_are_named() -> None:
    with pytest.raises(OperandError, match="no power of two"):
        computed("constexpr_lut_to_dense", indices=torch.zeros(1), lut=torch.zeros(3), shape=[2])
    with pytest.raises(OperandError, match="2 values for 1 places"):
        computed("constexpr_sparse_to_dense", nonzero_data=torch.zeros(2), mask=torch.tensor([1, 0]))
    with pytest.raises(OperandError, match="4 elements into 3 blocks"):
        computed("constexpr_blockwise_shift_scale", data=torch.zeros(4), scale=torch.zeros(3))
