"""Weight files: arrays in one file, each behind a record of 64 bytes that says where it is.

0    uint32 count, uint32 version (2), zeros up to 64
at   uint32 0xDEADBEEF, uint32 type, uint64 size in bytes, uint64 offset, uint64 padding in bits, zeros up to 64
"""

from __future__ import annotations

import struct
from typing import Final

from edgegen.errors import ProjectError
from edgegen.verify.mil.package import Package, inside

_SENTINEL: Final = 0xDEADBEEF
_VERSION: Final = 2
_RECORD: Final = struct.Struct("<IIQQQ")
_RECORD_BYTES: Final = 64
_MODEL_PATH: Final = "@model_path/"
_DTYPES: Final[dict[int, str]] = {
    1: "fp16", 2: "fp32", 3: "uint8", 4: "int8", 6: "int16", 7: "uint16", 8: "int4", 9: "uint1", 10: "uint2",
    11: "uint4", 12: "uint3", 13: "uint6", 14: "int32", 15: "uint32",
}  # fmt: skip


class Weights:
    """The weight files of a package, each read once, at the first array asked from it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._files: dict[str, memoryview] = {}

    def array(self, name: str, offset: int, dtype: str) -> memoryview:
        """The bytes of the array whose record is at `offset` of the file `name`, which must hold `dtype`.

        Raises ProjectError where the file is cut short or holds something else there.
        """
        data = self._file(name)
        if offset < 0 or offset + _RECORD_BYTES > len(data):
            raise self._damaged(name, f"an array's record at {offset} lies behind its end at {len(data)}")
        sentinel, kind, size, start, _ = _RECORD.unpack_from(data, offset)
        if sentinel != _SENTINEL:
            raise self._damaged(name, f"no array's record at {offset}")
        if _DTYPES.get(kind) != dtype:
            raise self._damaged(name, f"the array at {offset} is {_DTYPES.get(kind, kind)}, the program says {dtype}")
        if start + size > len(data):
            raise self._damaged(name, f"an array of {size} bytes at {start} ends behind its end at {len(data)}")
        return data[start : start + size]

    def _file(self, name: str) -> memoryview:
        if name not in self._files:
            path = inside(self._package.path, self._package.folder, name.removeprefix(_MODEL_PATH))
            try:
                data = memoryview(path.read_bytes())
            except OSError as error:
                raise self._damaged(name, error.strerror or "cannot be read") from error
            if len(data) < _RECORD_BYTES or struct.unpack_from("<I", data, 4)[0] != _VERSION:
                raise self._damaged(name, "is no weight file of version 2")
            self._files[name] = data
        return self._files[name]

    def _damaged(self, name: str, problem: str) -> ProjectError:
        return self._package.damaged(f"{name.removeprefix(_MODEL_PATH)}: {problem}")
