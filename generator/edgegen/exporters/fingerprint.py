"""A hash of a model: its weights, its settings and its code. Two models of the same hash export to the same file.

Weights alone are not enough: `x * 2` in `forward`, a stride, a dropout's rate or a helper function in another file of
the user's have none. So the hash covers, for each submodule, its class, that class's source file and the files of the
user's that it uses, and its plain attributes. torch and torchvision stand for themselves by their versions.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Iterable
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from edgegen.sources.imports import is_user_file
from edgegen.sources.loaded import LoadedModel

if TYPE_CHECKING:
    from torch import Tensor, nn
    from torch.fx import GraphModule

# Attributes that torch itself keeps in every module; what matters of them is hashed by name below.
_TORCH_ATTRIBUTES = frozenset({"_parameters", "_buffers", "_modules", "training"})
_MAX_DEPTH = 6


def model_digest(loaded: LoadedModel) -> str:
    """SHA-256 of everything of the model that can change the exported file, in hexadecimal."""
    digest = hashlib.sha256()
    if loaded.exported is not None:
        _add_graphs(digest, loaded.exported.graph_module)
        digest.update(str(loaded.exported.graph_signature).encode())
        for name, constant in sorted(loaded.exported.constants.items()):
            _add_value(digest, name, constant, 0)
    script = getattr(loaded.module, "inlined_graph", None)
    if script is not None:
        digest.update(str(script).encode())
    for name, tensor in sorted(loaded.module.state_dict(keep_vars=True).items()):
        digest.update(name.encode())
        _add_tensor(digest, tensor)
    if loaded.exported is None and script is None:
        _add_structure(digest, loaded.module)
    return digest.hexdigest()


def _add_tensor(digest: Any, tensor: Tensor) -> None:
    digest.update(f"{tensor.dtype}{tuple(tensor.shape)}".encode())
    values = tensor.detach().cpu().contiguous()
    if values.numel():
        import torch

        digest.update(values.reshape(-1).view(torch.uint8).numpy().data)


def _add_graphs(digest: Any, program: GraphModule) -> None:
    """The graph and those of its branches and loop bodies."""
    from torch.fx import GraphModule

    for name, child in program.named_modules():
        if isinstance(child, GraphModule):
            digest.update(f"{name}:{child.graph};".encode())


def _add_structure(digest: Any, module: nn.Module) -> None:
    from torch.fx import GraphModule

    classes: set[type] = set()
    for name, child in module.named_modules():
        kind = type(child)
        classes.update(kind.__mro__)
        digest.update(f"{name}:{kind.__module__}.{kind.__qualname__};".encode())
        if isinstance(child, GraphModule):
            digest.update(str(child.graph).encode())
            continue
        for attribute, value in sorted(vars(child).items()):
            if attribute not in _TORCH_ATTRIBUTES:
                _add_value(digest, attribute, value, 0)
        for attribute, buffer in sorted(child._buffers.items()):
            if buffer is not None and attribute in child._non_persistent_buffers_set:
                _add_value(digest, attribute, buffer, 0)
    for path in sorted(code_files(sys.modules[kind.__module__] for kind in classes if kind.__module__ in sys.modules)):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())


def _add_value(digest: Any, name: str, value: object, depth: int) -> None:
    """Adds a plain attribute; an object adds its class and its own attributes, a function its code."""
    import torch

    digest.update(f"{name}=".encode())
    if isinstance(value, torch.Tensor):
        _add_tensor(digest, value)
    elif isinstance(value, bool | int | float | complex | str | bytes | None):
        digest.update(repr(value).encode())
    elif isinstance(value, dict):
        for index, (key, item) in enumerate(value.items()):
            _add_value(digest, key if isinstance(key, str) else f"{type(key).__name__}{index}", item, depth + 1)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _add_value(digest, str(index), item, depth + 1)
    elif isinstance(value, set | frozenset):
        digest.update(repr(sorted(map(repr, value))).encode())
    elif isinstance(value, FunctionType):
        _add_code(digest, value.__code__)
    elif isinstance(value, type | ModuleType):
        digest.update(value.__name__.encode())
    else:
        digest.update(f"{type(value).__module__}.{type(value).__qualname__}".encode())
        if depth < _MAX_DEPTH and not isinstance(value, torch.nn.Module):
            for key, item in sorted(getattr(value, "__dict__", {}).items()):
                _add_value(digest, key, item, depth + 1)


def _add_code(digest: Any, code: CodeType) -> None:
    digest.update(code.co_code)
    digest.update(repr(code.co_names).encode())
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            _add_code(digest, constant)
        else:
            digest.update(repr(constant).encode())


def code_files(modules: Iterable[ModuleType]) -> set[Path]:
    """The source files of `modules` and of the modules they use, as far as these are the user's or their own package's.

    What a module uses is read from its namespace: the modules in it, and the modules of its functions and classes.
    """
    found: set[Path] = set()
    waiting = list(modules)
    packages = {module.__name__.partition(".")[0] for module in waiting} - {"torch", "torchvision", "builtins"}
    seen: set[str] = set()
    while waiting:
        module = waiting.pop()
        if module.__name__ in seen:
            continue
        seen.add(module.__name__)
        file = inspect.getsourcefile(module) if getattr(module, "__file__", None) else None
        if file is None or not (module.__name__.partition(".")[0] in packages or is_user_file(file)):
            continue
        found.add(Path(file))
        for value in list(vars(module).values()):
            used = value if isinstance(value, ModuleType) else sys.modules.get(getattr(value, "__module__", None) or "")
            if used is not None:
                waiting.append(used)
    return found
