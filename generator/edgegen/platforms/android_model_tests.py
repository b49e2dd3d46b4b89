"""What the JVM tests of `:model` compare with: the goldens as Java."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from edgegen.platforms.goldens import Goldens
from edgegen.platforms.java import LINE
from edgegen.platforms.shapes import score_outputs
from edgegen.render.filters import java_string
from edgegen.spec.model_spec import ClassificationOutput, ModelSpec

_CASE: Final = " " * 16
_PART: Final = " " * 24


def tests(spec: ModelSpec, goldens: Goldens, labels: tuple[str, ...]) -> Mapping[str, object]:
    """The part of the context that GoldenCases.java is made of."""
    found = score_outputs(spec)
    scores = found[0][1] if found else None
    return {"golden_cases": ",\n".join(_case(goldens, case, scores, labels) for case in goldens.cases)}


def _case(goldens: Goldens, case: dict[str, Any], scores: ClassificationOutput | None, labels: tuple[str, ...]) -> str:
    lines = [f"{_CASE}new GoldenCase({java_string(case['name'])})"]
    for name, stages in case["inputs"].items():
        lines += [_call("stage", name, stage["stage"], stage["file"]) for stage in stages]
    for name, entry in case["outputs"].items():
        lines.append(_call("output", name, entry["file"]))
    if scores is not None and scores.name in case["outputs"]:
        for index, probability in goldens.best_classes(case, scores):
            lines.append(f"{_PART}.prediction({index}, {java_string(labels[index])}, {probability!r})")
    return "\n".join(lines)


def _call(method: str, *texts: str) -> str:
    literals = [java_string(text) for text in texts]
    line = f"{_PART}.{method}({', '.join(literals)})"
    if len(line) <= LINE:
        return line
    return f"{_PART}.{method}(\n" + ",\n".join(f"{_PART}        {literal}" for literal in literals) + ")"
