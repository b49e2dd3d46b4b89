"""A model from a callable of the user's: `package.module:factory`, with the weights of `--weights FILE` if given."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from edgegen.errors import SourceError
from edgegen.sources.imports import import_object, user_code_errors
from edgegen.sources.loaded import LoadedModel
from edgegen.sources.origin import Origin
from edgegen.sources.signature import forward_names

if TYPE_CHECKING:
    from torch import nn


def load_factory(origin: Origin, weights: str | None, cwd: Path) -> LoadedModel:
    """The module that the factory returns. Raises SourceError for everything the user can put right."""
    source = f"{origin.name}:{origin.attribute}"
    module = _build(import_object(origin.name, origin.attribute, cwd), source)
    if weights is not None and weights.lower() != "none":
        from edgegen.sources.weights import load_weights

        load_weights(module, cwd / Path(weights).expanduser())
    return LoadedModel(
        name=origin.name.rpartition(".")[2],
        module=module,
        source=source,
        weights=weights,
        title=f"{type(module).__name__} of {source}",
        licence=None,
        input_names=forward_names(module),
    )


def _build(found: object, source: str) -> nn.Module:
    import torch
    from torch import nn

    if isinstance(found, nn.Module):
        return found
    if not callable(found):
        raise SourceError(
            f"is a {type(found).__name__}, not a function that returns a model",
            where=source,
            hint="Name a function or class that can be called without arguments and gives an nn.Module",
        )
    _check_no_arguments(found, source)
    with user_code_errors(source):
        torch.manual_seed(0)  # Importing the module may have drawn numbers, and does so only the first time.
        module = found()
    if isinstance(module, nn.Module):
        return module
    if isinstance(module, dict):
        hint = "It looks like a state dict: return the module, and give the file with --weights"
    elif isinstance(module, tuple):
        hint = "Return the module alone"
    else:
        hint = "Return an nn.Module"
    raise SourceError(f"returned a {type(module).__name__}, not an nn.Module", where=source, hint=hint)


def _check_no_arguments(factory: Callable[..., object], source: str) -> None:
    try:
        parameters = inspect.signature(factory).parameters.values()
    except (TypeError, ValueError):
        return  # A builtin without a signature: calling it will tell.
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    needed = [p.name for p in parameters if p.default is p.empty and p.kind not in variadic]
    if needed:
        raise SourceError(
            f"needs arguments: {', '.join(needed)}",
            where=source,
            hint="Name a function that can be called without any, or give them defaults",
        )
