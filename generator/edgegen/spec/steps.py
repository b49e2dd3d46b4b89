"""The steps that turn a decoded RGB picture into a model's input tensor, in the order in which they are written.

A step says *what*, never *how*: its arithmetic is defined once, in docs/preprocessing.md, and reproduced by
`edgegen.reference` and by the device kernels. Sizes are (height, width) in pixels; fills are (red, green, blue) in
0..255, whatever the colour order of the tensor.

    pixel steps (uint8 H x W x C)   color, resize, letterbox, center_crop, pad
    value steps (per value)         to_float, rescale, normalize, quantize
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

Size: TypeAlias = tuple[int, int]
"""(height, width) in pixels, both at least 1."""
Fill: TypeAlias = tuple[int, int, int]
"""(red, green, blue), each 0..255."""
ColorOrder: TypeAlias = Literal["RGB", "BGR", "gray"]
FloatDtype: TypeAlias = Literal["float32", "float16"]

BLACK: Fill = (0, 0, 0)


class Filter(StrEnum):
    """How a resize weighs pixels; all but NEAREST are antialiased when shrinking, as Pillow does."""

    NEAREST = "nearest"
    BOX = "box"
    BILINEAR = "bilinear"
    HAMMING = "hamming"
    BICUBIC = "bicubic"
    LANCZOS = "lanczos"


@dataclass(frozen=True, slots=True)
class Color:
    """The order of the tensor's channels. `channels` is 3, or 1 or 3 for gray (3: the luma, three times)."""

    order: ColorOrder
    channels: int = 3


@dataclass(frozen=True, slots=True)
class Resize:
    """Resize to `size`: an int is the short side (the long one follows, at most `max_size`); a pair is exact."""

    size: int | Size
    filter: Filter
    max_size: int | None = None


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Resize, keeping the ratio, into `size`, and fill what remains on both sides with `fill`."""

    size: Size
    filter: Filter
    fill: Fill = BLACK


@dataclass(frozen=True, slots=True)
class CenterCrop:
    """Cut `size` out of the middle; a picture that is smaller is first padded with zeros."""

    size: Size


@dataclass(frozen=True, slots=True)
class Pad:
    """Add that many pixels on each side."""

    left: int
    top: int
    right: int
    bottom: int
    fill: Fill = BLACK


@dataclass(frozen=True, slots=True)
class ToFloat:
    """Convert to `dtype` and divide by `divisor` (a true division). `divisor` 1 only converts."""

    divisor: float = 255.0
    dtype: FloatDtype = "float32"


@dataclass(frozen=True, slots=True)
class Rescale:
    """x * scale + offset, rounded to the working dtype after the product and after the sum."""

    scale: float
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Normalize:
    """(x - mean) / std for each channel of the tensor, rounded after the difference and after the quotient."""

    mean: tuple[float, ...]
    std: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Quantize:
    """To the input's integer dtype: clamp(round_half_even(x * (1 / scale)) + zero_point)."""

    scale: float
    zero_point: int


PixelStep: TypeAlias = Color | Resize | Letterbox | CenterCrop | Pad
ValueStep: TypeAlias = ToFloat | Rescale | Normalize | Quantize
Step: TypeAlias = PixelStep | ValueStep

PIXEL_STEPS: tuple[type[PixelStep], ...] = (Color, Resize, Letterbox, CenterCrop, Pad)
