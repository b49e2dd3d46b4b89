"""The `steps` of an image input: one inline table each, `{ resize = 256, filter = "bilinear" }`.

The first key is the step, the others are its options; `schema.STEP_OPTIONS` lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from edgegen.spec import schema
from edgegen.spec.reader import LARGEST_SIZE, Node, Table, nearest
from edgegen.spec.steps import (
    BLACK,
    CenterCrop,
    Color,
    ColorOrder,
    Fill,
    Filter,
    FloatDtype,
    Letterbox,
    Normalize,
    Pad,
    Quantize,
    Rescale,
    Resize,
    Size,
    Step,
    ToFloat,
)


def parse_steps(node: Node) -> tuple[Step, ...]:
    """The steps in order; SpecError names the step's index, as in `inputs.image.steps[2].normalize.std`."""
    return tuple(_step(item) for item in node.items(what="an array of steps"))


def _step(node: Node) -> Step:
    if not isinstance(node.value, dict):
        node.wrong('a step, as in { resize = 256, filter = "bilinear" }')
    names = [key for key in node.value if key in schema.STEP_OPTIONS]
    if not names:
        _unknown_step(node, [str(key) for key in node.value])
    if len(names) > 1:
        node.fail(f"has {' and '.join(names)} in one step", f"Write {{ {names[0]} = … }}, {{ {names[1]} = … }}")
    table = node.table((names[0], *schema.STEP_OPTIONS[names[0]]), f"the step {names[0]}")
    return _PARSERS[names[0]](table.at(names[0]), table)


def _unknown_step(node: Node, keys: list[str]) -> None:
    known = ", ".join(schema.STEP_OPTIONS)
    if not keys:
        node.fail(f"is empty; expected one of {known}", "Write a step, or remove it")
    guesses = [guess for key in keys if (guess := nearest(key, schema.STEP_OPTIONS))]
    hint = f'Did you mean "{guesses[0]}"?' if guesses else f"Choose one of {known}"
    node.fail(f"unknown step {', '.join(repr(key) for key in keys)}; expected one of {known}", hint)


def _color(node: Node, table: Table) -> Step:
    order = cast(ColorOrder, node.choice(schema.COLOR_ORDERS))
    channels = table.get("channels")
    if channels is None:
        return Color(order, 1 if order == "gray" else 3)
    if channels.value not in (1, 3) or isinstance(channels.value, bool):
        channels.wrong("1 or 3")
    return Color(order, channels.integer(1, 3))


def _resize(node: Node, table: Table) -> Step:
    size = _size(node) if isinstance(node.value, list) else _pixels(node)
    max_size = table.get("max_size")
    return Resize(size, _filter(table), None if max_size is None else _pixels(max_size))


def _letterbox(node: Node, table: Table) -> Step:
    return Letterbox(_size(node), _filter(table), _fill(table))


def _center_crop(node: Node, table: Table) -> Step:
    if isinstance(node.value, list):
        return CenterCrop(_size(node))
    side = _pixels(node)
    return CenterCrop((side, side))


def _pad(node: Node, table: Table) -> Step:
    sides = node.items(4, "four integers, [left, top, right, bottom]")
    left, top, right, bottom = (side.integer(0, LARGEST_SIZE, "pixels") for side in sides)
    return Pad(left, top, right, bottom, _fill(table))


def _to_float(node: Node, table: Table) -> Step:
    return ToFloat(node.number(), cast(FloatDtype, table.choice("dtype", schema.FLOAT_DTYPES, "float32")))


def _rescale(node: Node, table: Table) -> Step:
    inner = node.table(schema.STEP_TABLES["rescale"], "rescale")
    offset = inner.number("offset")
    return Rescale(inner.need("scale", "0.00392156862745098").number(), 0.0 if offset is None else offset)


def _normalize(node: Node, table: Table) -> Step:
    inner = node.table(schema.STEP_TABLES["normalize"], "normalize")
    mean = inner.need("mean", "[0.485, 0.456, 0.406]").items(what="an array of numbers")
    std = inner.need("std", "[0.229, 0.224, 0.225]").items(what="an array of numbers")
    return Normalize(tuple(item.number() for item in mean), tuple(item.number() for item in std))


def _quantize(node: Node, table: Table) -> Step:
    inner = node.table(schema.STEP_TABLES["quantize"], "quantize")
    zero_point = inner.need("zero_point", "0").integer(-128, 255)
    return Quantize(inner.need("scale", "0.0186").number(), zero_point)


_PARSERS: dict[str, Callable[[Node, Table], Step]] = {
    "color": _color,
    "resize": _resize,
    "letterbox": _letterbox,
    "center_crop": _center_crop,
    "pad": _pad,
    "to_float": _to_float,
    "rescale": _rescale,
    "normalize": _normalize,
    "quantize": _quantize,
}


def _pixels(node: Node) -> int:
    return node.integer(1, LARGEST_SIZE, "a size in pixels")


def _size(node: Node) -> Size:
    height, width = node.items(2, "a size in pixels, [height, width]")
    return _pixels(height), _pixels(width)


def _filter(table: Table) -> Filter:
    return Filter(table.need("filter", '"bilinear"').choice([str(item) for item in Filter]))


def _fill(table: Table) -> Fill:
    node = table.get("fill")
    if node is None:
        return BLACK
    red, green, blue = (
        item.integer(0, 255, "a colour value") for item in node.items(3, "three integers, [red, green, blue]")
    )
    return red, green, blue
