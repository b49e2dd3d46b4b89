"""Whether the exported file gives PyTorch's answers, and what is inside a model or a file."""

from __future__ import annotations

from edgegen.verify.compare import compare, photos_in
from edgegen.verify.goldens import GoldenReport, check_goldens
from edgegen.verify.inspect import inspect_source
from edgegen.verify.report import Failure, OutputRow, Scope, VerifyReport
from edgegen.verify.runner import PteRunner, named_runner, run_pte, runner_for

__all__ = [
    "Failure",
    "GoldenReport",
    "OutputRow",
    "PteRunner",
    "Scope",
    "VerifyReport",
    "check_goldens",
    "compare",
    "inspect_source",
    "named_runner",
    "photos_in",
    "run_pte",
    "runner_for",
]
