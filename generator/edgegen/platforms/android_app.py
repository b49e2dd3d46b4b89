"""The demo `:app` of an Android project: which overlays it is made of, and what they substitute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgegen.platforms import ProjectFacts
from edgegen.platforms.shapes import is_classifier, score_outputs
from edgegen.spec.model_spec import ModelSpec

# Every camera2 device offers 640x480; a model that looks closer gets more.
_FRAME_PX: Final = 480


def overlays(spec: ModelSpec) -> list[str]:
    """The names of the overlays, in order: a photo's labels, or any inputs and outputs."""
    if is_classifier(spec):
        return ["app", "app-image"]
    return ["app", "app-tensors"]


def context(spec: ModelSpec, facts: ProjectFacts) -> Mapping[str, object]:
    """What the overlays substitute."""
    # executorch-android has no others; of the rest, these two are every phone and every emulator of today.
    values: dict[str, object] = {"app_abis": "arm64-v8a,x86_64"}
    if score_outputs(spec):
        values |= _scores(spec)
    if spec.image_inputs:
        values["frame_px"] = max(_FRAME_PX, *(min(item.size) for item in spec.image_inputs))
    return values


def _scores(spec: ModelSpec) -> Mapping[str, object]:
    """How a score is shown: as a share of one with a bar, or, where the model's own number is kept, as that number."""
    shares = all(output.activation != "none" for _, output in score_outputs(spec))
    return {
        "score_format": "getPercentInstance" if shares else "getNumberInstance",
        "score_digits": 1 if shares else 4,
        "score_bar": "visible" if shares else "gone",
    }
