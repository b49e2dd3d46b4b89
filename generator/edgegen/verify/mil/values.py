"""Values of a MIL program as torch holds them.

A MIL type and what carries it here:

    fp32            float32
    fp16            float32 whose every value is a float16 (`settle` rounds): torch on a CPU computes float16 slowly,
                    and wide accumulators are what the hardware has
    int8, uint8     the same
    int4, uint1 …   int8, uint8, one element each
    int16, uint16   int32;  uint32, int64, uint64   int64;  int32   int32
    bool            bool
    string          str (only as a scalar or in a list)
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from edgegen.verify.mil.schema import DTYPES
from edgegen.verify.mil.weights import Weights
from edgegen.verify.mil.wire import Message, WireError

if TYPE_CHECKING:
    import torch
    from torch import Tensor

Value: TypeAlias = "Tensor | str | list[Value]"

SUB_BYTE: Final[dict[str, tuple[int, bool]]] = {
    "int4": (4, True), "uint1": (1, False), "uint2": (2, False), "uint3": (3, False), "uint4": (4, False),
    "uint6": (6, False),
}  # fmt: skip
"""Types that are packed, lowest bits first: how many bits, and whether there is a sign."""

_NUMPY: Final = {
    "fp16": "<f2", "fp32": "<f4", "fp64": "<f8", "int8": "i1", "uint8": "u1", "int16": "<i2", "uint16": "<u2",
    "int32": "<i4", "uint32": "<u4", "int64": "<i8", "uint64": "<u8", "bool": "?",
}  # fmt: skip
_CARRIERS: Final = {
    "fp16": "float32", "fp32": "float32", "fp64": "float64", "int8": "int8", "uint8": "uint8", "int16": "int32",
    "uint16": "int32", "int32": "int32", "uint32": "int64", "int64": "int64", "uint64": "int64", "bool": "bool",
    "int4": "int8", "uint1": "uint8", "uint2": "uint8", "uint3": "uint8", "uint4": "uint8", "uint6": "uint8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueType:
    """`dtype` is MIL's name ("fp16", "string" …), or "list", "dictionary" …; a size of None is not fixed."""

    dtype: str
    shape: tuple[int | None, ...] = ()

    def fits(self, shape: tuple[int, ...]) -> bool:
        """Whether a tensor of `shape` is of this type."""
        return len(shape) == len(self.shape) and all(
            size is None or size == given for size, given in zip(self.shape, shape, strict=True)
        )


def value_type(message: Message) -> ValueType:
    """The type that a ValueType message says. Raises WireError."""
    tensor = message.get("tensorType")
    if tensor is None:
        kind = next((name.removesuffix("Type") for name in message if message[name] is not None), "nothing")
        return ValueType(kind)
    dtype = DTYPES.get(tensor.get("dataType", 0))
    if dtype is None:
        raise WireError(f"there is no element type {tensor.get('dataType', 0)}")
    sizes = (item.get("constant") for item in tensor["dimensions"])
    return ValueType(dtype, tuple(None if size is None else int(size.get("size", 0)) for size in sizes))


def load_value(message: Message, weights: Weights) -> Value:
    """What a Value message holds, from the message itself or from a weight file.

    Raises WireError, or ProjectError for a weight file that is not whole.
    """
    kind = value_type(message.get("type", {}))
    if "blobFileValue" in message:
        blob = message["blobFileValue"]
        return _from_bytes(weights.array(blob.get("fileName", ""), blob.get("offset", 0), kind.dtype), kind)
    immediate = message.get("immediateValue", {})
    if "list" in immediate:
        return [load_value(item, weights) for item in immediate["list"]["values"]]
    return _immediate(immediate.get("tensor", {}), kind)


def _immediate(tensor: Message, kind: ValueType) -> Value:
    import torch

    values: Any = next((field.get("values", b"") for field in tensor.values()), [])
    if isinstance(values, bytes):
        return _from_bytes(memoryview(values), kind)
    if kind.dtype == "string":
        if kind.shape == () and len(values) == 1:
            return str(values[0])
        return [str(value) for value in values]
    shape = _fixed(kind)
    if len(values) != math.prod(shape):
        raise WireError(f"{len(values)} values for a tensor of shape {shape}")
    return settle(torch.tensor(values, dtype=_wide(kind.dtype)).reshape(shape), kind.dtype)


def _from_bytes(data: memoryview, kind: ValueType) -> Tensor:
    import numpy as np
    import torch

    shape = _fixed(kind)
    count = math.prod(shape)
    if kind.dtype in SUB_BYTE:
        return torch.from_numpy(unpack(data, kind.dtype, count).reshape(shape))
    if kind.dtype not in _NUMPY:
        raise WireError(f"bytes cannot be {kind.dtype}")
    layout = np.dtype(_NUMPY[kind.dtype])
    if len(data) != count * layout.itemsize:
        raise WireError(f"{len(data)} bytes for {count} values of {kind.dtype}")
    array = np.frombuffer(data, layout).astype(_CARRIERS[kind.dtype], copy=True)
    return torch.from_numpy(array.reshape(shape))


def unpack(data: memoryview, dtype: str, count: int) -> Any:
    """`count` integers of a packed type as a numpy array of int8 or uint8. Raises WireError."""
    bits, signed = SUB_BYTE[dtype]
    return unpack_bits(data, bits, count, signed=signed)


def unpack_bits(data: memoryview, bits: int, count: int, *, signed: bool = False) -> Any:
    """`count` integers of `bits` bits, lowest first and across bytes, as a numpy array of int8 or uint8."""
    import numpy as np

    if len(data) != -(-count * bits // 8):
        raise WireError(f"{len(data)} bytes for {count} values of {bits} bits")
    flat = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little", count=count * bits).reshape(count, bits)
    values = np.packbits(flat, axis=1, bitorder="little").reshape(count)
    if not signed:
        return values
    wide = values.astype(np.int16)
    return np.where(wide >= 1 << (bits - 1), wide - (1 << bits), wide).astype(np.int8)


def _fixed(kind: ValueType) -> tuple[int, ...]:
    if any(size is None for size in kind.shape):
        raise WireError("a stored value has a size that is not fixed")
    return tuple(size for size in kind.shape if size is not None)


def _wide(dtype: str) -> torch.dtype:
    import torch

    return torch.float64 if dtype.startswith("fp") else torch.bool if dtype == "bool" else torch.int64


def carrier(dtype: str) -> torch.dtype:
    """The torch type that carries MIL's `dtype`. Raises WireError for one that no tensor has."""
    import torch

    if dtype not in _CARRIERS:
        raise WireError(f"{dtype} is no type of a tensor")
    found: torch.dtype = getattr(torch, _CARRIERS[dtype])
    return found


def settle(tensor: Tensor, dtype: str) -> Tensor:
    """`tensor` as a value of MIL's `dtype`: converted, and rounded where that is float16."""
    if dtype == "fp16":
        return tensor.half().float()
    return tensor.to(carrier(dtype))
