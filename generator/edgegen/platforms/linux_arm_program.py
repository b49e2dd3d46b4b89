"""The parts of a linux-arm project's own code that depend on which inputs and outputs there are."""

from __future__ import annotations

from collections.abc import Mapping

from edgegen.platforms.shapes import score_outputs
from edgegen.spec.model_spec import ModelSpec


def program(spec: ModelSpec) -> Mapping[str, object]:
    """The part of the context for src/ of a project without a Classifier."""
    return {
        "report_members": "\n    int top_;" if score_outputs(spec) else "",
        "picture_errors": ", edgegen::DecodeError for a picture" if spec.image_inputs else "",
    }
