"""k-means in one dimension: as good as the best there is, and the same each time."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from edgegen.compress.palette import palette


def error(values: np.ndarray, bits: int) -> float:
    table, indices = palette(values, bits)
    return float(np.square(table[indices].astype(np.float64) - values.ravel().astype(np.float64)).sum())


def best_error(values: np.ndarray, places: int) -> float:
    """The least sum of squares of any cut of the sorted values into `places` runs, by trying each."""
    ordered = np.sort(values.astype(np.float64))
    least = np.inf
    for cuts in itertools.combinations(range(1, len(ordered)), places - 1):
        runs = np.split(ordered, cuts)
        least = min(least, sum(float(np.square(run - run.mean()).sum()) for run in runs))
    return least


@pytest.mark.parametrize("seed", range(12))
def test_it_is_near_the_best_of_all_cuts(seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=24).astype(np.float32)
    assert error(values, 2) <= 1.35 * best_error(values, 4)


@pytest.mark.parametrize("bits", [4, 6])
def test_of_many_values_it_has_the_error_that_theory_gives(bits: int) -> None:
    """Panter and Dite: for a normal distribution the least mean square error is sqrt(3) pi / 2 times 4^-bits."""
    values = np.random.default_rng(1).normal(size=200_000).astype(np.float32)
    expected = 3**0.5 * np.pi / 2 * 4.0**-bits
    assert error(values, bits) / values.size == pytest.approx(expected, rel=0.12)


def test_the_table_is_ascending_of_the_weights_dtype_and_the_indices_are_flat_bytes() -> None:
    values = np.random.default_rng(2).normal(size=(8, 9, 10)).astype(np.float16)
    table, indices = palette(values, 6)
    assert table.dtype == np.float16
    assert table.shape == (64,)
    assert (np.diff(table) >= 0).all()
    assert (indices.dtype, indices.shape) == (np.dtype(np.uint8), (720,))
    assert indices.max() < 64


def test_each_value_has_its_nearest() -> None:
    values = np.random.default_rng(3).normal(size=4000).astype(np.float16)
    table, indices = palette(values, 4)
    distances = np.abs(table.astype(np.float64)[None] - values.astype(np.float64)[:, None])
    np.testing.assert_array_equal(distances[np.arange(values.size), indices], distances.min(axis=1))


@pytest.mark.parametrize("count", [1, 2, 15, 16])
def test_few_values_are_kept_exactly(count: int) -> None:
    values = np.tile(np.linspace(-3, 5, count, dtype=np.float32), 7)
    table, indices = palette(values, 4)
    np.testing.assert_array_equal(table[indices], values)
    assert table.shape == (16,)


def test_one_value_more_than_places() -> None:
    values = np.repeat(np.arange(17, dtype=np.float32), 5)
    assert error(values, 4) <= 5.0  # Two neighbours share a place: 10 values, half a step from it.


def test_a_far_value_does_not_take_the_table() -> None:
    """A table spread evenly from the least to the largest value would leave the others four places."""
    values = np.append(np.random.default_rng(4).normal(size=5000), 1000.0).astype(np.float32)
    table, _ = palette(values, 6)
    assert (np.abs(table) < 10).sum() >= 60


def test_twice_the_same() -> None:
    values = np.random.default_rng(5).normal(size=3000).astype(np.float16)
    (one, first), (other, second) = palette(values, 6), palette(values.copy(), 6)
    assert one.tobytes() == other.tobytes()
    assert first.tobytes() == second.tobytes()
