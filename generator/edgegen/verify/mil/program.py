"""An mlprogram as data: operations in order, what they read by name or hold themselves, and the types they declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from edgegen.verify.mil.package import Package
from edgegen.verify.mil.schema import ARRAY_DTYPES, COLOR_SPACES
from edgegen.verify.mil.values import Value, ValueType, load_value, value_type
from edgegen.verify.mil.weights import Weights
from edgegen.verify.mil.wire import Message, WireError


@dataclass(frozen=True, slots=True)
class Ref:
    """A value that another operation, or the caller, makes."""

    name: str


Argument: TypeAlias = "Ref | Value | tuple[Ref | Value, ...]"
"""One value, or several for a parameter that takes a tuple."""


@dataclass(frozen=True, slots=True)
class Operation:
    """`outputs` are (name, declared type); `arguments` hold the parameters that the file gives, and no defaults."""

    kind: str
    arguments: Mapping[str, Argument]
    outputs: tuple[tuple[str, ValueType], ...]
    blocks: int = 0

    def reads(self) -> Iterator[str]:
        """The names of the values it reads."""
        for argument in self.arguments.values():
            for item in argument if isinstance(argument, tuple) else (argument,):
                if isinstance(item, Ref):
                    yield item.name


@dataclass(frozen=True, slots=True)
class Feature:
    """An input or output as apps see it.

    `kind` is "array", "image", "int64", "double", "string", "dictionary" or "state"; `shape` and `dtype` are an
    array's, `shape` and `color` an image's (height, width).
    """

    name: str
    kind: str
    description: str = ""
    shape: tuple[int, ...] = ()
    dtype: str | None = None
    color: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """What the model says of itself. The two names are those of a classifier's outputs, None where it is none."""

    inputs: tuple[Feature, ...]
    outputs: tuple[Feature, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    user: Mapping[str, str] = field(default_factory=dict)
    label_output: str | None = None
    probability_output: str | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """The function that a model runs: `constants` by name (what `const` operations hold), then `operations`.

    `inputs` are its own parameters with their types, in order; `opset` is MIL's name of one, as "CoreML7".
    """

    opset: str
    specification: int
    inputs: tuple[tuple[str, ValueType], ...]
    outputs: tuple[str, ...]
    constants: Mapping[str, Value]
    operations: tuple[Operation, ...]
    description: Description


_METADATA: Final = ("shortDescription", "versionString", "author", "license")


def load_program(package: Package) -> Program:
    """The main function of the package's model, with its weights. Raises ProjectError where it is not whole."""
    try:
        return _program(package, Weights(package))
    except WireError as error:
        raise package.damaged(str(error)) from error


def main_function(package: Package) -> tuple[str, Message, Message]:
    """The name of the function that a model runs, its message, and that of its block. Raises WireError."""
    model = package.model
    if "mlProgram" not in model:
        raise WireError("the model is no mlprogram")
    name = model.get("description", {}).get("defaultFunctionName") or "main"
    functions = {item.get("key", ""): item.get("value", {}) for item in model["mlProgram"]["functions"]}
    if name not in functions:
        raise WireError(f"there is no function {name!r}, only {', '.join(sorted(functions)) or 'none'}")
    function = functions[name]
    opset = function.get("opset", "")
    blocks = {item.get("key", ""): item.get("value", {}) for item in function.get("blocks", [])}
    if opset not in blocks:
        raise WireError(f"the function has no block for its opset {opset!r}")
    return name, function, blocks[opset]


def _program(package: Package, weights: Weights) -> Program:
    name, function, block = main_function(package)
    constants: dict[str, Value] = {}
    operations: list[Operation] = []
    for item in block.get("operations", []):
        if item.get("type") == "const":
            constants[_only_output(item)] = load_value(attributes(item).get("val", {}), weights)
        else:
            operations.append(_operation(item, weights))
    return Program(
        opset=function.get("opset", ""),
        specification=package.model.get("specificationVersion", 0),
        inputs=tuple(_typed(item) for item in function.get("inputs", [])),
        outputs=tuple(block.get("outputs", [])),
        constants=constants,
        operations=tuple(operations),
        description=_description(package.model.get("description", {}), name),
    )


def _operation(message: Message, weights: Weights) -> Operation:
    """Parameters are inputs; those of iOS 16's constexpr operations are attributes."""
    arguments: dict[str, Argument] = {
        name: load_value(value, weights) for name, value in attributes(message).items() if name != "name"
    }
    for item in message["inputs"]:
        bindings = tuple(_binding(binding, weights) for binding in item.get("value", {}).get("arguments", []))
        arguments[item.get("key", "")] = bindings[0] if len(bindings) == 1 else bindings
    outputs = tuple(_typed(item) for item in message["outputs"])
    return Operation(message.get("type", ""), arguments, outputs, len(message["blocks"]))


def _binding(message: Message, weights: Weights) -> Ref | Value:
    return load_value(message["value"], weights) if "value" in message else Ref(message.get("name", ""))


def attributes(message: Message) -> dict[str, Message]:
    """The attributes of an operation's message, by name."""
    return {item.get("key", ""): item.get("value", {}) for item in message["attributes"]}


def _only_output(message: Message) -> str:
    if len(message["outputs"]) != 1:
        raise WireError("a constant has one output")
    name: str = message["outputs"][0].get("name", "")
    return name


def _typed(message: Message) -> tuple[str, ValueType]:
    return message.get("name", ""), value_type(message.get("type", {}))


def _description(message: Message, function: str) -> Description:
    """Of a model with several functions, what is said of `function`."""
    metadata = message.get("metadata", {})
    of_function = next((item for item in message.get("functions", []) if item.get("name") == function), message)
    return Description(
        inputs=tuple(map(_feature, of_function.get("input", []))),
        outputs=tuple(map(_feature, of_function.get("output", []))),
        metadata={name: metadata[name] for name in _METADATA if metadata.get(name)},
        user={item.get("key", ""): item.get("value", "") for item in metadata.get("userDefined", [])},
        label_output=of_function.get("predictedFeatureName") or None,
        probability_output=of_function.get("predictedProbabilitiesName") or None,
    )


def _feature(message: Message) -> Feature:
    kind: dict[str, Any] = message.get("type", {})
    common = {
        "name": message.get("name", ""),
        "description": message.get("shortDescription", ""),
        "optional": kind.get("isOptional", False),
    }
    if "multiArrayType" in kind:
        array = kind["multiArrayType"]
        dtype = ARRAY_DTYPES.get(array.get("dataType", 0))
        return Feature(**common, kind="array", shape=tuple(array["shape"]), dtype=dtype)
    if "imageType" in kind:
        image = kind["imageType"]
        color = COLOR_SPACES.get(image.get("colorSpace", 0))
        return Feature(**common, kind="image", shape=(image.get("height", 0), image.get("width", 0)), color=color)
    found = next((name.removesuffix("Type") for name in kind if name != "isOptional"), "nothing")
    return Feature(**common, kind=found)
