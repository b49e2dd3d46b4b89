"""Protocol Buffers' wire format, read by a table of fields: the few messages of a Core ML model need no more.

    message = read(data, MODEL)          {"specificationVersion": 7, "mlProgram": {…}}

A message is a dict by field name; a field that is not in the file is not in the dict (a repeated one is: []). Fields
that the table does not name are skipped. Reading the format here keeps coremltools, whose import takes seconds, out of
every command that runs a model, and makes the stored bytes the only witness of what was stored.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

Kind: TypeAlias = Literal["int", "bool", "float", "double", "text", "bytes", "message"]
Message: TypeAlias = dict[str, Any]

_VARINT: Final = 0
_FIXED64: Final = 1
_LENGTH: Final = 2
_FIXED32: Final = 5
_SCALARS: Final = {"float": ("<f", 4), "double": ("<d", 8)}


class WireError(ValueError):
    """The bytes are no such message: cut short, or something else."""


@dataclass(frozen=True, slots=True)
class Field:
    """`schema` is a function, so that messages can hold one another; only a "message" has one.

    Integers are read as signed 64-bit numbers; "int" serves enums as well.
    """

    name: str
    kind: Kind
    repeated: bool = False
    schema: Callable[[], Schema] | None = None


Schema: TypeAlias = dict[int, Field]


def read(data: bytes | memoryview, schema: Schema) -> Message:
    """The message in `data`, which ends where it ends. Raises WireError."""
    view = memoryview(data)
    message: Message = {field.name: [] for field in schema.values() if field.repeated}
    position, end = 0, len(view)
    while position < end:
        key, position = _varint(view, position)
        field = schema.get(key >> 3)
        value, position = _value(view, position, key & 7)
        if field is None:
            continue
        if not field.repeated:
            message[field.name] = _decoded(value, field)
        elif isinstance(value, memoryview) and field.kind in ("int", "bool", "float", "double"):
            message[field.name].extend(_packed(value, field))
        else:
            message[field.name].append(_decoded(value, field))
    return message


def _value(view: memoryview, position: int, wire_type: int) -> tuple[int | memoryview, int]:
    """A raw value and where it ends: an int of a varint, else its bytes."""
    if wire_type == _VARINT:
        return _varint(view, position)
    if wire_type == _LENGTH:
        size, position = _varint(view, position)
    elif wire_type in (_FIXED32, _FIXED64):
        size = 4 if wire_type == _FIXED32 else 8
    else:
        raise WireError(f"there is no wire type {wire_type}")
    if size > len(view) - position:
        raise WireError(f"a field of {size} bytes begins {len(view) - position} bytes before the end")
    return view[position : position + size], position + size


def _varint(view: memoryview, position: int) -> tuple[int, int]:
    result = shift = 0
    while True:
        if position >= len(view) or shift > 63:
            raise WireError("a number does not end")
        byte = view[position]
        position += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result, position
        shift += 7


def _decoded(value: int | memoryview, field: Field) -> Any:
    if isinstance(value, int):
        if field.kind not in ("int", "bool"):
            raise WireError(f"{field.name} is a number, expected {field.kind}")
        return bool(value) if field.kind == "bool" else _signed(value)
    match field.kind:
        case "message":
            assert field.schema is not None
            return read(value, field.schema())
        case "bytes":
            return bytes(value)
        case "text":
            try:
                return bytes(value).decode("utf-8")
            except UnicodeDecodeError as error:
                raise WireError(f"{field.name} is no UTF-8 text") from error
        case "float" | "double":
            form, size = _SCALARS[field.kind]
            if len(value) == size:
                return struct.unpack(form, value)[0]
    raise WireError(f"{field.name} is {len(value)} bytes long, expected {field.kind}")


def _packed(value: memoryview, field: Field) -> list[Any]:
    """The numbers of a packed field, or the one of an unpacked float."""
    if field.kind in _SCALARS:
        form, size = _SCALARS[field.kind]
        if len(value) % size:
            raise WireError(f"{field.name} is {len(value)} bytes long, expected a multiple of {size}")
        return [number for (number,) in struct.iter_unpack(form, value)]
    numbers: list[Any] = []
    position = 0
    while position < len(value):
        number, position = _varint(value, position)
        numbers.append(bool(number) if field.kind == "bool" else _signed(number))
    return numbers


def _signed(number: int) -> int:
    number &= (1 << 64) - 1
    return number - (1 << 64) if number >= 1 << 63 else number
