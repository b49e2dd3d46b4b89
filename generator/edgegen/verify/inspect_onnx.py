"""What is inside a `.onnx`: inputs, outputs, operators, which of them compute in int8, and what edgegen put there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from edgegen.console import captured_output
from edgegen.errors import ExportError
from edgegen.exporters.embedded import LABELS_KEY, SPEC_KEY
from edgegen.tools.onnx import require_onnx


def inspect_onnx(path: Path) -> dict[str, Any]:
    """The facts of the model at `path`; its weights are not looked at. Raises ExportError, ToolError without onnx."""
    require_onnx()
    import onnx

    from edgegen.compress.qdq import integer_operators

    try:
        with captured_output():
            model = onnx.load(path, load_external_data=False)
            onnx.checker.check_model(model)
    except Exception as error:  # A file that is cut or altered fails in whatever way protobuf's reader stumbles.
        raise ExportError("the model is damaged", where=str(path), hint="Export the model again") from error
    constants = {tensor.name for tensor in model.graph.initializer}
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    spec, labels = metadata.get(SPEC_KEY), metadata.get(LABELS_KEY)
    return {
        "kind": "onnx",
        "file": str(path),
        "bytes": path.stat().st_size,
        "opset": next((entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")), None),
        "inputs": [_tensor_facts(value) for value in model.graph.input if value.name not in constants],
        "outputs": [_tensor_facts(value) for value in model.graph.output],
        "operators": dict(Counter(node.op_type for node in model.graph.node).most_common()),
        "quantized_ops": integer_operators(model),
        "spec": spec,
        "spec_origin": f"the model's metadata {SPEC_KEY}" if spec is not None else None,
        "labels": labels.split("\n") if labels else None,
    }


def _tensor_facts(value: Any) -> dict[str, Any]:
    """A dynamic axis is its name."""
    from onnx import helper

    tensor = value.type.tensor_type
    dtype = helper.tensor_dtype_to_np_dtype(tensor.elem_type).name if tensor.elem_type else None
    return {
        "name": value.name,
        "shape": [dim.dim_param or dim.dim_value for dim in tensor.shape.dim],
        "dtype": dtype,
    }
