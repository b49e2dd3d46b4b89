"""What the exporters of all runtimes have in common: the same model, the same answers, the same gates."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch

from edgegen.errors import ExportError, GateError, SpecError
from edgegen.exporters import ExportJob, get_exporter
from edgegen.sources import load_model
from edgegen.sources.examples import example_inputs
from edgegen.spec.model_spec import QuantizeMode, TensorInput, VerifySection
from edgegen.spec.parse import parse_spec
from edgegen.verify import compare
from edgegen.verify.runner import run_module, runner_for
from tests.exporters.jobs import ROOT, VECTOR, demo_export, export, job, net

PICTURE = TensorInput("image", (1, 3, 32, 32))
OTHERS = ("torchscript", "onnx")
MODES: tuple[QuantizeMode, ...] = ("none", "int8", "dynamic")


def pictures(count: int = 6) -> list[tuple[torch.Tensor, ...]]:
    generator = torch.Generator().manual_seed(1)
    return [(torch.rand(1, 3, 32, 32, generator=generator) * 2 - 1,) for _ in range(count)]


@pytest.mark.parametrize("runtime", OTHERS)
@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("Convolutions", [PICTURE]),
        ("TwoInputs", [VECTOR, TensorInput("scale", (1, 1))]),
        ("ManyOutputs", [VECTOR]),
        ("DictOutputs", [VECTOR]),
        ("NamedOutputs", [VECTOR]),
        ("DataclassOutputs", [VECTOR]),
        ("Embeddings", [TensorInput("ids", (1, 5), "int64")]),
        ("Recurrent", [TensorInput("x", (1, 3, 8))]),
        ("HalfPrecision", [VECTOR]),
        ("DropsOut", [VECTOR]),
    ],
)
def test_the_file_computes_what_the_model_does(runtime: str, name: str, inputs: list[TensorInput]) -> None:
    made, result = export(name, *inputs, runtime=runtime)
    values = example_inputs(made.spec, seed=7)
    expected, actual = run_module(made.loaded.module, values), runner_for(result.path).run(values)
    assert len(expected) == len(actual) == len(made.spec.outputs)
    tolerance = 2e-3 if name == "HalfPrecision" else 1e-5
    for reference, got in zip(expected, actual, strict=True):
        torch.testing.assert_close(got, reference, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("runtime", OTHERS)
@pytest.mark.parametrize("mode", MODES)
def test_the_demo_passes_the_gates(runtime: str, mode: QuantizeMode) -> None:
    made, result = demo_export(mode, runtime)
    report = compare(made.spec, made.loaded, result.path)
    assert report.passed, report.failures
    assert result.report.format == result.path.suffix.removeprefix(".")
    assert result.report.delegated_percent is None
    assert (result.report.sqnr_db is None) == (mode == "none")
    assert (result.report.quantized_ops == 0) == (mode == "none")


def test_int8_files_of_the_demo_are_within_ten_percent_of_one_another() -> None:
    sizes = [demo_export("int8", runtime)[1].path.stat().st_size for runtime in ("executorch", *OTHERS)]
    assert max(sizes) / min(sizes) < 1.10


@pytest.mark.parametrize("runtime", OTHERS)
def test_relu6_is_fused(runtime: str) -> None:
    """Unfused it is 9 dB; see compress/quantizer.py."""
    sqnr = demo_export("int8", runtime)[1].report.sqnr_db
    assert sqnr is not None
    assert sqnr > 14.0


@pytest.mark.parametrize("runtime", OTHERS)
def test_a_convolution_far_beyond_relu6_survives_int8(runtime: str) -> None:
    made = dataclasses.replace(job("WideRelu6", PICTURE, mode="int8", runtime=runtime), calibration=pictures())
    sqnr = get_exporter(runtime).export(made).report.sqnr_db
    assert sqnr is not None
    assert sqnr > 25.0


@pytest.mark.parametrize("runtime", OTHERS)
def test_dynamic_int8_shrinks_the_linear_layer(runtime: str) -> None:
    (_, whole), (_, small) = demo_export("none", runtime), demo_export("dynamic", runtime)
    assert small.report.quantized_ops == 1
    assert whole.report.bytes - small.report.bytes == pytest.approx(3 * 1280 * 1000, rel=0.05)
    assert small.report.sqnr_db is not None
    assert small.report.sqnr_db > 35.0


@pytest.mark.parametrize("runtime", OTHERS)
def test_spec_and_labels_ride_in_the_file(runtime: str) -> None:
    made, result = demo_export("none", runtime)
    runner = runner_for(result.path)
    text, labels = runner.constant("edgegen_spec"), runner.constant("edgegen_labels")
    assert isinstance(text, str)
    assert isinstance(labels, str)
    assert parse_spec(text).inputs == made.spec.inputs
    assert tuple(labels.split("\n")) == made.labels
    assert runner.constant("edgegen_nothing") is None


@pytest.mark.parametrize("runtime", OTHERS)
def test_no_file_name_of_this_machine_is_in_the_file(runtime: str) -> None:
    import zipfile

    _, result = export("Convolutions", PICTURE, runtime=runtime)
    members = [result.path.read_bytes()]
    if runtime == "torchscript":
        with zipfile.ZipFile(result.path) as archive:
            members = [archive.read(name) for name in archive.namelist()]
            assert not [name for name in archive.namelist() if name.endswith(".debug_pkl")]
    for text in (str(ROOT), str(Path(torch.__file__).parents[1])):
        assert not [data for data in members if text.encode() in data]


@pytest.mark.parametrize("runtime", OTHERS)
def test_a_second_export_comes_from_the_cache(runtime: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made, first = export("Convolutions", PICTURE, runtime=runtime)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("exported again")

    for owner, name in ((torch.export, "export"), (torch.onnx, "export"), (torch.jit, "trace")):
        monkeypatch.setattr(owner, name, refuse)
    again = get_exporter(runtime).export(ExportJob(load_model(made.loaded.source, cwd=ROOT), made.spec))
    assert again.report.cached
    assert again.path == first.path


@pytest.fixture
def other_version(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of one package, as the key sees it."""
    import importlib.metadata as metadata

    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0.0" if name == request.param else real(name))


@pytest.mark.parametrize(
    ("runtime", "other_version"),
    [("torchscript", "torch"), ("torchscript", "torchao"), ("onnx", "onnxscript"), ("onnx", "onnxruntime")],
    indirect=["other_version"],
)
def test_another_version_of_a_library_makes_another_file(
    runtime: str, other_version: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path))
    made = job("Linear", VECTOR, runtime=runtime)
    one = get_exporter(runtime).export(made).path
    monkeypatch.undo()
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path))
    assert get_exporter(runtime).export(made).path != one


@pytest.mark.parametrize("runtime", OTHERS)
def test_sqnr_below_the_threshold_fails_with_the_number(runtime: str) -> None:
    made, result = export("Linear", VECTOR, mode="dynamic", runtime=runtime)
    assert result.report.sqnr_db is not None
    strict = dataclasses.replace(made.spec, verify=VerifySection(min_sqnr_db=result.report.sqnr_db + 1))
    with pytest.raises(GateError) as caught:
        get_exporter(runtime).export(dataclasses.replace(made, spec=strict))
    assert f"SQNR {result.report.sqnr_db:.1f} dB" in caught.value.problem


@pytest.mark.parametrize("runtime", OTHERS)
@pytest.mark.parametrize(("name", "item"), [("Embeddings", TensorInput("ids", (1, 5), "int64"))])
def test_a_model_of_which_nothing_can_be_quantised_says_so(runtime: str, name: str, item: TensorInput) -> None:
    with pytest.raises(ExportError, match="nothing of the model could be quantised") as caught:
        export(name, item, mode="dynamic", runtime=runtime)
    assert "aten.embedding" in caught.value.problem


@pytest.mark.parametrize("runtime", OTHERS)
def test_int8_without_pictures_is_refused(runtime: str) -> None:
    with pytest.raises(ExportError, match="int8 needs pictures"):
        export("Convolutions", PICTURE, mode="int8", runtime=runtime)


@pytest.mark.parametrize("runtime", OTHERS)
def test_a_backend_of_another_runtime_is_refused_before_any_work(runtime: str) -> None:
    made = job("Linear", VECTOR, runtime=runtime)
    spec = dataclasses.replace(made.spec, export=dataclasses.replace(made.spec.export, backend="xnnpack"))
    broken = dataclasses.replace(net("Linear"), module=None)  # type: ignore[arg-type]
    with pytest.raises(SpecError, match=f"{runtime} has no backend 'xnnpack'"):
        get_exporter(runtime).export(ExportJob(broken, spec))
