"""The plan, run by Pillow, is Pillow's and torchvision's own operations; every stage has its name, shape and dtype."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from torchvision.transforms import functional as F

from edgegen.reference.decode import PictureError
from edgegen.reference.pipeline import apply, run_stages, tensor_for, to_tensor
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.plan import Gray, lower
from edgegen.spec.steps import CenterCrop, Color, Filter, Letterbox, Pad, Resize, ToFloat
from tests.reference import definition
from tests.reference.test_resize import noise, picture, pixels_of
from tests.spec.specs import image_inputs, plain_input

sides = st.integers(1, 40)
pictures = st.builds(lambda h, w, seed: picture(noise((h, w), seed=seed)), sides, sides, st.integers(0, 999))
levels = st.integers(0, 255)


@settings(max_examples=150, deadline=None)
@given(pictures, sides, sides)
def test_center_crop_is_torchvisions_padding_included(image: Image.Image, height: int, width: int) -> None:
    mine = apply(CenterCrop((height, width)), image, 13)
    assert mine.tobytes() == F.center_crop(image, [height, width]).tobytes()


@settings(max_examples=100, deadline=None)
@given(pictures, st.tuples(*[st.integers(0, 9)] * 4), st.tuples(levels, levels, levels))
def test_pad_is_torchvisions(image: Image.Image, pads: tuple[int, ...], fill: tuple[int, int, int]) -> None:
    mine = apply(Pad(*pads, fill), image, 13)  # type: ignore[misc]
    assert mine.tobytes() == F.pad(image, list(pads), fill=fill).tobytes()
    gray = image.convert("L")
    assert apply(Pad(*pads, (fill[0],) * 3), gray, 13).tobytes() == F.pad(gray, list(pads), fill=fill[0]).tobytes()  # type: ignore[misc]


@settings(max_examples=100, deadline=None)
@given(pictures, st.tuples(sides, sides), st.sampled_from(list(Filter)), st.tuples(levels, levels, levels))
def test_letterbox_is_pillows_pad(
    image: Image.Image, size: tuple[int, int], filter_: Filter, fill: tuple[int, int, int]
) -> None:
    mine = apply(Letterbox(size, filter_, fill), image, 13)
    method = Image.Resampling[filter_.name]
    assert mine.tobytes() == ImageOps.pad(image, (size[1], size[0]), method, color=fill).tobytes()


@settings(max_examples=60, deadline=None)
@given(pictures)
def test_gray_is_pillows_luma_and_the_definitions(image: Image.Image) -> None:
    mine = pixels_of(apply(Gray(1), image, 13))
    np.testing.assert_array_equal(mine, definition.luma(pixels_of(image)))
    assert apply(Gray(1), image, 13).tobytes() == F.to_grayscale(image, 1).tobytes()
    assert apply(Gray(3), image, 13).tobytes() == F.to_grayscale(image, 3).tobytes()


def test_luma_of_every_primary_level() -> None:
    ramp = np.arange(256, dtype=np.uint8)
    zero = np.zeros_like(ramp)
    rows = [np.stack(order, axis=-1) for order in ((ramp, zero, zero), (zero, ramp, zero), (zero, zero, ramp))]
    pixels = np.stack([*rows, np.stack([ramp] * 3, axis=-1)])
    np.testing.assert_array_equal(pixels_of(apply(Gray(1), picture(pixels), 13)), definition.luma(pixels))


def test_stages_have_names_shapes_and_dtypes() -> None:
    image = picture(noise((300, 400)))
    stages = run_stages(plain_input(), image)
    assert [(stage.name, stage.array.shape, stage.array.dtype.name) for stage in stages] == [
        ("decoded", (300, 400, 3), "uint8"),
        ("1_resize", (256, 341, 3), "uint8"),
        ("2_center_crop", (224, 224, 3), "uint8"),
        ("tensor", (1, 3, 224, 224), "float32"),
    ]
    assert all(stage.array.flags.c_contiguous for stage in stages)


def test_gray_stages_keep_their_one_channel() -> None:
    steps = (Color("gray", 1), Resize((6, 7), Filter.BOX), ToFloat())
    stages = run_stages(ImageInput("x", (1, 6, 7, 1), layout="NHWC", steps=steps), picture(noise((9, 9))))
    assert [stage.array.shape for stage in stages] == [(9, 9, 3), (9, 9, 1), (6, 7, 1), (1, 6, 7, 1)]


def test_layouts_and_channel_orders_permute_the_same_numbers() -> None:
    image = picture(noise((300, 260)))
    nchw = tensor_for(plain_input(), image)
    nhwc = tensor_for(replace(plain_input(), shape=(1, 224, 224, 3), layout="NHWC"), image)
    assert nchw.is_contiguous()
    assert nhwc.is_contiguous()
    assert torch.equal(nchw, nhwc.permute(0, 3, 1, 2))
    # The table goes with the tensor's channel: a BGR tensor's first channel is blue, and has the first mean.
    plan = lower(replace(plain_input(), steps=(Color("BGR"), *plain_input().steps)))
    pixels = run_stages(plan, image)[-2].array
    swapped = to_tensor(plan.tensor, pixels)
    straight = to_tensor(replace(plan.tensor, reverse_channels=False), np.ascontiguousarray(pixels[:, :, ::-1]))
    np.testing.assert_array_equal(swapped, straight)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(image_inputs(), pictures)
def test_any_valid_input_gives_a_tensor_of_its_shape_and_dtype(image_input: ImageInput, image: Image.Image) -> None:
    try:
        tensor = tensor_for(image_input, image)
    except PictureError as error:
        assert "would be resized to" in error.problem  # noqa: PT017 - the other outcome is checked below
        return
    assert tuple(tensor.shape) == image_input.shape
    assert tensor.dtype == getattr(torch, image_input.dtype)


@pytest.mark.parametrize(("op", "pillow"), [(Resize(2, Filter.BOX, 3), 13), (Letterbox((9, 9), Filter.BOX), 12)])
def test_a_picture_too_thin_for_the_step_is_refused_not_emptied(op: Resize | Letterbox, pillow: int) -> None:
    with pytest.raises(PictureError, match="a picture of 1000 x 1 pixels would be resized to"):
        apply(op, picture(noise((1, 1000))), pillow)


def test_pillow_13_letterboxes_a_picture_too_thin_into_the_fill_alone() -> None:
    thin = picture(noise((1, 1000)))
    mine = apply(Letterbox((9, 9), Filter.BOX, (1, 2, 3)), thin, 13)
    assert mine.tobytes() == ImageOps.pad(thin, (9, 9), Image.Resampling.BOX, color=(1, 2, 3)).tobytes()
    assert mine.tobytes() == bytes((1, 2, 3)) * 81
