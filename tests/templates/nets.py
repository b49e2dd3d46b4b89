"""Models that the generated projects are built around: small, with random weights that are always the same."""

from __future__ import annotations

import torch
from torch import nn
from torchvision import transforms


class Sensor(nn.Module):
    """Numbers in, numbers out."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.layers = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 4))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers(x)  # type: ignore[no-any-return]


class Many(nn.Module):
    """Two pictures and numbers in; class scores, an int64, booleans and a float64 out."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.left = nn.Conv2d(3, 8, 3, stride=4)
        self.right = nn.Conv2d(1, 8, 3, stride=4)
        self.head = nn.Linear(16 + 5, 10)

    def forward(
        self, left: torch.Tensor, right: torch.Tensor, extra: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        seen = [torch.relu(self.left(left)).mean((2, 3)), torch.relu(self.right(right.to(torch.float32))).mean((2, 3))]
        scores = self.head(torch.cat([*seen, extra], 1))
        return scores, scores.argmax(1), scores > 0, scores.to(torch.float64).sum(1)


class Small(nn.Module):
    """A classifier that compiles and runs in no time."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.features = nn.Sequential(nn.Conv2d(3, 8, 3, stride=2), nn.ReLU(), nn.AdaptiveAvgPool2d(4), nn.Flatten())
        self.head = nn.Linear(128, 6)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(x))  # type: ignore[no-any-return]


def sensor() -> nn.Module:
    return Sensor()


def many() -> nn.Module:
    return Many()


def small() -> nn.Module:
    return Small()


small_transform = transforms.Compose(
    [
        transforms.Resize(72),
        transforms.CenterCrop(64),
        transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    ]
)
