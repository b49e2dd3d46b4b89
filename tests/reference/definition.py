"""docs/preprocessing.md written out again in plain Python and numpy: the slow, obvious version.

Nothing here calls Pillow or torch, so that the document, the reference and Pillow cannot all be wrong in the same way.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from edgegen.spec.steps import Filter, Normalize, Quantize, Rescale, Size, Step, ToFloat

Pixels = npt.NDArray[np.uint8]
PRECISION = 22
HALF_ALPHA, HALF_BETA = float(np.float32(0.54)), float(np.float32(0.46))


def box(x: float) -> float:
    return 1.0 if -0.5 < x <= 0.5 else 0.0


def bilinear(x: float) -> float:
    return max(0.0, 1.0 - abs(x))


def hamming(x: float) -> float:
    x = abs(x)
    if x == 0.0:
        return 1.0
    if x >= 1.0:
        return 0.0
    x *= math.pi
    return math.sin(x) / x * (HALF_ALPHA + HALF_BETA * math.cos(x))


def bicubic(x: float) -> float:
    a, x = -0.5, abs(x)
    if x < 1.0:
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1
    if x < 2.0:
        return (((x - 5) * x + 8) * x - 4) * a
    return 0.0


def lanczos(x: float) -> float:
    return sinc(x) * sinc(x / 3) if -3.0 <= x < 3.0 else 0.0


def sinc(x: float) -> float:
    if x == 0.0:
        return 1.0
    x *= math.pi
    return math.sin(x) / x


FILTERS: dict[Filter, tuple[Callable[[float], float], float]] = {
    Filter.BOX: (box, 0.5),
    Filter.BILINEAR: (bilinear, 1.0),
    Filter.HAMMING: (hamming, 1.0),
    Filter.BICUBIC: (bicubic, 2.0),
    Filter.LANCZOS: (lanczos, 3.0),
}


def weights(source: int, target: int, filter_: Filter) -> list[tuple[int, list[int]]]:
    """For each output pixel: the first input pixel, and the fixed-point weights from there on."""
    function, reach = FILTERS[filter_]
    scale = source / target
    stretch = max(scale, 1.0)
    support = reach * stretch
    found = []
    for i in range(target):
        center = (i + 0.5) * scale
        low = max(0, int(center - support + 0.5))
        high = min(source, int(center + support + 0.5))
        raw = [function((j + low - center + 0.5) * (1.0 / stretch)) for j in range(high - low)]
        total = 0.0
        for weight in raw:  # In order: `math.fsum` would be more exact, and another number.
            total += weight
        normal = [weight / total for weight in raw] if total else raw
        found.append((low, [int(weight * 2**PRECISION + math.copysign(0.5, weight)) for weight in normal]))
    return found


def across(pixels: Pixels, width: int, filter_: Filter) -> Pixels:
    """One pass along the rows, rounded to 8 bits."""
    if pixels.shape[1] == width:
        return pixels
    result = np.empty((pixels.shape[0], width, pixels.shape[2]), dtype=np.uint8)
    for column, (low, row) in enumerate(weights(pixels.shape[1], width, filter_)):
        part = pixels[:, low : low + len(row)].astype(np.int64)
        total = (1 << (PRECISION - 1)) + np.einsum("ywc,w->yc", part, np.array(row, dtype=np.int64))
        result[:, column] = np.clip(total >> PRECISION, 0, 255)
    return result


def down(pixels: Pixels, height: int, filter_: Filter) -> Pixels:
    """One pass along the columns, rounded to 8 bits."""
    return across(pixels.swapaxes(0, 1), height, filter_).swapaxes(0, 1)


def nearest_indices(source: int, target: int) -> list[int]:
    """The source pixel of each output pixel: the position is accumulated, so its rounding errors are too."""
    scale = source / target
    position, found = 0.5 * scale, []
    for _ in range(target):
        found.append(int(position))
        position += scale
    return found


def resize(pixels: Pixels, size: Size, filter_: Filter, pillow: int) -> Pixels:
    """(H, W, C) uint8 to (height, width, C), as that major version of Pillow."""
    height, width = pixels.shape[:2]
    if filter_ is Filter.NEAREST:
        return pixels[nearest_indices(height, size[0])][:, nearest_indices(width, size[1])]
    rows_saved, columns_saved = height - size[0], width - size[1]
    if pillow >= 13 and rows_saved > 0 and rows_saved > 2 * columns_saved:
        return across(down(pixels, size[0], filter_), size[1], filter_)
    return down(across(pixels, size[1], filter_), size[0], filter_)


def luma(pixels: Pixels) -> Pixels:
    """(H, W, 3) RGB to (H, W, 1)."""
    red, green, blue = (pixels[:, :, channel].astype(np.int64) for channel in range(3))
    return np.asarray((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16, dtype=np.uint8)[:, :, None]


def level_table(steps: tuple[Step, ...], channels: int, dtype: str) -> npt.NDArray[np.generic]:
    """The (channels, 256) table of levels by the value steps, in numpy: each operation in float32, then rounded."""
    x: npt.NDArray[np.floating] = np.tile(np.arange(256, dtype=np.float32), (channels, 1))
    work: type[np.floating] = np.float32
    for step in steps:
        match step:
            case ToFloat(divisor, name):
                work = np.float16 if name == "float16" else np.float32
                x = (x.astype(work).astype(np.float32) / np.float32(divisor)).astype(work)
            case Rescale(scale, offset):
                x = (x.astype(np.float32) * np.float32(scale)).astype(work)
                x = (x.astype(np.float32) + np.float32(work(offset))).astype(work)
            case Normalize(mean, std):
                middle, spread = (np.array(v).astype(work).astype(np.float32)[:, None] for v in (mean, std))
                x = (x.astype(np.float32) - middle).astype(work)
                x = (x.astype(np.float32) / spread).astype(work)
            case Quantize(scale, zero_point):
                low, high = (-128, 127) if dtype == "int8" else (0, 255)
                rounded = np.rint(x.astype(np.float32) * np.float32(1.0 / scale))
                x = np.clip(rounded + np.float32(zero_point), low, high)
    return x.astype(dtype)
