"""PNG: every layout decodes to the bits that Pillow gives."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from tests.decode.compare import assert_as_pillow
from tests.decode.pictures import (
    PNG_DEPTHS,
    chunk,
    palette,
    photo,
    pillow,
    png,
    png_header,
    png_pixels,
    png_samples,
)
from tests.decode.programs import Programs

SIZES = ((1, 1), (1, 9), (7, 1), (2, 2), (3, 5), (8, 8), (17, 33))  # height, width; below 8 some passes are empty


@pytest.mark.parametrize("interlaced", [False, True], ids=["rows", "adam7"])
def test_every_colour_type_and_depth(programs: Programs, tmp_path: Path, interlaced: bool) -> None:
    files = {}
    for color, depths in PNG_DEPTHS.items():
        for depth in depths:
            before = [palette(1 << depth)] if color == 3 else []
            for height, width in SIZES:
                samples = png_samples(height, width, depth, color)
                name = f"colour {color}, {depth} bits, {height}x{width}"
                files[name] = png(samples, depth, color, interlaced=interlaced, before=before, pieces=1 + height % 3)
    assert_as_pillow(programs, tmp_path, files)


def test_all_16_bit_values(programs: Programs, tmp_path: Path) -> None:
    """Gray is cut off at 255; in every other colour type the high byte is taken."""
    values = np.arange(1 << 16).reshape(256, 256, 1)
    files = {str(color): png(np.repeat(values, n, 2), 16, color) for color, n in ((0, 1), (2, 3), (4, 2), (6, 4))}
    assert_as_pillow(programs, tmp_path, files)
    assert (pillow(files["0"])[..., 0] == np.minimum(values[..., 0], 255)).all()
    assert (pillow(files["2"])[..., 0] == values[..., 0] >> 8).all()


def test_transparency_changes_no_pixel(programs: Programs, tmp_path: Path) -> None:
    files = {}
    for color, depths in PNG_DEPTHS.items():
        for depth in depths:
            head = [palette(1 << depth)] if color == 3 else []
            tables = {0: [b"\0\1"], 2: [bytes(6)], 3: [b"\0", b"\xff\0\xff", bytes(range(200)), bytes(300)]}
            for i, table in enumerate(tables.get(color, [])):
                samples = png_samples(6, 7, depth, color)
                files[f"colour {color}, {depth} bits, table {i}"] = png(
                    samples, depth, color, before=[*head, chunk(b"tRNS", table)]
                )
    assert_as_pillow(programs, tmp_path, files)


def test_alpha_is_dropped_and_not_multiplied_in(programs: Programs, tmp_path: Path) -> None:
    samples = np.zeros((1, 4, 4), np.int64)
    samples[0, :, :3], samples[0, :, 3] = (200, 100, 50), (0, 1, 128, 255)
    files = {"rgba": png(samples, 8, 6)}
    assert_as_pillow(programs, tmp_path, files)
    assert (pillow(files["rgba"]) == (200, 100, 50)).all()


def test_palettes_of_every_length(programs: Programs, tmp_path: Path) -> None:
    """An index without a colour is black; a second palette replaces the first; a broken last entry is left out."""
    samples = np.arange(256).reshape(16, 16, 1)
    bodies = {n: bytes((i * 7 + 1) % 256 for i in range(n)) for n in (0, 1, 3, 4, 9, 300, 765, 768, 769, 770)}
    files = {f"{n} bytes": png(samples, 8, 3, before=[chunk(b"PLTE", body)]) for n, body in bodies.items()}
    files["none"] = png(samples, 8, 3)
    files["two"] = png(samples, 8, 3, before=[palette(256), palette(5)])
    files["of an RGB picture"] = png(png_samples(4, 4, 8, 2), 8, 2, before=[palette(20)])
    assert_as_pillow(programs, tmp_path, files)


def test_colour_management_is_not_applied(programs: Programs, tmp_path: Path) -> None:
    profile = chunk(b"iCCP", b"Display P3\0\0" + zlib.compress(b"any profile"))
    notes = {
        "gAMA": chunk(b"gAMA", struct.pack(">I", 100000)),
        "cHRM": chunk(b"cHRM", struct.pack(">8I", *[31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000])),
        "sRGB": chunk(b"sRGB", b"\0"),
        "iCCP": profile,
        "iCCP that does not unpack": chunk(b"iCCP", b"x\0\0nothing"),
        "pHYs": chunk(b"pHYs", struct.pack(">IIB", 1, 2, 1)),
        "sBIT": chunk(b"sBIT", b"\5\5\5"),
        "bKGD": chunk(b"bKGD", bytes(6)),
        "cICP": chunk(b"cICP", b"\x0c\x0d\0\1"),
        "unknown": chunk(b"abCd", b"anything"),
    }
    picture = photo(9, 11)
    plain = png(picture, 8, 2)
    files = {name: png(picture, 8, 2, before=[note]) for name, note in notes.items()}
    assert_as_pillow(programs, tmp_path, files)
    assert all((pillow(data) == pillow(plain)).all() for data in files.values())


def test_files_that_pillow_writes(programs: Programs, tmp_path: Path) -> None:
    from PIL import Image

    files = {}
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        image = Image.fromarray(photo(37, 29))
        converted = image.convert("L").convert("I;16") if mode == "I;16" else image.convert(mode)
        for optimize in (False, True):
            out = io.BytesIO()
            converted.save(out, "PNG", optimize=optimize)
            files[f"{mode} {optimize=}"] = out.getvalue()
    assert_as_pillow(programs, tmp_path, files)


def test_what_pillow_forgives(programs: Programs, tmp_path: Path) -> None:
    samples = np.tile(png_samples(3, 40, 8, 2), (3, 1, 1))  # repeated at 363 bytes' distance
    good = png(samples, 8, 2)
    pixels = zlib.compress(b"".join(b"\0" + row.astype(np.uint8).tobytes() for row in samples))  # no filter
    signature, header, end = good[:8], png_header(40, 9, 8, 2), chunk(b"IEND")
    wrong_checksum = chunk(b"tEXt", b"a\0b")[:-4] + bytes(4)
    small_window = bytes([0x08, 0x1D]) + pixels[2:]  # says that 256 bytes of window are enough
    files = {
        "no end": good[:-12],
        "end cut": good[:-3],
        "rubbish behind the end": good + b"rubbish",
        "pixels' checksum wrong": good.replace(end, b"")[:-4] + bytes(4) + end,
        "stream's checksum missing": signature + header + chunk(b"IDAT", pixels[:-4]) + end,
        "file cut in the stream's checksum": (signature + header + chunk(b"IDAT", pixels))[:-6],
        "bytes behind the stream": signature + header + chunk(b"IDAT", pixels + bytes(20)) + end,
        "empty chunks of pixels": signature
        + header
        + chunk(b"IDAT")
        + chunk(b"IDAT", pixels[:10])
        + chunk(b"IDAT")
        + chunk(b"IDAT", pixels[10:])
        + chunk(b"IDAT")
        + end,
        "window too small": signature + header + chunk(b"IDAT", small_window) + end,
        "unknown compression method": signature
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 9, 8, 2, 7, 0, 0))
        + chunk(b"IDAT", pixels)
        + end,
        "checksum wrong behind the pixels": signature + header + chunk(b"IDAT", pixels) + wrong_checksum + end,
        "no chunk behind the pixels": signature + header + chunk(b"IDAT", pixels) + b"\0\0\0\1????",
    }
    assert_as_pillow(programs, tmp_path, files)


def test_animated_png_gives_its_first_picture(programs: Programs, tmp_path: Path) -> None:
    first, second = png_samples(5, 6, 8, 2, 1), png_samples(5, 6, 8, 2, 2)

    def frame(number: int) -> bytes:
        return chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, 6, 5, 0, 0, 1, 1, 0, 1))

    def later(number: int) -> bytes:
        return chunk(b"fdAT", struct.pack(">I", number) + zlib.compress(png_pixels(second, 8)))

    two, one = (chunk(b"acTL", struct.pack(">II", n, 0)) for n in (2, 1))
    files = {
        "first frame in the pixels": png(first, 8, 2, before=[two, frame(0)], after=[frame(1), later(2)]),
        "a default picture": png(first, 8, 2, before=[two], after=[frame(0), later(1), frame(2), later(3)]),
        "one frame": png(first, 8, 2, before=[one, frame(0)]),
        "one frame and a default picture": png(first, 8, 2, before=[one], after=[frame(0), later(1)]),
        "said twice": png(first, 8, 2, before=[two, two, frame(0)], after=[frame(1), later(2)]),
        "no frame": png(first, 8, 2, before=[chunk(b"acTL", bytes(8))]),
    }
    assert_as_pillow(programs, tmp_path, files)
