"""The two reference pages and the program say the same: every key, default, step, number and example."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from edgegen.errors import SpecError
from edgegen.spec import schema
from edgegen.spec.check import STEP_NAMES
from edgegen.spec.model_spec import VERIFY_DEFAULTS, VERIFY_FLOAT16
from edgegen.spec.parse import parse_spec
from edgegen.spec.parse_steps import parse_steps
from edgegen.spec.reader import Node
from edgegen.spec.steps import Color, Filter, Letterbox, Pad, Rescale, Resize, ToFloat
from tests.reference import definition
from tests.spec.specs import PLAIN, changed

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = (DOCS / "edgegen-toml.md").read_text(encoding="utf-8")
PREPROCESSING = (DOCS / "preprocessing.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| `(?P<key>[^`]+)` \| [^|]+ \| (?P<default>[^|]+) \| (?P<meaning>[^|]+) \|$", re.MULTILINE)
ROWS = {match["key"]: (match["default"].strip(), match["meaning"]) for match in _ROW.finditer(REFERENCE)}


def test_every_key_is_documented_and_every_documented_key_exists() -> None:
    assert set(ROWS) == schema.all_keys()


def test_the_keys_of_the_table_are_the_keys_of_the_parser() -> None:
    """`schema` is what the parser knows: an unknown key beside each table's own is refused, a known one is not."""
    text = PLAIN + "[export]\n[verify]\n[budget]\n"
    for table in ("model", "inputs.image", "outputs.logits", "export", "app", "verify", "budget"):
        with pytest.raises(SpecError, match="unknown key"):
            parse_spec(text.replace(f"[{table}]\n", f"[{table}]\nunheard_of = 1\n"))


def default_of(key: str) -> Any:
    """The value that holds where the key is not written, from the program."""
    steps: dict[str, Any] = {
        "steps[].color": Color("RGB").order,
        "steps[].color: channels": 1,
        "steps[].letterbox: fill": list(Letterbox((1, 1), Filter.BOX).fill),
        "steps[].pad: fill": list(Pad(0, 0, 0, 0).fill),
        "steps[].resize: max_size": Resize(1, Filter.BOX).max_size,
        "steps[].to_float: dtype": ToFloat().dtype,
        "steps[].rescale.offset": Rescale(1.0).offset,
    }
    if key in steps:
        return steps[key]
    spec: Any = parse_spec(changed('dtype = "float32"\n', ""))
    tensors = parse_spec(changed('kind = "classification"\nlabels = "labels.txt"', 'kind = "tensor"\nshape = [1]'))
    head, _, rest = key.partition(".")
    if head == "inputs":
        return getattr(spec.inputs[0], rest.removeprefix("NAME."))
    if head == "outputs":
        return getattr((tensors if rest == "NAME.dtype" else spec).outputs[0], rest.removeprefix("NAME."))
    for part in key.split("."):
        spec = getattr(spec, part)
    return spec


@pytest.mark.parametrize("key", [key for key, (default, _) in ROWS.items() if default.startswith("`")])
def test_a_documented_default_is_the_programs(key: str) -> None:
    assert tomllib.loads(f"x = {ROWS[key][0].strip('`')}")["x"] == default_of(key)


@pytest.mark.parametrize("key", [key for key, (default, _) in ROWS.items() if default in ("none", "by mode")])
def test_a_key_without_default_is_none(key: str) -> None:
    if key != "outputs.NAME.labels":
        assert default_of(key) is None
    else:
        assert parse_spec(changed('labels = "labels.txt"\n', "")).outputs[0].labels is None  # type: ignore[union-attr]


@pytest.mark.parametrize("key", ["schema", "model", "inputs", "outputs", "app"])
def test_a_required_table_is_missed(key: str) -> None:
    document = re.sub(rf"(?ms)^{key} = 1\n|^\[{key}[.\]].*?(?=^\[|\Z)", "", PLAIN)
    assert document != PLAIN
    with pytest.raises(SpecError, match="missing") as failure:
        parse_spec(document)
    assert str(failure.value.where).endswith(f": {key}")
    assert ROWS[key][0] == "**required**"


def test_the_example_file_is_valid_and_its_error_is_what_is_printed() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", REFERENCE, re.DOTALL)
    spec = parse_spec(example)
    assert spec.budget.model_mb == 12
    with pytest.raises(SpecError) as failure:
        parse_spec(example.replace('"bilinear"', '"bilinar"'))
    assert f"error: {failure.value.message()}" in REFERENCE


def test_every_step_shown_in_the_reference_is_a_step() -> None:
    shown = re.findall(r"`(\{ \w+ = [^`]*\})`", REFERENCE)
    assert len(shown) >= len(schema.STEP_OPTIONS)
    steps = [tomllib.loads(f"x = {text}")["x"] for text in shown]
    assert {type(step) for step in parse_steps(Node(steps, "docs", "steps"))} == set(STEP_NAMES)


def test_the_thresholds_named_are_the_programs() -> None:
    none, int8, dynamic = (VERIFY_DEFAULTS[mode] for mode in ("none", "int8", "dynamic"))
    assert (none.max_rel_error, none.min_sqnr_db, none.min_top1) == (0.0001, 60, 1)
    assert (int8.min_sqnr_db, int8.min_top1) == (12, 0.6)
    assert (dynamic.min_sqnr_db, dynamic.min_top1) == (25, 0.9)
    coreml = (VERIFY_DEFAULTS[mode] for mode in ("int8-weights", "palette6", "palette4"))
    assert [(item.min_sqnr_db, item.min_top1) for item in coreml] == [(18, 0.7), (8, 0.5), (5, 0.3)]
    halved = VERIFY_FLOAT16
    assert (halved.max_rel_error, halved.min_sqnr_db, halved.min_top1) == (0.03, 35, 0.9)
    plain = ("relative error of 0.0001", "60 dB", "12 dB and 60 %", "25 dB and 90 %")
    for text in (
        *plain,
        "18 dB and 70 %",
        "8 dB and 50 %",
        "5 dB and 30 %",
        "relative error of 0.03",
        "35 dB and 90 %",
    ):
        assert text in REFERENCE.replace("\n", " ")


def test_every_step_and_filter_has_its_definition() -> None:
    headings = set(re.findall(r"^## (\w+)$", PREPROCESSING, re.MULTILINE))
    assert set(schema.STEP_OPTIONS) <= headings
    for filter_, (_, reach) in definition.FILTERS.items():
        assert f"| `{filter_}` | {reach:g} |" in PREPROCESSING
    assert "### nearest" in PREPROCESSING
    assert "L = (19595 · R + 38470 · G + 7471 · B + 32768) >> 16" in PREPROCESSING
