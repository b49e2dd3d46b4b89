"""Models for the tests of Core ML: one of the size that figures are given for, and some that fail in its converter."""

from __future__ import annotations

import torch
import torchvision
from torch import Tensor, nn
from torch.nn import functional as F


class Bicubic(nn.Module):
    """An operator that coremltools knows, in a form that it does not."""

    def forward(self, image: Tensor) -> Tensor:
        grid = torch.zeros(1, 8, 8, 2)
        return F.grid_sample(image, grid, mode="bicubic", align_corners=False)  # here


class Bessel(nn.Module):
    def forward(self, image: Tensor) -> Tensor:
        return torch.special.bessel_j0(image)  # no counterpart


class Overlapping(nn.Module):
    """One of its outputs is its input, and one stands twice."""

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        twice = image * 2
        return image, twice, twice


class Planes(nn.Module):
    """The mean of each channel of a picture whose channels are last."""

    def forward(self, image: Tensor) -> Tensor:
        return image.mean((1, 2))


class Classes(nn.Module):
    """A picture of any size to five scores, with weights large enough to be compressed: 3 x 32 x 9 and 32 x 128."""

    def __init__(self) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(3)
        self.first = nn.Conv2d(3, 32, 3, stride=2, padding=1)
        self.depthwise = nn.Conv2d(32, 32, 9, padding=4, groups=32)
        self.wide = nn.Conv2d(32, 128, 1)
        self.head = nn.Linear(128, 5)
        with torch.no_grad():
            for parameter in self.parameters():
                spread = 1 / max(parameter[0].numel(), 1) ** 0.5
                parameter.copy_(torch.randn(parameter.shape, generator=generator) * spread)
            self.head.weight.mul_(20)

    def forward(self, image: Tensor) -> Tensor:
        seen = self.wide(F.relu6(self.depthwise(F.relu6(self.first(image)))))
        return self.head(F.relu(seen).mean((2, 3)))


def mobilenet_v2() -> nn.Module:
    """torchvision's MobileNetV2 for 1000 classes, with weights drawn from a seed.

    Its batch norms have the statistics of these weights, as a trained net's have of its own: without them a signal
    fades to nothing on its way through fifty layers, and float16 has nothing left of it.
    """
    with torch.random.fork_rng():
        torch.manual_seed(5)
        net = torchvision.models.mobilenet_v2(weights=None)
        for module in net.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.momentum = None
        with torch.no_grad():
            net.train()(torch.randn(4, 3, 96, 96))
    return net.eval()
