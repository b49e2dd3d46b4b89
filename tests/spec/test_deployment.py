"""The oldest iOS of an app."""

from __future__ import annotations

from typing import Any

import pytest

from edgegen.errors import SpecError
from edgegen.spec.deployment import check_deployment_target, ios_major, ios_target, oldest_ios
from edgegen.spec.model_spec import ExportSection, Quantization
from edgegen.spec.parse import parse_spec
from tests.spec.specs import PLAIN

WHERE = "edgegen.toml: app.deployment_target"


def export(runtime: str, mode: Any = "none") -> ExportSection:
    return ExportSection(runtime=runtime, quantize=Quantization(mode))


@pytest.mark.parametrize(
    ("section", "oldest"),
    [
        (export("coreml"), 16),
        (export("coreml", "palette6"), 16),
        (export("coreml", "int8"), 17),
        (export("onnx", "int8"), 16),
        (export("torchscript"), 16),
        (export("executorch"), 17),
    ],
)
def test_the_oldest_ios_that_runs_it(section: ExportSection, oldest: int) -> None:
    assert oldest_ios(section) == oldest
    check_deployment_target(f"{oldest}.0", section, WHERE)
    with pytest.raises(SpecError, match="too old"):
        check_deployment_target(f"{oldest - 1}.4", section, WHERE)


@pytest.mark.parametrize("target", ["", "iOS16", "16", "16.0.1", "ünf", "27.0", "99.9", "-17.0", "17.0\n", "1e3.0"])
def test_what_is_no_version_of_ios(target: str) -> None:
    with pytest.raises(SpecError, match="no version of iOS") as caught:
        check_deployment_target(target, export("coreml"), WHERE)
    assert caught.value.where == WHERE
    assert "16.0" in caught.value.hint


def test_a_spec_has_the_target_that_is_written_or_the_oldest() -> None:
    plain = parse_spec(PLAIN)
    assert (ios_target(plain), ios_major(plain)) == ("17.0", 17)
    later = parse_spec(PLAIN.replace("[app]\n", '[app]\ndeployment_target = "18.2"\n'))
    assert (ios_target(later), ios_major(later)) == ("18.2", 18)
