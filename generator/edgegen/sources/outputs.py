"""What a model's outputs are, found by running it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from edgegen.console import captured_output
from edgegen.errors import SourceError
from edgegen.sources.imports import user_code_errors
from edgegen.spec.model_spec import Activation, ClassificationOutput, Output, TensorOutput

if TYPE_CHECKING:
    from torch import Tensor, nn

_DTYPES: Final = frozenset({"float32", "float16", "float64", "int64", "int32", "int16", "int8", "uint8", "bool"})
_PROBE_FACTORS: Final = (1.0, 0.5, -2.0, 0.0, 100.0, -100.0)
_SUM_TOLERANCE: Final = 1e-3


def recognise(module: nn.Module, inputs: tuple[Tensor, ...], labels: tuple[str, ...] | None) -> tuple[Output, ...]:
    """Every output of `module`, in order, by name: class scores where there are as many as labels, else tensors.

    Names come from a dict's keys, a named tuple's or dataclass's fields; what has no name is `logits`, `probabilities`
    or `output` (`output_0`, `output_1` … where there are several). Scores that are probabilities already need no
    activation. Raises SourceError where the model fails on the inputs or gives something that is no tensor.
    """
    runs = [named_outputs(run(module, probe)) for probe in _probes(inputs)]
    found = []
    for index, (name, first) in enumerate(runs[0]):
        values = [outputs[index][1] for outputs in runs if len(outputs) == len(runs[0])]
        _check_fixed_shape(name, values)
        found.append((name, first, _activation(values) if _are_scores(first, labels) else None))
    names = _final_names(found)
    return tuple(
        TensorOutput(name, tuple(tensor.shape), _dtype(name, tensor))
        if activation is None
        else ClassificationOutput(name, None, activation)
        for name, (_, tensor, activation) in zip(names, found, strict=True)
    )


def _check_fixed_shape(name: str, values: Sequence[Tensor]) -> None:
    shapes = sorted({tuple(value.shape) for value in values})
    if len(shapes) > 1:
        raise SourceError(
            f"the shape of output {name or 'output'} depends on the input's values ({shapes[0]}, {shapes[1]} …)",
            where="outputs",
            hint="Return a fixed shape, such as a mask or the best N, and pick from it in the app",
        )


def run(module: nn.Module, inputs: Sequence[Tensor]) -> Any:
    """The module's answer. Raises SourceError telling the shapes it was given and where it failed."""
    import torch

    shapes = ", ".join(f"{'x'.join(map(str, t.shape)) or 'scalar'} {str(t.dtype)[6:]}" for t in inputs)
    try:
        with captured_output(), torch.no_grad(), user_code_errors(f"running the model on {shapes}"):
            return module(*inputs)
    except SourceError as error:
        hint = "Give the shape it expects, by --input NAME=SHAPE or transforms that make it, or put the model right"
        if "required positional argument" in error.problem:
            hint = "Describe every input of forward(), each with --input NAME=SHAPE"
        raise SourceError(error.problem, where=error.where, hint=hint) from error


def named_outputs(output: Any) -> list[tuple[str, Tensor]]:
    """The tensors of a model's answer in order, with their names ("" for one that has none). Raises SourceError."""
    found: list[tuple[str, Tensor]] = []
    _collect("", output, found)
    if not found:
        raise SourceError(
            "the model returns no tensor", where="outputs", hint="Return a tensor, or a tuple or dict of them"
        )
    return found


def _collect(name: str, value: Any, found: list[tuple[str, Tensor]]) -> None:
    import torch

    if isinstance(value, torch.Tensor):
        found.append((name, value))
    elif value is None:
        return  # What a model leaves out, such as a loss without a target.
    elif isinstance(value, dict):
        for key, item in value.items():
            _collect(_joined(name, str(key)), item, found)
    elif hasattr(value, "_fields"):
        for key in value._fields:
            _collect(_joined(name, key), getattr(value, key), found)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            _collect(_joined(name, field.name), getattr(value, field.name), found)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _collect(name if len(value) == 1 else _joined(name, str(index)), item, found)
    else:
        raise SourceError(
            f"output {name or 'of the model'} is a {type(value).__name__}, not a tensor",
            where="outputs",
            hint="Return tensors only, alone or in a tuple or dict",
        )


def _joined(prefix: str, name: str) -> str:
    return f"{prefix}_{name}" if prefix else name


def _probes(inputs: tuple[Tensor, ...]) -> list[tuple[Tensor, ...]]:
    """The inputs as they are and scaled, some beyond any picture: logits that happen to lie in 0..1 leave it then."""
    return [tuple(t * factor if t.is_floating_point() else t for t in inputs) for factor in _PROBE_FACTORS]


def _are_scores(tensor: Tensor, labels: tuple[str, ...] | None) -> bool:
    if labels is None or not tensor.is_floating_point():
        return False
    return tuple(tensor.shape) in {(len(labels),), (1, len(labels))}


def _activation(values: Sequence[Tensor]) -> Activation:
    """ "none" for probabilities (all in 0..1 and, with several classes, never outside); "softmax" for logits."""
    if all(float(value.min()) >= 0.0 and float(value.max()) <= 1.0 + _SUM_TOLERANCE for value in values):
        return "none"
    return "softmax"


def _final_names(found: Sequence[tuple[str, Tensor, Activation | None]]) -> list[str]:
    names: list[str] = []
    for index, (name, _, activation) in enumerate(found):
        default = {None: "output", "none": "probabilities"}.get(activation, "logits")
        if not name:
            name = default
        elif name.isdigit():
            name = f"output_{name}"
        name = re.sub(r"\W", "_", name, flags=re.ASCII)
        name = name if name[:1].isalpha() else f"output_{name}"
        names.append(f"{name}_{index}" if name in names else name)
    return names


def _dtype(name: str, tensor: Tensor) -> Any:
    dtype = str(tensor.dtype).removeprefix("torch.")
    if dtype not in _DTYPES:
        raise SourceError(
            f"output {name} has the dtype {dtype}", where="outputs", hint="Convert it in the model, as with .float()"
        )
    return dtype
