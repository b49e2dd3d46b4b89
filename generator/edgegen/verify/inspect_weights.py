"""How the weights of a Core ML program are kept: which types, which compression, how many bytes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from edgegen.verify.mil.package import Package
from edgegen.verify.mil.program import attributes, main_function
from edgegen.verify.mil.values import SUB_BYTE, ValueType, value_type
from edgegen.verify.mil.weights import Weights
from edgegen.verify.mil.wire import Message

LONG_NAMES: Final = {"fp16": "float16", "fp32": "float32", "fp64": "float64"}
UNPACKS: Final = "constexpr_"
"""How the names of operations begin that only unpack a weight."""


@dataclass(slots=True)
class WeightKind:
    """Weights that are kept alike: how many tensors, of how many values in all, in how many bytes of weight files."""

    tensors: int = 0
    values: int = 0
    bytes: int = 0

    def add(self, values: int, size: int) -> None:
        """Counts one more tensor."""
        self.tensors += 1
        self.values += values
        self.bytes += size


@dataclass(frozen=True, slots=True)
class _Part:
    """An array in a weight file."""

    kind: ValueType
    bytes: int


def weight_kinds(package: Package) -> dict[str, WeightKind]:
    """What lies in the weight files by how it is kept ("float16", "int8 with scales", "6-bit palette"), largest first.

    `package` is one that `load_program` has read, so that its parts fit together.
    """
    weights = Weights(package)
    plain: dict[str, _Part] = {}
    found: dict[str, WeightKind] = {}
    for message in main_function(package)[2].get("operations", []):
        kind = message.get("type", "")
        if kind == "const":
            plain.update(
                (message["outputs"][0].get("name", ""), part) for part in _parts(message, weights, {}).values()
            )
        elif kind.startswith(UNPACKS):
            parts = _parts(message, weights, plain)
            # The last output is the tensor; operations on sparse weights give their mask first.
            values = _count(value_type(message["outputs"][-1].get("type", {})))
            found.setdefault(_name(kind, parts), WeightKind()).add(values, sum(part.bytes for part in parts.values()))
            for name in _names(message).values():
                plain.pop(name, None)
    for part in plain.values():
        name = LONG_NAMES.get(part.kind.dtype, part.kind.dtype)
        found.setdefault(name, WeightKind()).add(_count(part.kind), part.bytes)
    return dict(sorted(found.items(), key=lambda item: -item[1].bytes))


def _parts(message: Message, weights: Weights, plain: dict[str, _Part]) -> dict[str, _Part]:
    """The arrays that an operation holds by its parameters' names, or reads from the constants `plain`."""
    parts = {name: plain[value] for name, value in _names(message).items() if value in plain}
    for name, value in (*attributes(message).items(), *_values(message)):
        if "blobFileValue" in value:
            blob, kind = value["blobFileValue"], value_type(value.get("type", {}))
            array = weights.array(blob.get("fileName", ""), blob.get("offset", 0), kind.dtype)
            parts[name] = _Part(kind, len(array))
    return parts


def _names(message: Message) -> dict[str, str]:
    """The values that an operation reads, by its parameters' names."""
    return {name: binding["name"] for name, binding in _bindings(message) if "name" in binding}


def _values(message: Message) -> Iterator[tuple[str, Message]]:
    return ((name, binding["value"]) for name, binding in _bindings(message) if "value" in binding)


def _bindings(message: Message) -> Iterator[tuple[str, Message]]:
    for item in message["inputs"]:
        for binding in item.get("value", {}).get("arguments", []):
            yield item.get("key", ""), binding


def _name(kind: str, parts: dict[str, _Part]) -> str:
    """In words how an operation's weight is kept."""
    what = kind.removeprefix(UNPACKS)
    if what == "affine_dequantize" and "quantized_data" in parts:
        return f"{parts['quantized_data'].kind.dtype} with scales"
    if what == "blockwise_shift_scale" and "data" in parts:
        return f"{parts['data'].kind.dtype} with scales"
    if what == "lut_to_dense" and {"indices", "lut"} <= parts.keys():
        return f"{_palette_bits(parts['indices'].kind, parts['lut'].kind)}-bit palette"
    if what == "sparse_to_dense" and "nonzero_data" in parts:
        dtype = parts["nonzero_data"].kind.dtype
        return f"sparse {LONG_NAMES.get(dtype, dtype)}"
    return what.replace("_", " ")


def _palette_bits(indices: ValueType, lut: ValueType) -> int:
    """iOS 18 has the bits in the indices' type; before, a table of 64 means that bytes hold packed 6-bit indices."""
    if indices.dtype in SUB_BYTE:
        return SUB_BYTE[indices.dtype][0]
    entries = lut.shape[-2] if len(lut.shape) > 1 else lut.shape[0]
    return (entries or 1).bit_length() - 1


def _count(kind: ValueType) -> int:
    return math.prod(size or 0 for size in kind.shape)
