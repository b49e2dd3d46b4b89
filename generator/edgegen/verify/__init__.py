"""Whether the exported file gives PyTorch's answers, and what is inside a model or a file."""

from __future__ import annotations

from edgegen.verify.compare import compare, photos_in
from edgegen.verify.report import Failure, OutputRow, VerifyReport
from edgegen.verify.runner import PteRunner, named_runner, run_pte

__all__ = ["Failure", "OutputRow", "PteRunner", "VerifyReport", "compare", "named_runner", "photos_in", "run_pte"]
