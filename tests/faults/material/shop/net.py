"""Small models; one that is right for each kind of input, and one for each thing that can be wrong with a model."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Sensor(nn.Module):
    """Sixteen readings to four numbers."""

    def __init__(self, width: int = 8) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(16, width), nn.ReLU(), nn.Linear(width, 4))

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)


class Shelf(nn.Module):
    """A picture, 1x3x32x32, to five classes."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 8, 3, stride=2), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 5)
        )

    def forward(self, image: Tensor) -> Tensor:
        return self.layers(image)


def sensor() -> nn.Module:
    return Sensor()


def shelf() -> nn.Module:
    return Shelf()


class TwoInTwoOut(nn.Module):
    """Two named inputs, two named outputs."""

    def forward(self, left: Tensor, right: Tensor) -> dict[str, Tensor]:
        return {"total": left + right, "difference": left - right}


class DecidesByValue(nn.Module):
    """Data-dependent control flow."""

    def forward(self, x: Tensor) -> Tensor:
        if x.sum() > 0:
            return x * 2
        return x - 1


class Unsupported(nn.Module):
    """An operator that ExecuTorch has no kernel for."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.linalg.qr(x.reshape(4, 4))[0]


class Counts(nn.Module):
    """State between two runs."""

    runs: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("runs", torch.zeros(1))

    def forward(self, x: Tensor) -> Tensor:
        self.runs.add_(1)
        return x * self.runs


class Noisy(nn.Module):
    """Random numbers in eval mode."""

    def forward(self, x: Tensor) -> Tensor:
        return x + torch.rand_like(x)


class ShapeByValue(nn.Module):
    """As many outputs as there are positive inputs."""

    def forward(self, x: Tensor) -> Tensor:
        return x[x > 0]


class ReturnsText(nn.Module):
    """An output that is no tensor."""

    def forward(self, x: Tensor) -> str:
        return f"sum {x.sum()}"


class Meta(nn.Module):
    """Parameters without values."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(16, 4, device="meta")

    def forward(self, x: Tensor) -> Tensor:
        return self.layer(x)


def breaks() -> nn.Module:
    raise ValueError("the configuration lacks 'width'")


def gives_state() -> dict[str, Tensor]:
    return Sensor().state_dict()


def gives_nothing() -> None:
    return None


def needs_width(width: int) -> nn.Module:
    return Sensor(width)


number = 7
