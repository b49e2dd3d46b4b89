"""A transform object → ImageInput. Every class in it is read by a handler or refused by its name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, cast

from edgegen.errors import SpecError
from edgegen.spec.check import check_image_input
from edgegen.spec.infer.errors import BY_HAND, UnsupportedTransform
from edgegen.spec.infer.flow import Flow
from edgegen.spec.infer.handlers import HANDLERS
from edgegen.spec.infer.refusals import refusal
from edgegen.spec.model_spec import ImageDtype, ImageInput

_CONTAINERS = ("v1.Compose", "v2.Compose", "torch.Sequential")
_MODULES = {
    "torchvision.transforms.transforms": "v1",
    "torchvision.transforms.autoaugment": "v1",
    "torchvision.transforms._presets": "preset",
    "torch.nn.modules.container": "torch",
    "torch.nn.modules.linear": "torch",
}


def infer_image_input(
    transform: object,
    *,
    name: str = "image",
    shape_hint: tuple[int, ...] | None = None,
    dtype_hint: str | None = None,
) -> ImageInput:
    """The picture input that `transform` makes of a PIL RGB picture, batch 1.

    The hints are what the model takes, where that is known. Raises UnsupportedTransform, which names the class and its
    place in the chain, for what cannot be reproduced, has no fixed size, or does not fit the hints.
    """
    flow = Flow()
    for place, leaf in leaves(transform_of(transform)):
        flow.place = place
        _read(leaf, flow)
    flow.place = type(transform).__name__
    found = _image_input(flow, name)
    _check(found, shape_hint, dtype_hint, flow)
    return found


def transform_of(given: object) -> object:
    """The transform itself where torchvision's weights, or a preset that was not called yet, are given."""
    if isinstance(given, partial) and not given.args and getattr(given.func, "__module__", "") in _MODULES:
        return given()
    transforms = getattr(given, "transforms", None)
    if isinstance(transforms, partial):
        return transforms()
    return given


def leaves(transform: object, place: str = "") -> Iterator[tuple[str, object]]:
    """The transforms of a nest of Compose and Sequential in the order of their calls, each with its place."""
    label = label_of(transform)
    if label not in _CONTAINERS:
        yield f"{place}: {type(transform).__name__}" if place else type(transform).__name__, transform
        return
    inside = getattr(transform, "transforms", transform)
    for index, item in enumerate(cast(Any, inside)):
        yield from leaves(item, f"{place or label.partition('.')[2]}[{index}]")


def label_of(transform: object) -> str:
    """ "v1.Resize", "v2.Resize", "preset.ImageClassification", or module and name of any other class."""
    kind = type(transform)
    module = kind.__module__
    if module.startswith("torchvision.transforms.v2."):
        return f"v2.{kind.__qualname__}"
    return f"{_MODULES.get(module, module)}.{kind.__qualname__}"


def _read(leaf: object, flow: Flow) -> None:
    label = label_of(leaf)
    handler = HANDLERS.get(label)
    if handler is not None:
        try:
            handler(leaf, flow)
        except (AttributeError, TypeError, ValueError) as error:
            flow.refuse(f"has an argument that edgegen does not understand: {error}", BY_HAND)
        return
    if isinstance(leaf, type):
        flow.refuse(f"{leaf.__name__} is a class, not an object", f"Write {leaf.__name__}(…)")
    if callable(leaf) and hasattr(leaf, "__code__"):
        flow.refuse(f"{getattr(leaf, '__name__', 'it')} is a function of Python's", BY_HAND)
    known = [kind for kind in type(leaf).__mro__[1:] if kind.__module__.startswith("torchvision.transforms")]
    if known and not label.startswith(("v1.", "v2.", "preset.")) and known[0].__name__ not in ("Transform", "Module"):
        flow.refuse(f"is a {known[0].__name__} of your own, which may do anything", BY_HAND)
    problem, hint = refusal(*label.rsplit(".", 1)) if "." in label else ("is not a transform", BY_HAND)
    flow.refuse(problem, hint)


def _image_input(flow: Flow, name: str) -> ImageInput:
    if flow.kind == "picture":
        flow.refuse("ends with a picture, not with a tensor", "End it with ToTensor, or ToImage and ToDtype")
    if flow.size is None:
        hint = "End with CenterCrop, or resize to both sides, [height, width]"
        flow.refuse("makes tensors whose size depends on the photo", hint)
    dtype: ImageDtype = "uint8" if flow.kind == "bytes" else (flow.cast or flow.dtype)
    return ImageInput(name, (1, flow.channels, *flow.size), dtype, "NCHW", tuple(flow.steps))


def _check(found: ImageInput, shape: tuple[int, ...] | None, dtype: str | None, flow: Flow) -> None:
    if shape is not None and tuple(shape) != found.shape:
        problem = f"makes a tensor of shape {list(found.shape)}, the model takes {list(shape)}"
        flow.refuse(problem, "Give the transform that belongs to this model")
    if dtype is not None and dtype != found.dtype:
        flow.refuse(f"makes {found.dtype}, the model takes {dtype}", f"End the transform with a conversion to {dtype}")
    try:
        check_image_input(found, "transforms")
    except SpecError as error:
        raise UnsupportedTransform(error.problem, where=error.where, hint=error.hint) from error
