"""What is written is read back as the same spec, and a person can read it too."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edgegen.spec.model_spec import AppSection, BudgetSection, ModelSpec
from edgegen.spec.parse import load_spec, parse_spec
from edgegen.spec.steps import Normalize
from edgegen.spec.write import dump_spec
from tests.spec.specs import PLAIN, floats, specs, texts


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(specs())
def test_a_written_spec_is_read_back_equal(spec: ModelSpec) -> None:
    assert parse_spec(dump_spec(spec)) == spec


@settings(deadline=None)
@given(texts)
@pytest.mark.parametrize("key", ["name", "id"])
def test_any_text_survives_in_a_string(key: str, text: str) -> None:
    spec = parse_spec(PLAIN)
    app = AppSection("linux-arm", text) if key == "name" else AppSection("linux-arm", "hello", text)
    assert parse_spec(dump_spec(replace(spec, app=app))).app == app


@settings(deadline=None)
@given(st.lists(floats, min_size=3, max_size=3))
def test_every_float_is_exact_and_minus_zero_keeps_its_sign(numbers: list[float]) -> None:
    spec = parse_spec(PLAIN)
    image = spec.image_inputs[0]
    steps = (*image.steps[:3], Normalize(tuple(numbers), (1.0, 1.0, 1.0)))
    back = parse_spec(dump_spec(replace(spec, inputs=(replace(image, steps=steps),)))).image_inputs[0].steps[3]
    assert isinstance(back, Normalize)
    assert [number.hex() for number in back.mean] == [number.hex() for number in numbers]


def test_inputs_and_outputs_keep_their_order() -> None:
    spec = parse_spec(PLAIN)
    image = spec.image_inputs[0]
    spec = replace(spec, inputs=(replace(image, name="zebra"), replace(image, name="ant")))
    assert [item.name for item in parse_spec(dump_spec(spec)).inputs] == ["zebra", "ant"]


def test_the_text_is_toml_with_comments_and_one_step_a_line() -> None:
    text = dump_spec(parse_spec(PLAIN))
    assert tomllib.loads(text)["inputs"]["image"]["steps"][0] == {"resize": 256, "filter": "bilinear"}
    assert '    { resize = 256, filter = "bilinear" },\n    { center_crop = 224 },\n' in text
    assert "# min_sqnr_db = 60" in text, "a default threshold is shown, so that one knows what to change"
    assert text.endswith("\n")
    assert max(len(line) for line in text.splitlines()) <= 120


def test_a_budget_that_is_set_is_no_comment() -> None:
    text = dump_spec(replace(parse_spec(PLAIN), budget=BudgetSection(model_mb=8)))
    assert "\nmodel_mb = 8\n" in text


def test_a_byte_order_mark_from_a_windows_editor_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "edgegen.toml"
    path.write_bytes(b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode())
    assert load_spec(path) == parse_spec(PLAIN)
