"""A plan as Swift that reads like the transform: every step, every dtype."""

from __future__ import annotations

import re
import struct
import zlib

import pytest

from edgegen.platforms.swift import LINE
from edgegen.platforms.swift_pipeline import SwiftPipeline, stored_pixels
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.plan import lower
from edgegen.spec.steps import CenterCrop, Color, Filter, Letterbox, Normalize, Pad, Quantize, Resize, Step, ToFloat


def image(*steps: Step, **changes: object) -> ImageInput:
    settings: dict[str, object] = {"name": "image", "shape": (1, 3, 8, 8), "dtype": "uint8"} | changes
    return ImageInput(steps=steps, **settings)  # type: ignore[arg-type]


def printed(*inputs: ImageInput) -> dict[str, str]:
    plans = {item.name: lower(item) for item in inputs}
    return {key: str(value) for key, value in SwiftPipeline(inputs, plans, as_pictures=False).context().items()}


def printed_as_pictures(item: ImageInput) -> dict[str, str]:
    plans = {item.name: stored_pixels(lower(item), item)}
    return {key: str(value) for key, value in SwiftPipeline((item,), plans, as_pictures=True).context().items()}


def bits(table: str) -> list[int]:
    return [int(digits.replace("_", ""), 16) for digits in re.findall(r"0x([0-9a-f_]+),", table)]


@pytest.mark.parametrize(
    ("step", "call"),
    [
        (Resize(8, Filter.BICUBIC), '.resizeShortSide(8, .bicubic).stage("1_resize", observer)'),
        (Resize(8, Filter.BOX, 20), '.resizeShortSide(8, .box, maxSize: 20).stage("1_resize", observer)'),
        (Resize((8, 9), Filter.NEAREST), '.resize(height: 8, width: 9, .nearest).stage("1_resize", observer)'),
        (CenterCrop((7, 8)), '.centerCrop(height: 7, width: 8).stage("1_center_crop", observer)'),
        (
            Pad(1, 2, 3, 4, (5, 6, 7)),
            '.pad(left: 1, top: 2, right: 3, bottom: 4, red: 5, green: 6, blue: 7).stage("1_pad", observer)',
        ),
        (
            Letterbox((8, 9), Filter.BOX, (1, 2, 3)),
            '.letterbox(height: 8, width: 9, .box, red: 1, green: 2, blue: 3).stage("1_letterbox", observer)',
        ),
        (Color("gray", 3), '.gray(channels: 3).stage("1_gray", observer)'),
    ],
)
def test_each_step_is_one_call_named_as_its_golden(step: Step, call: str) -> None:
    assert f"\n            {call}\n" in printed(image(step))["pipeline_functions"]


def test_a_step_that_is_too_long_for_a_line_takes_two() -> None:
    step = Pad(1000, 2000, 3000, 4000, (255, 255, 255))
    text = printed(image(step))["pipeline_functions"]
    assert max(map(len, text.splitlines())) <= LINE
    assert '\n            .stage("1_pad", observer)\n' in text


def test_the_size_is_checked_before_the_tensor_is_written() -> None:
    text = printed(image(Resize(8, Filter.BOX), shape=(1, 3, 5, 8)))["pipeline_functions"]
    lines = text.splitlines()
    (check,) = [index for index, line in enumerate(lines) if "requireSize(height: 5, width: 8)" in line]
    assert "ToTensor.toChw" in lines[check + 1]


def test_layout_order_and_pillow_choose_the_words() -> None:
    text = printed(image(Color("BGR"), layout="NHWC", shape=(1, 8, 8, 3), pillow=12))["pipeline_functions"]
    assert "try ToTensor.toHwc(seen, levels: ModelSpec.imageLevels, order: .bgr, into: tensor)" in text
    assert "let seen = try workspace.picture(photo, .horizontalFirst)" in text


@pytest.mark.parametrize(
    ("dtype", "steps", "element", "last"),
    [
        ("float32", (ToFloat(), Normalize((0.5,) * 3, (0.25,) * 3)), "UInt32", struct.pack("<f", 2.0)),
        ("float16", (ToFloat(255.0, "float16"),), "UInt16", struct.pack("<e", 1.0)),
        ("uint8", (), "UInt8", b"\xff"),
        ("int8", (ToFloat(1), Quantize(1.0, -128)), "UInt8", b"\x7f"),
    ],
)
def test_every_dtype_has_its_table_of_bits(dtype: str, steps: tuple[Step, ...], element: str, last: bytes) -> None:
    context = printed(image(*steps, dtype=dtype))
    assert f"    static let imageLevels: [{element}] = [\n" in context["levels"]
    table = bits(context["levels"])
    assert len(table) == 3 * 256
    assert table[255] == int.from_bytes(last, "little")
    (checksum,) = re.findall(r"\$0\) \}, 0x([0-9a-f_]+)\)", context["golden_levels"])
    assert int(checksum.replace("_", ""), 16) == zlib.crc32(struct.pack(f"<{len(table)}I", *table))


def test_each_channel_says_what_it_is() -> None:
    text = printed(image(Color("BGR"), ToFloat(), Normalize((0.1, 0.2, 0.3), (1, 1, 1)), dtype="float32"))["levels"]
    said = re.findall(r"// (\w+): (.*?); 0 becomes (\S+), 255 (\S+)\.\n", text)
    assert [(name, formula) for name, formula, _, _ in said] == [
        ("blue", "(x / 255 - 0.1) / 1"),
        ("green", "(x / 255 - 0.2) / 1"),
        ("red", "(x / 255 - 0.3) / 1"),
    ]


def test_names_of_inputs_become_functions_of_their_own() -> None:
    context = printed(image(name="left.eye"), image(name="left_eye"), image(name="class"), image(name='"\\(x)'))
    assert re.findall(r"private static func (\w+)\(", context["pipeline_functions"]) == [
        "fillLeftEye",
        "fillLeftEye2",
        "fillClass",
        "fillX",
    ]
    assert context["pipeline_inputs"] == '"left.eye", "left_eye", "class", "\\"\\\\(x)"'
    assert 'case "\\"\\\\(x)":\n            try fillX(' in context["pipeline_cases"]


@pytest.mark.parametrize(("order", "channels"), [("RGB", 3), ("BGR", 3), ("gray", 1)])
def test_a_model_that_takes_pictures_is_given_pixels_as_they_are(order: str, channels: int) -> None:
    color = Color(order, channels)  # type: ignore[arg-type]
    mean, std = (0.5,) * channels, (0.5,) * channels
    context = printed_as_pictures(
        image(color, Resize((8, 8), Filter.BOX), ToFloat(), Normalize(mean, std), shape=(1, channels, 8, 8))
    )
    assert "order: .rgb, into: tensor" in context["pipeline_functions"]
    assert "ToTensor.toHwc(" in context["pipeline_functions"]
    assert "0.5" not in context["pipeline_functions"] + context["levels"]
    assert bits(context["levels"]) == [*range(256)] * channels
