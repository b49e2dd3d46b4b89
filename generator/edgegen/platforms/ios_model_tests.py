"""What ModelKit's XCTests compare with: the goldens as Swift."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from edgegen.platforms.goldens import Goldens
from edgegen.platforms.shapes import score_outputs
from edgegen.platforms.swift import elements
from edgegen.render.filters import swift_string
from edgegen.spec.model_spec import ClassificationOutput, ModelSpec

# By how much of the largest number a device's answer may differ from the golden one. The runtimes compute in float32,
# Core ML mostly in float16; in a quantised model a value at the edge of a step may fall to either side.
_TOLERANCE: Final = {"float32": 0.001, "float16": 0.02, "quantized": 0.1}


def tests(spec: ModelSpec, goldens: Goldens, labels: tuple[str, ...]) -> Mapping[str, object]:
    """The part of the context that GoldenCases.swift is made of."""
    found = score_outputs(spec)
    scores = found[0][1] if found else None
    named = (
        f"\n    static let labelCount = {len(labels)}\n    static let lastLabel = {swift_string(labels[-1])}\n"
        if labels
        else ""
    )
    return {
        "golden_cases": elements([_case(spec, goldens, case, scores, labels) for case in goldens.cases]),
        "golden_tolerance": _tolerance(spec),
        "golden_labels": named,
    }


def _tolerance(spec: ModelSpec) -> float:
    if spec.export.quantize.mode in ("int8", "dynamic"):
        return _TOLERANCE["quantized"]
    halves = spec.export.is_coreml and spec.export.precision != "float32"
    return _TOLERANCE["float16" if halves else "float32"]


def _case(
    spec: ModelSpec,
    goldens: Goldens,
    case: dict[str, Any],
    scores: ClassificationOutput | None,
    labels: tuple[str, ...],
) -> str:
    photo = "nil" if case["photo"] is None else swift_string(case["photo"])
    ways = [_way(spec, name, stages) for name, stages in case["inputs"].items()]
    outputs = [
        f"                {swift_string(name)}: {swift_string(entry['file'])}"
        for name, entry in case["outputs"].items()
    ]
    predictions: list[str] = []
    if scores is not None and scores.name in case["outputs"]:
        for index, probability in goldens.best_classes(case, scores):
            arguments = f"index: {index}, name: {swift_string(labels[index])}, probability: {probability!r}"
            predictions.append(f"                .init({arguments})")
    lines = [
        "        GoldenCase(",
        f"            name: {swift_string(case['name'])},",
        f"            photo: {photo},",
        f"            inputs: {_literal(ways, 12)},",
        f"            outputs: {_literal(outputs, 12, '[:]')},",
        f"            predictions: {_literal(predictions, 12)}",
        "        )",
    ]
    return "\n".join(lines)


def _way(spec: ModelSpec, name: str, stages: list[dict[str, Any]]) -> str:
    """One input: its stages, and the file of what the model is given."""
    pixels = [stage for stage in stages if stage["stage"] != "tensor"]
    tensor = next((stage["file"] for stage in stages if stage["stage"] == "tensor"), None)
    if tensor is not None and pixels and spec.export.image_input:
        # The model takes the pixels as they are after the last step.
        tensor = pixels[-1]["file"]
    rows = [
        f"                        .init(name: {swift_string(stage['stage'])}, file: {swift_string(stage['file'])})"
        for stage in pixels
    ]
    lines = [
        "                .init(",
        f"                    input: {swift_string(name)},",
        f"                    stages: {_literal(rows, 20)},",
        f"                    tensor: {'nil' if tensor is None else swift_string(tensor)}",
        "                )",
    ]
    return "\n".join(lines)


def _literal(rows: list[str], indent: int, empty: str = "[]") -> str:
    return f"[\n{elements(rows)}\n{' ' * indent}]" if rows else empty
