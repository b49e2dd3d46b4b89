"""What a report says in a line, as JSON, and as an error."""

from __future__ import annotations

import json
import math

import pytest

from edgegen.errors import GateError
from edgegen.verify.report import Failure, OutputRow, Scope, VerifyReport

ROW = OutputRow("logits", 1.7e-5, 1e-6, 113.5, top1=0.9, top5=1.0)


def test_the_headline() -> None:
    report = VerifyReport((ROW,), 10, "photos")
    assert report.headline() == "10 photos: max error 2e-05, SQNR 113.5 dB, top-1 equal 9/10"
    other = OutputRow("mask", 0.0, 0.0, math.inf)
    assert "logits top-1 equal 9/10" in VerifyReport((ROW, other), 10, "photos").headline()
    assert VerifyReport((other,), 8, "random inputs").headline().endswith("no difference at all")


def test_json_holds_no_infinity() -> None:
    document = VerifyReport((OutputRow("y", 0.0, 0.0, math.inf),), 8, "random inputs").document()
    text = json.dumps(document, allow_nan=False)
    assert json.loads(text)["outputs"][0]["sqnr_db"] is None
    assert document["passed"]


def test_the_first_failure_is_the_error_and_the_rest_are_counted() -> None:
    failures = (Failure("verify.min_top1", "top1 is 0.5", "do this"), Failure("verify.min_sqnr_db", "low", "do that"))
    report = VerifyReport((ROW,), 10, "photos", failures)
    with pytest.raises(GateError) as caught:
        report.require_passed()
    assert caught.value.problem == "top1 is 0.5 (and 1 more)"
    assert (caught.value.where, caught.value.hint) == ("verify.min_top1", "do this")
    assert [item["key"] for item in report.document()["failures"]] == ["verify.min_top1", "verify.min_sqnr_db"]


def test_without_failures_nothing_is_raised() -> None:
    VerifyReport((ROW,), 10, "photos").require_passed()


def test_what_is_left_open_is_said_where_the_apps_runtime_was_not_run() -> None:
    report = VerifyReport((ROW,), 10, "photos", scope=Scope("this", "that"))
    assert report.scope_lines() == ["  proven: this", "  not proven: that"]
    assert report.document()["scope"] == {"proves": "this", "open": "that"}
    run = VerifyReport((ROW,), 10, "photos")
    assert run.scope_lines() == []
    assert run.document()["scope"] is None
