"""ModelKit for every kind of spec: rendered without an export, built by Swift 6, its own tests run by XCTest."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from edgegen.errors import SpecError
from edgegen.platforms import get_platform, ios_model
from edgegen.platforms.ios import Ios
from edgegen.render.engine import render
from edgegen.spec.model_spec import (
    ClassificationOutput,
    ComputeUnits,
    DynamicAxis,
    ExportSection,
    ModelSpec,
    Quantization,
    TensorInput,
    TensorOutput,
)
from tests.ios.check.typecheck import compile_module, swift_files
from tests.platforms.ios_kits import HOSTILE_NAME, LABELS, MANY, PHOTO, facts_of, spec_of, swift_test, written
from tests.swift.toolchain import need_swift, run_swift

COREML = ExportSection("coreml", "mlprogram")
EXECUTORCH = ExportSection("executorch", "xnnpack")
ONNX = ExportSection("onnx", "cpu")
TORCHSCRIPT = ExportSection("torchscript", "cpu")
CLASSES = ClassificationOutput("logits", "labels.txt")
BUNDLE = "import Foundation\nextension Bundle { static let module = Bundle.main }\n"


def classifier(export: ExportSection) -> ModelSpec:
    return spec_of((PHOTO,), (CLASSES,), export)


def compiled(kit: Path, work: Path) -> None:
    """Raises CheckError where Swift 6 does not take the package's sources, or warns."""
    need_swift()
    files = [path for path in swift_files(kit / "Sources", kit / "Generated/Sources") if path.name != "Pod.swift"]
    work.mkdir()
    compile_module("ModelKit", files, work, extra={"Bundle.swift": BUNDLE})


def text_of(kit: Path, name: str) -> str:
    (path,) = kit.rglob(name)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several pictures of every kind beside numbers, scores beside numbers; built, and its tests passed."""
    outputs = (
        TensorOutput("total", (), "float64"),
        ClassificationOutput("scores", "labels.txt", "sigmoid"),
        TensorOutput("best", (2, 3), "int64"),
    )
    export = replace(EXECUTORCH, dynamic_axes=(DynamicAxis("extra", 0, "batch"),))
    kit = written(spec_of(MANY, outputs, export), tmp_path_factory.mktemp("many"), LABELS)
    done = swift_test(kit)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning:" not in done.stdout + done.stderr
    assert (kit / ".build").is_dir()
    return kit


def test_several_pictures_of_every_kind_beside_numbers(many: Path) -> None:
    spec = text_of(many, "ModelSpec.swift")
    assert 'TensorInfo(name: "extra", dtype: .float32, shape: [2, 5], dynamicAxes: [0]),' in spec
    assert 'TensorInfo(name: "flags", dtype: .bool, shape: []),' in spec
    assert 'ScoreOutput(name: "scores", activation: .sigmoid)' in text_of(many, "Labels.swift")


def test_a_failing_golden_names_the_stage_and_the_values(many: Path) -> None:
    path = many / "Generated/Sources/Pipeline.swift"
    text = path.read_text(encoding="utf-8")
    assert ".lanczos" in text
    path.write_text(text.replace(".lanczos", ".bilinear"), encoding="utf-8")
    try:
        done = swift_test(many, "--filter", "PipelineTests")
    finally:
        path.write_text(text, encoding="utf-8")
    assert done.returncode != 0
    assert re.search(
        r"cat_rotated, input half, stage 1_resize: differs at \[\d+, \d+, \d\] of 18x18x3 uint8: "
        r"expected \d+\.0 \(0x..\), got \d+\.0 \(0x..\); \d+ of 972 values differ",
        done.stdout + done.stderr,
    )


def test_a_classifier_of_core_mls_is_tested_by_its_own_tests(tmp_path: Path) -> None:
    kit = written(classifier(replace(COREML, image_input=True)), tmp_path, LABELS)
    done = swift_test(kit)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning:" not in done.stdout + done.stderr
    for suite in ("CoreMLTests", "FrameReaderTests", "ImageReaderTests", "InputFeaturesTests", "PipelineTests"):
        assert f"Test Suite '{suite}' passed" in done.stdout
    assert "dtype: .uint8, shape: [1, 24, 24, 3])" in text_of(kit, "ModelSpec.swift")
    cases = text_of(kit, "GoldenCases.swift")
    assert 'tensor: "cat_rotated.image.2_center_crop.npy"' in cases
    assert "image.tensor.npy" not in cases


def test_classes_without_names_are_numbered(tmp_path: Path) -> None:
    kit = written(classifier(ONNX), tmp_path, None)
    assert '"""\n        0\n        1\n        2\n        3\n        4\n        5\n        """' in text_of(
        kit, "Labels.swift"
    )


def test_numbers_alone_need_no_kernels(tmp_path: Path) -> None:
    spec = spec_of((TensorInput("x", (1, 16)),), (TensorOutput("y", (1, 4)),), COREML)
    kit = written(spec, tmp_path, None)
    names = {path.stem for path in kit.rglob("*.swift")}
    assert not names & {"Classifier", "Labels", "Photos", "Pipeline", "Preprocessor", "Scores", "Workspace"}


def test_a_hundred_thousand_labels_compile(tmp_path: Path) -> None:
    labels = tuple(f"class {number} of 'many'" for number in range(100_000))
    kit = written(classifier(COREML), tmp_path / "project", labels)
    compiled(kit, tmp_path / "module")


def test_swift_format_has_nothing_to_say(tmp_path: Path) -> None:
    need_swift()
    exports = (COREML, replace(COREML, image_input=True), EXECUTORCH, ONNX, TORCHSCRIPT)
    kits = [written(classifier(export), tmp_path / str(number), LABELS) for number, export in enumerate(exports)]
    files = {path.read_text(encoding="utf-8"): path for kit in kits for path in kit.rglob("*.swift")}
    paths = [str(path) for path in files.values() if "Kernels" not in path.parts]
    rules = str(tmp_path / "0/.swift-format")
    done = run_swift(["swift", "format", "lint", "--strict", "--configuration", rules, *paths], cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for text, path in files.items():
        assert "// SPDX-License-Identifier: MIT-0" in text.splitlines()[:2], path


def test_the_package_describes_itself(many: Path) -> None:
    done = run_swift(["swift", "package", "describe", "--type", "json"], cwd=many)
    assert done.returncode == 0, done.stderr
    targets = {target["name"]: target for target in json.loads(done.stdout)["targets"]}
    assert set(targets) == {"ModelKit", "ModelKitTests"}
    resources = {Path(item["path"]).name for item in targets["ModelKit"]["resources"]}
    assert resources == {"model.pte", "PrivacyInfo.xcprivacy"}
    assert "Generated/Sources/ModelSpec.swift" in targets["ModelKit"]["sources"]


@pytest.mark.parametrize(
    ("export", "files", "not_files"),
    [
        (
            COREML,
            {"Package.swift", "ModelKit.podspec", "CompiledModel.swift", "ComputeUnits.swift"},
            {"ModelFile.swift"},
        ),
        (EXECUTORCH, {"Package.swift", "ModelFile.swift"}, {"ModelKit.podspec", "Pod.swift", "ComputeUnits.swift"}),
        (ONNX, {"Package.swift", "ModelKit.podspec", "ModelFile.swift"}, {"ComputeUnits.swift", "TorchModule.mm"}),
        (TORCHSCRIPT, {"ModelKit.podspec", "TorchModule.mm", "TorchModule.h"}, {"Package.swift", "SwiftPackage.swift"}),
    ],
)
def test_only_the_chosen_runtime_is_in_the_project(
    export: ExportSection, files: set[str], not_files: set[str], tmp_path: Path
) -> None:
    kit = written(classifier(export), tmp_path, LABELS)
    names = {path.name for path in kit.rglob("*")}
    assert files <= names
    assert not not_files & names
    words = {"coreml": "import CoreML", "executorch": "import ExecuTorch", "onnx": "import OnnxRuntimeBindings"}
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (kit / "Sources").rglob("*.swift"))
    assert [runtime for runtime, word in words.items() if word in sources] == [export.runtime] * (
        export.runtime in words
    )


@pytest.mark.parametrize(
    ("export", "products"),
    [
        (EXECUTORCH, ["executorch", "backend_xnnpack", "kernels_optimized"]),
        (
            replace(EXECUTORCH, quantize=Quantization("int8", "photos")),
            ["executorch", "backend_xnnpack", "kernels_optimized", "kernels_quantized"],
        ),
        (replace(EXECUTORCH, backend="coreml"), ["executorch", "backend_coreml", "kernels_optimized"]),
        (ONNX, ["onnxruntime"]),
        (COREML, []),
    ],
)
def test_the_package_takes_what_the_export_needs(export: ExportSection, products: list[str], tmp_path: Path) -> None:
    manifest = text_of(written(classifier(export), tmp_path, LABELS), "Package.swift")
    assert re.findall(r'\.product\(name: "(\w+)"', manifest) == products
    assert manifest.startswith("// swift-tools-version: 6.0\n")
    assert f'.iOS("{17 if export.runtime == "executorch" else 16}.0")' in manifest


@pytest.mark.parametrize(
    ("units", "name"),
    [
        (None, "all"),
        ("cpu-only", "cpuOnly"),
        ("cpu-and-gpu", "cpuAndGPU"),
        ("cpu-and-neural-engine", "cpuAndNeuralEngine"),
    ],
)
def test_compute_units_are_those_of_the_spec(units: ComputeUnits | None, name: str, tmp_path: Path) -> None:
    kit = written(classifier(replace(COREML, compute_units=units)), tmp_path, LABELS)
    assert f"static let computeUnits = ComputeUnits.{name}\n" in text_of(kit, "ModelSpec.swift")
    assert f"case {name}\n" in text_of(kit, "ComputeUnits.swift")


def test_the_podspec_is_ruby_whatever_the_name(tmp_path: Path) -> None:
    kit = written(classifier(ONNX), tmp_path, LABELS)
    need_swift()
    done = run_swift(["ruby", "-e", _RECORDER, kit / "ModelKit.podspec"], cwd=kit)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert HOSTILE_NAME in said["summary"]
    assert said["dependency"] == ["onnxruntime-objc", "1.24.2"]
    assert said["resource_bundles"]["ModelKitResources"][0] == "Generated/model.onnx"
    for pattern in [*said["source_files"], *said["resource_bundles"]["ModelKitResources"], said["exclude_files"]]:
        for choice in ("swift", "h", "mm") if "{" in pattern else ("",):
            found = list(kit.glob(re.sub(r"\{.*\}", choice, pattern)))
            assert found or choice in ("h", "mm"), pattern
    assert said["swift_versions"] == ["6.0"]


# CocoaPods' DSL as far as it goes: what is assigned, and what is called.
_RECORDER = """
require 'json'
class Recorder
  def initialize; @said = {}; end
  attr_reader :said
  def ios; self; end
  def test_spec(name); @said['test_spec'] = name; yield Recorder.new; end
  def dependency(*words); @said['dependency'] = words; end
  def method_missing(name, *values)
    raise NoMethodError, name.to_s unless name.to_s.end_with?('=')
    @said[name.to_s.chomp('=')] = values.first
  end
end
module Pod
  class Spec
    def self.new; recorder = Recorder.new; yield recorder; puts JSON.generate(recorder.said); end
  end
end
load ARGV[0]
"""


@pytest.mark.parametrize(
    ("export", "dtype"),
    [(ONNX, "float16"), (ONNX, "bool"), (ONNX, "float64"), (TORCHSCRIPT, "float16"), (TORCHSCRIPT, "int16")],
    ids=lambda value: value if isinstance(value, str) else value.runtime,
)
def test_a_dtype_that_the_bindings_do_not_have_is_refused_by_name(
    export: ExportSection, dtype: str, tmp_path: Path
) -> None:
    spec = spec_of((TensorInput("x", (1,)),), (TensorOutput("y", (2,), dtype),), export)  # type: ignore[arg-type]
    with pytest.raises(SpecError, match=f"outputs.y: is {dtype}, which {export.runtime} cannot carry"):
        ios_model.context(spec, facts_of(spec, tmp_path, None))


def test_the_package_of_an_app_that_is_there_has_everything_in_one_folder(tmp_path: Path) -> None:
    spec = classifier(COREML)
    facts = facts_of(spec, tmp_path, LABELS)
    platform = get_platform("ios-module")
    assert isinstance(platform, Ios)
    # Without the app's overlays, which other tests render.
    render(platform.module_overlays(spec), platform.context(spec, facts), platform.module_verbatim(spec), tmp_path)
    (tmp_path / "README.md").write_text("of a new project's")
    (tmp_path / "NOTICE.md").write_text("stays")
    platform.arrange(tmp_path)
    platform.finish(tmp_path, ["../weights.pt"])
    names = {path.name for path in tmp_path.iterdir()}
    assert {"Package.swift", "Sources", "Tests", "Generated", "NOTICE.md", ".swift-format"} <= names
    assert not names & {"README.md", "ModelKit"}
    assert '"NOTICE.md",\n                "edgegen.toml",\n                "labels.txt",' in text_of(
        tmp_path, "Package.swift"
    )
    inputs = (tmp_path / "Generated/inputs.xcfilelist").read_text(encoding="utf-8")
    assert "$(SRCROOT)/ModelKit/../weights.pt" in inputs


def test_another_model_has_another_name_on_the_device(tmp_path: Path) -> None:
    spec = classifier(COREML)
    facts = facts_of(spec, tmp_path, LABELS)
    before = str(ios_model.context(spec, facts)["model_constants"])
    weights = facts.model_file / "Data/com.apple.CoreML/weights/weight.bin"
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    assert str(ios_model.context(spec, facts)["model_constants"]) != before
