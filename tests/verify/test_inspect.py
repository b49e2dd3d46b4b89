"""inspect: what is in a model, a file and a project, as data that JSON can hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from torch import nn

from edgegen.errors import ExportError, SourceError
from edgegen.spec.model_spec import TensorInput
from edgegen.spec.parse import parse_spec
from edgegen.verify import inspect_source
from edgegen.verify.inspect import count_macs
from tests.exporters.jobs import ROOT, VECTOR, demo_export, export


def test_a_model_with_transforms() -> None:
    facts = inspect_source("demo")
    json.dumps(facts, allow_nan=False)
    assert facts["parameters"] == 4_652_008
    assert facts["macs"] == 385_187_552
    assert facts["operators"]["aten.conv2d"] == 49
    assert facts["spec_origin"] == "demo:preset"
    assert facts["inputs"][0]["steps"][0] == "resize short side 256 bicubic"
    assert facts["outputs"] == [{"name": "logits", "kind": "classification", "activation": "softmax"}]
    assert parse_spec(facts["spec"]).image_inputs[0].shape == (1, 3, 224, 224)


def test_a_model_of_numbers_with_its_input_given() -> None:
    facts = inspect_source("tests.exporters.nets:Linear", inputs=["x=1x8:float32"], cwd=ROOT)
    assert facts["inputs"] == [{"name": "x", "kind": "tensor", "shape": [1, 8], "dtype": "float32"}]
    assert facts["macs"] == 32
    assert facts["operators"] == {"aten.linear": 1}


def test_a_model_that_does_not_say_its_input_shows_the_rest_and_why() -> None:
    facts = inspect_source("tests.exporters.nets:Linear", cwd=ROOT)
    assert facts["parameters"] == 36
    assert facts["inputs"] is None
    assert "--input" in facts["spec_problem"]


def test_a_model_that_cannot_be_exported_shows_the_rest_and_why() -> None:
    facts = inspect_source("tests.exporters.nets:DecidesByData", inputs=["x=1x8"], cwd=ROOT)
    assert facts["outputs"] == [{"name": "output", "kind": "tensor", "shape": [1, 4], "dtype": "float32"}]
    assert facts["operators"] is None
    assert "known only when it runs" in facts["export_problem"]


@pytest.mark.parametrize(
    ("module", "inputs", "macs"),
    [
        (nn.Linear(8, 4), (torch.ones(2, 8),), 64),
        (nn.Conv2d(3, 8, 3, padding=1), (torch.ones(1, 3, 5, 5),), 5 * 5 * 27 * 8),
        (nn.Conv2d(8, 8, 3, groups=8), (torch.ones(1, 8, 3, 3),), 9 * 8),
        (nn.ReLU(), (torch.ones(3),), 0),
    ],
)
def test_macs_by_hand(module: nn.Module, inputs: tuple[torch.Tensor, ...], macs: int) -> None:
    assert count_macs(module, inputs) == macs


def test_macs_of_a_model_that_fails_are_unknown() -> None:
    assert count_macs(nn.Linear(3, 3), (torch.ones(1, 4),)) is None


def test_an_exported_file_shows_what_is_delegated_and_what_rides_in_it() -> None:
    made, result = demo_export()
    facts = inspect_source(str(result.path))
    json.dumps(facts, allow_nan=False)
    assert facts["kind"] == "pte"
    assert facts["bytes"] == result.report.bytes
    assert facts["inputs"] == [{"shape": [1, 3, 224, 224], "dtype": "float32"}]
    assert facts["outputs"] == [{"shape": [1, 1000], "dtype": "float32"}]
    assert facts["backends"] == {"XnnpackBackend": 1}
    assert facts["delegated"]["Conv2d"] + facts["delegated"]["DepthwiseConv2d"] == 49
    assert facts["undelegated"] == {}
    assert tuple(facts["labels"]) == made.labels
    assert parse_spec(facts["spec"]).inputs == made.spec.inputs


def test_an_exported_file_shows_what_stayed_outside() -> None:
    _, result = export("Embeddings", TensorInput("ids", (1, 5), "int64"))
    facts = inspect_source(str(result.path))
    assert facts["undelegated"] == {"aten.embedding.out": 1}
    assert facts["inputs"] == [{"shape": [1, 5], "dtype": "int64"}]
    assert facts["delegated_percent"] == 0.0
    assert facts["labels"] is None


def test_a_project_shows_its_model_and_its_file(tmp_path: Path) -> None:
    made, result = demo_export()
    from edgegen.spec.write import dump_spec

    (tmp_path / "edgegen.toml").write_text(dump_spec(made.spec), encoding="utf-8")
    facts = inspect_source(str(tmp_path))
    assert facts["model"]["name"] == "efficientnet-lite0"
    assert facts["exported"] is None
    (tmp_path / "generated").mkdir()
    (tmp_path / "generated" / "model.pte").write_bytes(result.path.read_bytes())
    assert inspect_source(str(tmp_path / "edgegen.toml"))["exported"]["bytes"] == result.report.bytes


@pytest.mark.parametrize("keep", [0.01, 0.3, 0.6, 0.95])
def test_a_damaged_file_is_a_clear_error(tmp_path: Path, keep: float) -> None:
    _, result = export("Linear", VECTOR)
    data = result.path.read_bytes()
    (tmp_path / "net.pte").write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(ExportError) as caught:
        inspect_source("net.pte", cwd=tmp_path)
    assert caught.value.where == str(tmp_path / "net.pte")


def test_what_is_no_model_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello world", encoding="utf-8")
    with pytest.raises(SourceError, match="not a model file"):
        inspect_source("notes.txt", cwd=tmp_path)


def test_an_onnx_file_shows_its_operators_and_what_computes_in_int8() -> None:
    made, result = demo_export("int8", "onnx")
    facts = inspect_source(str(result.path))
    json.dumps(facts, allow_nan=False)
    assert (facts["kind"], facts["opset"]) == ("onnx", 18)
    assert facts["inputs"] == [{"name": "image", "shape": [1, 3, 224, 224], "dtype": "float32"}]
    assert facts["outputs"] == [{"name": "logits", "shape": [1, 1000], "dtype": "float32"}]
    assert facts["operators"]["Conv"] == 49
    assert facts["quantized_ops"] == result.report.quantized_ops >= 60
    assert tuple(facts["labels"]) == made.labels
    assert parse_spec(facts["spec"]).inputs == made.spec.inputs


def test_a_torchscript_file_shows_its_operators_and_what_computes_in_int8() -> None:
    made, result = demo_export("int8", "torchscript")
    facts = inspect_source(str(result.path))
    json.dumps(facts, allow_nan=False)
    assert facts["kind"] == "ptl"
    assert facts["inputs"] == [{"name": "image", "shape": [1, 3, 224, 224], "dtype": "float32"}]
    assert facts["operators"]["quantized.conv2d"] == 49
    assert facts["quantized_ops"] == result.report.quantized_ops == 59
    assert tuple(facts["labels"]) == made.labels
    assert parse_spec(facts["spec"]).inputs == made.spec.inputs


@pytest.mark.parametrize("runtime", ["torchscript", "onnx"])
@pytest.mark.parametrize("keep", [0.01, 0.3, 0.6, 0.95])
def test_a_damaged_file_of_another_runtime_is_a_clear_error(tmp_path: Path, runtime: str, keep: float) -> None:
    _, result = export("Linear", VECTOR, runtime=runtime)
    data = result.path.read_bytes()
    path = tmp_path / result.path.name
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(ExportError) as caught:
        inspect_source(str(path))
    assert caught.value.where == str(path)
