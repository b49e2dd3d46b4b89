"""Class names that an installed package brings."""

from __future__ import annotations


def imagenet_labels() -> tuple[str, ...]:
    """The 1000 ImageNet classes in the order every ImageNet model uses, from torchvision (BSD-3-Clause)."""
    from torchvision.models import ResNet18_Weights

    return tuple(ResNet18_Weights.IMAGENET1K_V1.meta["categories"])
