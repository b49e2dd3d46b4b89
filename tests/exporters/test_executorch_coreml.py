"""ExecuTorch with the Core ML backend: all of the model in its delegates, with the same answers."""

from __future__ import annotations

import pytest

from edgegen.errors import SpecError
from edgegen.verify import compare
from tests.exporters.coreml_jobs import demo_job, export


def test_the_demo_is_delegated_whole_and_passes_the_gates() -> None:
    made = demo_job(runtime="executorch", backend="coreml")
    result = export(made)
    assert result.report.delegated_percent == 100.0
    assert result.report.undelegated == {}
    report = compare(made.spec, made.loaded, result.path)
    assert report.passed, report.failures
    (row,) = report.rows
    assert row.sqnr_db is not None
    assert row.sqnr_db > 42.0
    assert row.top1 == 1.0


def test_it_has_no_quantisation_here() -> None:
    made = demo_job("int8", runtime="executorch", backend="coreml")
    with pytest.raises(SpecError, match="the backend coreml has no 'int8' here"):
        export(made)
