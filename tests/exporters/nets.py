"""Small models for tests: ones that export, and one for each way in which a model cannot."""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass
from pathlib import Path

import torch
import torchvision
from torch import Tensor, nn
from torch.nn import functional as F

Pair = namedtuple("Pair", ["boxes", "scores"])


class Linear(nn.Module):
    """(N, 8) → (N, 4)."""

    def __init__(self, width: int = 8) -> None:
        super().__init__()
        self.linear = nn.Linear(width, 4)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x)


class Convolutions(nn.Module):
    """A picture net with relu6, as mobile nets have it: (1, 3, 32, 32) → (1, 10)."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, 16, 3, stride=2, padding=1), nn.BatchNorm2d(16), nn.ReLU6(),
            nn.Conv2d(16, 16, 3, padding=1, groups=16), nn.ReLU6(),
            nn.Conv2d(16, 32, 1), nn.ReLU6(),
        )  # fmt: skip
        self.head = nn.Linear(32, 10)

    def forward(self, image: Tensor) -> Tensor:
        return self.head(self.body(image).mean((2, 3)))


class HardSigmoids(nn.Module):
    """hardsigmoid and hardswish, as MobileNetV3 has them."""

    def __init__(self) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(3, 8, 3)

    def forward(self, image: Tensor) -> Tensor:
        made = F.hardswish(self.convolution(image))
        return made * F.hardsigmoid(made.mean((2, 3), keepdim=True))


class WideRelu6(nn.Module):
    """A convolution whose output reaches far beyond relu6's six: quantising before the clamp ruins it."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 16, 3, padding=1)
        self.second = nn.Conv2d(16, 8, 1)
        with torch.no_grad():
            self.first.weight.mul_(200.0)

    def forward(self, image: Tensor) -> Tensor:
        return self.second(F.relu6(self.first(image))).mean((2, 3))


class Probabilities(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x).softmax(-1)


class Sigmoids(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x).sigmoid()


class TwoInputs(Linear):
    def forward(self, x: Tensor, scale: Tensor) -> Tensor:
        return self.linear(x) * scale


class ManyOutputs(Linear):
    def forward(self, x: Tensor) -> tuple[Tensor, dict[str, object]]:
        return self.linear(x), {"twice": x * 2, "parts": [x + 1, None]}


class BestClass(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x).argmax(-1)


class DictOutputs(Linear):
    def forward(self, x: Tensor) -> dict[str, Tensor]:
        return {"scores": self.linear(x), "mask": x.abs()}


class NamedOutputs(Linear):
    def forward(self, x: Tensor) -> Pair:
        return Pair(x * 2, self.linear(x))


@dataclass
class Answer:
    logits: Tensor
    loss: Tensor | None = None


class DataclassOutputs(Linear):
    def forward(self, x: Tensor) -> Answer:
        return Answer(self.linear(x))


class TextOutput(Linear):
    def forward(self, x: Tensor) -> tuple[Tensor, str]:
        return self.linear(x), "text"


class NoOutput(Linear):
    def forward(self, x: Tensor) -> None:
        return None


class Embeddings(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(10, 4)

    def forward(self, ids: Tensor) -> Tensor:
        return self.table(ids)


class Recurrent(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(8, 16, batch_first=True)

    def forward(self, x: Tensor) -> Tensor:
        return self.lstm(x)[0]


class HalfPrecision(Linear):
    def __init__(self) -> None:
        super().__init__()
        self.half()


class NoWeights(nn.Module):
    """Two of these differ in an attribute only."""

    def __init__(self, factor: float = 2.0) -> None:
        super().__init__()
        self.factor = factor

    def forward(self, x: Tensor) -> Tensor:
        return x * self.factor


class DecidesByData(Linear):
    def forward(self, x: Tensor) -> Tensor:
        if x.sum() > 0:  # here
            return self.linear(x)
        return self.linear(-x)


class Conditional(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return torch.cond(x.sum() > 0, lambda t: self.linear(t), lambda t: 1 - self.linear(t), (x,))


class CountsByData(Linear):
    def forward(self, x: Tensor) -> Tensor:
        count = int(x.abs().sum().item())
        return self.linear(x)[:, :count]


class LoopsByData(Linear):
    def forward(self, x: Tensor) -> Tensor:
        while x.max() > 1:
            x = x * 0.5
        return self.linear(x)


class Decomposes(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return torch.linalg.svd(x)[1]


class CumulativeProduct(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return torch.cumprod(self.linear(x), 1)


class ComplexNumbers(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return torch.fft.fft(x).abs()


class Suppresses(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return torchvision.ops.nms(x.reshape(-1, 4), x.reshape(-1, 4)[:, 0], 0.5)


class Aligns(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return torchvision.ops.roi_align(x[None, None], [torch.tensor([[0.0, 0.0, 1.0, 1.0]])], 2)


class ChangingShape(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return torch.nonzero(x > 0)


class WantsPicture(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(3, 8, 3)

    def forward(self, x: Tensor) -> Tensor:
        return self.convolution(x)


class Fails(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return {}["oops"]


class UsesNumpy(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return self.linear(torch.from_numpy(x.numpy() * 2))


class KeepsState(Linear):
    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("count", torch.zeros(1))

    def forward(self, x: Tensor) -> Tensor:
        self.count += 1
        return self.linear(x) + self.count


class WritesCache(Linear):
    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("cache", torch.zeros(4, 4))

    def forward(self, x: Tensor) -> Tensor:
        self.cache[0].copy_(x[0, :4])
        return self.linear(x) + self.cache.sum()


class DrawsNumbers(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x) + torch.rand(1)


class DropsOut(Linear):
    def forward(self, x: Tensor) -> Tensor:
        return self.linear(F.dropout(x, 0.5, self.training))


def line_of(text: str) -> int:
    """The number of the line of this file that holds `text` first."""
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)
