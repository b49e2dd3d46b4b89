"""The exported file: what it holds, that it computes what PyTorch does, and that it is made once."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch

from edgegen.errors import ExportError, GateError, SpecError, UsageError
from edgegen.exporters import exporter_names, get_exporter
from edgegen.exporters.executorch import embedded_spec, job_key
from edgegen.sources import load_model
from edgegen.sources.examples import example_inputs
from edgegen.spec.model_spec import AppSection, ExportSection, TensorInput, VerifySection
from edgegen.spec.parse import parse_spec
from edgegen.verify.runner import PteRunner, run_module
from tests.exporters.jobs import ROOT, VECTOR, ExportJob, demo_export, export, job, make_spec, net

PICTURE = TensorInput("image", (1, 3, 32, 32))


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("Linear", [VECTOR]),
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
def test_the_file_computes_what_the_model_does(name: str, inputs: list[TensorInput]) -> None:
    made, result = export(name, *inputs)
    values = example_inputs(made.spec, seed=7)
    expected, actual = run_module(made.loaded.module, values), PteRunner(result.path).run(values)
    assert len(expected) == len(actual) == len(made.spec.outputs)
    for reference, got in zip(expected, actual, strict=True):
        torch.testing.assert_close(got, reference, rtol=1e-5, atol=1e-5)


def test_spec_and_labels_ride_in_the_file() -> None:
    made, result = demo_export()
    runner = PteRunner(result.path)
    text = runner.constant("edgegen_spec")
    assert isinstance(text, str)
    assert parse_spec(text).inputs == made.spec.inputs
    labels = runner.constant("edgegen_labels")
    assert isinstance(labels, str)
    assert tuple(labels.split("\n")) == made.labels


def test_the_demo_is_wholly_delegated_and_of_the_expected_size() -> None:
    _, result = demo_export()
    assert result.report.delegated_percent == 100.0
    assert result.report.undelegated == {}
    assert 18e6 < result.report.bytes == result.path.stat().st_size < 19e6


def test_what_depends_on_constants_only_is_computed_at_export() -> None:
    made, result = export("HardSigmoids", PICTURE)
    assert result.report.undelegated == {}
    values = example_inputs(made.spec, seed=7)
    (expected,), (actual,) = run_module(made.loaded.module, values), PteRunner(result.path).run(values)
    torch.testing.assert_close(actual, expected, rtol=1e-5, atol=1e-6)


def test_operators_outside_the_delegate_are_counted() -> None:
    _, result = export("Embeddings", TensorInput("ids", (1, 5), "int64"))
    assert result.report.undelegated == {"aten.embedding": 1}
    assert result.report.delegated_percent == 0.0


def test_a_second_export_neither_traces_nor_lowers(monkeypatch: pytest.MonkeyPatch) -> None:
    made, first = export("Linear", VECTOR)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("exported again")

    import executorch.exir

    monkeypatch.setattr(torch.export, "export", refuse)
    monkeypatch.setattr(executorch.exir, "to_edge_transform_and_lower", refuse)
    again = get_exporter("executorch").export(ExportJob(load_model(made.loaded.source, cwd=ROOT), made.spec))
    assert again.report.cached
    assert again.path == first.path


def test_the_key_ignores_what_the_file_does_not_depend_on() -> None:
    made = job("Linear", VECTOR)
    spec = dataclasses.replace(
        made.spec,
        app=AppSection("linux-arm", "another name"),
        verify=VerifySection(min_sqnr_db=1.0),
        model=dataclasses.replace(made.spec.model, path="../elsewhere"),
    )
    assert job_key(dataclasses.replace(made, spec=spec)) == job_key(made)
    assert "another name" not in embedded_spec(spec, "net")


def test_the_key_depends_on_all_that_goes_into_the_file() -> None:
    made = job("Linear", VECTOR)
    sample = (torch.zeros(1, 8),)
    others = [
        dataclasses.replace(made, labels=("a", "b")),
        dataclasses.replace(made, calibration=[sample]),
        dataclasses.replace(made, calibration=[sample, sample]),
        dataclasses.replace(made, spec=make_spec(TensorInput("x", (2, 8)), outputs=made.spec.outputs)),
        dataclasses.replace(made, spec=make_spec(VECTOR, outputs=made.spec.outputs, mode="dynamic")),
        dataclasses.replace(made, loaded=net("HalfPrecision")),
    ]
    assert len({job_key(made), *map(job_key, others)}) == len(others) + 1


def test_sqnr_below_the_threshold_fails_with_the_number() -> None:
    made, result = export("Linear", VECTOR, mode="dynamic")
    assert result.report.sqnr_db is not None
    strict = dataclasses.replace(made.spec, verify=VerifySection(min_sqnr_db=result.report.sqnr_db + 1))
    with pytest.raises(GateError) as caught:
        get_exporter("executorch").export(dataclasses.replace(made, spec=strict))
    assert f"SQNR {result.report.sqnr_db:.1f} dB" in caught.value.problem
    assert caught.value.where == "verify.min_sqnr_db"


def test_an_unknown_runtime_and_backend_are_refused() -> None:
    with pytest.raises(UsageError) as caught:
        get_exporter("onnx2")
    assert all(name in caught.value.hint for name in exporter_names())
    spec = dataclasses.replace(make_spec(VECTOR), export=ExportSection(backend="vulkan"))
    with pytest.raises(SpecError, match="vulkan"):
        get_exporter("executorch").export(ExportJob(net("Linear"), spec))


def test_a_pt2_and_a_torchscript_file_export_to_the_same_numbers(tmp_path: Path) -> None:
    module = net("Linear").module
    example = (torch.ones(1, 8),)
    torch.export.save(torch.export.export(module, example), tmp_path / "net.pt2")
    torch.jit.trace(module, example).save(str(tmp_path / "net.pt"))
    for name in ("net.pt2", "net.pt"):
        loaded = load_model(name, cwd=tmp_path)
        result = get_exporter("executorch").export(ExportJob(loaded, make_spec(VECTOR, source=name)))
        (got,) = PteRunner(result.path).run(example)
        torch.testing.assert_close(got, module(*example).detach(), rtol=1e-5, atol=1e-6)


def test_a_pt2_of_another_shape_says_both_shapes(tmp_path: Path) -> None:
    program = torch.export.export(net("Linear").module, (torch.ones(3, 8),))
    torch.export.save(program, tmp_path / "net.pt2")
    loaded = load_model("net.pt2", cwd=tmp_path)
    with pytest.raises(ExportError) as caught:
        get_exporter("executorch").export(ExportJob(loaded, make_spec(VECTOR)))
    assert "x 1x8 float32 was given" in caught.value.problem
    assert "x 3x8 float32" in caught.value.problem
    with pytest.raises(ExportError, match=r"1 inputs \(x\), the spec 2"):
        get_exporter("executorch").export(ExportJob(loaded, make_spec(VECTOR, VECTOR)))


def test_nothing_of_torchs_noise_reaches_the_terminal(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDGEGEN_CACHE", str(tmp_path))
        _, result = export("Linear", VECTOR)
    assert not result.report.cached
    assert capfd.readouterr() == ("", "")
