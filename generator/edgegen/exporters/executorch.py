"""ExecuTorch with the XNNPACK or the Core ML backend: a `.pte` with the method `forward` and two constant methods.

`edgegen_spec` returns the spec's TOML and `edgegen_labels` the labels, one a line, so that a file found alone still
says what it wants and what its numbers mean.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgegen.console import captured_output
from edgegen.exporters import cache, key
from edgegen.exporters.delegation import Delegation, delegation_of
from edgegen.exporters.embedded import LABELS_KEY, SPEC_KEY, embedded_labels, embedded_spec
from edgegen.exporters.failures import translate
from edgegen.exporters.job import ExportJob, ExportReport, ExportResult
from edgegen.exporters.program import export_program
from edgegen.exporters.quality import check_sqnr, file_sqnr_db
from edgegen.sources.examples import describe_inputs, example_inputs
from edgegen.spec.check import check_export
from edgegen.spec.model_spec import ModelSpec
from edgegen.tools.coreml import require_coreml

if TYPE_CHECKING:
    from torch import Tensor
    from torch.export import ExportedProgram

FILE_NAME: Final = "model.pte"
# A change in how a file is made must not be answered with an older file from the cache.
_RECIPE_FILES: Final = ("exporters/executorch.py", "exporters/program.py", "compress/pt2e.py", "compress/quantizer.py")


class ExecuTorchExporter:
    """float32, int8 and dynamic int8 programs for XNNPACK; float16 and float32 ones for Core ML."""

    format = "pte"

    def export(self, job: ExportJob) -> ExportResult:
        """The `.pte` for `job`, from the cache where it was made before.

        Raises ToolError without coremltools where its backend is asked for, ExportError when it cannot be exported,
        GateError when its SQNR is below the spec's threshold.
        """
        check_export(job.spec.export, "edgegen.toml")
        if job.spec.export.is_coreml:
            require_coreml("--backend coreml")
        with captured_output():
            name = job_key(job)
            result = cache.lookup(name, FILE_NAME) or cache.store(name, FILE_NAME, lambda path: _make(job, path))
        check_sqnr(job.spec, result.report)
        return result


def job_key(job: ExportJob) -> str:
    """The hash of everything that goes into the file."""
    more = ("coremltools",) if job.spec.export.is_coreml else ()
    return key.job_key(job, ("torch", "executorch", "torchao", *more), _RECIPE_FILES)


def _make(job: ExportJob, path: Path) -> ExportReport:
    started = time.monotonic()
    program = export_program(job.loaded, job.spec)
    mode = job.spec.export.quantize.mode
    quantized_ops = 0
    inputs = example_inputs(job.spec, job.loaded)
    if mode != "none":
        program, quantized_ops = _quantize(job, program, inputs)
    data, delegation = _lower(job, program)
    path.write_bytes(data)
    return ExportReport(
        format="pte",
        bytes=len(data),
        delegated_percent=delegation.percent,
        undelegated=delegation.undelegated,
        quantized_ops=quantized_ops,
        sqnr_db=file_sqnr_db(job, path, inputs) if mode != "none" else None,
        seconds=round(time.monotonic() - started, 2),
    )


def _quantize(job: ExportJob, program: ExportedProgram, inputs: tuple[Tensor, ...]) -> tuple[ExportedProgram, int]:
    from edgegen.compress.pt2e import quantize

    try:
        quantized = quantize(program, job.spec.export.quantize.mode, inputs, job.calibration)
    except Exception as error:
        raise translate(error, describe_inputs(job.spec), program) from error
    return quantized.program, quantized.operators


def _lower(job: ExportJob, program: ExportedProgram) -> tuple[bytes, Delegation]:
    from executorch.exir import to_edge_transform_and_lower

    constants = {
        SPEC_KEY: embedded_spec(job.spec, job.loaded.name),
        LABELS_KEY: embedded_labels(job.labels),
    }
    try:
        edge = to_edge_transform_and_lower(program, partitioner=_partitioners(job.spec), constant_methods=constants)
        _fold_constants(edge)
        delegation = delegation_of(edge.exported_program().graph_module)
        return bytes(edge.to_executorch().buffer), delegation
    except Exception as error:
        raise translate(error, describe_inputs(job.spec), program) from error


def _partitioners(spec: ModelSpec) -> list[Any]:
    """What gives the program's operators to the backend, in the order in which they are asked."""
    if spec.export.is_coreml:
        return [_coreml_partitioner(spec)]
    from executorch.backends.xnnpack.partition.xnnpack_partitioner import (
        XnnpackDynamicallyQuantizedPartitioner,
        XnnpackPartitioner,
    )

    # Dynamic quantisation first, on its own: the general partitioner would take its linears in float.
    dynamic = spec.export.quantize.mode == "dynamic"
    return [*([XnnpackDynamicallyQuantizedPartitioner()] if dynamic else []), XnnpackPartitioner()]


def _coreml_partitioner(spec: ModelSpec) -> Any:
    import coremltools as ct
    from executorch.backends.apple.coreml.compiler import CoreMLBackend
    from executorch.backends.apple.coreml.partition.coreml_partitioner import CoreMLPartitioner

    from edgegen.exporters.coreml_convert import target

    units = {
        "all": ct.ComputeUnit.ALL,
        "cpu-only": ct.ComputeUnit.CPU_ONLY,
        "cpu-and-gpu": ct.ComputeUnit.CPU_AND_GPU,
        "cpu-and-neural-engine": ct.ComputeUnit.CPU_AND_NE,
    }
    whole = spec.export.precision == "float32"
    return CoreMLPartitioner(
        compile_specs=CoreMLBackend.generate_compile_specs(
            compute_unit=units[spec.export.compute_units or "all"],
            minimum_deployment_target=target(spec),
            compute_precision=ct.precision.FLOAT32 if whole else ct.precision.FLOAT16,
        )
    )


def _fold_constants(edge: Any) -> None:
    """Computes now what the program would compute from constants at every run.

    Decomposing hardsigmoid and hardswish leaves such operators outside the delegate, two to a call: integer scalars
    that are converted to float.
    """
    from executorch.exir.passes.constant_prop_pass import constant_prop_pass

    edge._edge_programs["forward"] = constant_prop_pass(edge.exported_program())
