"""TorchScript for its small interpreter: a `.ptl` with the spec and the labels as extra files.

A model is traced from its exported program, so that what cannot be traced faithfully (a choice by value, state, random
numbers) is refused as for the other runtimes; `export.script` takes the model's own source instead and keeps its
control flow. What PyTorch's mobile optimiser would add needs a torch built with XNNPACK, which the wheels are not.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgegen.console import captured_output
from edgegen.errors import ExportError
from edgegen.exporters import cache, key
from edgegen.exporters.embedded import LABELS_KEY, SPEC_KEY, embedded_labels, embedded_spec
from edgegen.exporters.failures import translate
from edgegen.exporters.job import ExportJob, ExportReport, ExportResult
from edgegen.exporters.program import export_program
from edgegen.exporters.quality import check_sqnr
from edgegen.runtimes import RUNTIMES
from edgegen.sources.examples import describe_inputs, example_inputs
from edgegen.spec.check import check_export
from edgegen.verify.runner_ptl import quantized_engine

if TYPE_CHECKING:
    import torch
    from torch import Tensor
    from torch.export import ExportedProgram

FILE_NAME: Final = RUNTIMES["torchscript"].file_name
_RECIPE: Final = (
    "exporters/torchscript.py",
    "exporters/archive.py",
    "exporters/program.py",
    "compress/pt2e.py",
    "compress/quantizer.py",
)


class TorchScriptExporter:
    """float32 modules, traced or scripted."""

    format = RUNTIMES["torchscript"].format

    def export(self, job: ExportJob) -> ExportResult:
        """The `.ptl` for `job`, from the cache where it was made before.

        Raises ExportError when it cannot be exported, GateError when its SQNR is below the spec's threshold.
        """
        check_export(job.spec.export, "edgegen.toml")
        if job.spec.export.quantize.mode != "none":
            raise ExportError("cannot be quantised yet", where="export.quantize.mode", hint="Use none")
        with captured_output():
            name = key.job_key(job, ("torch", "torchao"), _RECIPE)
            result = cache.lookup(name, FILE_NAME) or cache.store(name, FILE_NAME, lambda path: _make(job, path))
        check_sqnr(job.spec, result.report)
        return result


def _make(job: ExportJob, path: Path) -> ExportReport:
    started = time.monotonic()
    inputs = example_inputs(job.spec, job.loaded)
    try:
        module = _scripted(job) if job.spec.export.script else _traced(export_program(job.loaded, job.spec), inputs)
        _save(job, module, path)
    except Exception as error:
        raise translate(error, describe_inputs(job.spec)) from error
    return ExportReport(
        format=TorchScriptExporter.format, bytes=path.stat().st_size, seconds=round(time.monotonic() - started, 2)
    )


def _traced(program: ExportedProgram, inputs: tuple[Tensor, ...]) -> torch.jit.ScriptModule:
    import torch

    module: Any = program.module(check_guards=False)
    for part in module.modules():
        part.training = False  # Freezing asks for it; an exported module refuses .eval().
    with torch.no_grad():
        traced: torch.jit.ScriptModule = torch.jit.trace(  # type: ignore[no-untyped-call]
            module, inputs, check_trace=False, strict=False
        )
    return traced


def _scripted(job: ExportJob) -> torch.jit.ScriptModule:
    import torch

    if isinstance(job.loaded.module, torch.jit.ScriptModule):
        return job.loaded.module
    if job.loaded.exported is not None:
        raise ExportError(
            "an exported program has no source to script",
            where="export.script",
            hint="Remove script: the program is traced as it is",
        )
    scripted: torch.jit.ScriptModule = torch.jit.script(job.loaded.module)
    return scripted


def _save(job: ExportJob, module: torch.jit.ScriptModule, path: Path) -> None:
    import torch

    from edgegen.exporters.archive import drop_source_notes

    extra = {
        SPEC_KEY: embedded_spec(job.spec, job.loaded.name),
        LABELS_KEY: embedded_labels(job.labels),
    }
    with quantized_engine():
        frozen: Any = torch.jit.freeze(module.eval())
        frozen._save_for_lite_interpreter(str(path), _extra_files=extra)
    drop_source_notes(path)
