"""A model with a tensor of each dtype that a runtime's Java API carries, in and out."""

from __future__ import annotations

import torch
from torch import nn


class Every(nn.Module):
    """What comes in goes out changed, so that no two tensors can be taken for one another."""

    def forward(
        self, floats: torch.Tensor, longs: torch.Tensor, ints: torch.Tensor, levels: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        return (
            floats * 2,
            floats.to(torch.float64) + 1,
            longs + 1,
            ints + longs.to(torch.int32),
            levels + 1,
            (floats * 10).to(torch.int8),
        )


class Halves(nn.Module):
    """float16, which only some runtimes carry."""

    def forward(self, halves: torch.Tensor) -> torch.Tensor:
        return halves + 1


def every() -> nn.Module:
    return Every()


def halves() -> nn.Module:
    return Halves()
