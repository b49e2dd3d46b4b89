"""Transforms that are known and cannot be had on the device, each with what to do instead."""

from __future__ import annotations

from edgegen.spec.infer.errors import BY_HAND

_EVALUATION = "Give the transform that evaluation uses: what trains a model is random, what runs it is not"
_RANDOM_CLASSES = frozenset(
    (
        *("AugMix", "AutoAugment", "RandAugment", "TrivialAugmentWide"),
        *("ColorJitter", "CutMix", "ElasticTransform", "GaussianNoise", "JPEG", "MixUp", "ScaleJitter"),
    )
)
_REASONS: dict[str, tuple[str, str]] = {
    "Lambda": ("runs Python code, which the device has none of", BY_HAND),
    "FiveCrop": ("makes five pictures of one", "Use CenterCrop"),
    "TenCrop": ("makes ten pictures of one", "Use CenterCrop"),
    "GaussianBlur": ("blurs, and the device has no blur", "Leave it out, or blur inside the model"),
    "LinearTransformation": ("mixes all pixels", "Do it inside the model, as its first layer"),
    "ToPILImage": ("takes arrays or tensors, and a photo comes as a picture", "Leave it out"),
    "ObjectDetection": (
        "keeps every photo's own size, and an exported model has one size",
        "Give a transform that ends in one size (Resize to both sides, or CenterCrop)",
    ),
    "VideoClassification": ("takes videos", "Give a transform of pictures"),
    "OpticalFlow": ("takes pairs of pictures", "Give a transform of one picture"),
}


def refusal(label: str, name: str) -> tuple[str, str]:
    """(problem, hint) for a class of that label ("v1", "v2", "preset", or its module) that no handler reads."""
    if label not in ("v1", "v2", "preset"):
        return "is not a transform that edgegen knows", BY_HAND
    if name.startswith("Random") or name in _RANDOM_CLASSES:
        return "is random, for training", _EVALUATION
    if name in _REASONS:
        return _REASONS[name]
    return "is not supported", BY_HAND
