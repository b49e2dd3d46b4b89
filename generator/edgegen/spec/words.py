"""A picture input in words and as a formula: for the terminal, comments and READMEs."""

from __future__ import annotations

from edgegen.spec.model_spec import ImageInput
from edgegen.spec.steps import (
    CenterCrop,
    Color,
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


def input_text(item: ImageInput) -> str:
    """`resize short side 256 bicubic → crop 224 → (x / 255 - mean) / std → 1x3x224x224 float32`."""
    shape = "x".join(map(str, item.shape))
    return " → ".join([*step_texts(item), f"{shape} {item.dtype} {item.layout}"])


def step_texts(item: ImageInput) -> list[str]:
    """Each pixel step in a few words, then one formula for all value steps."""
    return [*(text for step in item.steps if (text := _pixel_text(step))), value_formula(item)]


def value_formula(item: ImageInput, channel: int | None = None) -> str:
    """What the value steps do to a byte x, with the numbers of one channel, or of all: `(x - 127) / 128`."""
    formula = "x"
    is_sum = False  # a sum needs parentheses before it is multiplied or divided
    for step in item.steps:
        factor = f"({formula})" if is_sum else formula
        match step:
            case ToFloat(divisor) if divisor != 1:
                formula, is_sum = f"{factor} / {divisor:g}", False
            case Rescale(scale, offset):
                product = formula if scale == 1 else f"{factor} * {scale!r}"
                signed = f"{'+' if offset > 0 else '-'} {abs(offset)!r}"
                formula, is_sum = (product, is_sum and scale == 1) if offset == 0 else (f"{product} {signed}", True)
            case Normalize(mean, std):
                formula, is_sum = f"({formula} - {_number(mean, channel)}) / {_number(std, channel)}", False
            case Quantize(scale, zero_point):
                formula, is_sum = f"round({factor} / {scale!r}) + {zero_point}", True
    return formula


def _number(values: tuple[float, ...], channel: int | None) -> str:
    if len(set(values)) == 1:  # One number may also stand for every channel.
        return f"{values[0]:.9g}"
    if channel is not None:
        return f"{values[channel]:.9g}"
    return "[" + ", ".join(f"{value:.9g}" for value in values) + "]"


def _pixel_text(step: Step) -> str | None:
    match step:
        case Color(order, channels):
            return None if order == "RGB" else f"{order}" + (" x3" if order == "gray" and channels == 3 else "")
        case Resize(int(short), filter_, max_size):
            return f"resize short side {short} {filter_}" + (
                "" if max_size is None else f", long side at most {max_size}"
            )
        case Resize(tuple(size), filter_):
            return f"resize {_size(size)} {filter_}"
        case Letterbox(size, filter_):
            return f"letterbox {_size(size)} {filter_}"
        case CenterCrop(size):
            return f"crop {_size(size)}"
        case Pad(left, top, right, bottom):
            return f"pad {left}, {top}, {right}, {bottom}"
        case _:
            return None


def _size(size: Size) -> str:
    return str(size[0]) if size[0] == size[1] else f"{size[0]}x{size[1]} (height x width)"
