"""Arguments of torchvision's transforms in the forms they may have, as edgegen's steps have them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from edgegen.spec.infer.flow import Flow
from edgegen.spec.steps import Fill, Filter, FloatDtype, Size

if TYPE_CHECKING:
    import torch

_PILLOW_NUMBERS = {
    0: Filter.NEAREST,
    1: Filter.LANCZOS,
    2: Filter.BILINEAR,
    3: Filter.BICUBIC,
    4: Filter.BOX,
    5: Filter.HAMMING,
}
_FLOATS: dict[str, FloatDtype] = {"torch.float32": "float32", "torch.float16": "float16"}


def filter_of(value: object, flow: Flow) -> Filter:
    """An InterpolationMode, its name or Pillow's number. On pictures "nearest-exact" is Pillow's nearest too."""
    if isinstance(value, Enum) and not isinstance(value, int):
        value = value.value
    if isinstance(value, int):
        value = _PILLOW_NUMBERS.get(int(value), value)
    name = "nearest" if value == "nearest-exact" else value
    if not isinstance(name, str) or name not in list(Filter):
        flow.refuse(f"interpolation {value!r} is not known", f"Use one of {', '.join(Filter)}")
    return Filter(name)


def sizes(value: object) -> tuple[int, ...] | None:
    """The numbers of a size or padding, which may be one int or a sequence of them; None stays None."""
    if value is None:
        return None
    if isinstance(value, int):
        return (value,)
    return tuple(int(item) for item in value)  # type: ignore[attr-defined]


def pair(value: object) -> Size:
    """A size where one number is both sides."""
    numbers = sizes(value) or (0,)
    return (numbers[0], numbers[-1])


def padding_of(value: object, flow: Flow) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of torchvision's one, two or four numbers."""
    numbers = sizes(value) or (0,)
    match numbers:
        case (every,):
            found = (every, every, every, every)
        case (sides, ends):
            found = (sides, ends, sides, ends)
        case (left, top, right, bottom):
            found = (left, top, right, bottom)
        case _:
            flow.refuse(f"padding has {len(numbers)} numbers", "Give one, two or four")
    if min(found) < 0:
        flow.refuse(f"padding {list(numbers)} is negative, which cuts", "Use CenterCrop, or padding above 0")
    return found


def fill_of(value: object, flow: Flow) -> Fill:
    """One level for all channels, or red, green, blue; `int` cuts fractions off as torchvision does for pictures."""
    numbers = (value,) if value is None or isinstance(value, int | float) else tuple(value)  # type: ignore[arg-type]
    levels = tuple(0 if number is None else int(number) for number in numbers)
    if len(levels) == 1:
        levels *= 3
    if len(levels) != 3 or not all(0 <= level <= 255 for level in levels):
        flow.refuse(f"fill {value!r} is no colour", "Give levels in 0..255, one or three")
    return levels[0], levels[1], levels[2]


def numbers_of(value: Any) -> tuple[float, ...]:
    """A list, tuple, array or tensor of numbers, or one number: `Normalize((0.1307), (0.3081))` is no tuple."""
    if isinstance(value, int | float) or getattr(value, "ndim", 1) == 0:
        return (float(value),)
    return tuple(float(item) for item in value)


def float_dtype(dtype: torch.dtype | None, flow: Flow) -> FloatDtype | None:
    """float32 or float16; None for uint8, which is what the bytes are already. Others are refused."""
    name = str(dtype)
    if name not in _FLOATS and name != "torch.uint8":
        flow.refuse(f"converts to {name}", "Convert to torch.float32 (or float16); the device has no other image dtype")
    return _FLOATS.get(name)
