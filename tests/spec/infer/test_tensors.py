"""Tensor inputs come from an option, an example or a signature, and what cannot be one is said plainly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from edgegen.errors import SourceError, UsageError
from edgegen.sources.loaded import LoadedModel
from edgegen.spec.infer import infer_tensor_inputs, parse_input_option
from edgegen.spec.infer.tensors import inputs_of_program
from edgegen.spec.model_spec import TensorInput


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x=1x2:float32", TensorInput("x", (1, 2))),
        ("x=1x2", TensorInput("x", (1, 2))),
        ("_a1=1,3,224,224:uint8", TensorInput("_a1", (1, 3, 224, 224), "uint8")),
        (" x = 7 : int64 ", TensorInput("x", (7,), "int64")),
        ("x=scalar:bool", TensorInput("x", (), "bool")),
        ("x=2147483647", TensorInput("x", (2147483647,))),
    ],
)
def test_option(text: str, expected: TensorInput) -> None:
    assert parse_input_option(text) == expected


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("", "expected NAME=SHAPE", "--input x=1x2:float32"),
        ("x", "expected NAME=SHAPE", "--input"),
        ("=1x2", "got ''", "--input"),
        ("a-b=1x2", "got 'a-b'", "--input"),
        ("é=1x2", "letters, digits and _", "--input"),
        ("x=", "expected a shape such as 1x2, got ''", "--input"),
        ("x=1x", "got '1x'", "--input"),
        ("x=1xa", "got '1xa'", "--input"),
        ("x=1x-2", "got '1x-2'", "--input"),
        ("x=1x²", "got '1x²'", "--input"),
        ("x=1x0", "dimensions above 0", "--input"),
        ("x=2147483648", "dimensions above 0", "--input"),
        ("x=99999999999999999999", "is no shape of a tensor", "8 dimensions"),
        ("x=1x1x1x1x1x1x1x1x1", "is no shape of a tensor", "8 dimensions"),
        ("x=1x2:", "unknown dtype ''", "float32"),
        ("x=1x2:flaot32", "unknown dtype 'flaot32'", 'Did you mean "float32"?'),
        ("x=1x2:Float32", "unknown dtype 'Float32'", 'Did you mean "float32"?'),
        ("x=1x2:float32:1", "unknown dtype", ""),
        ("x y=1", "letters, digits", "--input"),
    ],
)
def test_wrong_option(text: str, problem: str, hint: str) -> None:
    with pytest.raises(UsageError) as failure:
        parse_input_option(text)
    assert problem in failure.value.problem
    assert hint in failure.value.hint


def loaded(**changes: Any) -> LoadedModel:
    values: dict[str, Any] = {"input_names": ("a", "b"), "weights": None, "licence": None}
    return LoadedModel(name="m", module=nn.Identity(), source="m:build", title="m", **(values | changes))


def test_examples_are_named_by_forwards_parameters_and_numbered_after_them() -> None:
    examples = (torch.zeros(1, 2), torch.zeros(3, dtype=torch.int64), torch.zeros(1))
    assert infer_tensor_inputs(loaded(example_inputs=examples)) == (
        TensorInput("a", (1, 2)),
        TensorInput("b", (3,), "int64"),
        TensorInput("input2", (1,)),
    )


def test_an_example_object_of_the_users(tmp_path: Path) -> None:
    (tmp_path / "spec_examples.py").write_text(
        "import torch\n"
        "one = torch.zeros(1, 2)\n"
        "two = {'left': one, 'right': one.to(torch.int32)}\n"
        "text = 'no'\n"
        "empty = ()\n"
        "odd = torch.zeros(2, dtype=torch.complex64)\n"
        "def make(): return [one, one]\n"
        "def fail(): raise ValueError('not today')\n",
        encoding="utf-8",
    )

    def infer(name: str) -> tuple[TensorInput, ...]:
        return infer_tensor_inputs(loaded(), f"spec_examples:{name}", tmp_path)

    assert infer("one") == (TensorInput("a", (1, 2)),)
    assert infer("two") == (TensorInput("left", (1, 2)), TensorInput("right", (1, 2), "int32"))
    assert infer("make") == (TensorInput("a", (1, 2)), TensorInput("b", (1, 2)))
    for name, problem in (("text", "got str"), ("empty", "got tuple"), ("odd", "complex64"), ("fail", "not today")):
        with pytest.raises(SourceError, match=problem):
            infer(name)
    with pytest.raises(SourceError, match="not of the form"):
        infer_tensor_inputs(loaded(), "spec_examples", tmp_path)


def test_nothing_to_go_by() -> None:
    with pytest.raises(SourceError, match="does not say what its inputs are"):
        infer_tensor_inputs(loaded())


class Two(nn.Module):
    def forward(self, left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
        return left + right.float()


def test_the_exported_signature_gives_names_shapes_and_dtypes() -> None:
    program = torch.export.export(Two(), (torch.zeros(1, 3), torch.zeros(1, 3, dtype=torch.int32)))
    expected = (TensorInput("left", (1, 3)), TensorInput("right", (1, 3), "int32"))
    assert infer_tensor_inputs(loaded(exported=program)) == expected


def test_a_dynamic_dimension_is_refused_with_the_option_that_fixes_it() -> None:
    batch = torch.export.Dim("batch", max=8)
    program = torch.export.export(
        Two(), (torch.zeros(2, 3), torch.zeros(2, 3)), dynamic_shapes={"left": {0: batch}, "right": {0: batch}}
    )
    with pytest.raises(SourceError, match="dynamic shape") as failure:
        inputs_of_program(program)
    assert "--input left=" in failure.value.hint
