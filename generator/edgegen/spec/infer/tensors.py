"""Tensor inputs: from the command line's `--input`, from an example object, from an exported program's signature."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from edgegen.errors import SourceError, UsageError
from edgegen.spec import schema
from edgegen.spec.model_spec import TensorDtype, TensorInput
from edgegen.spec.reader import nearest

if TYPE_CHECKING:
    import torch
    from torch.export import ExportedProgram

    from edgegen.sources import LoadedModel

_OPTION = re.compile(r"(?P<name>[^=]*)=(?P<shape>[^:]*)(?::(?P<dtype>.*))?", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_HINT = "Write it as --input x=1x2:float32"
LARGEST_DIMENSION = 2**31 - 1


def parse_input_option(text: str) -> TensorInput:
    """`x=1x2:float32` → TensorInput; the dtype is float32 where none is written. Raises UsageError."""
    where = f"--input {text}"
    match = _OPTION.fullmatch(text)
    if match is None:
        raise UsageError("expected NAME=SHAPE or NAME=SHAPE:DTYPE", where=where, hint=_HINT)
    name, dtype = match["name"].strip(), match["dtype"]
    if not _NAME.fullmatch(name):
        problem = f"expected a name of letters, digits and _, got {name!r}"
        raise UsageError(problem, where=where, hint=_HINT)
    shape = _shape(match["shape"].strip(), where)
    if dtype is None:
        return TensorInput(name, shape)
    dtype = dtype.strip()
    if dtype not in schema.TENSOR_DTYPES:
        guess = nearest(dtype, schema.TENSOR_DTYPES)
        hint = f'Did you mean "{guess}"?' if guess else f"Choose one of {', '.join(schema.TENSOR_DTYPES)}"
        raise UsageError(f"unknown dtype {dtype!r}", where=where, hint=hint)
    return TensorInput(name, shape, cast(TensorDtype, dtype))


def _shape(text: str, where: str) -> tuple[int, ...]:
    """`1x3x224x224`, or with commas; a scalar is `scalar`."""
    if text == "scalar":
        return ()
    parts = re.split(r"[x,]", text)
    if not all(part.strip().isascii() and part.strip().isdigit() for part in parts):
        problem = f"expected a shape such as 1x2, got {text!r}"
        raise UsageError(problem, where=where, hint=_HINT)
    if len(parts) > 8 or any(len(part.strip()) > 10 for part in parts):
        raise UsageError(f"{text!r} is no shape of a tensor", where=where, hint="Give at most 8 dimensions")
    shape = tuple(int(part) for part in parts)
    if not all(1 <= dim <= LARGEST_DIMENSION for dim in shape):
        raise UsageError(f"expected dimensions above 0, got {text!r}", where=where, hint=_HINT)
    return shape


def infer_tensor_inputs(
    loaded: LoadedModel, example: str | None = None, cwd: Path | None = None
) -> tuple[TensorInput, ...]:
    """The inputs of a model by the `--example` object ("package.module:object"), its signature, or its own examples.

    Raises SourceError for an object that holds no tensors, for dynamic dimensions, and where there is nothing to go by.
    """
    if example is not None:
        return inputs_of_example(load_example(example, cwd or Path.cwd()), loaded.input_names, f"--example {example}")
    if loaded.exported is not None:
        return inputs_of_program(loaded.exported)
    if loaded.example_inputs is not None:
        return inputs_of_example(loaded.example_inputs, loaded.input_names, loaded.source)
    raise SourceError(
        "the model does not say what its inputs are",
        where=loaded.source,
        hint="Give --input NAME=SHAPE[:DTYPE] for each, or --example package.module:object",
    )


def load_example(origin: str, cwd: Path) -> object:
    """The object at "package.module:object"; a function is called for it. Raises SourceError."""
    from edgegen.sources.imports import import_object, user_code_errors

    where = f"--example {origin}"
    module, colon, attribute = origin.partition(":")
    if not (module and colon and attribute):
        raise SourceError("is not of the form package.module:object", where=where, hint="As in mypkg.data:example")
    found = import_object(module, attribute, cwd)
    if callable(found):
        with user_code_errors(where):
            found = found()
    return found


def inputs_of_example(example: object, names: Sequence[str], where: str) -> tuple[TensorInput, ...]:
    """A tensor, a sequence of tensors, or a mapping from names to tensors; `names` are forward's parameters."""
    import torch

    if isinstance(example, torch.Tensor):
        example = (example,)
    if isinstance(example, Mapping):
        names, example = [str(name) for name in example], tuple(example.values())
    if not isinstance(example, Sequence) or not example or not all(isinstance(item, torch.Tensor) for item in example):
        problem = f"expected a tensor, a tuple of tensors or a dict of them, got {type(example).__name__}"
        raise SourceError(problem, where=where, hint="Name an object such as (torch.zeros(1, 2),)")
    found = [str(name) for name in names[: len(example)]]
    found += [f"input{index}" for index in range(len(found), len(example))]
    return tuple(_of_tensor(name, item, where) for name, item in zip(found, example, strict=True))


def inputs_of_program(program: ExportedProgram) -> tuple[TensorInput, ...]:
    """The user inputs of an exported program, in order, by the names of its graph."""
    values = {node.name: node.meta.get("val") for node in program.graph.nodes if node.op == "placeholder"}
    found = []
    for name in program.graph_signature.user_inputs:
        where = f"input {name}"
        value = values.get(name) if isinstance(name, str) else name
        if value is None or not hasattr(value, "shape"):
            problem = f"is a {type(value).__name__}, expected a tensor"
            raise SourceError(problem, where=where, hint="Export the model with tensor inputs only")
        found.append(_of_tensor(str(name), value, where))
    return tuple(found)


def _of_tensor(name: str, tensor: torch.Tensor, where: str) -> TensorInput:
    dims = list(tensor.shape)
    if not all(type(dim) is int for dim in dims):
        problem = f"has the dynamic shape {[str(dim) for dim in dims]}"
        raise SourceError(problem, where=where, hint=f"Give one size with --input {name}=1x3x224x224, say")
    dtype = str(tensor.dtype).removeprefix("torch.")
    if dtype not in schema.TENSOR_DTYPES:
        hint = f"Use one of {', '.join(schema.TENSOR_DTYPES)}"
        raise SourceError(f"has dtype {dtype}, which is not supported", where=where, hint=hint)
    return TensorInput(name, tuple(dims), cast(TensorDtype, dtype))
