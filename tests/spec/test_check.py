"""The rules between the parts that a parser cannot meet by itself: specs built in Python pass the same gate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgegen.errors import SpecError
from edgegen.spec.check import check_image_input, check_name
from edgegen.spec.model_spec import DynamicAxis, ImageDtype, ImageInput
from edgegen.spec.parse import parse_spec
from edgegen.spec.steps import CenterCrop, Filter, Normalize, Quantize, Rescale, Resize, Step, ToFloat
from tests.spec.specs import PLAIN, plain_input

CROP = CenterCrop((8, 8))
# A short side that `max_size` cuts down to nothing, and a resize that would divide by it.
SLIVER = (Resize((4000, 2), Filter.BOX), Resize(256, Filter.BOX, max_size=300), Resize(8, Filter.BOX))


def small(*values: Step, dtype: ImageDtype = "float32") -> ImageInput:
    return ImageInput("image", (1, 3, 8, 8), dtype, steps=(CROP, *values))


@pytest.mark.parametrize(
    ("image_input", "problem"),
    [
        (small(ToFloat(), Normalize((float("nan"),), (1.0,))), "finite numbers"),
        (small(ToFloat(), Rescale(float("inf"))), "finite numbers"),
        (small(ToFloat(), Quantize(1.0, 0)), "makes integers, but the input's dtype is float32"),
        (small(ToFloat(), Quantize(0.0, 0), dtype="int8"), "expected a number above 0"),
        (small(ToFloat(), Quantize(1.0, 128), dtype="int8"), "expected -128..127 for int8, got 128"),
        (small(ToFloat(), Quantize(1.0, -1), dtype="uint8"), "expected 0..255 for uint8, got -1"),
        (small(ToFloat(), Quantize(1.0, 0), Quantize(1.0, 0), dtype="int8"), "stands twice"),
        (small(Quantize(1.0, 0), dtype="int8"), "needs floating point"),
        (small(), "needs a to_float step"),
        (ImageInput("image", (1, 3, 8, 8), steps=(*SLIVER, CROP, ToFloat())), "leaves a picture of 0 x 300 pixels"),
        (replace(plain_input(), shape=(3, 224, 224)), "expected [1, channels, height, width]"),
        (replace(plain_input(), shape=()), "expected [1, channels, height, width]"),
    ],
)
def test_contradictions(image_input: ImageInput, problem: str) -> None:
    with pytest.raises(SpecError) as failure:
        check_image_input(image_input, "x.toml")
    assert problem in failure.value.problem
    assert str(failure.value.where).startswith("x.toml: inputs.image.")


@pytest.mark.parametrize(
    "image_input",
    [
        plain_input(),
        small(dtype="uint8"),
        small(ToFloat(), Quantize(1.0, 128), dtype="uint8"),
        small(ToFloat(1.0), Normalize((1.0,), (2.0,)), Rescale(0.5), dtype="float16"),
    ],
)
def test_sound_inputs(image_input: ImageInput) -> None:
    check_image_input(image_input, "x.toml")


@pytest.mark.parametrize("name", ["", "1x", "a-b", "a b", "é", "x" * 65, "a\n", "a=b", "../x"])
def test_a_name_that_cannot_be_a_constant_a_file_and_an_option_is_refused(name: str) -> None:
    with pytest.raises(SpecError, match="letters, digits"):
        check_name(name, "x.toml: inputs")


@pytest.mark.parametrize("name", ["x", "_", "Input_0", "x" * 64])
def test_plain_names(name: str) -> None:
    check_name(name, "x.toml: inputs")


@pytest.mark.parametrize(
    ("written", "key", "problem"),
    [
        ('backend = "cpu"', "backend", "executorch has no backend 'cpu' here"),
        ('runtime = "onnx"\nbackend = "xnnpack"', "backend", "onnx has no backend 'xnnpack' here"),
        ("opset = 18", "opset", "is for the runtime onnx, this is executorch"),
        ('runtime = "onnx"\nscript = true', "script", "is for the runtime torchscript, this is onnx"),
        ('runtime = "torchscript"\nopset = 18', "opset", "is for the runtime onnx, this is torchscript"),
        ('dynamic_axes = { image = { 0 = "batch" } }', "dynamic_axes", "is for the runtime onnx"),
        (
            'runtime = "torchscript"\nscript = true\nquantize = { mode = "dynamic" }',
            "script",
            "cannot be quantised (dynamic)",
        ),
        ('runtime = "onnx"\ndynamic_axes = { photo = { 0 = "b" } }', "dynamic_axes.photo", "there is no such input"),
        (
            'runtime = "onnx"\ndynamic_axes = { image = { 4 = "b" } }',
            "dynamic_axes.image",
            "no axis 4, the input's rank",
        ),
        ('runtime = "onnx"\ndynamic_axes = { image = { 0 = "a b" } }', "dynamic_axes.image.0", "expected a name"),
        (
            'runtime = "onnx"\ndynamic_axes = { image = { 0 = "b", 1 = "b" } }',
            "dynamic_axes.image.1",
            "axes of 1 and of 3",
        ),
    ],
)
def test_what_a_runtime_has_no_use_for(written: str, key: str, problem: str) -> None:
    with pytest.raises(SpecError) as failure:
        parse_spec(f"{PLAIN}[export]\n{written}\n", "x.toml")
    assert failure.value.where == f"x.toml: export.{key}"
    assert problem in failure.value.problem


def test_the_keys_of_each_runtime() -> None:
    onnx = parse_spec(
        PLAIN
        + '[export]\nruntime = "onnx"\nopset = 20\ndynamic_axes = { image = { 0 = "batch", 2 = "side", 3 = "side" } }\n'
    ).export
    assert onnx.backend == "cpu"
    assert onnx.dynamic_axes == tuple(
        DynamicAxis("image", axis, name) for axis, name in ((0, "batch"), (2, "side"), (3, "side"))
    )
    assert parse_spec(PLAIN + '[export]\nruntime = "torchscript"\nscript = true\n').export.script


@pytest.mark.parametrize(
    ("written", "key", "problem"),
    [
        ("opset = 17", "opset", "expected an opset in 18..22"),
        ("opset = true", "opset", "expected an opset in 18..22"),
        ("script = 1", "script", "expected true or false"),
        ("dynamic_axes = 3", "dynamic_axes", "a table of named tables"),
        ('dynamic_axes = { image = { first = "b" } }', "dynamic_axes.image.first", "is no axis"),
        ('dynamic_axes = { image = { 01 = "b" } }', "dynamic_axes.image.01", "is no axis"),
        ("dynamic_axes = { image = { 0 = 1 } }", "dynamic_axes.image.0", "a string that is not empty"),
    ],
)
def test_what_cannot_be_read(written: str, key: str, problem: str) -> None:
    with pytest.raises(SpecError) as failure:
        parse_spec(f'{PLAIN}[export]\nruntime = "onnx"\n{written}\n', "x.toml")
    assert failure.value.where == f"x.toml: export.{key}"
    assert problem in failure.value.problem
