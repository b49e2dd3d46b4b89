"""A plan as Java that reads like the transform: every step, every dtype."""

from __future__ import annotations

import re
import struct

import pytest

from edgegen.platforms.java import LINE
from edgegen.platforms.java_pipeline import JavaPipeline
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.plan import lower
from edgegen.spec.steps import CenterCrop, Color, Filter, Letterbox, Normalize, Pad, Quantize, Resize, Step, ToFloat


def image(*steps: Step, **changes: object) -> ImageInput:
    settings: dict[str, object] = {"name": "image", "shape": (1, 3, 8, 8), "dtype": "uint8"} | changes
    return ImageInput(steps=steps, **settings)  # type: ignore[arg-type]


def printed(*inputs: ImageInput) -> dict[str, str]:
    return {k: str(v) for k, v in JavaPipeline(inputs, {item.name: lower(item) for item in inputs}).context().items()}


@pytest.mark.parametrize(
    ("step", "call"),
    [
        (Resize(8, Filter.BICUBIC), '"1_resize", picture.resizeShortSide(8, Filter.BICUBIC)'),
        (Resize(8, Filter.BOX, 20), '"1_resize", picture.resizeShortSide(8, Filter.BOX, 20)'),
        (Resize((8, 9), Filter.NEAREST), '"1_resize", picture.resize(8, 9, Filter.NEAREST)'),
        (CenterCrop((7, 8)), '"1_center_crop", picture.centerCrop(7, 8)'),
        (Pad(1, 2, 3, 4, (5, 6, 7)), '"1_pad", picture.pad(1, 2, 3, 4, 5, 6, 7)'),
        (
            Letterbox((8, 9), Filter.HAMMING, (1, 2, 3)),
            '"1_letterbox", picture.letterbox(8, 9, Filter.HAMMING, 1, 2, 3)',
        ),
        (Color("gray", 3), '"1_gray", picture.gray(3)'),
    ],
)
def test_each_step_is_one_call_named_as_its_golden(step: Step, call: str) -> None:
    assert f"        picture = seen(observer, {call});\n" in printed(image(step))["pipeline_methods"]


def test_the_size_is_checked_before_the_tensor_is_written() -> None:
    lines = printed(image(Resize(8, Filter.BOX), shape=(1, 3, 5, 8)))["pipeline_methods"].splitlines()
    (check,) = [index for index, line in enumerate(lines) if "requireSize(picture, 5, 8);" in line]
    assert "ToTensor.toChw" in lines[check + 1]


def test_layout_order_and_pillow_choose_the_words() -> None:
    text = printed(image(Color("BGR"), layout="NHWC", shape=(1, 8, 8, 3), pillow=12))["pipeline_methods"]
    assert "ToTensor.toHwc(picture, ModelSpec.IMAGE_LEVELS, ChannelOrder.BGR, tensor);" in text
    assert "Picture picture = workspace.picture(photo, PassOrder.HORIZONTAL_FIRST);" in text


@pytest.mark.parametrize(
    ("dtype", "steps", "bits", "value"),
    [
        ("float32", (ToFloat(), Normalize((0.5,) * 3, (0.25,) * 3)), "int", ("<I", "<f", -2.0)),
        ("float16", (ToFloat(1, "float16"),), "short", ("<H", "<e", 0.0)),
        ("int8", (ToFloat(1), Quantize(1.0, -128)), "byte", ("<B", "<b", -128)),
    ],
)
def test_the_table_holds_bit_patterns(
    dtype: str, steps: tuple[Step, ...], bits: str, value: tuple[str, str, float]
) -> None:
    text = printed(image(*steps, dtype=dtype))["levels"]
    assert f"static final {bits}[][] IMAGE_LEVELS = imageLevels();" in text
    patterns = re.findall(r"0x([0-9a-f]+)", text)
    assert len(patterns) == 3 * 256
    packed, unpacked, expected = value
    assert struct.unpack(unpacked, struct.pack(packed, int(patterns[0], 16)))[0] == expected


def test_a_pattern_that_its_type_takes_for_negative_is_cast() -> None:
    text = printed(image(dtype="uint8"))["levels"]
    assert "0x7e, 0x7f" in text
    assert "(byte) 0x80, (byte) 0x81" in text


def test_several_inputs_have_a_method_a_table_and_a_case_each() -> None:
    text = printed(image(name="leftEye"), image(name="left_eye"))
    assert text["pipeline_inputs"] == '"leftEye", "left_eye"'
    for name, method, table in (("leftEye", "LeftEye", "LEFT_EYE"), ("left_eye", "LeftEye2", "LEFT_EYE_2")):
        assert (
            f'case "{name}":\n                fill{method}(photo, workspace, tensor, observer);'
            in (text["pipeline_cases"])
        )
        assert f"static void fill{method}(" in text["pipeline_methods"]
        assert f"ModelSpec.{table}_LEVELS" in text["pipeline_methods"]
        assert f"{table}_LEVELS = " in text["levels"]


def test_only_what_is_used_is_imported() -> None:
    assert "Filter" not in printed(image(CenterCrop((8, 8))))["pipeline_imports"]
    assert "import edgegen.kernels.Filter;" in printed(image(Resize(8, Filter.BOX)))["pipeline_imports"]


def test_the_longest_line_is_no_longer_than_java_lines_are() -> None:
    item = image(
        Letterbox((10240, 10240), Filter.BILINEAR, (255, 255, 255)),
        Pad(1000, 1000, 1000, 1000, (255, 255, 255)),
        CenterCrop((8, 8)),
        ToFloat(),
        Normalize((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)),
        dtype="float32",
        name="picture_of_the_left_eye",
    )
    text = printed(item)
    assert max(len(line) for part in text.values() for line in part.splitlines()) <= LINE
    assert "picture = seen(\n                observer, " in text["pipeline_methods"]
