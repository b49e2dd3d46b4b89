"""Models of torchvision by name, with named weights, without weights, or with a state dict of the user's.

Named weights are read from torch's hub folder. If they are not there, torchvision itself fetches them; where it cannot,
the error names the file, its address and the folder to put it in.
"""

from __future__ import annotations

import difflib
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgegen.errors import SourceError
from edgegen.sources.loaded import LoadedModel
from edgegen.sources.signature import forward_names

if TYPE_CHECKING:
    from torch import Tensor, nn
    from torchvision.models import WeightsEnum

TRANSFORMS_ORIGIN = "torchvision:preset"
_DOWNLOAD_TIMEOUT_S = 30.0
_OTHER_KINDS = (".detection.", ".video.", ".optical_flow.", ".quantization.")
_DETECTION_HINT = (
    "Detection, video and optical-flow models come in a later version; use a classification or segmentation model"
)


def load_torchvision(name: str, weights: str | None, cwd: Path) -> LoadedModel:
    """torchvision's model `name`. `weights`: an entry's name, "none" (random), a file, or None for the default entry.

    Transforms and labels are those of the weights entry; with a file or "none" the transforms are the default entry's,
    and the labels too as long as the number of classes is the same. Raises SourceError.
    """
    from torchvision import models

    where = f"torchvision:{name}"
    if name not in models.list_models():
        raise _unknown_model(name, models.list_models())
    builder = models.get_model_builder(name)
    if any(part in builder.__module__ for part in _OTHER_KINDS):
        raise SourceError("is not a model of still pictures", where=where, hint=_DETECTION_HINT)
    entries = models.get_model_weights(name)
    entry = _named_entry(name, entries, weights)
    if entry is not None:
        module = _build_with(builder, entry)
        used, origin_entry = str(entry.name), entry
    else:
        module, used = _build_from(builder, weights, cwd), str(weights)
        used = "none" if used.lower() == "none" else used
        origin_entry = entries["DEFAULT"]
    labels = _labels(origin_entry) if entry is not None or _classes(module) == _class_count(origin_entry) else None
    return LoadedModel(
        name=name,
        module=module,
        source=where,
        weights=used,
        title=f"torchvision {name}, {used if used != 'none' else 'random weights'}",
        licence="BSD-3-Clause (torchvision)",
        transforms=origin_entry.transforms(),
        transforms_origin=TRANSFORMS_ORIGIN,
        labels=labels,
        input_names=forward_names(module),
    )


def _unknown_model(name: str, known: list[str]) -> SourceError:
    near = difflib.get_close_matches(name.lower(), known, n=1)
    hint = (
        f"Did you mean torchvision:{near[0]}?"
        if near
        else "python -c 'import torchvision; print(torchvision.models.list_models())' lists them"
    )
    return SourceError(f"torchvision has no model {name!r}", where="--model", hint=hint)


def _named_entry(name: str, entries: type[WeightsEnum], weights: str | None) -> WeightsEnum | None:
    """The weights entry that `weights` names (None: the default); None for "none" and for a file."""
    if weights is None:
        return entries["DEFAULT"]
    if weights.lower() == "none":
        return None
    wanted = weights.rpartition(".")[2] if weights.startswith(f"{entries.__name__}.") else weights
    if wanted in entries.__members__:
        return entries[wanted]
    if Path(wanted).suffix or "/" in wanted or "\\" in wanted:
        return None
    names = list(entries.__members__)
    near = difflib.get_close_matches(wanted.upper(), names, n=1)
    raise SourceError(
        f"torchvision:{name} has no weights {weights!r}",
        where="--weights",
        hint=f"Did you mean {near[0]}?" if near else f"It has {', '.join(names)}; or give none, or a file",
    )


def _build_with(builder: Callable[..., nn.Module], entry: WeightsEnum) -> nn.Module:
    path = _weights_file(entry)
    from edgegen.sources.weights import torch_load

    torch_load(path)  # A damaged file is told by name here, before torchvision meets it.
    with _weights_only():
        return builder(weights=entry, progress=False)


@contextmanager
def _weights_only() -> Iterator[None]:
    """torchvision loads with `weights_only=False`; torch's own switch overrules it while the block runs."""
    name = "TORCH_FORCE_WEIGHTS_ONLY_LOAD"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _weights_file(entry: WeightsEnum) -> Path:
    """The weights in torch's hub folder, fetched by torch if they are not there."""
    import torch

    folder = Path(torch.hub.get_dir()) / "checkpoints"
    path: Path = folder / entry.url.rpartition("/")[2]
    if path.is_file():
        return path
    timeout = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_DOWNLOAD_TIMEOUT_S)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        prefix = path.stem.rpartition("-")[2]
        torch.hub.download_url_to_file(entry.url, str(path), hash_prefix=prefix, progress=False)
    except (OSError, RuntimeError, ValueError) as error:
        path.unlink(missing_ok=True)
        raise SourceError(
            f"torchvision could not download the weights ({_reason(error)})",
            where=f"--weights {entry.name}",
            hint=f"Fetch {entry.url} on a machine with network and put it in {folder}, "
            "or give the file with --weights FILE, or random weights with --weights none",
        ) from error
    finally:
        socket.setdefaulttimeout(timeout)
    return path


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return str(getattr(reason, "strerror", None) or reason) or type(error).__name__


def _build_from(builder: Callable[..., nn.Module], weights: str | None, cwd: Path) -> nn.Module:
    """The model with random weights, or those of a file, built with the file's number of classes."""
    if weights is None or weights.lower() == "none":
        return _build(builder)
    from edgegen.sources.weights import fit, read_state_dict, without_prefix

    path = cwd / Path(weights).expanduser()
    state = read_state_dict(path)
    module = _build(builder)
    classes = _other_class_count(module.state_dict(), without_prefix(state, module.state_dict()))
    if classes is not None:
        module = _build(builder, num_classes=classes)
    fit(module, state, path)
    return module


def _build(builder: Callable[..., nn.Module], **options: Any) -> nn.Module:
    import inspect

    # Without this, segmentation models would download the weights of their backbone.
    if "weights_backbone" in inspect.signature(builder).parameters:
        options["weights_backbone"] = None
    return builder(weights=None, **options)


def _other_class_count(expected: dict[str, Tensor], state: Any) -> int | None:
    """The number of classes of a fine-tuned state dict: the one size in which all the tensors that differ differ."""
    differing = [
        (tensor.shape, state[key].shape)
        for key, tensor in expected.items()
        if key in state and tensor.shape != state[key].shape
    ]
    if not differing or any(ours[1:] != theirs[1:] or not theirs for ours, theirs in differing):
        return None
    counts = {theirs[0] for _, theirs in differing}
    return int(counts.pop()) if len(counts) == 1 else None


def _classes(module: nn.Module) -> int | None:
    """The first size of the module's last weight matrix."""
    weights = [p for p in module.parameters() if p.dim() >= 2]
    return int(weights[-1].shape[0]) if weights else None


def _class_count(entry: WeightsEnum) -> int:
    return len(entry.meta.get("categories", ()))


def _labels(entry: WeightsEnum) -> tuple[str, ...] | None:
    categories = entry.meta.get("categories")
    return tuple(map(str, categories)) if categories else None
