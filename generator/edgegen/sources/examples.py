"""One set of inputs of the spec's shapes, to run or trace a model with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edgegen.sources.loaded import LoadedModel
from edgegen.spec.model_spec import Input, ModelSpec

if TYPE_CHECKING:
    import torch
    from torch import Tensor


def example_inputs(spec: ModelSpec, loaded: LoadedModel | None = None, seed: int = 0) -> tuple[Tensor, ...]:
    """A tensor for each input, in order: the model's own examples where they have the spec's shapes and dtypes, else
    floats from a standard normal distribution and integers zero (they may be indices).
    """
    import torch

    own = loaded.example_inputs if loaded is not None else None
    if own is not None and len(own) == len(spec.inputs) and all(map(_matches, own, spec.inputs)):
        return own
    generator = torch.Generator().manual_seed(seed)
    return tuple(_made_up(item, generator) for item in spec.inputs)


def describe_inputs(spec: ModelSpec) -> str:
    """ "image 1x3x224x224 float32, scale 1 float32"."""
    return ", ".join(f"{item.name} {'x'.join(map(str, item.shape)) or 'scalar'} {item.dtype}" for item in spec.inputs)


def _matches(tensor: Tensor, item: Input) -> bool:
    return tuple(tensor.shape) == item.shape and str(tensor.dtype) == f"torch.{item.dtype}"


def _made_up(item: Input, generator: torch.Generator) -> Tensor:
    import torch

    dtype: torch.dtype = getattr(torch, item.dtype)
    if dtype.is_floating_point:
        return torch.randn(item.shape, generator=generator).to(dtype)
    return torch.zeros(item.shape, dtype=dtype)
