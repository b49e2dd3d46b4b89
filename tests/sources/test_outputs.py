"""Outputs are recognised by running the model: scores where labels fit, tensors otherwise, all in order by name."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from edgegen.errors import SourceError
from edgegen.sources.outputs import recognise
from edgegen.spec.model_spec import ClassificationOutput, Output, TensorOutput
from tests.exporters import nets

VECTOR = (torch.linspace(-1, 1, 8)[None],)
LABELS = ("a", "b", "c", "d")


def outputs(make: type[nn.Module], labels: tuple[str, ...] | None = None, *more: torch.Tensor) -> tuple[Output, ...]:
    torch.manual_seed(0)
    return recognise(make().eval(), (*VECTOR, *more), labels)


@pytest.mark.parametrize(
    ("make", "name", "activation"),
    [
        (nets.Linear, "logits", "softmax"),
        (nets.Probabilities, "probabilities", "none"),
        (nets.Sigmoids, "probabilities", "none"),
    ],
)
def test_scores_and_whether_they_are_probabilities(make: type[nn.Module], name: str, activation: str) -> None:
    assert outputs(make, LABELS) == (ClassificationOutput(name, None, activation),)  # type: ignore[arg-type]


@pytest.mark.parametrize("labels", [None, ("a", "b"), ("a", "b", "c", "d", "e")])
def test_without_fitting_labels_it_is_a_tensor(labels: tuple[str, ...] | None) -> None:
    assert outputs(nets.Linear, labels) == (TensorOutput("output", (1, 4), "float32"),)


def test_several_outputs_keep_order_and_names() -> None:
    names = [(item.name, getattr(item, "shape", None)) for item in outputs(nets.ManyOutputs)]
    assert names == [("output_0", (1, 4)), ("output_1_twice", (1, 8)), ("output_1_parts_0", (1, 8))]
    assert [item.name for item in outputs(nets.DictOutputs)] == ["scores", "mask"]
    assert [item.name for item in outputs(nets.NamedOutputs)] == ["boxes", "scores"]
    assert [item.name for item in outputs(nets.DataclassOutputs)] == ["logits"]


def test_two_outputs_that_would_have_the_same_name_are_both_kept() -> None:
    class Same(nn.Module):
        def forward(self, x: torch.Tensor) -> dict[str, object]:
            return {"a": {"b": x}, "a_b": x[:, :2]}

    found = recognise(Same(), VECTOR, None)
    assert [(item.name, getattr(item, "shape", None)) for item in found] == [("a_b", (1, 8)), ("a_b_1", (1, 2))]


def test_of_several_outputs_the_fitting_one_is_the_scores() -> None:
    found = outputs(nets.DictOutputs, LABELS)
    assert found == (ClassificationOutput("scores", None, "softmax"), TensorOutput("mask", (1, 8), "float32"))


def test_names_that_no_language_allows_become_ones_that_all_do() -> None:
    class Odd(nn.Module):
        def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
            return {"a b": x, "a_b": x, "größe": x, "1st": x, "_x": x}

    names = [item.name for item in recognise(Odd(), VECTOR, None)]
    assert len(set(names)) == 5
    assert all(name.isascii() and name.isidentifier() and not name.startswith("_") for name in names)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (nets.TextOutput, "output 1 is a str"),
        (nets.NoOutput, "returns no tensor"),
        (nets.ChangingShape, "depends on the input's values"),
        (nets.Fails, "nets.py:"),
        (nets.WantsPicture, "running the model on 1x8 float32"),
        (nets.TwoInputs, "missing 1 required positional argument: 'scale'"),
    ],
)
def test_what_cannot_be_used_is_told(make: type[nn.Module], problem: str) -> None:
    with pytest.raises(SourceError) as caught:
        outputs(make)
    assert problem in caught.value.message()


def test_an_output_of_complex_numbers_is_refused() -> None:
    class Spectrum(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.fft.fft(x)

    with pytest.raises(SourceError, match="complex64"):
        recognise(Spectrum(), VECTOR, None)
