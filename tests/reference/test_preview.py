"""The strip shows every stage, and in the last picture what a wrong spec does to the photo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from edgegen.errors import ProjectError, UsageError
from edgegen.reference.decode import PictureError, decode
from edgegen.reference.photos import DEMO_PHOTO, bundled_photos
from edgegen.reference.pipeline import run_stages
from edgegen.reference.preview import PANEL, caption, shown_tensor, write_strip
from edgegen.spec.model_spec import TensorInput
from edgegen.spec.parse import parse_spec
from edgegen.spec.plan import Gray, PixelOp, lower
from edgegen.spec.steps import CenterCrop, Color, Filter, Letterbox, Pad, Resize
from tests.spec.specs import PLAIN, plain_input

SPEC = parse_spec(PLAIN)


def test_a_strip_for_every_bundled_photo(tmp_path: Path) -> None:
    for photo in bundled_photos():
        write_strip(SPEC, photo, tmp_path / "strip.png")
        with Image.open(tmp_path / "strip.png") as strip:
            assert strip.format == "PNG"
            assert strip.width > 3 * 224


def test_two_picture_inputs_are_two_rows(tmp_path: Path) -> None:
    write_strip(SPEC, DEMO_PHOTO, tmp_path / "one.png")
    write_strip(
        replace(SPEC, inputs=(*SPEC.inputs, replace(plain_input(), name="b"))), DEMO_PHOTO, tmp_path / "two.png"
    )
    assert Image.open(tmp_path / "two.png").height == 2 * Image.open(tmp_path / "one.png").height


def test_the_tensor_is_shown_with_its_own_numbers() -> None:
    """A monotone arithmetic is undone exactly: the shown tensor is the cropped picture, level by level."""
    plan = lower(plain_input())
    stages = run_stages(plan, decode(DEMO_PHOTO))
    np.testing.assert_array_equal(shown_tensor(plan, stages[-1].array), stages[-2].array)


def test_a_bgr_tensor_shows_swapped_colours() -> None:
    plan = lower(replace(plain_input(), steps=(Color("BGR"), *plain_input().steps)))
    stages = run_stages(plan, decode(DEMO_PHOTO))
    np.testing.assert_array_equal(shown_tensor(plan, stages[-1].array), stages[-2].array[:, :, ::-1])


def test_a_tiny_input_is_drawn_large_enough_to_count_its_pixels(tmp_path: Path) -> None:
    image = replace(plain_input(), shape=(1, 3, 8, 8), steps=(Resize((8, 8), Filter.BOX), *plain_input().steps[2:]))
    write_strip(replace(SPEC, inputs=(image,)), DEMO_PHOTO, tmp_path / "strip.png")
    assert Image.open(tmp_path / "strip.png").height > PANEL


@pytest.mark.parametrize(
    ("op", "text"),
    [
        (Gray(1), "gray"),
        (Gray(3), "gray, three times"),
        (Resize(256, Filter.BICUBIC), "resize short side 256 bicubic"),
        (Resize(256, Filter.BICUBIC, 300), "resize short side 256 bicubic, at most 300"),
        (Resize((2, 3), Filter.BOX), "resize 3 x 2 box"),
        (Letterbox((2, 3), Filter.BOX), "letterbox 3 x 2 box"),
        (CenterCrop((2, 3)), "center crop 3 x 2"),
        (Pad(1, 2, 3, 4), "pad 1, 2, 3, 4"),
    ],
)
def test_captions(op: PixelOp, text: str) -> None:
    assert caption(op) == text


def test_what_cannot_be_drawn(tmp_path: Path) -> None:
    out = tmp_path / "strip.png"
    with pytest.raises(UsageError, match="no picture input"):
        write_strip(replace(SPEC, inputs=(TensorInput("x", (1,)),)), DEMO_PHOTO, out)
    with pytest.raises(PictureError, match="no such file"):
        write_strip(SPEC, tmp_path / "none.jpg", out)
    with pytest.raises(ProjectError):
        write_strip(SPEC, DEMO_PHOTO, tmp_path / "no folder" / "strip.png")
    assert not out.exists()
