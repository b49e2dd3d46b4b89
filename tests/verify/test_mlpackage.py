"""Running and inspecting an .mlpackage, and what is said when it is not whole."""

from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from edgegen.errors import ExportError, ProjectError
from edgegen.exporters import ExportJob, get_exporter
from edgegen.exporters.embedded import LABELS_KEY, SPEC_KEY
from edgegen.reference.decode import decode
from edgegen.reference.photos import DEMO_PHOTO
from edgegen.reference.pipeline import tensor_for
from edgegen.spec.model_spec import QuantizeMode, TensorInput
from edgegen.spec.parse import parse_spec
from edgegen.verify import compare, inspect_source, named_runner, runner_for
from edgegen.verify.metrics import sqnr_db
from edgegen.verify.runner import run_module
from edgegen.verify.runner_mlpackage import MlpackageRunner
from tests.exporters.coreml_jobs import classes_job, demo_job
from tests.exporters.jobs import VECTOR, export

MODEL = "Data/com.apple.CoreML/model.mlmodel"
WEIGHTS = "Data/com.apple.CoreML/weights/weight.bin"
PICTURE = TensorInput("image", (1, 3, 32, 32))


@functools.cache
def made(mode: QuantizeMode = "none", **export: Any) -> tuple[ExportJob, Path]:
    """The demo exported for Core ML, shared with the exporter's own tests."""
    job = demo_job(mode, **export)
    return job, get_exporter("coreml").export(job).path


@functools.cache
def small(mode: QuantizeMode = "none", **export: Any) -> tuple[ExportJob, Path]:
    """Five classes of small pictures: what would take long with the demo."""
    job = classes_job(mode, **export)
    return job, get_exporter("coreml").export(job).path


def test_by_name() -> None:
    job, result = export("DictOutputs", VECTOR, runtime="coreml")
    outputs = named_runner(job.spec, result.path)({"x": torch.full((1, 8), -2.0)})
    assert list(outputs) == ["scores", "mask"]
    assert torch.equal(outputs["mask"], torch.full((1, 8), 2.0))
    assert {value.dtype for value in outputs.values()} == {torch.float32}


def test_a_second_run_does_not_write_into_the_first_ones_outputs() -> None:
    runner = runner_for(export("DictOutputs", VECTOR, runtime="coreml")[1].path)
    first = runner.run([torch.ones(1, 8)])
    kept = [tensor.clone() for tensor in first]
    runner.run([torch.zeros(1, 8)])
    assert all(torch.equal(now, before) for now, before in zip(first, kept, strict=True))
    assert not any(tensor.is_inference() for tensor in first)


def test_inputs_that_are_not_contiguous_are_read_right() -> None:
    strided = torch.arange(16.0).reshape(8, 2)[:, :1].T
    runner = runner_for(export("DictOutputs", VECTOR, runtime="coreml")[1].path)
    assert torch.equal(runner.run([strided])[1], strided.abs())


@pytest.mark.parametrize("inputs", [[torch.ones(2, 9)], [], [torch.ones(1, 8, dtype=torch.float64)]])
def test_inputs_that_do_not_fit_are_a_clear_error(inputs: list[torch.Tensor]) -> None:
    path = export("Linear", VECTOR, runtime="coreml")[1].path
    with pytest.raises(ExportError) as caught:
        runner_for(path).run(inputs)
    assert caught.value.where == str(path)


def test_the_demo_in_half_gives_pytorchs_labels() -> None:
    job, path = made()
    report = compare(job.spec, job.loaded, path)
    assert report.passed
    assert report.rows[0].top1 == 1.0
    # What is lost is float16's rounding of lite0's folded weights; see docs/coreml.md.
    assert report.rows[0].sqnr_db is not None
    assert report.rows[0].sqnr_db > 40.0
    assert report.scope is not None
    assert report.document()["scope"]["open"].startswith("Core ML's compiler")
    assert [line.split(":")[0] for line in report.scope_lines()] == ["  proven", "  not proven"]


def test_float32_is_pytorch() -> None:
    job, path = small(precision="float32")
    report = compare(job.spec, job.loaded, path)
    assert report.passed
    assert report.rows[0].sqnr_db is not None
    assert report.rows[0].sqnr_db > 100.0


def test_a_picture_in_the_graph_is_the_tensor_of_the_plan() -> None:
    """The model that takes a picture, given the same photo, answers as the one that takes the tensor."""
    job, path = made(image_input=True)
    tensor = tensor_for(job.spec.image_inputs[0], decode(DEMO_PHOTO))
    runner = MlpackageRunner(path)
    (actual,) = runner.run([tensor])
    (expected,) = run_module(job.loaded.module, [tensor])
    assert sqnr_db(expected, actual) > 35.0
    assert int(actual.argmax()) == int(expected.argmax())
    table = runner.classify([tensor])
    assert table is not None
    assert sum(table.values()) == pytest.approx(1.0, abs=1e-3)
    assert max(table, key=lambda name: table[name]) == "espresso"
    probabilities = torch.tensor(list(table.values()))
    torch.testing.assert_close(probabilities, actual.softmax(-1)[0], atol=2e-3, rtol=0)
    assert MlpackageRunner(made()[1]).classify([tensor]) is None


def test_integers_between_operations_are_evaluated() -> None:
    """int8: weights and activations, with iOS 17's quantize and dequantize in the graph."""
    job, path = made("int8")
    facts = inspect_source(str(path))
    assert facts["system"] == "iOS 17"
    assert facts["operators"]["quantize"] > 40
    assert facts["operators"]["dequantize"] > 40
    row = compare(job.spec, job.loaded, path).rows[0]
    assert row.sqnr_db is not None
    assert 5.0 < row.sqnr_db < 40.0
    assert row.top1 is not None
    assert row.top1 > 0.5


def test_what_rides_in_it() -> None:
    job, path = made()
    runner = runner_for(path)
    assert runner.constant("no_such_key") is None
    assert str(runner.constant(LABELS_KEY)).split("\n") == list(job.labels or ())
    assert parse_spec(str(runner.constant(SPEC_KEY))).inputs == job.spec.inputs


class TestDamaged:
    """One line that names the package; exit code 8."""

    @pytest.fixture
    def package(self, tmp_path: Path) -> Path:
        path = tmp_path / "net.mlpackage"
        shutil.copytree(export("Convolutions", PICTURE, runtime="coreml")[1].path, path)
        return path

    @pytest.mark.parametrize("keep", [0.0, 0.01, 0.3, 0.6, 0.95])
    @pytest.mark.parametrize("name", ["Manifest.json", MODEL, WEIGHTS])
    def test_cut_short(self, package: Path, name: str, keep: float) -> None:
        data = (package / name).read_bytes()
        (package / name).write_bytes(data[: int(len(data) * keep)])
        self.check(package)

    @pytest.mark.parametrize("name", [MODEL, WEIGHTS])
    def test_without_its_last_byte(self, package: Path, name: str) -> None:
        (package / name).write_bytes((package / name).read_bytes()[:-1])
        self.check(package)

    @pytest.mark.parametrize("name", ["Manifest.json", MODEL, WEIGHTS])
    def test_missing(self, package: Path, name: str) -> None:
        (package / name).unlink()
        self.check(package)

    @pytest.mark.parametrize(
        "change",
        [
            lambda data: data[:200] + b"\xff" * 64 + data[264:],
            lambda data: data.replace(b"conv", b"cnov"),
            lambda data: data.replace(b"weights/weight.bin", b"../../../../passwd"),
            lambda data: bytes(reversed(data)),
            lambda data: b"PK\x03\x04" + data,
        ],
    )
    def test_altered(self, package: Path, change: Callable[[bytes], bytes]) -> None:
        (package / MODEL).write_bytes(change((package / MODEL).read_bytes()))
        with pytest.raises((ProjectError, ExportError)) as caught:
            runner_for(package)
        assert caught.value.where == str(package)

    def test_a_manifest_that_leads_out_of_the_package(self, package: Path) -> None:
        manifest = json.loads((package / "Manifest.json").read_text(encoding="utf-8"))
        manifest["itemInfoEntries"][manifest["rootModelIdentifier"]]["path"] = "../../other.mlmodel"
        (package / "Manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        self.check(package)

    def test_a_file_and_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "net.mlpackage"
        with pytest.raises(ProjectError, match="found nothing"):
            runner_for(path)
        path.write_bytes(b"PK")
        with pytest.raises(ProjectError, match="found a file"):
            runner_for(path)

    def check(self, package: Path) -> None:
        for read in (lambda: runner_for(package), lambda: inspect_source("net.mlpackage", cwd=package.parent)):
            with pytest.raises(ProjectError) as caught:
                read()
            assert caught.value.where == str(package)
            assert "\n" not in caught.value.message()
            assert caught.value.exit_code == 8


def test_an_operator_that_is_not_known_is_named(tmp_path: Path) -> None:
    path = tmp_path / "net.mlpackage"
    shutil.copytree(export("Linear", VECTOR, runtime="coreml")[1].path, path)
    data = (path / MODEL).read_bytes()
    assert data.count(b"linear") >= 1
    (path / MODEL).write_bytes(data.replace(b"\x06linear", b"\x06lineal"))
    with pytest.raises(ExportError, match="'lineal'") as caught:
        runner_for(path)
    assert caught.value.where == str(path)


def test_other_weights_and_other_constants_are_seen(tmp_path: Path) -> None:
    """A changed byte of a weight, or of a stride, is no damage that can be known; the comparison shows it."""
    job, result = export("Convolutions", PICTURE, runtime="coreml")
    path = tmp_path / "net.mlpackage"
    shutil.copytree(result.path, path)
    data = bytearray((path / WEIGHTS).read_bytes())
    data[129] ^= 0x40  # The exponent of the first weight, behind the file's header and its record.
    (path / WEIGHTS).write_bytes(data)
    report = compare(job.spec, job.loaded, path)
    assert not report.passed
    assert report.rows[0].sqnr_db is not None
    assert report.rows[0].sqnr_db < 40.0


def test_inspect() -> None:
    job, path = made()
    facts = inspect_source(str(path))
    json.dumps(facts, allow_nan=False)
    assert (facts["kind"], facts["system"], facts["opset"]) == ("mlpackage", "iOS 16", "CoreML6")
    assert facts["bytes"] == sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    (image,) = facts["inputs"]
    assert (image["name"], image["shape"], image["dtype"]) == ("image", [1, 3, 224, 224], "float32")
    assert [item["name"] for item in facts["outputs"]] == ["logits"]
    assert facts["operators"]["conv"] == 49
    # Batch norms are folded into convolutions: what is stored are their weights and a bias each.
    assert list(facts["weights"]) == ["float16"]
    assert facts["weights"]["float16"]["values"] == pytest.approx(4_652_008, rel=0.02)
    assert facts["weights"]["float16"]["bytes"] == 2 * facts["weights"]["float16"]["values"]
    assert tuple(facts["labels"]) == job.labels
    assert parse_spec(facts["spec"]).inputs == job.spec.inputs
    assert not facts["classifier"]


@pytest.mark.parametrize("target", ["16.0", "18.0"])
@pytest.mark.parametrize(
    ("mode", "kind", "bits"),
    [("int8-weights", "int8 with scales", 8), ("palette6", "6-bit palette", 6), ("palette4", "4-bit palette", 4)],
)
def test_inspect_shows_how_weights_are_kept(mode: QuantizeMode, kind: str, bits: int, target: str) -> None:
    """iOS 18 has other operations for the same; the largest of the two weights has 32 x 128 values."""
    job, path = small(mode, target=target)
    facts = inspect_source(str(path))["weights"]
    assert facts[kind]["values"] >= 32 * 128
    packed = facts[kind]["values"] * bits // 8
    assert packed < facts[kind]["bytes"] < packed * 1.2 + 600  # Scales and tables besides.
    assert compare(job.spec, job.loaded, path).rows[0].top1 is not None


def test_inspect_as_a_person_reads_it() -> None:
    from click.testing import CliRunner

    from edgegen.cli.inspect import command

    done = CliRunner().invoke(command, [str(made()[1])])
    assert done.exit_code == 0, done.output
    assert "needs       iOS 16 (specification version 7)" in done.stdout
    assert "input       image 1x3x224x224 float32" in done.stdout
    assert "weights     float16" in done.stdout
    assert "conv " in done.stdout
    assert "labels      1000: tench, goldfish, great white shark" in done.stdout


def test_inspect_shows_a_picture_and_a_classifier() -> None:
    facts = inspect_source(str(made(image_input=True)[1]))
    (image,) = facts["inputs"]
    assert (image["kind"], image["shape"], image["color"]) == ("image", [224, 224], "RGB")
    assert facts["classifier"]
    assert facts["types"]["float32"] >= 2
