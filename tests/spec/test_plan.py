"""A spec lowers to the kernels' calls; colour order and arithmetic become the last call's arguments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from edgegen.errors import SpecError
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.plan import Gray, lower
from edgegen.spec.steps import CenterCrop, Color, Filter, Pad, Rescale, Resize, ToFloat
from tests.spec.specs import plain_input


def test_stages_are_named_by_their_operation() -> None:
    assert lower(plain_input()).stage_names() == ("decoded", "1_resize", "2_center_crop", "tensor")


def test_bgr_is_no_pixel_operation_and_gray_is() -> None:
    steps = (Color("BGR"), Resize((4, 4), Filter.BOX), Pad(0, 0, 1, 1, (1, 2, 3)), ToFloat())
    plan = lower(ImageInput("x", (1, 3, 5, 5), steps=steps))
    assert plan.pixel_ops == (Resize((4, 4), Filter.BOX), Pad(0, 0, 1, 1, (1, 2, 3)))
    assert plan.tensor.reverse_channels
    gray = lower(ImageInput("x", (1, 1, 4, 4), steps=(Color("gray", 1), CenterCrop((4, 4)), ToFloat())))
    assert gray.pixel_ops == (Gray(1), CenterCrop((4, 4)))
    assert not gray.tensor.reverse_channels
    assert gray.stage_names() == ("decoded", "1_gray", "2_center_crop", "tensor")


def test_levels_are_bit_patterns_by_channel_of_the_tensor() -> None:
    plan = lower(plain_input())
    assert len(plan.tensor.levels) == 3
    assert all(len(row) == 256 and all(0 <= level < 2**32 for level in row) for row in plan.tensor.levels)
    lowest = -np.float32(0.485) / np.float32(0.229)
    assert plan.tensor.levels[0][0] == lowest.view(np.uint32)


def test_a_quantized_and_a_half_table() -> None:
    half = lower(replace(plain_input(), dtype="float16"))
    assert all(level < 2**16 for row in half.tensor.levels for level in row)
    plain = lower(ImageInput("x", (1, 3, 4, 4), "uint8", steps=(CenterCrop((4, 4)),)))
    assert plain.tensor.levels == (tuple(range(256)),) * 3


def test_numbers_that_leave_the_dtype_are_refused() -> None:
    steps = (CenterCrop((4, 4)), ToFloat(1.0), Rescale(1e6))
    with pytest.raises(SpecError, match="leave the range of float16"):
        lower(ImageInput("x", (1, 3, 4, 4), "float16", steps=steps))
