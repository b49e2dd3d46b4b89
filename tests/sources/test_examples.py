"""Example inputs: the model's own where they fit the spec, seeded numbers otherwise."""

from __future__ import annotations

import dataclasses

import torch

from edgegen.sources.examples import describe_inputs, example_inputs
from edgegen.spec.model_spec import TensorInput
from tests.exporters.jobs import VECTOR, make_spec, net


def test_made_up_inputs_are_the_same_each_time_and_differ_by_seed() -> None:
    spec = make_spec(VECTOR, TensorInput("ids", (3,), "int64"))
    first, again, other = example_inputs(spec), example_inputs(spec), example_inputs(spec, seed=1)
    assert torch.equal(first[0], again[0])
    assert not torch.equal(first[0], other[0])
    assert torch.equal(first[1], torch.zeros(3, dtype=torch.int64))


def test_the_models_own_example_is_used_where_it_fits() -> None:
    own = (torch.full((1, 8), 7.0),)
    loaded = dataclasses.replace(net("Linear"), example_inputs=own)
    assert example_inputs(make_spec(VECTOR), loaded) is own
    assert example_inputs(make_spec(TensorInput("x", (2, 8))), loaded)[0].shape == (2, 8)
    assert example_inputs(make_spec(TensorInput("x", (1, 8), "float16")), loaded)[0].dtype == torch.float16


def test_inputs_in_words() -> None:
    spec = make_spec(VECTOR, TensorInput("scale", (), "float16"))
    assert describe_inputs(spec) == "x 1x8 float32, scale scalar float16"
