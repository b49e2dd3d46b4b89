"""The conversion of camera frames against the real formula, on every triple there is."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from edgegen.reference.yuv import BITS, Frame, Matrix, Plane, Range, convert, factors, to_rgb, weights

COMBINATIONS: list[tuple[Matrix, Range]] = [
    ("bt601", "full"),
    ("bt601", "limited"),
    ("bt709", "full"),
    ("bt709", "limited"),
]
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
EVERY = np.arange(256, dtype=np.uint8)


def _furthest(levels: npt.NDArray[np.uint8], real: npt.NDArray[np.float64]) -> float:
    """How far the levels are from the real numbers, which are clamped as they are."""
    return float(np.abs(levels - np.clip(real, 0, 255)).max())


@pytest.mark.parametrize(("matrix", "range_"), COMBINATIONS)
def test_no_level_is_further_from_the_real_number_than_is_stated(matrix: Matrix, range_: Range) -> None:
    """All 2^24 triples; a double has the real number to 1e-12."""
    f = factors(matrix, range_)
    y = (EVERY.astype(np.float64)[:, None, None] - f.black) * float(f.y)
    c = EVERY.astype(np.float64) - 128
    u, v = np.meshgrid(EVERY, EVERY, indexing="ij")
    worst = 0.0
    for first in range(0, 256, 32):
        levels = np.arange(first, first + 32, dtype=np.uint8)
        shape = (32, 256, 256)
        rgb = convert(*(np.broadcast_to(a, shape) for a in (levels[:, None, None], u, v)), matrix, range_)
        luma = y[first : first + 32]
        worst = max(
            worst,
            _furthest(rgb[..., 0], luma + float(f.red_of_v) * c[None, None, :]),
            _furthest(
                rgb[..., 1], luma + float(f.green_of_u) * c[None, :, None] + float(f.green_of_v) * c[None, None, :]
            ),
            _furthest(rgb[..., 2], luma + float(f.blue_of_u) * c[None, :, None]),
        )
    assert 0.4999 < worst <= 0.5005


@pytest.mark.parametrize(("matrix", "range_"), COMBINATIONS)
def test_no_sum_leaves_32_bits(matrix: Matrix, range_: Range) -> None:
    black, y, red_of_v, green_of_u, green_of_v, blue_of_u = weights(matrix, range_)
    start = (1 << (BITS - 1)) - black * y
    for chroma in (abs(red_of_v), abs(green_of_u) + abs(green_of_v), abs(blue_of_u)):
        assert abs(start) + 255 * y + 128 * chroma < 1 << 31


def test_the_kernels_have_these_constants() -> None:
    """They are typed there: a digit too many would show only in some triples."""
    java = (TEMPLATES / "java" / "kernels" / "Yuv.java").read_text(encoding="utf-8")
    cpp = (TEMPLATES / "cpp" / "kernels" / "yuv.cpp").read_text(encoding="utf-8")
    for matrix, range_ in COMBINATIONS:
        numbers = ", ".join(map(str, weights(matrix, range_)))
        assert f"{matrix.upper()}_{range_.upper()} = {{{numbers}}}" in java
        assert f"Weights{{{numbers}}}" in cpp


@pytest.mark.parametrize(("matrix", "range_"), COMBINATIONS)
def test_gray_stays_gray(matrix: Matrix, range_: Range) -> None:
    middle = np.full(256, 128, np.uint8)
    rgb = convert(EVERY, middle, middle, matrix, range_)
    assert (rgb == rgb[:, :1]).all()
    black, white = (16, 235) if range_ == "limited" else (0, 255)
    assert rgb[black, 0] == 0
    assert rgb[white, 0] == 255


def test_the_factors_are_the_standards() -> None:
    """JFIF 1.02 and BT.601 print 1.402, 0.344136, 0.714136 and 1.772; BT.709's are 1.5748 and 1.8556."""
    jfif = factors("bt601", "full")
    assert jfif.red_of_v == Fraction("1.402")
    assert jfif.blue_of_u == Fraction("1.772")
    assert float(jfif.green_of_u) == pytest.approx(-0.344136, abs=5e-7)
    assert float(jfif.green_of_v) == pytest.approx(-0.714136, abs=5e-7)
    hdtv = factors("bt709", "limited")
    assert hdtv.red_of_v == Fraction("1.5748") * Fraction(255, 224)
    assert hdtv.blue_of_u == Fraction("1.8556") * Fraction(255, 224)


def test_full_range_bt601_is_what_jpeg_means() -> None:
    """A JPEG read as YCbCr and converted here, beside libjpeg's own RGB, whose weights have 16 binary places."""
    from PIL import Image

    noise = np.random.default_rng(1).integers(0, 256, (256, 256, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "JPEG", quality=95, subsampling=0)
    stored = Image.open(file)
    stored.draft("YCbCr", stored.size)
    y, u, v = (np.asarray(channel) for channel in stored.split())
    rgb = np.asarray(Image.open(file).convert("RGB"))
    difference = np.abs(convert(y, u, v, "bt601", "full").astype(int) - rgb)
    assert difference.max() <= 1
    assert (difference > 0).mean() < 0.01


def _corners(rotation: int, mirrored: bool) -> str:
    """A frame of 4 x 2 pixels whose luma is A B C D / E F G H, as rows of letters."""
    samples = np.frombuffer(b"ABCDEFGH", np.uint8)
    gray = Plane(np.full(2, 128, np.uint8), 2)
    frame = Frame(Plane(samples, 4), gray, gray, 4, 2, (0, 0, 4, 2), rotation=rotation, mirrored=mirrored)  # type: ignore[arg-type]
    return "/".join(bytes(row).decode() for row in to_rgb(frame)[:, :, 0])


def test_turned_clockwise_and_then_mirrored() -> None:
    assert [_corners(degrees, False) for degrees in (0, 90, 180, 270)] == [
        "ABCD/EFGH",
        "EA/FB/GC/HD",
        "HGFE/DCBA",
        "DH/CG/BF/AE",
    ]
    assert [_corners(degrees, True) for degrees in (0, 90, 180, 270)] == [
        "DCBA/HGFE",
        "AE/BF/CG/DH",
        "EFGH/ABCD",
        "HD/GC/FB/EA",
    ]


def test_a_pixel_has_the_chroma_of_its_place_in_the_frame() -> None:
    """Also where the crop begins at an odd pixel: columns 1 and 2 have different samples."""
    y = Plane(np.full(16, 128, np.uint8), 4)
    interleaved = np.array([0, 1, 2, 3, 4, 5, 6, 7], np.uint8)  # V U V U / V U V U
    v, u = Plane(interleaved, 4, 2), Plane(interleaved[1:], 4, 2)
    rgb = to_rgb(Frame(y, u, v, 4, 4, (1, 1, 3, 3)))
    samples = [(1, 0), (3, 2), (5, 4), (7, 6)]  # (U, V) of the four pixels
    expected = [
        convert(*(np.uint8(n) * np.ones(1, np.uint8) for n in (128, *uv)), "bt601", "full")[0] for uv in samples
    ]
    np.testing.assert_array_equal(rgb.reshape(4, 3), expected)
