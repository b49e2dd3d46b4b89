"""What can be wrong with an iOS app: its id, team, system, name, runtime, and what its model is made of."""

from __future__ import annotations

import importlib.util
import re
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from tests.faults.cases import SENSOR, SHELF, Case, case, check_refused
from tests.faults.in_process import edgegen
from tests.ios.check.project_graph import Project, problems

NEW = ("new", "hello", "--platform", "ios")
WEIGHTED = (*SENSOR, "--weights", "sensor.pth")


def bad(option: str, value: str, code: int, *said: str, more: tuple[str, ...] = ()) -> Case:
    """`new` with one option that cannot be, refused before the model is loaded."""
    return case(f"{option} {value[:30]!r}", (*NEW, *WEIGHTED, *more, option, value), code, option, *said)


IDS = [
    bad("--id", "hello", 2, "'hello' has no dot"),
    bad("--id", "", 2, "no dot"),
    bad("--id", "com.", 2, "''"),
    bad("--id", "com..shop", 2, "''"),
    bad("--id", "com.exämple.shop", 2, "'exämple'"),
    bad("--id", "com.example.🍞", 2, "'🍞'"),
    bad("--id", "com.example.hello_world", 2, "'hello_world'"),
    bad("--id", "com.example.hello world", 2, "'hello world'"),
    bad("--id", 'com.example."quoted"', 2, "no part of a bundle id"),
    bad("--id", "com.example.hello\n", 2, "no part of a bundle id"),
    bad("--id", "../../etc.passwd", 2, "''"),
    bad("--id", "com.example.$(PRODUCT_NAME)", 2, "'$(PRODUCT_NAME)'"),
    bad("--id", f"com.example.{'a' * 300}", 2, "312 characters", "at most 155"),
]
TEAMS = [
    bad("--team", team, 2, "no team id", "ten capital letters and digits")
    for team in ("", "ABC", "abcde12345", "ABCDE123456", "ABCDE 1234", "ABCDE1234🍞", "ABCDE1234\n", '"ABCDE1234"')
]
SYSTEMS = [
    bad("--deployment-target", "15.0", 3, "too old", "16.0"),
    bad("--deployment-target", "16.0", 3, "executorch needs iOS 17.0", more=("--runtime", "executorch")),
    bad("--deployment-target", "16.4", 3, "int8 activations", "17.0",
        more=("--quantize", "int8", "--calibration", "photos")),
    *(bad("--deployment-target", text, 3, "no version of iOS")
      for text in ("", "16", "sixteen", "16.0.0", "-1.0", "99.0", "16.0; x", "16.0\n", "²6.0")),
]  # fmt: skip


def runtime(name: str, what: str, options: tuple[str, ...], code: int, *said: str) -> Case:
    """`new` with a runtime and options that do not go together."""
    return case(f"{what} with {name}", (*NEW, *WEIGHTED, "--runtime", name, *options), code, *said)


TOGETHER = [
    runtime("executorch", "pods", ("--dependencies", "cocoapods"), 3, "--dependencies", "executorch has no pod",
            "swiftpm"),
    runtime("torchscript", "SwiftPM", ("--dependencies", "swiftpm"), 3, "--dependencies", "no Swift package",
            "cocoapods"),
    runtime("coreml", "another source", ("--dependencies", "carthage"), 2, "carthage", "swiftpm"),
    runtime("tflite", "nothing", (), 2, "tflite", "coreml"),
    runtime("coreml", "ExecuTorch's backend", ("--backend", "xnnpack"), 3, "export.backend", "mlprogram"),
    runtime("onnx", "Core ML's backend", ("--backend", "coreml"), 3, "export.backend", "cpu"),
    runtime("onnx", "a precision", ("--precision", "float32"), 3, "export.precision", "Core ML"),
    runtime("torchscript", "compute units", ("--compute-units", "cpu-only"), 3, "export.compute_units", "Core ML"),
    runtime("executorch", "pictures", ("--image-input",), 3, "export.image_input", "coreml"),
    runtime("coreml", "pictures of a model without any,", ("--image-input",), 3, "export.image_input", "picture"),
    runtime("coreml", "an opset", ("--opset", "18"), 3, "export.opset", "onnx"),
    runtime("coreml", "an axis", ("--dynamic-axis", "x:0=batch"), 3, "export.dynamic_axes", "onnx"),
    runtime("coreml", "a script", ("--script",), 3, "export.script", "torchscript"),
    runtime("coreml", "dynamic", ("--quantize", "dynamic"), 3, "export.quantize.mode", "coreml", "dynamic"),
    runtime("coreml", "int8 without pictures", ("--quantize", "int8"), 2, "--quantize int8", "--calibration"),
    runtime("coreml", "int8 in float32", ("--quantize", "int8", "--calibration", "photos", "--precision", "float32"),
            3, "export.precision", "int8-weights"),
    runtime("executorch", "a palette", ("--quantize", "palette4"), 3, "export.quantize.mode", "palette4"),
    runtime("executorch", "a palette for its Core ML", ("--backend", "coreml", "--quantize", "palette6"), 3,
            "export.quantize.mode"),
]  # fmt: skip


def elsewhere(platform: str, *options: str) -> Case:
    """An option of iOS's for another platform."""
    arguments = ("new", "hello", "--platform", platform, *WEIGHTED, *options)
    return case(f"{options[0]} on {platform}", arguments, 2, options[0], platform)


ELSEWHERE = [
    elsewhere(platform, *options)
    for platform in ("linux-arm", "android")
    for options in (
        ("--team", "ABCDE12345"),
        ("--dependencies", "cocoapods"),
        ("--deployment-target", "16.0"),
        ("--backend", "coreml"),
    )
]
SETTINGS = [
    case("a team in another platform's file", ("new", "hello", "--platform", "android", *WEIGHTED, "--set",
         "app.team=ABCDE12345"), 3, "app.team", "android"),
    case("a team that is none", (*NEW, *WEIGHTED, "--set", "app.team=me"), 3, "app.team", "ten capital letters"),
    case("a source that is none", (*NEW, *WEIGHTED, "--set", "app.dependencies=carthage"), 3, "app.dependencies"),
    case("units that are none", (*NEW, *WEIGHTED, "--set", "export.compute_units=gpu"), 3, "export.compute_units"),
]  # fmt: skip


def named(name: str, *said: str) -> Case:
    """`new NAME`."""
    return case(f"name {name[:20]!r}", ("new", name, "--platform", "ios", *WEIGHTED), 2, "NAME", *said)


NAMES = [
    named("", "empty"),
    named("x" * 300, "300 characters", "at most 64"),
    named("🍞🥐", "no Latin letter"),
    named('"', "no Latin letter"),
    named("a/b", "path"),
    named("a\0b".replace("\0", "\x07"), "control characters"),
]


def model(name: str, *options: str) -> tuple[str, ...]:
    """`new` of a model of shop/net.py that takes sixteen numbers."""
    return (*NEW, "--model", f"shop.net:{name}", "--input", "x=1x16", *options)


MODELS = [
    case("no operator in Core ML", model("Unsupported"), 6, "linalg_qr", "net.py:"),
    case("no operator in ExecuTorch's Core ML", model("Unsupported", "--backend", "coreml", "--runtime", "executorch"),
         6, "linalg_qr"),
    case("a decision by a value", model("DecidesByValue"), 6, "net.py:"),
    case("a size by a value", model("ShapeByValue"), 4, "depends on the input's values", "fixed shape"),
    case("an output that is a text", model("ReturnsText"), 4, "is a str", "tensors only"),
    case("over budget", (*NEW, *WEIGHTED, "--set", "budget.model_mb=0.0001"), 7, "budget.model_mb"),
    case("below the gate", (*NEW, *WEIGHTED, "--set", "verify.min_sqnr_db=500"), 7, "verify.min_sqnr_db"),
]  # fmt: skip


@pytest.mark.parametrize("fault", [*IDS, *TEAMS, *SYSTEMS, *TOGETHER, *ELSEWHERE, *SETTINGS, *NAMES, *MODELS], ids=str)
def test_it_is_refused(fault: Case, folder: Path) -> None:
    check_refused(fault, folder)


@pytest.mark.parametrize(
    "arguments", [(*NEW, *WEIGHTED), (*NEW, *WEIGHTED, "--runtime", "executorch", "--backend", "coreml")]
)
def test_without_coremltools(arguments: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra of edgegen's; who has no need of Core ML does without."""
    find_spec = importlib.util.find_spec

    def without(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "coremltools" else find_spec(name, package)

    monkeypatch.setattr("edgegen.tools.coreml.find_spec", without)
    check_refused(case("", arguments, 9, "coremltools", 'pip install "edgegen[ios]"'), folder)


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ('Tom & Jerry\'s "Ünïcode" 🥐 $(HOME) {{', "TomJerrysUnicodeHome"),
        ("class", "Class"),
        ("Self", "SelfApp"),
        ("Swift UI", "SwiftUiApp"),
    ],
)
def test_hostile_and_reserved_names_make_whole_projects(name: str, product: str, own_folder: Path) -> None:
    done = edgegen("new", name, "--platform", "ios", *WEIGHTED, cwd=own_folder)
    assert done.code == 0, done.stderr
    (bundle,) = own_folder.glob("*/*.xcodeproj")
    assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", bundle.stem)
    assert bundle.stem.lower() == product.lower()
    assert problems(Project.read(bundle)) == []
    folder = bundle.parent
    assert edgegen("export", "--check", "--project", folder, cwd=own_folder).code == 0
    assert edgegen("diff", folder, cwd=own_folder).stdout == ""


def test_names_that_swift_keeps_for_itself_are_given_another(own_folder: Path) -> None:
    """Inputs, outputs and labels may be called anything that Python allows."""
    (own_folder / "shop" / "words.py").write_text(
        "from torch import Tensor, nn\n\n\nclass Words(nn.Module):\n"
        "    def forward(self, Self: Tensor, init: Tensor, protocol: Tensor) -> dict[str, Tensor]:\n"
        '        return {"class": Self + init, "Type": init * protocol, "default": Self - protocol}\n',
        encoding="utf-8",
    )
    inputs = [word for name in ("Self", "init", "protocol") for word in ("--input", f"{name}=1x4")]
    done = edgegen("new", "words", "--platform", "ios", "--model", "shop.words:Words", *inputs, cwd=own_folder)
    assert done.code == 0, done.stderr
    sources = "".join(path.read_text() for path in (own_folder / "words" / "ModelKit" / "Generated").rglob("*.swift"))
    declared = set(re.findall(r"\b(?:let|var|case|func|struct|enum|class|actor)\s+([A-Za-z_]\w*)", sources))
    assert declared
    assert not declared & {"Self", "Type", "Protocol", "init", "protocol", "class", "default"}
    assert '"Self"' in sources
    assert '"class"' in sources


def test_labels_are_texts_and_nothing_else(own_folder: Path) -> None:
    labels = ["class", 'say "Self"', "\\(exit(1))", '"""#', "🍞 \\u{41}"]
    (own_folder / "labels.txt").write_text("\n".join(labels) + "\n", encoding="utf-8")
    done = edgegen("new", "words", "--platform", "ios", *SHELF, cwd=own_folder)
    assert done.code == 0, done.stderr
    text = (own_folder / "words" / "ModelKit" / "Generated" / "Sources" / "Labels.swift").read_text(encoding="utf-8")
    body = text.split('"""\n', 1)[1].rsplit('\n        """', 1)[0]
    assert re.search(r'(?<!\\)(?:\\\\)*(?:\\[^\\"]|""")', body) is None, "an escape or an end that is none of ours"
    assert [re.sub(r"\\(.)", r"\1", line[8:]) for line in body.splitlines()] == labels
