"""ExecuTorch with the XNNPACK backend: a `.pte` with the method `forward` and two constant methods.

`edgegen_spec` returns the spec's TOML and `edgegen_labels` the labels, one a line, so that a file found alone still
says what it wants and what its numbers mean.
"""

from __future__ import annotations

import dataclasses
import hashlib
import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgegen.console import captured_output
from edgegen.errors import GateError, SpecError
from edgegen.exporters import cache
from edgegen.exporters.delegation import Delegation, delegation_of
from edgegen.exporters.failures import translate
from edgegen.exporters.fingerprint import model_digest
from edgegen.exporters.job import ExportJob, ExportReport, ExportResult
from edgegen.exporters.program import export_program
from edgegen.sources.examples import describe_inputs, example_inputs
from edgegen.spec.model_spec import AppSection, BudgetSection, ModelSpec, Quantization, VerifySection
from edgegen.spec.write import dump_spec

if TYPE_CHECKING:
    from torch import Tensor
    from torch.export import ExportedProgram

FILE_NAME: Final = "model.pte"
SPEC_METHOD: Final = "edgegen_spec"
LABELS_METHOD: Final = "edgegen_labels"
# A change in how a file is made must not be answered with an older file from the cache.
_RECIPE_FILES: Final = ("exporters/executorch.py", "exporters/program.py", "compress/pt2e.py", "compress/quantizer.py")
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_SQNR_SAMPLES: Final = 16


class ExecuTorchExporter:
    """float32, int8 and dynamic int8 programs for XNNPACK."""

    format = "pte"

    def export(self, job: ExportJob) -> ExportResult:
        """The `.pte` for `job`, from the cache where it was made before.

        Raises ExportError when it cannot be exported, GateError when its SQNR is below the spec's threshold.
        """
        if job.spec.export.backend != "xnnpack":
            raise SpecError(
                f"executorch has no backend {job.spec.export.backend!r} here",
                where="edgegen.toml: export.backend",
                hint="Use xnnpack",
            )
        with captured_output():
            key = job_key(job)
            result = cache.lookup(key, FILE_NAME) or cache.store(key, FILE_NAME, lambda path: _make(job, path))
        _check_sqnr(job.spec, result.report)
        return result


def job_key(job: ExportJob) -> str:
    """The hash of everything that goes into the file: model, spec, labels, calibration inputs and versions."""
    from importlib.metadata import version

    import torch

    digest = hashlib.sha256()
    # From their metadata: importing torchao and executorch takes seconds, which a hit of the cache should not cost.
    versions_used = [version(name) for name in ("torch", "executorch", "torchao")]
    for part in (*versions_used, model_digest(job.loaded), embedded_spec(job.spec, job.loaded.name)):
        digest.update(f"{part}\0".encode())
    for name in _RECIPE_FILES:
        digest.update((_PACKAGE / name).read_bytes())
    digest.update(embedded_labels(job.labels).encode())
    for sample in job.calibration:
        for tensor in sample:
            digest.update(str((tensor.dtype, tuple(tensor.shape))).encode())
            digest.update(tensor.contiguous().reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()[:40]


def embedded_spec(spec: ModelSpec, name: str) -> str:
    """The spec that rides in the file: what the model is, without what the app is called or must pass.

    So a project of another name, or other thresholds, finds the same file in the cache.
    """
    return dump_spec(
        dataclasses.replace(
            spec,
            model=dataclasses.replace(spec.model, path="."),
            app=AppSection(platform=spec.app.platform, name=name),
            verify=VerifySection(),
            budget=BudgetSection(),
            export=dataclasses.replace(spec.export, quantize=Quantization(mode=spec.export.quantize.mode)),
        )
    )


def embedded_labels(labels: tuple[str, ...] | None) -> str:
    """The labels, one a line."""
    return "\n".join(labels or ())


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
    samples = list(job.calibration[:_SQNR_SAMPLES]) or [inputs]
    return ExportReport(
        format="pte",
        bytes=len(data),
        delegated_percent=delegation.percent,
        undelegated=delegation.undelegated,
        quantized_ops=quantized_ops,
        sqnr_db=_sqnr(job, path, samples) if mode != "none" else None,
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
    from executorch.backends.xnnpack.partition.xnnpack_partitioner import (
        XnnpackDynamicallyQuantizedPartitioner,
        XnnpackPartitioner,
    )
    from executorch.exir import to_edge_transform_and_lower

    # Dynamic quantisation first, on its own: the general partitioner would take its linears in float.
    dynamic = job.spec.export.quantize.mode == "dynamic"
    partitioners = [XnnpackDynamicallyQuantizedPartitioner()] if dynamic else []
    constants = {
        SPEC_METHOD: embedded_spec(job.spec, job.loaded.name),
        LABELS_METHOD: embedded_labels(job.labels),
    }
    try:
        edge = to_edge_transform_and_lower(
            program, partitioner=[*partitioners, XnnpackPartitioner()], constant_methods=constants
        )
        _fold_constants(edge)
        delegation = delegation_of(edge.exported_program().graph_module)
        return bytes(edge.to_executorch().buffer), delegation
    except Exception as error:
        raise translate(error, describe_inputs(job.spec), program) from error


def _fold_constants(edge: Any) -> None:
    """Computes now what the program would compute from constants at every run.

    Decomposing hardsigmoid and hardswish leaves such operators outside the delegate, two to a call: integer scalars
    that are converted to float.
    """
    from executorch.exir.passes.constant_prop_pass import constant_prop_pass

    edge._edge_programs["forward"] = constant_prop_pass(edge.exported_program())


def _sqnr(job: ExportJob, path: Path, samples: Sequence[tuple[Tensor, ...]]) -> float:
    """The lowest SQNR, in dB, of any float output over all samples together: the file against the float model."""
    import torch

    from edgegen.verify.metrics import sqnr_db
    from edgegen.verify.runner import PteRunner, run_module

    runner = PteRunner(path)
    references = [run_module(job.loaded.module, sample) for sample in samples]
    actuals = [runner.run(sample) for sample in samples]
    lowest = math.inf
    for index, first in enumerate(references[0]):
        if first.is_floating_point():
            reference = torch.cat([outputs[index].flatten() for outputs in references])
            lowest = min(lowest, sqnr_db(reference, torch.cat([outputs[index].flatten() for outputs in actuals])))
    return round(max(min(lowest, 999.0), -999.0), 2)  # JSON has no infinity.


def _check_sqnr(spec: ModelSpec, report: ExportReport) -> None:
    mode = spec.export.quantize.mode
    required = spec.verify.for_mode(mode).min_sqnr_db
    if report.sqnr_db is None or required is None or report.sqnr_db >= required:
        return
    advice = "Calibrate with more pictures of the kind the app will see, try --quantize dynamic or none"
    raise GateError(
        f"quantising to {mode} lost too much: SQNR {report.sqnr_db:.1f} dB, at least {required:g} dB is asked",
        where="verify.min_sqnr_db",
        hint=f"{advice if mode == 'int8' else 'Use --quantize none'}, or lower min_sqnr_db",
    )
