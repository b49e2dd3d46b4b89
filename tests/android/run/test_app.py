"""The demo model's app, run for real: one JVM for each runtime, and each of the tests in `app/` a test here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.android.projects import Projects
from tests.android.run.robolectric import Outcome
from tests.android.run.suite import MODEL_TESTS, SCREEN_TESTS, methods_of, run_minified, run_suite

# What each variant runs: the screens' behaviour does not depend on the runtime, so one runs them.
CLASSES = {
    "demo": (*MODEL_TESTS, *SCREEN_TESTS),
    "demo-onnx": MODEL_TESTS,
    "demo-torchscript": MODEL_TESTS,
}


@pytest.fixture(scope="session")
def outcomes(android: Projects, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What became of the tests of the variants that have run."""
    return {}


@pytest.mark.parametrize(
    ("variant", "test"), [(variant, test) for variant, classes in CLASSES.items() for test in methods_of(classes)]
)
def test_app(android: Projects, outcomes: dict[str, Outcome], tmp_path: Path, variant: str, test: str) -> None:
    if variant not in outcomes:
        outcomes[variant] = run_suite(android.compiled(variant), CLASSES[variant], tmp_path / variant)
    failures = outcomes[variant].failures
    assert test in failures, outcomes[variant].log[-3000:]
    assert failures[test] is None, failures[test]


@pytest.mark.parametrize("variant", CLASSES)
def test_the_minified_app_loads_and_classifies(android: Projects, tmp_path: Path, variant: str) -> None:
    minified = android.minified(variant)
    outcome = run_minified(android.compiled(variant), minified.classes, tmp_path / "out")
    assert outcome.failures == {"itNamesThePhotosAsPythonDoes": None}, outcome.failures
