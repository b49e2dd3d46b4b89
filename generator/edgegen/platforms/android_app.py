"""The demo `:app` of an Android project: which overlays it is made of, and what they substitute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgegen.platforms import ProjectFacts
from edgegen.platforms.shapes import is_classifier, score_outputs
from edgegen.render.filters import java_string
from edgegen.spec.model_spec import ImageInput, ModelSpec

# Every camera offers 640x480; a model that looks closer gets more.
_FRAME_PX: Final = 480
# executorch-android has no others, and these two are every phone and every emulator of today.
_ABIS: Final = "arm64-v8a,x86_64"


def overlays(spec: ModelSpec) -> list[str]:
    """The names of the overlays, in order: the screen of a classifier, or one for the inputs and outputs there are."""
    if is_classifier(spec):
        return ["app", "app-image"]
    pictures = bool(spec.image_inputs)
    numbers = len(spec.image_inputs) < len(spec.inputs)
    scores = bool(score_outputs(spec))
    values = len(score_outputs(spec)) < len(spec.outputs)
    return [
        "app",
        "app-tensors",
        *["app-npy"] * numbers,
        *["app-pictures"] * pictures,
        *["app-mixed-inputs"] * (numbers and pictures),
        *["app-values"] * values,
        *["app-ranking"] * scores,
        *["app-mixed-outputs"] * (values and scores),
    ]


def context(spec: ModelSpec, facts: ProjectFacts) -> Mapping[str, object]:
    """What the overlays substitute."""
    return {"app_abis": _ABIS, **_inputs(spec), **(_scores(spec) if score_outputs(spec) else {})}


def _inputs(spec: ModelSpec) -> Mapping[str, object]:
    """How big a camera's frame has to be, and which input takes a file that another app shares."""
    shared = next((index for index, item in enumerate(spec.inputs) if isinstance(item, ImageInput)), 0)
    return {
        "frame_px": max(_FRAME_PX, *(min(item.size) for item in spec.image_inputs), 0),
        "picture_inputs": ", ".join(java_string(item.name) for item in spec.image_inputs),
        "shared_input": shared,
        # A file manager calls a .npy file that.
        "shared_type": "image/*" if spec.image_inputs else "application/octet-stream",
    }


def _scores(spec: ModelSpec) -> Mapping[str, object]:
    """How a score is shown: as a share of one with a bar, or, where the model's own number is kept, as that number."""
    shares = all(output.activation != "none" for _, output in score_outputs(spec))
    return {
        "score_format": "getPercentInstance" if shares else "getNumberInstance",
        "score_digits": 1 if shares else 4,
        "score_bar": "visible" if shares else "gone",
        "ranked_outputs": ", ".join(java_string(output.name) for _, output in score_outputs(spec)),
    }
