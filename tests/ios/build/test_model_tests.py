"""ModelKit of every variant is built without a warning, and the tests that it carries pass."""

from __future__ import annotations

import pytest

from tests.ios.projects import SWIFTPM, Projects

TENSORS = ("numbers",)


@pytest.mark.parametrize("variant", SWIFTPM)
def test_a_projects_own_tests_pass(ios: Projects, variant: str) -> None:
    report = ios.report(variant)
    assert report.compile_error is None
    assert report.warnings == []
    assert report.failed == {}
    seen = {name.partition(".")[0] for name in report.passed}
    pictures = {"PipelineTests", "PixelReaderTests"}
    assert seen >= {"ModelSpecTests", "ModelTests", "TensorTests"} | (pictures if variant not in TENSORS else set())
