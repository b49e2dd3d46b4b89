"""Shapes, slices, indices and order of the evaluator, against torch, NumPy and Python."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from edgegen.verify.mil.registry import OperandError
from tests.verify.mil import X, close, computed, numbers


class TestShapes:
    @pytest.mark.parametrize(
        ("shape", "expected"),
        [([8, 30], (8, 30)), ([2, -1], (2, 120)), ([0, 4, -1, 0], (2, 4, 6, 5)), ([1, 0, -1, 0, 0], (1, 2, 4, 6, 5))],
    )
    def test_reshape(self, shape: list[int], expected: tuple[int, ...]) -> None:
        """A 0 is counted from the last axis: the second of five is the first of four."""
        got = computed("reshape", x=X, shape=shape)
        assert got.shape == expected
        assert torch.equal(got.flatten(), X.flatten())

    def test_a_zero_beyond_the_axes_of_x_is_one(self) -> None:
        assert computed("reshape", x=torch.zeros(2, 50), shape=[1, 0, -1, 0]).shape == (1, 1, 2, 50)

    def test_reshape_like(self) -> None:
        got = computed(
            "reshape_like", x=torch.arange(6), ref_tensors=(torch.zeros(9, 2), torch.zeros(3, 7)),
            begins=(torch.tensor(1), torch.tensor(0)), ends=(torch.tensor(0), torch.tensor(1)),
            end_masks=(torch.tensor(True), torch.tensor(False)),
        )  # fmt: skip
        assert got.shape == (2, 3)

    def test_axes_come_and_go(self) -> None:
        assert computed("expand_dims", x=torch.zeros(2, 3), axes=[0, -1]).shape == (1, 2, 3, 1)
        assert computed("expand_dims", x=torch.zeros(2, 3), axes=[1, 2]).shape == (2, 1, 1, 3)
        assert computed("squeeze", x=torch.zeros(1, 2, 1, 3)).shape == (2, 3)
        assert computed("squeeze", x=torch.zeros(1, 2, 1, 3), axes=[0, 1, -2]).shape == (2, 3)
        assert computed("transpose", x=X, perm=[0, -2, 3, 1]).shape == (2, 6, 5, 4)
        assert computed("flatten2d", x=X, axis=2).shape == (8, 30)
        assert computed("shape", x=X).tolist() == [2, 4, 6, 5]

    def test_concat_in_turns(self) -> None:
        a, b = torch.tensor([[1, 2], [3, 4], [5, 6]]), torch.tensor([[7, 8], [9, 10], [11, 12]])
        assert computed("concat", values=(a, b), axis=0).tolist() == [*a.tolist(), *b.tolist()]
        turns = computed("concat", values=(a, b), axis=0, interleave=True)
        assert turns.tolist() == [[1, 2], [7, 8], [3, 4], [9, 10], [5, 6], [11, 12]]
        assert computed("stack", values=(a, b), axis=-1).shape == (3, 2, 2)

    def test_split(self) -> None:
        assert [part.shape[1] for part in computed("split", x=X, axis=1, num_splits=2)] == [2, 2]
        assert [part.shape[1] for part in computed("split", x=X, axis=1, num_splits=2, split_sizes=[1, 3])] == [1, 3]
        with pytest.raises(OperandError, match="not equal"):
            computed("split", x=X, axis=1, num_splits=3)

    def test_tile_and_reverse(self) -> None:
        close(computed("tile", x=X[0, 0], reps=[2, 3]), torch.from_numpy(np.tile(X[0, 0].numpy(), (2, 3))))
        close(computed("reverse", x=X, axes=[1, -1]), X.flip([1, 3]))
        close(computed("reverse", x=X), X.flip([0, 1, 2, 3]))

    @pytest.mark.parametrize(
        ("mode", "numpy_mode"), [("constant", "constant"), ("reflect", "reflect"), ("replicate", "edge")]
    )
    def test_pad(self, mode: str, numpy_mode: Any) -> None:
        """`pad` speaks of the last axes, in their order."""
        got = computed("pad", x=X, pad=[1, 0, 2, 3, 0, 4], mode=mode)
        widths = [(0, 0), (1, 0), (2, 3), (0, 4)]
        close(got, torch.from_numpy(np.pad(X.numpy(), widths, mode=numpy_mode)))

    def test_pad_with_a_number(self) -> None:
        assert computed("pad", x=torch.ones(1), pad=[1, 0], constant_val=-2.5).tolist() == [-2.5, 1.0]
        assert computed("pad", x=torch.ones(1, dtype=torch.int32), pad=[1, 0], constant_val=3).tolist() == [3, 1]

    def test_space_and_depth(self) -> None:
        x = torch.arange(2 * 8 * 2 * 3.0).reshape(2, 8, 2, 3)
        close(computed("pixel_shuffle", x=x, upscale_factor=2), functional.pixel_shuffle(x, 2))
        shuffled = functional.pixel_shuffle(x, 2)
        close(computed("pixel_unshuffle", x=shuffled, downscale_factor=2), x)
        deep = computed("depth_to_space", x=x, block_size=2)
        assert deep[0, 0, :2, :2].tolist() == [[x[0, 0, 0, 0], x[0, 2, 0, 0]], [x[0, 4, 0, 0], x[0, 6, 0, 0]]]
        close(computed("space_to_depth", x=deep, block_size=2), x)

    def test_windows(self) -> None:
        got = computed("sliding_windows", x=torch.arange(7), axis=0, size=3, stride=2)
        assert got.tolist() == [[0, 1, 2], [2, 3, 4], [4, 5, 6]]


class TestSlices:
    @pytest.mark.parametrize("begin", [None, 0, 2, -3])
    @pytest.mark.parametrize("end", [None, 5, -1])
    @pytest.mark.parametrize("stride", [1, 2, -1, -2])
    def test_as_python(self, begin: int | None, end: int | None, stride: int) -> None:
        x = torch.arange(14).reshape(2, 7)
        got = computed(
            "slice_by_index", x=x, begin=[0, begin or 0], end=[2, end or 0], stride=[1, stride],
            begin_mask=[False, begin is None], end_mask=[False, end is None],
        )  # fmt: skip
        assert got.tolist() == x.numpy()[:, slice(begin, end, stride)].tolist()

    def test_squeeze(self) -> None:
        got = computed(
            "slice_by_index", x=X, begin=[0, -1, 1, 0], end=[0, 0, 3, 5], squeeze_mask=[True, True, False, False]
        )
        close(got, X[0, -1, 1:3])

    def test_update(self) -> None:
        got = computed(
            "slice_update", x=X, update=torch.ones(2, 2, 5), begin=[0, 1, 0, 0], end=[2, 0, 4, 5], stride=[1, 1, 2, 1],
            squeeze_mask=[False, True, False, False],
        )  # fmt: skip
        expected = X.clone()
        expected[:, 1, 0:4:2] = 1.0
        close(got, expected)

    def test_by_size(self) -> None:
        close(computed("slice_by_size", x=X, begin=[0, 1, -2, 0], size=[2, 2, 1, -1]), X[:, 1:3, 4:5])
        close(computed("crop", x=X, crop_height=[1, 2], crop_width=[0, 3]), X[..., 1:4, :2])


class TestIndices:
    def test_gather(self) -> None:
        indices = torch.tensor([[0, 2], [1, 1]], dtype=torch.int32)
        close(computed("gather", x=X, indices=indices, axis=1), X[:, indices.long()])
        close(computed("gather", x=X, indices=torch.tensor(1)), X[1])
        assert computed("gather", x=X, indices=torch.tensor(1), axis=-1).shape == (2, 4, 6)

    def test_gather_by_batches(self) -> None:
        x, indices = numbers(2, 3, 4), torch.tensor([[0, 2], [1, 1]])
        got = computed("gather", x=x, indices=indices, axis=1, batch_dims=1)
        close(got, torch.stack([x[batch][indices[batch]] for batch in range(2)]))

    def test_a_negative_index_counts_from_the_end_until_ios_16_and_is_outside_later(self) -> None:
        close(computed("gather", specification=7, x=X, indices=[-1], axis=1), X[:, -1:])
        with pytest.raises(OperandError, match="outside"):
            computed("gather", specification=8, x=X, indices=[-1], axis=1)
        for specification in (7, 8):
            with pytest.raises(OperandError, match="outside"):
                computed("gather", specification=specification, x=X, indices=[4], axis=1)

    def test_gather_along_axis_and_nd(self) -> None:
        indices = torch.tensor([[0, 1, 0], [1, 1, 1]])
        x = numbers(2, 3)
        close(computed("gather_along_axis", x=x, indices=indices), torch.gather(x, 0, indices))
        places = torch.tensor([[0, 3], [1, 0]])
        close(computed("gather_nd", x=X, indices=places), X[[0, 1], [3, 0]])
        rows = torch.tensor([[[2]], [[0]]])
        close(computed("gather_nd", x=X, indices=rows, batch_dims=1), torch.stack([X[0, 2:3], X[1, 0:1]]))

    @pytest.mark.parametrize("mode", ["update", "add", "sub", "mul", "div", "max", "min"])
    def test_scatter_one_after_the_other(self, mode: str) -> None:
        data, updates = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), torch.tensor([[5.0, 6.0], [8.0, 9.0]])
        combine = {
            "update": lambda _, b: b, "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide,
            "max": np.maximum, "min": np.minimum,
        }[mode]  # fmt: skip
        expected = data.numpy().copy()
        for column, index in enumerate([2, 2]):  # The same place twice.
            expected[:, index] = combine(expected[:, index], updates.numpy()[:, column])
        got = computed("scatter", data=data, indices=[2, 2], updates=updates, axis=1, mode=mode)
        close(got, torch.from_numpy(expected))
        along = computed(
            "scatter_along_axis", data=data, indices=torch.tensor([[2, 2], [2, 2]]), updates=updates, axis=1, mode=mode
        )
        close(along, torch.from_numpy(expected))
        places = torch.tensor([[[0, 2], [0, 2]], [[1, 2], [1, 2]]])
        close(computed("scatter_nd", data=data, indices=places, updates=updates, mode=mode), torch.from_numpy(expected))

    def test_scatter_adds_where_nothing_is_said(self) -> None:
        assert computed("scatter", data=[1.0, 2.0], indices=[1], updates=[5.0]).tolist() == [1.0, 7.0]


class TestOrder:
    def test_topk(self) -> None:
        x = torch.tensor([[3.0, 1.0, 3.0, 2.0]])
        values, places = computed("topk", x=x, k=2)
        assert (values.tolist(), places.tolist()) == ([[3.0, 3.0]], [[0, 2]])
        values, places = computed("topk", x=x, k=2, ascending=True)
        assert (values.tolist(), places.tolist()) == ([[1.0, 2.0]], [[1, 3]])
        (values,) = computed("topk", x=x, k=-1, return_indices=False)
        assert values.tolist() == [[3.0, 3.0, 2.0, 1.0]]

    def test_argsort_and_running_sums(self) -> None:
        x = torch.tensor([2.0, 3.0, 1.0])
        assert computed("argsort", x=x).tolist() == [1, 0, 2]
        assert computed("argsort", x=x, ascending=True).tolist() == [2, 0, 1]
        assert computed("cumsum", x=x).tolist() == [2.0, 5.0, 6.0]
        assert computed("cumsum", x=x, exclusive=True).tolist() == [0.0, 2.0, 5.0]
        assert computed("cumsum", x=x, reverse=True).tolist() == [6.0, 4.0, 1.0]
        assert computed("cumsum", x=x, reverse=True, exclusive=True).tolist() == [4.0, 1.0, 0.0]


class TestMaking:
    def test_by_sizes(self) -> None:
        assert computed("fill", shape=[2, 1], value=0.5).tolist() == [[0.5], [0.5]]
        assert computed("fill_like", ref_tensor=torch.zeros(3)).tolist() == [0.0] * 3
        assert computed("range_1d", start=1, end=8, step=3).tolist() == [1, 4, 7]
        assert computed("non_zero", x=torch.tensor([[0.0, 2.0], [3.0, 0.0]])).tolist() == [[0, 1], [1, 0]]

    def test_one_hot(self) -> None:
        indices = torch.tensor([[0, 2], [1, 1]])
        got = computed("one_hot", indices=indices, one_hot_vector_size=3)
        assert got.tolist() == functional.one_hot(indices, 3).tolist()
        front = computed("one_hot", indices=indices, one_hot_vector_size=3, axis=0, on_value=5.0, off_value=-1.0)
        assert front.tolist() == (functional.one_hot(indices, 3).movedim(-1, 0) * 6 - 1).tolist()

    @pytest.mark.parametrize(("lower", "upper"), [(-1, 0), (0, -1), (1, 2), (-1, -1), (0, 0)])
    def test_band_part(self, lower: int, upper: int) -> None:
        rows, columns = np.indices((6, 5))
        band = ((lower < 0) | (rows - columns <= lower)) & ((upper < 0) | (columns - rows <= upper))
        close(computed("band_part", x=X, lower=lower, upper=upper), X * torch.from_numpy(band))
