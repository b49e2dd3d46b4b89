"""How the operators that compute in int8 are counted, on graphs written by hand."""

from __future__ import annotations

import onnx
import pytest
import torch
from onnx import TensorProto, helper

from edgegen.compress.qdq import integer_operators, quantize_onnx
from edgegen.errors import ExportError


def model_of(*nodes: onnx.NodeProto) -> onnx.ModelProto:
    """A graph of these nodes with the constants `w`, `s` and `z`."""
    constants = [
        helper.make_tensor("w", TensorProto.INT8, [4, 4], [1] * 16),
        helper.make_tensor("s", TensorProto.FLOAT, [], [0.1]),
        helper.make_tensor("z", TensorProto.INT8, [], [0]),
    ]
    shape = [1, 4]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        list(nodes), "g", [value("x", TensorProto.FLOAT, shape)], [value("y", TensorProto.FLOAT, shape)], constants
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])


QUANTIZE = helper.make_node("QuantizeLinear", ["x", "s", "z"], ["q"])
DEQUANTIZE = helper.make_node("DequantizeLinear", ["q", "s", "z"], ["d"])
WEIGHT = helper.make_node("DequantizeLinear", ["w", "s", "z"], ["dw"])


@pytest.mark.parametrize(
    ("nodes", "count"),
    [
        ((helper.make_node("Relu", ["x"], ["y"]),), 0),
        ((WEIGHT, helper.make_node("MatMul", ["x", "dw"], ["y"])), 0),
        ((QUANTIZE, DEQUANTIZE, WEIGHT, helper.make_node("MatMul", ["d", "dw"], ["y"])), 1),
        ((helper.make_node("MatMulInteger", ["x", "w"], ["y"]),), 1),
    ],
    ids=["float", "quantised weight only", "between DequantizeLinear and QuantizeLinear", "on integers"],
)
def test_operators_in_int8(nodes: tuple[onnx.NodeProto, ...], count: int) -> None:
    assert integer_operators(model_of(*nodes)) == count


def test_int8_needs_something_to_calibrate_with() -> None:
    with pytest.raises(ExportError, match="int8 needs pictures"):
        quantize_onnx(model_of(helper.make_node("Relu", ["x"], ["y"])), "int8", ["x"], ())


def test_what_cannot_be_quantised_has_no_operators() -> None:
    model = model_of(helper.make_node("Relu", ["x"], ["y"]))
    del model.graph.initializer[:]
    assert quantize_onnx(model, "dynamic", ["x"], [(torch.ones(1, 4),)]).operators == 0
