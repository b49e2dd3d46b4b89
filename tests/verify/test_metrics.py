"""Errors between tensors, against values worked out by hand."""

from __future__ import annotations

import math

import pytest
import torch
from torch import tensor

from edgegen.verify.metrics import max_abs_error, max_rel_error, same_top1, sqnr_db, top_k_overlap

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("reference", "actual", "error"),
    [
        ([1.0, -2.0], [1.0, -2.5], 0.5),
        ([1.0], [1.0], 0.0),
        ([INF, NAN], [INF, NAN], 0.0),
        ([INF], [-INF], INF),
        ([1.0], [NAN], INF),
        ([NAN], [1.0], INF),
        ([], [], 0.0),
        ([3, 5], [3, 9], 4.0),
    ],
)
def test_the_largest_difference(reference: list[float], actual: list[float], error: float) -> None:
    assert max_abs_error(tensor(reference), tensor(actual)) == error


@pytest.mark.parametrize(
    ("reference", "actual", "error"),
    [([4.0, -8.0], [5.0, -8.0], 0.125), ([0.0], [0.0], 0.0), ([0.0], [1.0], INF), ([], [], 0.0)],
)
def test_relative_to_the_largest_magnitude(reference: list[float], actual: list[float], error: float) -> None:
    assert max_rel_error(tensor(reference), tensor(actual)) == error


@pytest.mark.parametrize(
    ("reference", "actual", "decibels"),
    [
        ([10.0, 0.0], [9.0, 0.0], 20.0),
        ([1.0, 1.0], [0.0, 1.0], 10 * math.log10(2)),
        ([1.0], [1.0], INF),
        ([0.0], [1.0], -INF),
        ([1.0], [NAN], -INF),
    ],
)
def test_signal_to_noise(reference: list[float], actual: list[float], decibels: float) -> None:
    assert sqnr_db(tensor(reference), tensor(actual)) == pytest.approx(decibels)


def test_small_numbers_are_summed_in_double() -> None:
    signal = torch.full((10,), 1e-25)
    assert sqnr_db(signal, signal * 0.9) == pytest.approx(20.0, abs=1e-3)


def test_the_best_classes() -> None:
    reference, actual = tensor([[0.1, 0.9, 0.5, 0.4]]), tensor([[0.1, 0.6, 0.7, 0.4]])
    assert not same_top1(reference, actual)
    assert same_top1(reference, reference)
    assert top_k_overlap(reference, tensor([[0.9, 0.8, 0.1, 0.0]]), k=2) == 0.5
    assert top_k_overlap(reference, actual, k=50) == 1.0
    assert top_k_overlap(tensor([]), tensor([])) == 1.0
