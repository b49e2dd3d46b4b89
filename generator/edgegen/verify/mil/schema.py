"""The messages of Core ML's Model.proto, FeatureTypes.proto and MIL.proto that an mlprogram is stored in.

Numbers are those of the published format (https://apple.github.io/coremltools/mlmodel/). Enums are read as numbers;
the tables at the end name them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from edgegen.verify.mil.wire import Field, Kind, Schema


def _one(name: str, kind: Kind) -> Field:
    return Field(name, kind)


def _many(name: str, kind: Kind) -> Field:
    return Field(name, kind, repeated=True)


def _sub(name: str, schema: Callable[[], Schema]) -> Field:
    return Field(name, "message", schema=schema)


def _subs(name: str, schema: Callable[[], Schema]) -> Field:
    return Field(name, "message", repeated=True, schema=schema)


def _map(name: str, value: Callable[[], Schema]) -> Field:
    """A map from text, which is stored as repeated pairs."""
    pair: Schema = {1: _one("key", "text"), 2: _sub("value", value)}
    return _subs(name, lambda: pair)


_NOTHING: Final[Schema] = {}
_TEXT_PAIR: Final[Schema] = {1: _one("key", "text"), 2: _one("value", "text")}

# Model.proto
MODEL: Final[Schema] = {
    1: _one("specificationVersion", "int"),
    2: _sub("description", lambda: DESCRIPTION),
    502: _sub("mlProgram", lambda: PROGRAM),
}
DESCRIPTION: Final[Schema] = {
    1: _subs("input", lambda: FEATURE),
    10: _subs("output", lambda: FEATURE),
    11: _one("predictedFeatureName", "text"),
    12: _one("predictedProbabilitiesName", "text"),
    13: _subs("state", lambda: FEATURE),
    20: _subs("functions", lambda: FUNCTION_DESCRIPTION),
    21: _one("defaultFunctionName", "text"),
    100: _sub("metadata", lambda: METADATA),
}
FUNCTION_DESCRIPTION: Final[Schema] = {
    1: _one("name", "text"),
    2: _subs("input", lambda: FEATURE),
    3: _subs("output", lambda: FEATURE),
    4: _one("predictedFeatureName", "text"),
    5: _one("predictedProbabilitiesName", "text"),
    6: _subs("state", lambda: FEATURE),
}
METADATA: Final[Schema] = {
    1: _one("shortDescription", "text"),
    2: _one("versionString", "text"),
    3: _one("author", "text"),
    4: _one("license", "text"),
    100: _subs("userDefined", lambda: _TEXT_PAIR),
}

# FeatureTypes.proto
FEATURE: Final[Schema] = {
    1: _one("name", "text"),
    2: _one("shortDescription", "text"),
    3: _sub("type", lambda: FEATURE_TYPE),
}
FEATURE_TYPE: Final[Schema] = {
    1: _sub("int64Type", lambda: _NOTHING),
    2: _sub("doubleType", lambda: _NOTHING),
    3: _sub("stringType", lambda: _NOTHING),
    4: _sub("imageType", lambda: IMAGE),
    5: _sub("multiArrayType", lambda: ARRAY),
    6: _sub("dictionaryType", lambda: _NOTHING),
    8: _sub("stateType", lambda: _NOTHING),
    1000: _one("isOptional", "bool"),
}
IMAGE: Final[Schema] = {1: _one("width", "int"), 2: _one("height", "int"), 3: _one("colorSpace", "int")}
ARRAY: Final[Schema] = {1: _many("shape", "int"), 2: _one("dataType", "int")}

# MIL.proto
PROGRAM: Final[Schema] = {1: _one("version", "int"), 2: _map("functions", lambda: FUNCTION)}
FUNCTION: Final[Schema] = {
    1: _subs("inputs", lambda: NAMED_TYPE),
    2: _one("opset", "text"),
    3: _map("blocks", lambda: BLOCK),
}
BLOCK: Final[Schema] = {
    1: _subs("inputs", lambda: NAMED_TYPE),
    2: _many("outputs", "text"),
    3: _subs("operations", lambda: OPERATION),
}
OPERATION: Final[Schema] = {
    1: _one("type", "text"),
    2: _map("inputs", lambda: ARGUMENT),
    3: _subs("outputs", lambda: NAMED_TYPE),
    4: _subs("blocks", lambda: BLOCK),
    5: _map("attributes", lambda: VALUE),
}
ARGUMENT: Final[Schema] = {1: _subs("arguments", lambda: BINDING)}
BINDING: Final[Schema] = {1: _one("name", "text"), 2: _sub("value", lambda: VALUE)}
NAMED_TYPE: Final[Schema] = {1: _one("name", "text"), 2: _sub("type", lambda: VALUE_TYPE)}
VALUE_TYPE: Final[Schema] = {
    1: _sub("tensorType", lambda: TENSOR_TYPE),
    2: _sub("listType", lambda: _NOTHING),
    3: _sub("tupleType", lambda: _NOTHING),
    4: _sub("dictionaryType", lambda: _NOTHING),
    5: _sub("stateType", lambda: _NOTHING),
}
TENSOR_TYPE: Final[Schema] = {
    1: _one("dataType", "int"),
    2: _one("rank", "int"),
    3: _subs("dimensions", lambda: DIMENSION),
}
DIMENSION: Final[Schema] = {1: _sub("constant", lambda: {1: _one("size", "int")}), 2: _sub("unknown", lambda: _NOTHING)}
VALUE: Final[Schema] = {
    2: _sub("type", lambda: VALUE_TYPE),
    3: _sub("immediateValue", lambda: IMMEDIATE),
    5: _sub("blobFileValue", lambda: BLOB),
}
BLOB: Final[Schema] = {1: _one("fileName", "text"), 2: _one("offset", "int")}
IMMEDIATE: Final[Schema] = {1: _sub("tensor", lambda: TENSOR_VALUE), 3: _sub("list", lambda: LIST)}
LIST: Final[Schema] = {1: _subs("values", lambda: VALUE)}
_KINDS: Final[dict[int, tuple[str, Kind]]] = {
    1: ("floats", "float"), 2: ("ints", "int"), 3: ("bools", "bool"), 4: ("strings", "text"),
    5: ("longInts", "int"), 6: ("doubles", "double"),
}  # fmt: skip
_BYTES: Final[Schema] = {1: _one("values", "bytes")}


def _values(name: str, kind: Kind) -> Field:
    """A message of nothing but repeated `values`."""
    schema: Schema = {1: _many("values", kind)}
    return _sub(name, lambda: schema)


TENSOR_VALUE: Final[Schema] = {
    **{number: _values(name, kind) for number, (name, kind) in _KINDS.items()},
    7: _sub("bytes", lambda: _BYTES),
}

DTYPES: Final[dict[int, str]] = {
    1: "bool", 2: "string", 10: "fp16", 11: "fp32", 12: "fp64",
    21: "int8", 22: "int16", 23: "int32", 24: "int64", 25: "int4",
    31: "uint8", 32: "uint16", 33: "uint32", 34: "uint64", 35: "uint4", 36: "uint2", 37: "uint1", 38: "uint6",
    39: "uint3",
}  # fmt: skip
"""MIL's element types by number; the names are those its operators use."""

ARRAY_DTYPES: Final[dict[int, str]] = {
    65552: "float16", 65568: "float32", 65600: "float64", 131080: "int8", 131104: "int32",
}  # fmt: skip
COLOR_SPACES: Final[dict[int, str]] = {10: "grayscale", 20: "RGB", 30: "BGR", 40: "grayscale float16"}
DEPLOYMENT_TARGETS: Final[dict[int, str]] = {6: "iOS 15", 7: "iOS 16", 8: "iOS 17", 9: "iOS 18", 10: "iOS 26"}
"""The oldest system that reads a specification version."""
