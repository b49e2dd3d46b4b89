"""The .mlpackage: what it computes, what it says of itself, the same bytes each time, and what is refused."""

from __future__ import annotations

import dataclasses
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from edgegen.errors import GateError, SpecError, ToolError
from edgegen.exporters import ExportJob, get_exporter
from edgegen.paths import content_sha256
from edgegen.sources.examples import example_inputs
from edgegen.spec.model_spec import QuantizeMode, TensorInput, TensorOutput
from edgegen.spec.parse import parse_spec
from edgegen.verify import compare
from edgegen.verify.runner import run_module, runner_for
from tests.exporters.coreml_jobs import (
    NETS,
    classes_job,
    demo_job,
    export,
    for_ios,
    job,
    mobilenet_job,
)
from tests.exporters.jobs import ROOT, VECTOR
from tests.exporters.packages import kind_of, operations, spec_of

SMALL = "tests.exporters.nets"
PICTURE = TensorInput("image", (1, 3, 32, 32))
MEGABYTES: dict[QuantizeMode, tuple[float, float]] = {
    "none": (7.3, 40.0), "int8-weights": (3.8, 22.0), "palette6": (2.9, 13.0),
}  # fmt: skip


@pytest.mark.parametrize("precision", ["float16", "float32"])
@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        (f"{SMALL}:Convolutions", [PICTURE]),
        (f"{SMALL}:TwoInputs", [VECTOR, TensorInput("scale", (1, 1))]),
        (f"{SMALL}:ManyOutputs", [VECTOR]),
        (f"{SMALL}:DictOutputs", [VECTOR]),
        (f"{SMALL}:Embeddings", [TensorInput("ids", (1, 5), "int32")]),
        (f"{SMALL}:Recurrent", [TensorInput("x", (1, 3, 8))]),
        (f"{SMALL}:NoWeights", [VECTOR]),
        (f"{NETS}:Overlapping", [PICTURE]),
    ],
)
def test_the_file_computes_what_the_model_does(precision: str, name: str, inputs: list[TensorInput]) -> None:
    made = job(name, *inputs, precision=precision)
    values = example_inputs(made.spec, seed=7)
    expected, actual = run_module(made.loaded.module, values), runner_for(export(made).path).run(values)
    assert len(expected) == len(actual) == len(made.spec.outputs)
    tolerance = 1e-5 if precision == "float32" else 4e-3
    for reference, got in zip(expected, actual, strict=True):
        torch.testing.assert_close(got, reference, rtol=tolerance, atol=tolerance)


def test_inputs_and_outputs_have_the_names_shapes_and_dtypes_of_the_spec() -> None:
    made = job(f"{SMALL}:TwoInputs", VECTOR, TensorInput("scale", (1, 1)))
    description = spec_of(export(made).path).description
    kinds = {item.name: item.type.multiArrayType for item in (*description.input, *description.output)}
    assert list(kinds) == ["x", "scale", made.spec.outputs[0].name]
    assert [list(kind.shape) for kind in kinds.values()] == [[1, 8], [1, 1], [1, 4]]
    assert {kind.ArrayDataType.Name(kind.dataType) for kind in kinds.values()} == {"FLOAT32"}


def test_the_demo_passes_the_gates_and_computes_in_float16() -> None:
    made = demo_job()
    result = export(made)
    assert compare(made.spec, made.loaded, result.path).passed
    assert result.report.format == "mlpackage"
    assert result.report.bytes == sum(file.stat().st_size for file in result.path.rglob("*") if file.is_file())
    # Rounding its weights alone leaves 44 dB.
    assert result.report.sqnr_db is not None
    assert result.report.sqnr_db > 42.0
    assert {kind_of(op) for op in operations(result.path) if op.type == "conv"} == {"FLOAT16"}


def test_int8_keeps_what_the_other_runtimes_keep() -> None:
    made = demo_job("int8")
    result = export(made)
    assert compare(made.spec, made.loaded, result.path).passed
    assert result.report.sqnr_db is not None
    assert result.report.sqnr_db > 14.0
    assert result.report.quantized_ops > 70
    kinds = {op.type for op in operations(result.path)}
    assert {"quantize", "dequantize", "constexpr_affine_dequantize"} <= kinds


@pytest.mark.parametrize("mode", MEGABYTES)
def test_mobilenet_v2_is_as_small_as_promised_with_its_sqnr_in_the_report(mode: QuantizeMode) -> None:
    limit, decibels = MEGABYTES[mode]
    report = export(mobilenet_job(mode)).report
    assert report.bytes / 1e6 <= limit
    assert report.sqnr_db is not None
    assert report.sqnr_db > decibels


@pytest.mark.parametrize(
    ("export_keys", "target", "version"),
    [({}, None, 7), ({}, "18.0", 9), ({}, "17.4", 8), ({"quantize": "int8"}, None, 8)],
)
def test_the_deployment_target_is_in_the_file(export_keys: dict[str, str], target: str | None, version: int) -> None:
    mode: Any = export_keys.get("quantize", "none")
    made = classes_job(mode)
    made = dataclasses.replace(made, spec=for_ios(made.spec, target))
    assert spec_of(export(made).path).specificationVersion == version


def test_the_same_job_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    """Sets are walked in another order there, and coremltools draws other UUIDs."""
    made = export(classes_job("palette6")).path
    program = "from tests.exporters.coreml_jobs import classes_job, export\nprint(export(classes_job('palette6')).path)"
    environment = {**os.environ, "EDGEGEN_CACHE": str(tmp_path), "PYTHONHASHSEED": "77"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.count("\n") == 1  # coremltools' own words are not among them.
    assert done.stderr == ""
    again = Path(done.stdout.strip())
    assert again != made
    assert content_sha256(again) == content_sha256(made)


def test_files_can_be_read_by_all_and_name_neither_this_machine_nor_the_day() -> None:
    path = export(classes_job()).path
    files = sorted(file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file())
    assert files == [
        "Data/com.apple.CoreML/model.mlmodel", "Data/com.apple.CoreML/weights/weight.bin", "Manifest.json",
    ]  # fmt: skip
    for file in path.rglob("*"):
        assert file.stat().st_mode & stat.S_IRGRP
    text = b"".join(file.read_bytes() for file in path.rglob("*") if file.is_file())
    build = torch.__version__.partition("+")[2] or "no build is told"
    for word in (str(ROOT), str(Path(torch.__file__).parents[1]), "conversion_date", f"+{build}"):
        assert word.encode() not in text


def test_a_model_without_weights_has_no_entry_for_them() -> None:
    path = export(job(f"{SMALL}:NoWeights", VECTOR)).path
    assert not (path / "Data/com.apple.CoreML/weights").exists()
    assert "weights" not in (path / "Manifest.json").read_text(encoding="utf-8")


def test_coremltools_reads_the_package() -> None:
    import coremltools as ct

    model = ct.models.MLModel(str(export(classes_job()).path), skip_model_load=True)
    assert model.author == f"{NETS}:Classes, exported by edgegen"


def test_the_model_says_what_it_is() -> None:
    made = demo_job()
    description = spec_of(export(made).path).description
    metadata = description.metadata
    assert metadata.license == "Apache-2.0"
    assert metadata.author == "demo, exported by edgegen"
    assert len(metadata.versionString) == 12
    assert metadata.shortDescription == "EfficientNet-Lite0, ImageNet. Computes in float16."
    assert "1x3x224x224 float32, NCHW, RGB, resized and normalised" in description.input[0].shortDescription
    assert "1000 classes" in description.output[0].shortDescription
    assert "their softmax is the probabilities" in description.output[0].shortDescription


def test_spec_and_labels_ride_in_the_file() -> None:
    made = demo_job()
    runner = runner_for(export(made).path)
    text, labels = runner.constant("edgegen_spec"), runner.constant("edgegen_labels")
    assert isinstance(text, str)
    assert isinstance(labels, str)
    assert parse_spec(text).inputs == made.spec.inputs
    assert tuple(labels.split("\n")) == made.labels


def test_a_second_export_comes_from_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    made = classes_job()
    first = export(made)
    monkeypatch.setattr("edgegen.exporters.coreml._make", lambda *_: pytest.fail("exported again"))
    again = export(made)
    assert again.report.cached
    assert again.path == first.path


def test_too_small_a_palette_for_the_model_is_refused_with_a_milder_one() -> None:
    made = classes_job("palette4")
    strict = dataclasses.replace(made.spec.verify, min_sqnr_db=60.0)
    with pytest.raises(GateError, match="quantising to palette4 lost too much") as caught:
        export(dataclasses.replace(made, spec=dataclasses.replace(made.spec, verify=strict)))
    assert "palette6, int8-weights or none" in caught.value.hint


@pytest.mark.parametrize(
    ("spec_input", "output", "problem"),
    [
        (TensorInput("ids", (1, 5), "int64"), None, "inputs.ids.dtype: Core ML's arrays have no int64"),
        (TensorInput("x", (1, 8), "uint8"), None, "inputs.x.dtype: Core ML's arrays have no uint8"),
        (VECTOR, TensorOutput("best", (1,), "int64"), "outputs.best.dtype: Core ML's arrays have no int64"),
        (VECTOR, TensorOutput("sum", ()), "outputs.sum.shape: Core ML's arrays have 1 to 5 axes, this one 0"),
        (VECTOR, TensorOutput("x", (1, 8)), "outputs.x: x names an input and an output"),
        (TensorInput("x", (1,) * 6), None, "inputs.x.shape: Core ML's arrays have 1 to 5 axes, this one 6"),
    ],
)
def test_what_core_ml_cannot_carry_is_refused_before_any_work(
    spec_input: TensorInput, output: TensorOutput | None, problem: str
) -> None:
    made = job(f"{SMALL}:Linear", VECTOR)
    spec = dataclasses.replace(made.spec, inputs=(spec_input,), outputs=(output,) if output else made.spec.outputs)
    broken = dataclasses.replace(made.loaded, module=None)  # type: ignore[arg-type]
    with pytest.raises(SpecError) as caught:
        get_exporter("coreml").export(ExportJob(broken, spec))
    assert problem in str(caught.value)


@pytest.mark.parametrize("runtime", ["coreml", "executorch"])
def test_a_missing_package_is_one_line_with_the_remedy(runtime: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgegen.tools.coreml.find_spec", lambda name: None)
    made = classes_job()
    spec = dataclasses.replace(made.spec, export=dataclasses.replace(made.spec.export, runtime=runtime))
    spec = for_ios(spec, backend="coreml" if runtime == "executorch" else "mlprogram")
    with pytest.raises(ToolError) as caught:
        export(dataclasses.replace(made, spec=spec))
    assert caught.value.problem == "Core ML models are made by coremltools, not installed here"
    assert 'pip install "edgegen[ios]"' in caught.value.hint


def test_labels_do_not_make_an_array_model_a_classifier() -> None:
    assert spec_of(export(classes_job()).path).description.predictedFeatureName == ""
