"""A wrong edgegen.toml fails with file, key, what was expected, what is there, and the nearest known word."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgegen.errors import SpecError
from edgegen.spec.model_spec import ClassificationOutput, TensorInput
from edgegen.spec.parse import load_spec, parse_spec
from edgegen.spec.steps import CenterCrop, Color, Filter, Letterbox, Pad, Quantize, Rescale, Resize, ToFloat
from tests.spec.specs import PLAIN, changed, plain_input

# (text, key path, in the problem, in the hint)
WRONG: dict[str, tuple[str, str, str, str]] = {
    "no schema": (changed("schema = 1\n", ""), "schema", "missing", "schema = 1"),
    "newer schema": (changed("schema = 1", "schema = 2"), "schema", "is 2, this edgegen reads schema 1", "Update"),
    "schema a string": (changed("schema = 1", 'schema = "1"'), "schema", "got the string '1'", "version number"),
    "misspelt table": (changed("[model]", "[modle]"), "modle", "unknown key", 'Did you mean "model"?'),
    "misspelt key": (changed("source =", "sorce ="), "model.sorce", "unknown key", 'Did you mean "source"?'),
    "hostile key": (changed("source =", '"so\\nurce" ='), "model.'so\\nurce'", "unknown key", "source"),
    "a far-off key": (changed("source =", "zzz = 1\nsource ="), "model.zzz", "unknown key", "Remove it"),
    "no source": (changed('source = "demo"', ""), "model.source", "missing", "Add source ="),
    "source a number": (changed('"demo"', "5"), "model.source", "expected a string that is not empty", "model.source"),
    "source empty": (changed('"demo"', '" "'), "model.source", "not empty, got the string ' '", "string"),
    "model a number": (changed('[model]\nsource = "demo"', "model = 3"), "model", "expected a table, got the", "table"),
    "inputs an array": (
        changed("[inputs.image]", "[[inputs]]"),
        "inputs",
        "expected a table of named tables, got an array of 1",
        "inputs",
    ),
    "no kind": (changed('kind = "image"\n', ""), "inputs.image.kind", "missing", 'kind = "image"'),
    "misspelt kind": (changed('"image"', '"imgae"'), "inputs.image.kind", "one of image, tensor", '"image"?'),
    "a later kind": (changed('"image"', '"audio"'), "inputs.image.kind", "not supported by this edgegen", "image"),
    "a tensor's key": (
        changed('kind = "image"', 'kind = "tensor"'),
        "inputs.image.steps",
        "a tensor input has kind, shape, dtype",
        "",
    ),
    "name with a dash": (changed("[inputs.image]", "[inputs.my-image]"), "inputs.my-image", "letters, digits", "plain"),
    "no shape": (changed("shape = [1, 3, 224, 224]\n", ""), "inputs.image.shape", "missing", "[1, 3, 224, 224]"),
    "a string in the shape": (
        changed("[1, 3, 224, 224]", '[1, 3, "224", 224]'),
        "inputs.image.shape[2]",
        "expected a dimension in 1..2147483647, got the string '224'",
        "",
    ),
    "a dimension of 0": (changed("[1, 3, 224, 224]", "[1, 3, 0, 224]"), "inputs.image.shape[2]", "integer 0", ""),
    "a boolean dimension": (changed("[1, 3, 2", "[true, 3, 2"), "inputs.image.shape[0]", "the boolean true", ""),
    "nine dimensions": (
        changed("[1, 3, 224, 224]", "[1, 1, 1, 1, 1, 1, 1, 1, 1]"),
        "inputs.image.shape",
        "has 9 dimensions",
        "at most 8",
    ),
    "misspelt dtype": (changed('"float32"', '"float23"'), "inputs.image.dtype", "got the string", '"float32"?'),
    "dtype in capitals": (changed('"float32"', '"Float32"'), "inputs.image.dtype", "'Float32'", '"float32"?'),
    "a tensor's dtype": (changed('"float32"', '"bool"'), "inputs.image.dtype", "one of float32, float16", "Choose"),
    "steps a string": (changed("steps = [", 'steps = "none"\nx = ['), "inputs.image.x", "unknown key", ""),
    "a step that is a string": (changed("{ center_crop = 224 }", '"crop"'), "inputs.image.steps[1]", "a step", ""),
    "an empty step": (changed("{ center_crop = 224 }", "{}"), "inputs.image.steps[1]", "is empty", "Write a step"),
    "a misspelt step": (
        changed("center_crop = 224", "centre_crop = 224"),
        "inputs.image.steps[1]",
        "unknown step 'centre_crop'",
        '"center_crop"?',
    ),
    "two steps in one": (
        changed("{ center_crop = 224 },", "{ center_crop = 224, to_float = 255 },"),
        "inputs.image.steps[1]",
        "has center_crop and to_float in one step",
        "{ center_crop = … }, { to_float = … }",
    ),
    "an option of another step": (
        changed("{ center_crop = 224 }", '{ center_crop = 224, filter = "box" }'),
        "inputs.image.steps[1].filter",
        "unknown key; the step center_crop has center_crop",
        "",
    ),
    "no filter": (
        changed(', filter = "bilinear"', ""),
        "inputs.image.steps[0].filter",
        "missing",
        'filter = "bilinear"',
    ),
    "a misspelt filter": (
        changed('"bilinear"', '"bilinar"'),
        "inputs.image.steps[0].filter",
        "expected one of nearest, box, bilinear, hamming, bicubic, lanczos, got the string 'bilinar'",
        'Did you mean "bilinear"?',
    ),
    "a negative size": (changed("resize = 256", "resize = -1"), "inputs.image.steps[0].resize", "1..65535", ""),
    "a fractional size": (changed("resize = 256", "resize = 256.0"), "inputs.image.steps[0].resize", "256.0", ""),
    "three sizes": (changed("= 224 }", "= [1, 2, 3] }"), "inputs.image.steps[1].center_crop", "[height, width]", ""),
    "max_size too small": (
        changed('filter = "bilinear"', 'filter = "bilinear", max_size = 256'),
        "inputs.image.steps[0].resize",
        "max_size 256 is not above the short side 256",
        "larger",
    ),
    "max_size with both sides": (
        changed("resize = 256", "max_size = 300, resize = [256, 256]"),
        "inputs.image.steps[0].resize",
        "max_size needs a short side",
        "Remove",
    ),
    "three pads": (
        changed("{ center_crop = 224 }", "{ pad = [1, 2, 3] }, { center_crop = 224 }"),
        "inputs.image.steps[1].pad",
        "four integers, [left, top, right, bottom], got an array of 3",
        "",
    ),
    "a fill of 256": (
        changed("{ center_crop = 224 }", "{ pad = [1, 2, 3, 4], fill = [0, 0, 256] }, { center_crop = 224 }"),
        "inputs.image.steps[1].fill[2]",
        "a colour value in 0..255, got the integer 256",
        "",
    ),
    "a coloured fill on gray": (
        changed("{ center_crop = 224 }", '{ color = "gray", channels = 3 }, { pad = [0, 0, 0, 0], fill = [1, 2, 3] }'),
        "inputs.image.steps[2].pad",
        "a gray picture is filled with one level",
        "[1, 1, 1]",
    ),
    "a divisor of 0": (changed("to_float = 255", "to_float = 0"), "inputs.image.steps[2].to_float", "divisor", "255"),
    "a divisor that is infinite": (changed("= 255 }", "= inf }"), "inputs.image.steps[2].to_float", "a finite", ""),
    "a number beyond floats": (changed("= 255 }", f"= {10**400} }}"), "inputs.image.steps[2].to_float", "float", ""),
    "two means": (
        changed("[0.485, 0.456, 0.406]", "[0.485, 0.456]"),
        "inputs.image.steps[3].normalize.mean",
        "expected 3 numbers, one for each channel, got 2",
        "3 channels",
    ),
    "a std of 0": (
        changed("[0.229, 0.224, 0.225]", "[0.229, 0, 0.225]"),
        "inputs.image.steps[3].normalize.std",
        "is 0 for channel 1",
        "above 0",
    ),
    "a std that is a string": (
        changed("[0.229, 0.224, 0.225]", '[0.229, "0.224", 0.225]'),
        "inputs.image.steps[3].normalize.std[1]",
        "expected a number, got the string '0.224'",
        "",
    ),
    "no std": (
        changed(", std = [0.229, 0.224, 0.225]", ""),
        "inputs.image.steps[3].normalize.std",
        "missing",
        "std =",
    ),
    "misspelt std": (changed("std =", "sdt ="), "inputs.image.steps[3].normalize.sdt", "mean, std", '"std"?'),
    "pixels after to_float": (
        changed("{ center_crop = 224 },\n    { to_float = 255 },", "{ to_float = 255 }, { center_crop = 224 },"),
        "inputs.image.steps[2].center_crop",
        "works on pixels, after values were converted",
        "before to_float",
    ),
    "no to_float": (
        changed("{ to_float = 255 },", ""),
        "inputs.image.steps[2].normalize",
        "needs floating point",
        "to_float = 1",
    ),
    "to_float twice": (
        changed("{ to_float = 255 },", "{ to_float = 255 }, { to_float = 1 },"),
        "inputs.image.steps[3].to_float",
        "twice",
        "",
    ),
    "floats for uint8": (changed('"float32"', '"uint8"'), "inputs.image.steps", "dtype uint8 ends with floats", ""),
    "int8 without quantize": (changed('"float32"', '"int8"'), "inputs.image.steps", "needs a quantize step", ""),
    "quantize for float32": (
        changed("{ to_float = 255 },", "{ to_float = 255 }, { quantize = { scale = 1, zero_point = 0 } },"),
        "inputs.image.steps[4].normalize",
        "stands after quantize",
        "last",
    ),
    "another final size": (
        changed("center_crop = 224", "center_crop = 200"),
        "inputs.image.shape",
        "expected height and width [200, 200] from the steps, got [224, 224]",
        "[200, 200]",
    ),
    "a size by the photo": (
        changed("    { center_crop = 224 },\n", ""),
        "inputs.image.steps",
        "the size they end with depends on the photo",
        "center_crop = [224, 224]",
    ),
    "channels last in NCHW": (
        changed("[1, 3, 224, 224]", "[1, 224, 224, 3]"),
        "inputs.image.shape",
        "got 224 channels",
        'layout = "NHWC"',
    ),
    "a batch of 8": (changed("[1, 3, 224", "[8, 3, 224"), "inputs.image.shape", "expected [1, channels,", "batch 1"),
    "gray shape, colour steps": (
        changed("[1, 3, 224, 224]", "[1, 1, 224, 224]"),
        "inputs.image.shape",
        "has 1 channel, the steps make 3",
        'color = "gray"',
    ),
    "gray steps, colour shape": (
        changed("{ to_float = 255 }", '{ color = "gray" }, { to_float = 255 }'),
        "inputs.image.shape",
        "has 3 channels, the steps make 1",
        "channels = 3",
    ),
    "BGR with one channel": (
        changed("{ to_float = 255 }", '{ color = "BGR", channels = 1 }, { to_float = 255 }'),
        "inputs.image.steps[2].color",
        "BGR has 3 channels, got 1",
        "",
    ),
    "four channels": (
        changed("{ to_float = 255 }", '{ color = "gray", channels = 4 }, { to_float = 255 }'),
        "inputs.image.steps[2].channels",
        "expected 1 or 3, got the integer 4",
        "",
    ),
    "an unknown colour": (
        changed("{ to_float = 255 }", '{ color = "grey" }, { to_float = 255 }'),
        "inputs.image.steps[2].color",
        "one of RGB, BGR, gray",
        'Did you mean "gray"?',
    ),
    "a Pillow to come": (changed('dtype = "float32"', "pillow = 14"), "inputs.image.pillow", "Pillow in 9..13", ""),
    "misspelt layout": (changed('dtype = "float32"', 'layout = "NCWH"'), "inputs.image.layout", "NCHW, NHWC", "NCHW"),
    "no outputs": (
        changed('[outputs.logits]\nkind = "classification"\nlabels = "labels.txt"\n', ""),
        "outputs",
        "missing",
        "outputs =",
    ),
    "empty outputs": (
        changed('[outputs.logits]\nkind = "classification"\nlabels = "labels.txt"\n', "[outputs]\n"),
        "outputs",
        "is empty",
        "[outputs.logits]",
    ),
    "a later output": (
        changed('"classification"', '"detection"'),
        "outputs.logits.kind",
        "'detection' is not supported by this edgegen",
        "classification, tensor",
    ),
    "an unknown activation": (
        changed('labels = "labels.txt"', 'activation = "softmx"'),
        "outputs.logits.activation",
        "softmax, sigmoid, none",
        '"softmax"?',
    ),
    "no app": (changed('[app]\nplatform = "linux-arm"\nname = "hello"\n', ""), "app", "missing", "app = {"),
    "an unknown quantize mode": (
        PLAIN + '[export]\nquantize = { mode = "int4" }\n',
        "export.quantize.mode",
        "none, int8, dynamic",
        '"int8"?',
    ),
    "quantize a string": (PLAIN + '[export]\nquantize = "int8"\n', "export.quantize", "a table, got the string", ""),
    "a share above 1": (PLAIN + "[verify]\nmin_top1 = 90\n", "verify.min_top1", "a share in 0..1", ""),
    "a negative error": (PLAIN + "[verify]\nmax_abs_error = -1\n", "verify.max_abs_error", "not negative", ""),
    "a budget of 0": (PLAIN + "[budget]\nmodel_mb = 0\n", "budget.model_mb", "above 0", ""),
    "not TOML": (PLAIN + "[budget\n", "", "is not TOML", "Correct that line"),
    "a key twice": (PLAIN + '[app]\nname = "x"\n', "", "is not TOML", "Correct that line"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_spec(case: str) -> None:
    text, key, problem, hint = WRONG[case]
    with pytest.raises(SpecError) as failure:
        parse_spec(text, "here/edgegen.toml")
    error = failure.value
    assert error.where is not None
    assert error.where == (f"here/edgegen.toml: {key}" if key else "here/edgegen.toml")
    assert problem in error.problem, error.problem
    assert hint in error.hint, error.hint
    assert "\n" not in error.message()


def test_the_cases_are_enough_to_be_a_fault_suite() -> None:
    assert len(WRONG) >= 60


def test_a_plain_spec_is_read() -> None:
    spec = parse_spec(PLAIN)
    assert spec.inputs == (plain_input(),)
    assert spec.outputs == (ClassificationOutput("logits", "labels.txt"),)
    assert spec.export.quantize.mode == "none"
    assert spec.verify.for_export(spec.export).min_top1 == 1.0


def test_every_step_is_read() -> None:
    steps = """[
        { color = "gray", channels = 3 },
        { pad = [1, 2, 3, 4], fill = [9, 9, 9] },
        { resize = [64, 32], filter = "lanczos" },
        { resize = 16, max_size = 99, filter = "hamming" },
        { letterbox = [8, 9], filter = "nearest" },
        { center_crop = [5, 6] },
        { to_float = 1, dtype = "float16" },
        { rescale = { scale = 0.5, offset = -1 } },
        { quantize = { scale = 0.25, zero_point = 3 } },
    ]"""
    text = f"""schema = 1
model = {{ source = "demo" }}
app = {{ platform = "linux-arm", name = "x" }}
outputs = {{ y = {{ kind = "tensor", shape = [1, 2], dtype = "int64" }} }}
[inputs.numbers]
kind = "tensor"
shape = []
dtype = "bool"
[inputs.image]
kind = "image"
shape = [1, 5, 6, 3]
dtype = "uint8"
layout = "NHWC"
pillow = 12
steps = {steps}
"""
    spec = parse_spec(text)
    assert spec.inputs[0] == TensorInput("numbers", (), "bool")
    assert spec.image_inputs[0].pillow == 12
    assert spec.image_inputs[0].steps == (
        Color("gray", 3),
        Pad(1, 2, 3, 4, (9, 9, 9)),
        Resize((64, 32), Filter.LANCZOS),
        Resize(16, Filter.HAMMING, 99),
        Letterbox((8, 9), Filter.NEAREST),
        CenterCrop((5, 6)),
        ToFloat(1.0, "float16"),
        Rescale(0.5, -1.0),
        Quantize(0.25, 3),
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "no such file"),
        (b"", "missing"),
        (b"\xff\xfe\x00", "is not UTF-8 text (byte 0)"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "is not TOML"),
        (b"a = " + b"[" * 100_000, "TOML"),
    ],
    ids=["missing", "empty", "UTF-16", "git-lfs pointer", "deeply nested"],
)
def test_a_file_that_is_no_spec(tmp_path: Path, content: bytes | None, problem: str) -> None:
    path = tmp_path / "edgegen.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SpecError) as failure:
        load_spec(path)
    assert problem in failure.value.problem or "nested too deeply" in failure.value.problem
    assert str(path) in str(failure.value.where)


def test_a_folder_is_no_spec(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="cannot be read"):
        load_spec(tmp_path)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_damage_is_a_spec_error_or_a_spec(data: st.DataObject) -> None:
    """Cutting, repeating or replacing any part of the text never ends in another exception."""
    start = data.draw(st.integers(0, len(PLAIN)))
    end = data.draw(st.integers(start, min(len(PLAIN), start + 30)))
    text = PLAIN[:start] + data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=12)) + PLAIN[end:]
    try:
        parse_spec(text)
    except SpecError as error:
        assert error.hint  # noqa: PT017 - only what is raised is looked at; most damage still is a spec


def test_reading_a_spec_imports_no_torch() -> None:
    code = (
        "import sys; from edgegen.spec import parse, write;"
        f"write.dump_spec(parse.parse_spec({PLAIN!r}));"
        "heavy = {'torch', 'numpy', 'PIL', 'torchvision'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2] / "generator")
