"""What loading a model gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor, nn
    from torch.export import ExportedProgram


@dataclass(frozen=True)
class LoadedModel:
    """A model in eval mode with float32 parameters on the CPU, and what its author knows about its input.

    `source` and `weights` are what edgegen.toml records: loading them again gives the same model. `transforms` is the
    author's own preprocessing object (a picture in, a tensor out) or None; `transforms_origin` is how it was found
    ("torchvision:preset", "demo:preset", "package.module:object").
    """

    name: str
    module: nn.Module
    source: str
    weights: str | None
    title: str
    licence: str | None
    exported: ExportedProgram | None = None
    transforms: object | None = None
    transforms_origin: str | None = None
    labels: tuple[str, ...] | None = None
    example_inputs: tuple[Tensor, ...] | None = None
    input_names: tuple[str, ...] = ()
