"""ONNX by torch's dynamo exporter: a `.onnx` whose inputs and outputs have the spec's names, with the spec and the
labels as metadata.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgegen.console import captured_output
from edgegen.exporters import cache, key
from edgegen.exporters.embedded import LABELS_KEY, SPEC_KEY, embedded_labels, embedded_spec
from edgegen.exporters.failures import translate
from edgegen.exporters.job import ExportJob, ExportReport, ExportResult
from edgegen.exporters.program import export_program
from edgegen.exporters.quality import check_sqnr, file_sqnr_db
from edgegen.runtimes import RUNTIMES
from edgegen.sources.examples import describe_inputs, example_inputs
from edgegen.spec.check import check_export
from edgegen.spec.schema import OLDEST_OPSET
from edgegen.tools.onnx import require_onnx

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto
    from torch.export import ExportedProgram

FILE_NAME: Final = RUNTIMES["onnx"].file_name
_RECIPE: Final = ("exporters/onnx.py", "exporters/program.py", "exporters/axes.py", "compress/qdq.py")
_PACKAGES: Final = ("torch", "onnx", "onnxscript", "onnxruntime")
DEFAULT_OPSET: Final = OLDEST_OPSET


class OnnxExporter:
    """float32, int8 (QDQ) and dynamic int8 models."""

    format = RUNTIMES["onnx"].format

    def export(self, job: ExportJob) -> ExportResult:
        """The `.onnx` for `job`, from the cache where it was made before.

        Raises ToolError without the packages for it, ExportError when it cannot be exported, GateError when its SQNR
        is below the spec's threshold.
        """
        check_export(job.spec.export, "edgegen.toml")
        require_onnx()
        with captured_output():
            name = key.job_key(job, _PACKAGES, _RECIPE)
            result = cache.lookup(name, FILE_NAME) or cache.store(name, FILE_NAME, lambda path: _make(job, path))
        check_sqnr(job.spec, result.report)
        return result


def _make(job: ExportJob, path: Path) -> ExportReport:
    started = time.monotonic()
    mode = job.spec.export.quantize.mode
    program = export_program(job.loaded, job.spec)
    operators = 0
    try:
        model = _converted(job, program)
        if mode != "none":
            model, operators = _quantize(job, model, program)
    except Exception as error:
        raise translate(error, describe_inputs(job.spec), program) from error
    _describe(job, model)
    path.write_bytes(model.SerializeToString(deterministic=True))
    inputs = example_inputs(job.spec, job.loaded)
    return ExportReport(
        format=OnnxExporter.format,
        bytes=path.stat().st_size,
        quantized_ops=operators,
        sqnr_db=file_sqnr_db(job, path, inputs) if mode != "none" else None,
        seconds=round(time.monotonic() - started, 2),
    )


def _quantize(job: ExportJob, model: ModelProto, program: ExportedProgram) -> tuple[ModelProto, int]:
    from edgegen.compress.pt2e import nothing_quantized
    from edgegen.compress.qdq import quantize_onnx

    mode = job.spec.export.quantize.mode
    made = quantize_onnx(model, mode, [item.name for item in job.spec.inputs], job.calibration)
    if made.operators == 0:
        raise nothing_quantized(program, mode)
    return made.model, made.operators


def _converted(job: ExportJob, program: ExportedProgram) -> ModelProto:
    import torch

    converted: Any = torch.onnx.export(
        program,
        dynamo=True,
        input_names=[item.name for item in job.spec.inputs],
        output_names=[item.name for item in job.spec.outputs],
        opset_version=job.spec.export.opset or DEFAULT_OPSET,
        verbose=False,
    )
    model: ModelProto = converted.model_proto
    _name_axes(job, program, model)
    return model


def _name_axes(job: ExportJob, program: ExportedProgram, model: ModelProto) -> None:
    """Gives dynamic axes the user's names where torch made some up (s77, or 2*s77 of an output)."""
    values = {node.name: node.meta["val"] for node in program.graph.nodes if node.op == "placeholder"}
    order = dict(zip((item.name for item in job.spec.inputs), program.graph_signature.user_inputs, strict=True))
    names = {str(values[str(order[axis.input])].shape[axis.axis]): axis.name for axis in job.spec.export.dynamic_axes}
    for value in (*model.graph.input, *model.graph.output):
        for dim in value.type.tensor_type.shape.dim:
            if dim.dim_param:
                dim.dim_param = re.sub(r"\b[su]\d+\b", lambda match: names.get(match[0], match[0]), dim.dim_param)


def _describe(job: ExportJob, model: ModelProto) -> None:
    """Adds the spec and labels, and takes out file names of this machine and torch's notes on each node."""
    from onnx import helper

    from edgegen.version import __version__

    _keep_used_opsets(model)
    model.producer_name, model.producer_version, model.doc_string = "edgegen", __version__, ""
    _strip(model.graph)
    for function in model.functions:
        del function.metadata_props[:]
        for node in function.node:
            del node.metadata_props[:]
            node.ClearField("doc_string")
    helper.set_model_props(
        model, {SPEC_KEY: embedded_spec(job.spec, job.loaded.name), LABELS_KEY: embedded_labels(job.labels)}
    )


def _keep_used_opsets(model: ModelProto) -> None:
    """Takes out the sets of operators that ONNX Runtime's tool names and nothing uses: other readers refuse them."""
    used = {node.domain for node in model.graph.node} | {node.domain for f in model.functions for node in f.node}
    kept = [entry for entry in model.opset_import if entry.domain in used | {""}]
    del model.opset_import[:]
    model.opset_import.extend(kept)


def _strip(graph: GraphProto) -> None:
    graph.ClearField("doc_string")
    del graph.metadata_props[:]
    del graph.value_info[:]  # The shapes in between, which each runtime works out itself.
    for value in (*graph.input, *graph.output, *graph.initializer):
        del value.metadata_props[:]
        value.ClearField("doc_string")
    for node in graph.node:
        del node.metadata_props[:]
        node.ClearField("doc_string")
        for attribute in node.attribute:
            for inner in (attribute.g, *attribute.graphs):
                if inner.node:
                    _strip(inner)
