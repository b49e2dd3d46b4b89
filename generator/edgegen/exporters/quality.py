"""How much a quantised file lost, measured while it is made, and the gate on it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edgegen.errors import GateError
from edgegen.exporters.job import ExportJob, ExportReport
from edgegen.spec.model_spec import ModelSpec

if TYPE_CHECKING:
    from torch import Tensor

_SAMPLES: Final = 16


def file_sqnr_db(job: ExportJob, path: Path, inputs: tuple[Tensor, ...]) -> float:
    """The lowest SQNR, in dB, of any float output: the file at `path` against the float model.

    Over the first calibration inputs together, or over `inputs` where there are none.
    """
    import torch

    from edgegen.verify.metrics import sqnr_db
    from edgegen.verify.runner import run_module, runner_for

    samples = list(job.calibration[:_SAMPLES]) or [inputs]
    runner = runner_for(path)
    references = [run_module(job.loaded.module, sample) for sample in samples]
    actuals = [runner.run(sample) for sample in samples]
    lowest = math.inf
    for index, first in enumerate(references[0]):
        if first.is_floating_point():
            reference = torch.cat([outputs[index].flatten() for outputs in references])
            lowest = min(lowest, sqnr_db(reference, torch.cat([outputs[index].flatten() for outputs in actuals])))
    return round(max(min(lowest, 999.0), -999.0), 2)  # JSON has no infinity.


def check_sqnr(spec: ModelSpec, report: ExportReport) -> None:
    """Raises GateError where a quantised file is worse than `verify.min_sqnr_db`; others are for `verify` to judge."""
    mode = spec.export.quantize.mode
    required = spec.verify.for_export(spec.export).min_sqnr_db
    if mode == "none" or report.sqnr_db is None or required is None or report.sqnr_db >= required:
        return
    raise GateError(
        f"quantising to {mode} lost too much: SQNR {report.sqnr_db:.1f} dB, at least {required:g} dB is asked",
        where="verify.min_sqnr_db",
        hint=f"{_advice(spec)}, or lower min_sqnr_db",
    )


def _advice(spec: ModelSpec) -> str:
    milder = {
        "int8": "int8-weights or none" if spec.export.runtime == "coreml" else "dynamic or none",
        "palette4": "palette6, int8-weights or none",
        "palette6": "int8-weights or none",
    }.get(spec.export.quantize.mode)
    if spec.export.quantize.mode == "int8":
        return f"Calibrate with more pictures of the kind the app will see, try --quantize {milder}"
    return f"Use --quantize {milder or 'none'}"
