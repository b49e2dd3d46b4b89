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
from edgegen.exporters.failures import DECIDES_BY_VALUE, translate
from edgegen.exporters.job import ExportJob, ExportReport, ExportResult
from edgegen.exporters.program import export_program
from edgegen.exporters.quality import check_sqnr, file_sqnr_db
from edgegen.runtimes import RUNTIMES
from edgegen.sources.examples import describe_inputs, example_inputs
from edgegen.sources.outputs import named_outputs
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
    "compress/qnnpack.py",
)
_NAMESPACES: Final = frozenset({"aten", "prim", "prims", "quantized", "_quantized"})


class TorchScriptExporter:
    """float32 modules, traced or scripted; int8 and dynamic int8 for QNNPACK."""

    format = RUNTIMES["torchscript"].format

    def export(self, job: ExportJob) -> ExportResult:
        """The `.ptl` for `job`, from the cache where it was made before.

        Raises ExportError when it cannot be exported, GateError when its SQNR is below the spec's threshold.
        """
        check_export(job.spec.export, "edgegen.toml")
        with captured_output():
            name = key.job_key(job, ("torch", "torchao"), _RECIPE)
            result = cache.lookup(name, FILE_NAME) or cache.store(name, FILE_NAME, lambda path: _make(job, path))
        check_sqnr(job.spec, result.report)
        return result


def _make(job: ExportJob, path: Path) -> ExportReport:
    started = time.monotonic()
    mode = job.spec.export.quantize.mode
    inputs = example_inputs(job.spec, job.loaded)
    operators = 0
    with quantized_engine():
        if job.spec.export.script:
            module = _scripted(job, inputs)
        else:
            module, operators = _traced(job, inputs)
        _save(job, module, path)
    return ExportReport(
        format=TorchScriptExporter.format,
        bytes=path.stat().st_size,
        quantized_ops=operators,
        sqnr_db=file_sqnr_db(job, path, inputs) if mode != "none" else None,
        seconds=round(time.monotonic() - started, 2),
    )


def _traced(job: ExportJob, inputs: tuple[Tensor, ...]) -> tuple[torch.jit.ScriptModule, int]:
    """The traced module and how many of its operators compute in int8."""
    program = _program(job)
    mode = job.spec.export.quantize.mode
    try:
        if mode == "none":
            return _trace(program.module(check_guards=False), inputs), 0
        from edgegen.compress.pt2e import nothing_quantized, quantize
        from edgegen.compress.qnnpack import to_qnnpack

        made = to_qnnpack(quantize(program, mode, inputs, job.calibration).program)
        if made.operators == 0:
            raise nothing_quantized(program, mode)
        return _trace(made.module, inputs), made.operators
    except Exception as error:
        raise translate(error, describe_inputs(job.spec), program) from error


def _program(job: ExportJob) -> ExportedProgram:
    try:
        return export_program(job.loaded, job.spec)
    except ExportError as error:
        if not error.problem.startswith(DECIDES_BY_VALUE):
            raise
        hint = f"{error.hint}, or keep it as it is with --script"
        raise ExportError(error.problem, where=error.where, hint=hint) from error


def _trace(module: torch.nn.Module, inputs: tuple[Tensor, ...]) -> torch.jit.ScriptModule:
    """`module` traced, giving its only output as a tensor, several as a tuple: all that an app has to know."""
    import torch

    class Flat(torch.nn.Module):
        """The outputs in the spec's order."""

        def __init__(self) -> None:
            super().__init__()
            self.model = module

        def forward(self, *values: Tensor) -> Tensor | tuple[Tensor, ...]:
            found = [tensor for _, tensor in named_outputs(self.model(*values))]
            return found[0] if len(found) == 1 else tuple(found)

    # torch.export's check of the inputs' shapes: it is nothing to trace, and recurses where it is tried.
    module._forward_pre_hooks.clear()
    flat = Flat()
    for part in flat.modules():
        part.training = False  # Freezing asks for it; an exported module refuses .eval().
    with torch.no_grad():
        traced: torch.jit.ScriptModule = torch.jit.trace(  # type: ignore[no-untyped-call]
            flat, inputs, check_trace=False
        )
    return traced


def _scripted(job: ExportJob, inputs: tuple[Tensor, ...]) -> torch.jit.ScriptModule:
    """The module compiled from its source, which has to give the same twice, as tensors in the spec's order."""
    import torch

    if job.loaded.exported is not None:
        raise ExportError(
            "an exported program has no source to script",
            where="export.script",
            hint="Remove script: the program is traced as it is",
        )
    try:
        scripted: Any = job.loaded.module
        if not isinstance(scripted, torch.jit.ScriptModule):
            scripted = torch.jit.script(scripted)
        with torch.no_grad():
            first, again = (_plain_outputs(scripted(*inputs)) for _ in range(2))
    except Exception as error:
        raise translate(error, describe_inputs(job.spec)) from error
    if not all(map(_same, first, again)):
        raise ExportError(
            "the model gives another answer each time: it draws random numbers or keeps state",
            where="export.script",
            hint="Take the random numbers or the state as an input",
        )
    module: torch.jit.ScriptModule = scripted
    return module


def _same(one: Tensor, other: Tensor) -> bool:
    """Whether the values are the same; nan is the same as nan."""
    return one.shape == other.shape and bool(((one == other) | ((one != one) & (other != other))).all())


def _plain_outputs(output: Any) -> list[Tensor]:
    import torch

    values = list(output) if isinstance(output, tuple | list) else [output]
    for value in values:
        if not isinstance(value, torch.Tensor):
            raise ExportError(
                f"a scripted model returns a tensor or a tuple of them, this one a {type(value).__name__}",
                where="export.script",
                hint="Return a tuple of tensors, in the order of edgegen.toml",
            )
    return values


def _save(job: ExportJob, module: torch.jit.ScriptModule, path: Path) -> None:
    import torch

    from edgegen.exporters.archive import drop_source_notes

    extra = {
        SPEC_KEY: embedded_spec(job.spec, job.loaded.name),
        LABELS_KEY: embedded_labels(job.labels),
    }
    try:
        frozen: Any = torch.jit.freeze(module.eval())
        frozen._save_for_lite_interpreter(str(path), _extra_files=extra)
    except Exception as error:
        raise translate(error, describe_inputs(job.spec)) from error
    drop_source_notes(path)
    _require_operators(path)


def _require_operators(path: Path) -> None:
    """Raises ExportError for an operator of another library (torchvision's), which the Android library lacks."""
    from torch.jit.mobile import _get_model_ops_and_info

    names: Any = _get_model_ops_and_info(str(path))  # type: ignore[no-untyped-call]
    foreign = sorted(name for name in names if name.partition("::")[0] not in _NAMESPACES)
    if foreign:
        raise ExportError(
            f"TorchScript's library has no operator {foreign[0]}",
            where="--runtime torchscript",
            hint="Take it out of the model and do this step in the app, or take the runtime onnx",
        )
