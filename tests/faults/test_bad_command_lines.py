"""Options, names, inputs and settings that are misspelt, missing, or do not fit together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.cases import NEW, SENSOR, SHELF, Case, case, check_refused
from tests.faults.in_process import edgegen

NAMED = ("--platform", "linux-arm", "--model", "shop.net:sensor", "--input", "x=1x16")

OPTIONS = [
    case("unknown command", ("exprot",), 2, "'exprot'", "did you mean 'export'"),
    case("misspelt option", (*NEW, "--modle", "demo"), 2, "--modle", "--model", "edgegen new --help"),
    case("option of another command", ("verify", "--model", "demo"), 2, "--model", "edgegen verify --help"),
    case("option without its value", (*NEW, "--model"), 2, "--model"),
    case("no platform", ("new", "hello", *SENSOR), 2, "--platform", "linux-arm"),
    case("unknown platform", ("new", "hello", "--platform", "linux-amr"), 2, "linux-amr", "linux-arm"),
    case("unknown runtime", (*NEW, "--runtime", "executorhc"), 2, "executorhc", "executorch"),
    case("unknown quantisation", (*NEW, "--quantize", "int4"), 2, "int4", "int8"),
    case("two names", (*NEW, "world"), 2, "world"),
    case("int8 without pictures", (*NEW, *SHELF, "--quantize", "int8"), 2, "--quantize int8", "--calibration"),
    case("pictures without int8", (*NEW, *SHELF, "--calibration", "photos"), 2, "--calibration", "--quantize int8"),
    case("unknown architecture", ("build", "sensor", "--arch", "armv5"), 2, "armv5", "aarch64"),
    case("run without a project", ("run", "photos"), 8, "edgegen.toml", "edgegen new"),
]

NAMES = [
    case("a path up", ("new", "../x", *NAMED), 2, "'../x'", "path", "--output"),
    case("a path down", ("new", "a/b", *NAMED), 2, "'a/b'", "--output"),
    case("a path of Windows", ("new", "..\\x", *NAMED), 2, "--output"),
    case("two dots", ("new", "..", *NAMED), 2, "path"),
    case("an option for a name", ("new", *NAMED, "--", "-rf"), 2, "'-rf'", "dash"),
    case("an unknown short option", ("new", "-rf", *NAMED), 2, "-r", "edgegen new --help"),
    case("300 characters", ("new", "n" * 300, *NAMED), 2, "300 characters", "at most 64"),
    case("an empty name", ("new", "", *NAMED), 2, "empty", "edgegen new hello"),
    case("blanks", ("new", "   ", *NAMED), 2, "empty"),
    case("a line break", ("new", "a\nb", *NAMED), 2, "control characters"),
    case("no Latin letter", ("new", "日本語", *NAMED), 2, "Latin letter"),
    case("only signs", ("new", "!?", *NAMED), 2, "Latin letter"),
]

INPUTS = [
    case("no shape", (*NEW, "--model", "shop.net:sensor", "--input", "x"), 2, "--input x", "x=1x2:float32"),
    case("a shape of words", (*NEW, "--model", "shop.net:sensor", "--input", "x=wide"), 2, "'wide'"),
    case("a dimension of zero", (*NEW, "--model", "shop.net:sensor", "--input", "x=0x16"), 2, "above 0"),
    case("misspelt dtype", (*NEW, "--model", "shop.net:sensor", "--input", "x=1x16:flaot32"), 2, "float32"),
    case("hostile input name", (*NEW, "--model", "shop.net:sensor", "--input", "../x=1x16"), 2, "'../x'"),
    case("wrong shape", (*NEW, "--model", "shop.net:sensor", "--input", "x=1x15"), 4, "1x15", "--input NAME=SHAPE"),
    case("one input of two", (*NEW, "--model", "shop.net:TwoInTwoOut", "--input", "left=1x2"), 4, "right", "--input"),
    case("one input too many", (*NEW, *SENSOR, "--input", "y=1x2"), 4, "--input"),
    case("the same input twice", (*NEW, *SENSOR, "--input", "x=1x16"), 2, "x", "--input"),
    case("no input said", (*NEW, "--model", "shop.net:sensor"), 4, "shop.net:sensor", "--transforms", "--input"),
    case("example without an object", (*NEW, "--model", "shop.net:sensor", "--example", "shop"), 4, "--example shop"),
    case("example that is a number", (*NEW, "--model", "shop.net:sensor", "--example", "shop.net:number"), 4, "int"),
]

SETTINGS = [
    case("no value", (*NEW, *SENSOR, "--set", "budget"), 2, "'budget'", "--set budget.model_mb=8"),
    case("unknown key", (*NEW, *SENSOR, "--set", "budget.model_mib=8"), 3, "budget.model_mib", "model_mb"),
    case("unknown table", (*NEW, *SENSOR, "--set", "bugdet.model_mb=8"), 3, "bugdet", "budget"),
    case("a word for a number", (*NEW, *SENSOR, "--set", "budget.model_mb=small"), 3, "budget.model_mb", "number"),
    case("a table below a value", (*NEW, *SENSOR, "--set", "app.name.short=x"), 2, "app.name", "not a table"),
    case("another source", (*NEW, *SENSOR, "--set", "model.source=demo"), 2, "model.source", "--model"),
    case("another weights file", (*NEW, *SENSOR, "--set", "model.weights=cut.pth"), 2, "model.weights", "--weights"),
    case("another name", (*NEW, *SENSOR, "--set", "app.name=../x"), 2, "app.name", "NAME"),
    case("another platform", (*NEW, *SENSOR, "--set", "app.platform=toaster"), 2, "app.platform", "--platform"),
    case("unknown runtime there", (*NEW, *SENSOR, "--set", "export.runtime=onx"), 3, "export.runtime", "executorch"),
    case("unknown backend there", (*NEW, *SENSOR, "--set", "export.backend=vulkan"), 3, "export.backend", "xnnpack"),
    case("int8 there", (*NEW, *SENSOR, "--set", "export.quantize.mode=int8"), 3, "export.quantize", "calibration"),
    case("no input left", (*NEW, *SENSOR, "--set", "inputs.x.kind=immage"), 3, "inputs.x.kind", "image"),
]


@pytest.mark.parametrize("fault", [*OPTIONS, *NAMES, *INPUTS, *SETTINGS], ids=str)
def test_it_is_refused(fault: Case, folder: Path) -> None:
    check_refused(fault, folder)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ('Tom & Jerry\'s "Ünïcode"', "tom-jerrys-unicode"),
        ("template", "template"),
        ("class", "class"),
        ("$(touch x) `y` %PATH%", "touch-x-y-path"),
        ("{{ cookiecutter.slug }} {% raw %}", "cookiecutter-slug-raw"),
        ("2 fast *? ;", "app-2-fast"),
        ("test", "test-app"),
    ],
)
def test_a_hostile_name_that_is_a_name_works(name: str, slug: str, folder: Path, tmp_path: Path) -> None:
    done = edgegen("new", name, *NAMED, "--output", tmp_path, cwd=folder)
    assert done.code == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [slug]
    check = edgegen("export", "--check", "--project", tmp_path / slug, cwd=folder)
    assert check.code == 0, check.stderr
