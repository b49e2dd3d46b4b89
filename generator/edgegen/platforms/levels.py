"""The words around a table of levels, the same in every language."""

from __future__ import annotations

import struct
from typing import Final

from edgegen.spec.model_spec import ImageInput

_UNPACK: Final = {"float32": ("<I", "<f"), "float16": ("<H", "<e"), "uint8": ("<B", "<B"), "int8": ("<B", "<b")}


def channel_name(item: ImageInput, channel: int) -> str:
    """What channel `channel` of the tensor holds: "red", "gray" …"""
    if item.channels == 1:
        return "gray"
    names = {"RGB": ("red", "green", "blue"), "BGR": ("blue", "green", "red"), "gray": ("gray",) * 3}
    return names[item.color.order][channel]


def decimal(pattern: int, dtype: str) -> str:
    """The number that the bits `pattern` of a value of `dtype` stand for, as exact as the dtype is."""
    packed, unpacked = _UNPACK[dtype]
    (value,) = struct.unpack(unpacked, struct.pack(packed, pattern))
    return f"{value:.9g}" if dtype == "float32" else f"{value:.5g}"


def with_article(dtype: str) -> str:
    """The dtype with its article: "an int8", "a float32"."""
    return f"an {dtype}" if dtype.startswith("i") else f"a {dtype}"
