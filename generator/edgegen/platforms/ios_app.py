"""The demo app of an iOS project: which overlays it is made of, and what they substitute."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from edgegen.paths import data_dir
from edgegen.platforms.shapes import is_classifier, score_outputs
from edgegen.render.filters import swift_string
from edgegen.spec.deployment import ios_major
from edgegen.spec.model_spec import ModelSpec

CAMERA_USAGE: Final = "The model looks at what the camera sees. Nothing leaves this device."
PHOTO_USAGE: Final = "The model looks at the photos that you choose. Nothing leaves this device."

# AVFoundation's presets by the shorter side of their frames, in pixels. Every camera has the first.
_PRESETS: Final = ((480, "vga640x480"), (720, "hd1280x720"), (1080, "hd1920x1080"))
# The first iOS that tells how a camera's frames have to be turned.
_ROTATION_COORDINATOR: Final = 17


def overlays(spec: ModelSpec) -> list[str]:
    """The names of the overlays, in order: the screens of a classifier, or one for the inputs and outputs there are."""
    scores = score_outputs(spec)
    shares = ["app-shares" if _are_shares(spec) else "app-scores"] * bool(scores)
    if is_classifier(spec):
        rotation = "app-rotation-17" if ios_major(spec) >= _ROTATION_COORDINATOR else "app-rotation-16"
        return ["app", "app-image", rotation, *shares]
    pictures = bool(spec.image_inputs)
    numbers = len(spec.image_inputs) < len(spec.inputs)
    values = len(scores) < len(spec.outputs)
    return [
        "app",
        "app-tensors",
        *["app-npy"] * numbers,
        *["app-pictures"] * pictures,
        *["app-mixed-inputs"] * (numbers and pictures),
        *["app-values"] * values,
        *["app-ranking"] * bool(scores),
        *["app-mixed-outputs"] * (values and bool(scores)),
        *shares,
    ]


def context(spec: ModelSpec) -> Mapping[str, object]:
    """What the overlays substitute."""
    side = max((min(item.size) for item in spec.image_inputs), default=0)
    return {
        "camera_preset": next((name for short, name in _PRESETS if short >= side), _PRESETS[-1][1]),
        "camera_usage": CAMERA_USAGE,
        "photo_usage": PHOTO_USAGE,
        "strings_catalogue": strings_catalogue(overlays(spec)),
        "picture_inputs": ", ".join(swift_string(item.name) for item in spec.image_inputs),
        "ranked_outputs": ", ".join(swift_string(output.name) for _, output in score_outputs(spec)),
    }


def usage_settings(spec: ModelSpec) -> list[str]:
    """The lines of an xcconfig file that say why the app wants the camera and photos, in the language of its code."""
    photos = [f"INFOPLIST_KEY_NSPhotoLibraryUsageDescription = {PHOTO_USAGE}"] * bool(spec.image_inputs)
    return [*[f"INFOPLIST_KEY_NSCameraUsageDescription = {CAMERA_USAGE}"] * is_classifier(spec), *photos]


def strings_catalogue(names: Sequence[str]) -> str:
    """`Localizable.xcstrings` of the app that the overlays `names` make: their `strings.json`, as Xcode writes it.

    A key is the English text itself; its value in strings.json is what a translator has to know.
    """
    comments: dict[str, str] = {}
    for name in names:
        path = data_dir("templates") / "ios" / name / "strings.json"
        if path.is_file():
            comments |= json.loads(path.read_text(encoding="utf-8"))
    strings = {text: {"comment": comments[text]} for text in sorted(comments)}
    document = {"sourceLanguage": "en", "strings": strings, "version": "1.0"}
    return json.dumps(document, indent=2, ensure_ascii=False, separators=(",", " : ")) + "\n"


def _are_shares(spec: ModelSpec) -> bool:
    """Whether every score is a share of one, to be shown as a percentage with a bar."""
    return all(output.activation != "none" for _, output in score_outputs(spec))
