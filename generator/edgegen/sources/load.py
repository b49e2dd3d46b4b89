"""Loads a model from whatever `--model` named."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from edgegen.console import captured_output
from edgegen.errors import SourceError
from edgegen.sources.loaded import LoadedModel
from edgegen.sources.origin import Kind, Origin, parse_origin

if TYPE_CHECKING:
    from torch import nn


def load_model(
    source: str, *, weights: str | None = None, transforms: str | None = None, cwd: Path | None = None
) -> LoadedModel:
    """The model that `source` names, in eval mode, float32, on the CPU.

    `weights` is the name of a torchvision entry, "none", or a file; `transforms` is "package.module:object" or the
    origin that an earlier load recorded. Relative paths and modules are found from `cwd` (default: the current folder).
    Random parts of the model are drawn with seed 0. Raises SourceError for everything the user can put right.
    """
    folder = cwd or Path.cwd()
    origin = parse_origin(source, folder)
    import torch

    with captured_output(), torch.random.fork_rng(devices=[]):
        # Random weights ("none", a factory without a file) must be the same each time: `verify` and the cache load
        # the model again and compare.
        torch.manual_seed(0)
        loaded = _load(origin, source, weights, folder)
        if loaded.exported is None:
            loaded = dataclasses.replace(loaded, module=_ready(loaded.module, source))
        return _with_transforms(loaded, transforms, folder)


def _load(origin: Origin, source: str, weights: str | None, cwd: Path) -> LoadedModel:
    if origin.kind is Kind.DEMO:
        from edgegen.sources.demo import load_demo

        _refuse_weights(weights, source)
        return load_demo()
    if origin.kind is Kind.TORCHVISION:
        from edgegen.sources.vision import load_torchvision

        return load_torchvision(origin.name, weights, cwd)
    if origin.kind is Kind.FACTORY:
        from edgegen.sources.factory import load_factory

        return load_factory(origin, weights, cwd)
    from edgegen.sources.files import load_file

    assert origin.path is not None
    _refuse_weights(weights, source)
    return load_file(origin.path, source)


def _refuse_weights(weights: str | None, source: str) -> None:
    if weights is not None:
        raise SourceError(f"{source} brings its own weights", where=f"--weights {weights}", hint="Leave --weights out")


def _ready(module: nn.Module, source: str) -> nn.Module:
    """`module` in eval mode with float32 parameters on the CPU; an integer buffer stays what it is."""
    import torch

    tensors = [*module.parameters(), *module.buffers()]
    if any(tensor.is_meta for tensor in tensors):
        raise SourceError(
            "the model's parameters have no values (they are on the meta device)",
            where=source,
            hint="Give the weights with --weights FILE, or let the factory load them",
        )
    if any(tensor.device.type != "cpu" for tensor in tensors):
        module = module.cpu()
    if any(tensor.is_floating_point() and tensor.dtype != torch.float32 for tensor in tensors):
        module = module.float()
    try:
        return module.eval()
    except NotImplementedError:  # The module of an exported program: it is what it was when it was exported.
        return module


def _with_transforms(loaded: LoadedModel, transforms: str | None, cwd: Path) -> LoadedModel:
    if transforms is None or transforms == loaded.transforms_origin:
        return loaded
    from edgegen.sources.transforms import load_transforms

    found = load_transforms(transforms, cwd)
    return dataclasses.replace(loaded, transforms=found, transforms_origin=transforms)
