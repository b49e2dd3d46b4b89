"""State dicts: read without running code, and fitted to a model with an error that names the keys.

`torch.load(weights_only=True)` reads tensors and plain containers only; a file that needs more (a pickled module)
could run anything, so it is refused and the way out is named.
"""

from __future__ import annotations

import difflib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from edgegen.errors import SourceError
from edgegen.sources.kinds import FileKind, file_kind

if TYPE_CHECKING:
    from torch import Tensor, nn

# Where training programs put the state dict inside a checkpoint, the usual first.
_CHECKPOINT_KEYS = ("state_dict", "model_state_dict", "model", "net", "module", "params", "weights")
# What DataParallel, Lightning and torch.compile put before every key.
_PREFIXES = ("module.", "model.", "_orig_mod.", "net.")
_KEYS_SHOWN = 3
_SAFETENSORS_DTYPES = {
    "F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16",
    "I64": "int64", "I32": "int32", "I16": "int16", "I8": "int8", "U8": "uint8", "BOOL": "bool",
}  # fmt: skip


def load_weights(module: nn.Module, path: Path) -> None:
    """Loads the state dict at `path` into `module`. Raises SourceError where it cannot be read or does not fit."""
    fit(module, read_state_dict(path), path)


def read_state_dict(path: Path) -> dict[str, Tensor]:
    """The tensors by name in the file at `path`: a state dict, a checkpoint that holds one, or safetensors."""
    kind = file_kind(path)
    if kind is FileKind.SAFETENSORS:
        return _read_safetensors(path)
    if kind is not FileKind.TORCH_SAVE:
        raise SourceError(
            f"is {kind.value}, not a state dict",
            where=str(path),
            hint=f"Give it as the model itself: --model {path.name}",
        )
    return _state_dict_in(torch_load(path), path)


def torch_load(path: Path) -> object:
    """The content of a file written by torch.save, tensors and plain containers only. Raises SourceError."""
    import pickle

    import torch

    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise _unpickling_error(path, str(error)) from error
    except (RuntimeError, EOFError, ValueError, KeyError, OSError, AttributeError, TypeError, IndexError) as error:
        raise SourceError(
            "the file is damaged or cut short", where=str(path), hint="Copy or download it again"
        ) from error


def _unpickling_error(path: Path, message: str) -> SourceError:
    match = re.search(r"Unsupported (?:global: GLOBAL|class|operand) ([\w.]+)", message)
    name = match.group(1) if match and _is_whole(path) else None
    if name is None:
        return SourceError(
            "the file is damaged, or no file of torch.save's", where=str(path), hint="Copy or download it again"
        )
    hint = (
        "Save the state dict instead, torch.save(model.state_dict(), FILE), "
        "and give --model package.module:factory --weights FILE"
    )
    return SourceError(
        f"holds a pickled {name}, and unpickling it could run any code, so edgegen does not", where=str(path), hint=hint
    )


def _is_whole(path: Path) -> bool:
    """Whether the members of a zip archive have their check sums; True for a file that is none."""
    if not zipfile.is_zipfile(path):
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, struct.error, zlib.error, EOFError):
        return False


def _state_dict_in(content: object, path: Path) -> dict[str, Tensor]:
    import torch

    if isinstance(content, Mapping):
        for key in _CHECKPOINT_KEYS:
            if isinstance(content.get(key), Mapping):
                content = content[key]
                break
    if isinstance(content, Mapping):
        tensors = {str(key): value for key, value in content.items() if isinstance(value, torch.Tensor)}
        if tensors:
            return tensors
        found = f"a dict of {', '.join(map(repr, list(content)[:_KEYS_SHOWN])) or 'nothing'}"
    else:
        found = f"a {type(content).__name__}"
    raise SourceError(
        f"holds {found}, not a state dict", where=str(path), hint="Save it with torch.save(model.state_dict(), FILE)"
    )


def _read_safetensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file: 8 bytes of header length, a JSON header, then the data, little endian."""
    import torch

    data = bytearray(path.read_bytes())
    start = 8 + int.from_bytes(data[:8], "little")
    try:
        header = json.loads(bytes(data[8:start]))
        header.pop("__metadata__", None)
        tensors = {}
        for name, entry in header.items():
            begin, end = entry["data_offsets"]
            if not 0 <= begin <= end <= len(data) - start:
                raise ValueError(name)
            dtype = getattr(torch, _SAFETENSORS_DTYPES[entry["dtype"]])
            values = torch.frombuffer(data[start + begin : start + end] or bytearray(1), dtype=torch.uint8)
            values = values[: end - begin].clone().view(dtype)
            tensors[name] = values.reshape(entry["shape"])
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        raise SourceError(
            "the file is damaged or cut short", where=str(path), hint="Copy or download it again"
        ) from error
    return tensors


def fit(module: nn.Module, state: Mapping[str, Tensor], path: Path) -> None:
    """Loads `state` into `module`; a prefix that every key shares (DataParallel's "module.") is taken off.

    Raises SourceError naming the missing and unexpected keys, nearest first, or the first shape that differs.
    """
    expected = module.state_dict()
    state = without_prefix(state, expected)
    # A counter that BatchNorm keeps for training; old checkpoints lack it and no answer depends on it.
    missing = [key for key in expected if key not in state and not key.endswith("num_batches_tracked")]
    unexpected = [key for key in state if key not in expected]
    if missing or unexpected:
        raise _misfit(missing, unexpected, expected, state, path)
    for key, tensor in state.items():
        if tensor.shape != expected[key].shape:
            raise SourceError(
                f"{key} is {_by(tensor)} in the file and {_by(expected[key])} in the model",
                where=str(path),
                hint="Build the model with the sizes it was trained with, such as its number of classes",
            )
    module.load_state_dict(dict(state), strict=False)


def without_prefix(state: Mapping[str, Tensor], expected: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
    """`state` without a prefix of training wrappers, where taking it off gives more keys of `expected`."""
    best = current = state
    while shared := next((p for p in _PREFIXES if current and all(key.startswith(p) for key in current)), None):
        current = {key.removeprefix(shared): value for key, value in current.items()}
        if sum(key in expected for key in current) > sum(key in expected for key in best):
            best = current
    return best


def _misfit(
    missing: list[str], unexpected: list[str], expected: Mapping[str, Tensor], state: Mapping[str, Tensor], path: Path
) -> SourceError:
    shared = sum(key in expected for key in state)
    parts = []
    if missing:
        parts.append(f"lacks {_some(missing, unexpected)}")
    if unexpected:
        parts.append(f"has {_some(unexpected, missing)} that the model does not have")
    problem = f"the weights do not fit the model ({shared} of {len(expected)} keys): the file {' and '.join(parts)}"
    hint = (
        "These are another model's weights: give the factory they were saved from"
        if shared * 2 < len(expected)
        else "Build the model as it was when they were saved"
    )
    return SourceError(problem, where=str(path), hint=hint)


def _some(keys: list[str], others: list[str]) -> str:
    def key_text(key: str) -> str:
        near = difflib.get_close_matches(key, others, n=1, cutoff=0.8)
        return f"{key} (nearest there: {near[0]})" if near else key

    shown = ", ".join(key_text(key) for key in keys[:_KEYS_SHOWN])
    rest = len(keys) - _KEYS_SHOWN
    return f"{shown} and {rest} more" if rest > 0 else shown


def _by(tensor: Tensor) -> str:
    return "x".join(map(str, tensor.shape)) or "a scalar"
