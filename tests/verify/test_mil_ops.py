"""What the evaluator does with integers and classes, and with parameters that cannot be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from edgegen.verify.mil.registry import OPS, OperandError
from tests.verify.mil import X, computed, numbers


class TestQuantization:
    def test_there_and_back(self) -> None:
        x = torch.tensor([-10.0, -0.75, -0.25, 0.25, 0.75, 1.0, 100.0])
        quantized = computed(
            "quantize", input=x, scale=0.5, zero_point=torch.tensor(3, dtype=torch.int8), output_dtype="int8"
        )
        # Halves go to the even number: -1.5 → -2, -0.5 → 0, 0.5 → 0, 1.5 → 2.
        assert quantized.tolist() == [-17, 1, 3, 3, 5, 5, 127]
        back = computed(
            "dequantize", input=quantized.to(torch.int8), scale=0.5, zero_point=torch.tensor(3, dtype=torch.int8)
        )
        assert back.tolist() == [-10.0, -1.0, 0.0, 0.0, 1.0, 1.0, 62.0]

    def test_a_scale_for_each_channel(self) -> None:
        scale, zero = torch.tensor([0.5, 0.1, 1.0, 2.0]), torch.tensor([0, 1, 2, 3], dtype=torch.uint8)
        got = computed("quantize", input=X, scale=scale, zero_point=zero, axis=1, output_dtype="uint8")
        shape = (1, 4, 1, 1)
        expected = np.clip(np.round(X.numpy() / scale.numpy().reshape(shape)) + zero.numpy().reshape(shape), 0, 255)
        assert np.array_equal(got.numpy(), expected)

    def test_other_types_are_refused(self) -> None:
        with pytest.raises(OperandError, match="int4"):
            computed("quantize", input=X, scale=1.0, output_dtype="int4")


class TestClassification:
    def test_the_label_of_the_largest(self) -> None:
        best, table = computed("classify", probabilities=torch.tensor([[0.1, 0.7, 0.2]]), classes=["a", "b", "c"])
        assert best == "b"
        assert list(table) == ["a", "b", "c"]
        assert table["c"] == pytest.approx(0.2)

    def test_labels_that_do_not_fit(self) -> None:
        with pytest.raises(OperandError, match="2 classes for 3"):
            computed("classify", probabilities=torch.zeros(3), classes=["a", "b"])
        with pytest.raises(OperandError, match="twice"):
            computed("classify", probabilities=torch.zeros(3), classes=["a", "b", "a"])


@pytest.mark.parametrize(
    ("kind", "parameters", "problem"),
    [
        ("relu", {}, "no parameter x"),
        ("conv", {"x": X, "weight": numbers(1, 4, 1, 1), "pad_type": "odd"}, "no pad_type 'odd'"),
        ("conv", {"x": X, "weight": numbers(1, 4, 1, 1), "pad_type": "custom", "pad": [1]}, "pads 1 sides of 2"),
        ("max_pool", {"x": X, "kernel_sizes": [2], "pad_type": "valid"}, "a kernel of 1 for 2"),
        ("gelu", {"x": X, "mode": "FAST"}, "no mode 'FAST'"),
        ("scatter", {"data": [1.0], "indices": [0], "updates": [1.0], "mode": "or"}, "no mode 'or'"),
        ("resize_bilinear", {"x": X, "sampling_mode": "NO"}, "no sampling_mode 'NO'"),
        ("softmax", {"x": X, "axis": [1, 2]}, "2 values, expected one"),
    ],
)
def test_parameters_that_cannot_be_are_named(kind: str, parameters: dict[str, Any], problem: str) -> None:
    with pytest.raises(OperandError, match=problem):
        computed(kind, **parameters)


def test_every_operation_says_what_it_does() -> None:
    for kind, item in OPS.items():
        assert item.compute.__doc__, kind
