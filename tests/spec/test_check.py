"""The rules between the parts that a parser cannot meet by itself: specs built in Python pass the same gate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgegen.errors import SpecError
from edgegen.spec.check import check_image_input, check_name
from edgegen.spec.model_spec import ImageDtype, ImageInput
from edgegen.spec.steps import CenterCrop, Filter, Normalize, Quantize, Rescale, Resize, Step, ToFloat
from tests.spec.specs import plain_input

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
