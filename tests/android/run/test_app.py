"""The demo model's app, run for real: one JVM for each runtime, and each of the tests in `app/` a test here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.android.jars import JarsUnavailableError
from tests.android.projects import Projects
from tests.android.run.robolectric import Outcome
from tests.android.run.shims import RuntimeUnavailableError
from tests.android.run.suite import MODEL_TESTS, SCREEN_TESTS, methods_of, run_minified, run_suite
from tests.toolchains import missing

# What each variant runs: the screens' behaviour does not depend on the runtime, so one runs them.
CLASSES = {
    "demo": (*MODEL_TESTS, *SCREEN_TESTS),
    "demo-onnx": MODEL_TESTS,
    "demo-torchscript": MODEL_TESTS,
}


@pytest.fixture(scope="session")
def outcomes() -> dict[str, Outcome]:
    """What became of the tests of the variants that have run."""
    return {}


@pytest.mark.parametrize(
    ("variant", "test"), [(variant, test) for variant, classes in CLASSES.items() for test in methods_of(classes)]
)
def test_app(android: Projects, outcomes: dict[str, Outcome], tmp_path: Path, variant: str, test: str) -> None:
    compiled = android.compiled(variant)
    if variant not in outcomes:
        try:
            outcomes[variant] = run_suite(compiled, CLASSES[variant], tmp_path / variant)
        except (JarsUnavailableError, RuntimeUnavailableError) as error:
            missing(str(error))
    failures = outcomes[variant].failures
    assert test in failures, outcomes[variant].log[-3000:]
    assert failures[test] is None, failures[test]


@pytest.mark.parametrize("variant", CLASSES)
def test_the_minified_app_loads_and_classifies(android: Projects, tmp_path: Path, variant: str) -> None:
    minified = android.minified(variant)
    try:
        outcome = run_minified(android.compiled(variant), minified.classes, tmp_path / "out")
    except (JarsUnavailableError, RuntimeUnavailableError) as error:
        missing(str(error))
    assert outcome.failures == {"itNamesThePhotosAsPythonDoes": None}, outcome.failures
