"""The .onnx: names, opsets, axes of any size, and what is refused."""

from __future__ import annotations

import dataclasses
import importlib.util
from pathlib import Path

import onnx
import pytest
import torch

from edgegen.errors import ExportError, ToolError
from edgegen.exporters import ExportJob, get_exporter
from edgegen.sources import load_model
from edgegen.spec.model_spec import DynamicAxis, QuantizeMode, TensorInput
from edgegen.spec.schema import NEWEST_OPSET, OLDEST_OPSET
from edgegen.verify.runner import run_module, runner_for
from tests.exporters import nets
from tests.exporters.jobs import VECTOR, demo_export, export, job, net
from tests.exporters.test_runtimes import PICTURE, pictures

BATCH = DynamicAxis("x", 0, "batch")


def with_section(made: ExportJob, **changes: object) -> ExportJob:
    section = dataclasses.replace(made.spec.export, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(made, spec=dataclasses.replace(made.spec, export=section))


def dims(value: onnx.ValueInfoProto) -> list[str | int]:
    return [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]


def test_inputs_and_outputs_have_the_names_of_the_spec() -> None:
    made, result = export("TwoInputs", VECTOR, TensorInput("scale", (1, 1)), runtime="onnx")
    model = onnx.load(result.path)
    assert [value.name for value in model.graph.input] == ["x", "scale"]
    assert [value.name for value in model.graph.output] == [output.name for output in made.spec.outputs]
    assert [entry.version for entry in model.opset_import] == [OLDEST_OPSET]


@pytest.mark.parametrize("mode", ["none", "int8", "dynamic"])
@pytest.mark.parametrize("opset", [OLDEST_OPSET + 2, NEWEST_OPSET])
def test_an_opset_is_what_was_asked_for(opset: int, mode: QuantizeMode) -> None:
    made = with_section(job("Convolutions", PICTURE, mode=mode, runtime="onnx"), opset=opset)
    result = get_exporter("onnx").export(dataclasses.replace(made, calibration=pictures() if mode == "int8" else ()))
    model = onnx.load(result.path)
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", opset)]
    onnx.checker.check_model(model, full_check=True)


@pytest.mark.parametrize("mode", ["none", "dynamic"])
def test_a_dynamic_axis_has_its_name_and_takes_any_size(mode: QuantizeMode) -> None:
    made = with_section(job("Linear", VECTOR, mode=mode, runtime="onnx"), dynamic_axes=(BATCH,))
    result = get_exporter("onnx").export(made)
    model = onnx.load(result.path)
    assert dims(model.graph.input[0]) == ["batch", 8]
    assert dims(model.graph.output[0]) == ["batch", 4]
    batch = torch.randn(5, 8, generator=torch.Generator().manual_seed(3))
    (actual,) = runner_for(result.path).run([batch])
    torch.testing.assert_close(actual, made.loaded.module(batch), atol=1e-5 if mode == "none" else 0.05, rtol=0)


def test_without_it_a_shape_is_fixed() -> None:
    _, result = export("Linear", VECTOR, runtime="onnx")
    with pytest.raises(ExportError, match="Got invalid dimensions"):
        runner_for(result.path).run([torch.ones(5, 8)])


def test_axes_of_one_name_have_one_size() -> None:
    made = job("TwoInputs", VECTOR, TensorInput("scale", (1, 1)), runtime="onnx")
    result = get_exporter("onnx").export(with_section(made, dynamic_axes=(BATCH, DynamicAxis("scale", 0, "batch"))))
    model = onnx.load(result.path)
    assert [dims(value) for value in model.graph.input] == [["batch", 8], ["batch", 1]]
    values = (torch.ones(3, 8), torch.full((3, 1), 2.0))
    (expected,), (actual,) = run_module(made.loaded.module, values), runner_for(result.path).run(values)
    torch.testing.assert_close(actual, expected)


def test_an_axis_that_the_model_fixes_is_refused() -> None:
    made = with_section(job("Linear", VECTOR, runtime="onnx"), dynamic_axes=(DynamicAxis("x", 1, "width"),))
    with pytest.raises(ExportError) as caught:
        get_exporter("onnx").export(made)
    assert "axis" in caught.value.problem or "does not take this input" in caught.value.problem


def test_an_axis_that_a_given_program_fixes_is_refused(tmp_path: Path) -> None:
    torch.export.save(torch.export.export(net("Linear").module, (torch.ones(1, 8),)), tmp_path / "net.pt2")
    made = with_section(job("Linear", VECTOR, runtime="onnx"), dynamic_axes=(BATCH,))
    with pytest.raises(ExportError, match="axis 0 of x is fixed to 1"):
        get_exporter("onnx").export(dataclasses.replace(made, loaded=load_model("net.pt2", cwd=tmp_path)))


def test_an_operator_that_onnx_lacks_is_named_with_its_line() -> None:
    with pytest.raises(ExportError, match=r"ONNX has no counterpart of the operator aten\._linalg_svd") as caught:
        export("Decomposes", VECTOR, runtime="onnx")
    assert caught.value.where == f"{nets.__file__}:{nets.line_of('linalg.svd')}"


def test_a_branch_by_value_is_kept() -> None:
    made, result = export("Conditional", VECTOR, runtime="onnx")
    for sample in (torch.ones(1, 8), -torch.ones(1, 8)):
        (expected,), (actual,) = run_module(made.loaded.module, [sample]), runner_for(result.path).run([sample])
        torch.testing.assert_close(actual, expected)


def test_int8_has_one_scale_to_a_channel_and_signed_levels() -> None:
    """Unsigned levels with signed weights saturate on processors without VNNI."""
    _, result = demo_export("int8", "onnx")
    model = onnx.load(result.path)
    made = {tensor.name: tensor for tensor in model.graph.initializer}
    weights = {node.input[1] for node in model.graph.node if node.op_type == "Conv"}
    scales = [
        made[node.input[1]] for node in model.graph.node
        if node.op_type == "DequantizeLinear" and node.output[0] in weights
    ]  # fmt: skip
    assert len(scales) == 49
    assert all(len(scale.dims) == 1 and scale.dims[0] > 1 for scale in scales)
    zeros = [made[node.input[2]].data_type for node in model.graph.node if node.op_type == "QuantizeLinear"]
    assert set(zeros) == {onnx.TensorProto.INT8}


@pytest.mark.parametrize("missing", [("onnxruntime",), ("onnx", "onnxscript")])
def test_a_missing_package_is_one_line_with_the_remedy(
    missing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr("edgegen.tools.onnx.find_spec", lambda name: None if name in missing else real(name))
    with pytest.raises(ToolError) as caught:
        export("Linear", VECTOR, runtime="onnx")
    assert caught.value.problem == f"the runtime onnx needs {' and '.join(missing)}, not installed here"
    assert 'pip install "edgegen[onnx]"' in caught.value.hint
