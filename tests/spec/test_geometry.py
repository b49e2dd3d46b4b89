"""Sizes and offsets are torchvision's and Pillow's own, for any size; the boundaries are computed by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from torchvision.transforms.functional import _compute_resized_output_size

from edgegen.spec.geometry import contained_size, crop_offset, letterbox_offset, output_size, short_side_size
from edgegen.spec.steps import CenterCrop, Filter, Letterbox, Pad, Resize, Size, Step, ToFloat

sides = st.integers(1, 5000)
sizes = st.tuples(sides, sides)


@settings(max_examples=500, deadline=None)
@given(sizes, sides, st.none() | st.integers(1, 500))
def test_short_side_is_torchvisions(source: Size, short: int, above: int | None) -> None:
    max_size = None if above is None else short + above
    assert short_side_size(source, short, max_size) == tuple(_compute_resized_output_size(source, [short], max_size))


@settings(max_examples=300, deadline=None)
@given(st.tuples(st.integers(1, 300), st.integers(1, 300)), st.tuples(st.integers(1, 99), st.integers(1, 99)))
def test_letterbox_is_pillows_pad(source: Size, box: Size) -> None:
    inner = contained_size(source, box)
    if min(inner) < 1:
        return  # Nothing of the picture is left; tests/reference/test_pipeline.py has that case.
    white = Image.new("L", (source[1], source[0]), 255)
    padded = ImageOps.pad(white, (box[1], box[0]), Image.Resampling.NEAREST, color=0)
    left, top, right, bottom = padded.getbbox() or (0, 0, 0, 0)
    assert (bottom - top, right - left) == inner
    assert (top, left) == letterbox_offset(inner, box)


def test_the_long_side_is_cut_off_not_rounded() -> None:
    assert short_side_size((400, 600), 256, None) == (256, 384)
    assert short_side_size((3, 5), 4, None) == (4, 6), "4 * 5 / 3 = 6.67"
    assert short_side_size((5, 3), 4, None) == (6, 4)
    assert short_side_size((100, 1000), 50, 400) == (40, 400)
    assert short_side_size((1, 1000), 2, 3) == (0, 3), "an empty picture, which the pipeline refuses"


@pytest.mark.parametrize(
    ("source", "crop", "offset"),
    [
        (225, 224, 0),  # 0.5 to the even 0, not up to 1
        (227, 224, 2),  # 1.5 to the even 2
        (229, 224, 2),  # 2.5 to the even 2, not up to 3
        (224, 224, 0),
        (223, 224, 0),  # one zero after it, none before
        (221, 224, -1),
        (1, 4, -1),
    ],
)
def test_crop_offsets_are_half_to_even_and_padding_is_short_in_front(source: int, crop: int, offset: int) -> None:
    assert crop_offset((source, 300), (crop, 300)) == (offset, 0)
    assert crop_offset((300, source), (300, crop)) == (0, offset)


@pytest.mark.parametrize(
    ("step", "size", "after"),
    [
        (Resize(8, Filter.BOX), None, None),
        (Resize(8, Filter.BOX), (4, 5), (8, 10)),
        (Resize((8, 9), Filter.BOX), None, (8, 9)),
        (Letterbox((8, 9), Filter.BOX), None, (8, 9)),
        (CenterCrop((8, 9)), (1, 1), (8, 9)),
        (Pad(1, 2, 3, 4), (10, 20), (16, 24)),
        (Pad(1, 2, 3, 4), None, None),
        (ToFloat(), (3, 4), (3, 4)),
    ],
)
def test_output_size(step: Step, size: Size | None, after: Size | None) -> None:
    assert output_size(step, size) == after
