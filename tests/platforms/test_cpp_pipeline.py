"""A plan as C++ that reads like the transform: every step, every dtype."""

from __future__ import annotations

import re
import struct

import pytest

from edgegen.platforms.cpp_pipeline import CppPipeline
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.plan import lower
from edgegen.spec.steps import (
    CenterCrop,
    Color,
    Filter,
    Letterbox,
    Normalize,
    Pad,
    Quantize,
    Rescale,
    Resize,
    Step,
    ToFloat,
)
from edgegen.spec.words import input_text, value_formula


def image(*steps: Step, **changes: object) -> ImageInput:
    settings: dict[str, object] = {"name": "image", "shape": (1, 3, 8, 8), "dtype": "uint8"} | changes
    return ImageInput(steps=steps, **settings)  # type: ignore[arg-type]


def definition(item: ImageInput) -> str:
    return CppPipeline((item,), {item.name: lower(item)}).definitions()


@pytest.mark.parametrize(
    ("step", "call"),
    [
        (Resize(8, Filter.BICUBIC), '"1_resize", picture.resize_short_side(8, Filter::kBicubic)'),
        (Resize(8, Filter.BOX, 20), '"1_resize", picture.resize_short_side(8, Filter::kBox, 20)'),
        (Resize((8, 9), Filter.NEAREST), '"1_resize", picture.resize(8, 9, Filter::kNearest)'),
        (CenterCrop((7, 8)), '"1_center_crop", picture.center_crop(7, 8)'),
        (Pad(1, 2, 3, 4, (5, 6, 7)), '"1_pad", picture.pad(1, 2, 3, 4, Color{5, 6, 7})'),
        (
            Letterbox((8, 9), Filter.HAMMING, (1, 2, 3)),
            '"1_letterbox", picture.letterbox(8, 9, Filter::kHamming, Color{1, 2, 3})',
        ),
        (Color("gray", 3), '"1_gray", picture.gray(3)'),
    ],
)
def test_each_step_is_one_call_named_as_its_golden(step: Step, call: str) -> None:
    assert f"picture = seen(observe, {call});" in definition(image(step))


def test_the_size_is_checked_before_the_tensor_is_written() -> None:
    lines = definition(image(Resize(8, Filter.BOX), shape=(1, 3, 5, 8))).splitlines()
    (check,) = [index for index, line in enumerate(lines) if "require_size(picture, 5, 8);" in line]
    assert "edgegen::to_chw" in lines[check + 1]


def test_layout_order_and_pillow_choose_the_words() -> None:
    text = definition(image(Color("BGR"), layout="NHWC", shape=(1, 8, 8, 3), pillow=12))
    assert "edgegen::to_hwc(picture, kImageLevels, ChannelOrder::kBgr, tensor.bytes.data());" in text
    assert "Picture picture(photo, PassOrder::kHorizontalFirst);" in text


@pytest.mark.parametrize(
    ("dtype", "steps", "bits", "value"),
    [
        ("float32", (ToFloat(), Normalize((0.5,) * 3, (0.25,) * 3)), "std::uint32_t", ("<I", "<f", -2.0)),
        ("float16", (ToFloat(1, "float16"),), "std::uint16_t", ("<H", "<e", 0.0)),
        ("int8", (ToFloat(1), Quantize(1.0, -128)), "std::uint8_t", ("<B", "<b", -128)),
    ],
)
def test_the_table_holds_bit_patterns(
    dtype: str, steps: tuple[Step, ...], bits: str, value: tuple[str, str, float]
) -> None:
    item = image(*steps, dtype=dtype)
    text = CppPipeline((item,), {"image": lower(item)}).levels_definitions()
    assert f"const {bits} kImageLevels[3][256]" in text
    patterns = re.findall(r"0x([0-9a-f]+)", text)
    assert len(patterns) == 3 * 256
    packed, unpacked, expected = value
    assert struct.unpack(unpacked, struct.pack(packed, int(patterns[0], 16)))[0] == expected


def test_the_formula_is_the_one_that_people_write() -> None:
    imagenet = image(
        Resize(256, Filter.BILINEAR),
        CenterCrop((224, 224)),
        ToFloat(),
        Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
        dtype="float32",
        shape=(1, 3, 224, 224),
    )
    assert value_formula(imagenet, 0) == "(x / 255 - 0.485) / 0.229"
    assert input_text(imagenet) == (
        "resize short side 256 bilinear → crop 224 → (x / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]"
        " → 1x3x224x224 float32 NCHW"
    )
    assert value_formula(image(ToFloat(1), Rescale(0.5, -1.0))) == "x * 0.5 - 1.0"
    assert value_formula(image(ToFloat(), Quantize(0.5, 3))) == "round(x / 255 / 0.5) + 3"
    assert value_formula(image()) == "x"
