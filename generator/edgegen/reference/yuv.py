"""A camera's frame, YUV 4:2:0, as RGB: the definition that the kernels of every language have to repeat.

The real formula is ITU-R BT.601's or BT.709's, with Kr and Kb as they state them and Kg = 1 - Kr - Kb:

    R = Y' + 2 (1 - Kr) V'          Y' = Y,        U' = U - 128,             V' = V - 128              full range
    B = Y' + 2 (1 - Kb) U'          Y' = (Y - 16) 255/219, U' = (U - 128) 255/224, V' likewise         limited range
    G = Y' - (2 Kb (1 - Kb) U' + 2 Kr (1 - Kr) V') / Kg

Each factor becomes a whole number of 20 binary places (rounded to the nearest), all sums are 32-bit integers, and

    level = clamp((sum + 2^19) >> 20, 0, 255)

with an arithmetic shift. No level is more than 0.5005 away from the real number. Chroma is not interpolated: pixel
(x, y) of the frame has the sample (x // 2, y // 2), also where a crop begins at an odd pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Matrix = Literal["bt601", "bt709"]
Range = Literal["full", "limited"]
Rotation = Literal[0, 90, 180, 270]

BITS = 20
KR_KB: dict[Matrix, tuple[Fraction, Fraction]] = {
    "bt601": (Fraction("0.299"), Fraction("0.114")),  # ITU-R BT.601-7, 2.5.1; JFIF 1.02 with full range
    "bt709": (Fraction("0.2126"), Fraction("0.0722")),  # ITU-R BT.709-6, 3.2
}


@dataclass(frozen=True, slots=True)
class Factors:
    """The real formula of one matrix and range, exactly: what Y, U and V are multiplied by."""

    black: int
    y: Fraction
    red_of_v: Fraction
    green_of_u: Fraction
    green_of_v: Fraction
    blue_of_u: Fraction


@dataclass(frozen=True, slots=True)
class Plane:
    """One plane: (N,) uint8, sample (x, y) at `y * row_bytes + x * pixel_bytes`; it may end with its last sample."""

    samples: npt.NDArray[np.uint8]
    row_bytes: int
    pixel_bytes: int = 1


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of `width` x `height` pixels; u and v are half as wide and high, rounded up.

    `crop` is (left, top, right, bottom), the last two just outside; `rotation` is clockwise, `mirrored` comes after it.
    """

    y: Plane
    u: Plane
    v: Plane
    width: int
    height: int
    crop: tuple[int, int, int, int]
    matrix: Matrix = "bt601"
    range: Range = "full"
    rotation: Rotation = 0
    mirrored: bool = False


def factors(matrix: Matrix, range_: Range) -> Factors:
    """The factors of the real formula."""
    kr, kb = KR_KB[matrix]
    kg = 1 - kr - kb
    limited = range_ == "limited"
    chroma = Fraction(255, 224) if limited else Fraction(1)
    return Factors(
        black=16 if limited else 0,
        y=Fraction(255, 219) if limited else Fraction(1),
        red_of_v=2 * (1 - kr) * chroma,
        green_of_u=-2 * kb * (1 - kb) / kg * chroma,
        green_of_v=-2 * kr * (1 - kr) / kg * chroma,
        blue_of_u=2 * (1 - kb) * chroma,
    )


def weights(matrix: Matrix, range_: Range) -> tuple[int, int, int, int, int, int]:
    """(black, y, red of V, green of U, green of V, blue of U), all but the first times 2^20: the kernels' constants."""
    f = factors(matrix, range_)
    y, red_of_v, green_of_u, green_of_v, blue_of_u = (
        round(factor * 2**BITS) for factor in (f.y, f.red_of_v, f.green_of_u, f.green_of_v, f.blue_of_u)
    )
    return f.black, y, red_of_v, green_of_u, green_of_v, blue_of_u


def convert(
    y: npt.NDArray[np.uint8], u: npt.NDArray[np.uint8], v: npt.NDArray[np.uint8], matrix: Matrix, range_: Range
) -> npt.NDArray[np.uint8]:
    """Samples of one shape (…) → RGB, (…, 3) uint8."""
    import numpy as np

    black, of_y, red_of_v, green_of_u, green_of_v, blue_of_u = weights(matrix, range_)
    luma = (y.astype(np.int32) - black) * of_y + (1 << (BITS - 1))
    cb, cr = u.astype(np.int32) - 128, v.astype(np.int32) - 128
    rgb = np.empty((*y.shape, 3), np.uint8)
    rgb[..., 0] = _level(luma + red_of_v * cr)
    rgb[..., 1] = _level(luma + green_of_u * cb + green_of_v * cr)
    rgb[..., 2] = _level(luma + blue_of_u * cb)
    return rgb


def to_rgb(frame: Frame) -> npt.NDArray[np.uint8]:
    """The crop of a frame, turned and mirrored: (H, W, 3) uint8."""
    import numpy as np

    left, top, right, bottom = frame.crop
    rows, columns = np.arange(top, bottom), np.arange(left, right)
    y = _samples(frame.y, rows, columns)
    u, v = (_samples(plane, rows // 2, columns // 2) for plane in (frame.u, frame.v))
    rgb = convert(y, u, v, frame.matrix, frame.range)
    turned = np.rot90(rgb, -frame.rotation // 90)
    return np.ascontiguousarray(turned[:, ::-1] if frame.mirrored else turned)


def _samples(plane: Plane, rows: npt.NDArray[Any], columns: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    samples: npt.NDArray[np.uint8] = plane.samples[
        rows[:, None] * plane.row_bytes + columns[None, :] * plane.pixel_bytes
    ]
    return samples


def _level(sums: npt.NDArray[np.int32]) -> npt.NDArray[np.uint8]:
    import numpy as np

    level: npt.NDArray[np.uint8] = np.clip(sums >> BITS, 0, 255).astype(np.uint8)
    return level
