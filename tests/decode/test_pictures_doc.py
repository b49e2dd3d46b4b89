"""docs/pictures.md: each line of its tables is a test here, and no test is missing from the table."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.decode.compare import assert_as_pillow, errors
from tests.decode.pictures import (
    chunk,
    jpeg,
    palette,
    photo,
    pillow,
    png,
    png_header,
    png_pixels,
    png_samples,
    segment,
    tiff,
    with_segments,
)
from tests.decode.programs import ROOT, Programs
from tests.decode.test_jpeg import SAMPLINGS, written

# A line's files, and what it says about them as a check of what Pillow gives (to which the decoder's bits are equal).
Line = tuple[dict[str, bytes], Callable[[dict[str, NDArray[np.uint8]]], None]]


def anything(_: dict[str, NDArray[np.uint8]]) -> None:
    """For lines that say no more than "as Pillow"."""


def all_equal(*, to: NDArray[np.integer]) -> Callable[[dict[str, NDArray[np.uint8]]], None]:
    def check(seen: dict[str, NDArray[np.uint8]]) -> None:
        for name, picture in seen.items():
            assert (picture == to).all(), name

    return check


def jpeg_lines(native: Programs, folder: Path) -> dict[str, Line]:
    picture = photo(19, 27)
    usual = {
        f"{name} {flags}": (sampling, flags) for name, sampling in SAMPLINGS.items() for flags in ("-", "progressive")
    }
    usual |= {"restarts": (SAMPLINGS["4:2:0"], "restart=1"), "arithmetic": (SAMPLINGS["4:2:0"], "arithmetic")}
    layouts = {name: written(native, folder, (19, 27), "ycc", *how) for name, how in usual.items()}
    gray = jpeg(picture[..., 0], quality=95)

    def check_gray(seen: dict[str, NDArray[np.uint8]]) -> None:
        levels = seen["gray"]
        assert (levels[..., 0] == levels[..., 1]).all()
        assert (levels[..., 0] == levels[..., 2]).all()

    rgb = {
        flags: written(native, folder, (19, 27), "rgb", "1x1,1x1,1x1", flags, quality=100)
        for flags in ("-", "nojfif,noadobe")
    }

    def check_rgb(seen: dict[str, NDArray[np.uint8]]) -> None:
        assert all(np.abs(pixels.astype(int) - picture).max() <= 3 for pixels in seen.values())

    return {
        "JPEG, baseline and progressive": (layouts, anything),
        "gray JPEG": ({"gray": gray}, check_gray),
        "JPEG stored as RGB": (rgb, check_rgb),
        "multi-picture JPEG (MPO)": several_pictures(),
    }


def several_pictures() -> Line:
    from PIL import Image

    first, second = Image.fromarray(photo(20, 24, 1)), Image.fromarray(photo(20, 24, 2))
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second], quality=95)
    alone = pillow(jpeg(photo(20, 24, 1), quality=95))
    return {"two": out.getvalue()}, all_equal(to=alone)


def orientation_lines() -> dict[str, Line]:
    picture = photo(9, 14)
    files: dict[str, bytes] = {}
    for orientation in range(1, 9):
        block = tiff(orientation)
        xmp = f'tiff:Orientation="{orientation}"'.encode()
        profile = b"\nexif\n%8d\n" % len(block) + block.hex().encode()
        carriers = {
            "eXIf": chunk(b"eXIf", block),
            "profile": chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(profile)),
            "XMP": chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp),
        }
        files |= {f"{name} {orientation}": png(picture, 8, 2, before=[carrier]) for name, carrier in carriers.items()}
        files[f"JPEG {orientation}"] = with_segments(jpeg(picture), segment(0xE1, b"Exif\0\0" + block))

    def check(seen: dict[str, NDArray[np.uint8]]) -> None:
        assert len({seen[f"eXIf {n}"].tobytes() for n in range(1, 9)}) == 8
        for name, pixels in seen.items():
            assert pixels.shape == ((14, 9, 3) if name[-1] in "5678" else (9, 14, 3))
            if not name.startswith("JPEG"):
                assert (pixels == seen[f"eXIf {name[-1]}"]).all()

    return {"EXIF orientation, all eight": (files, check)}


def colour_lines() -> dict[str, Line]:
    picture = photo(9, 14)
    profile = b"Display P3 or Adobe RGB, whatever it says"
    stored = jpeg(picture, quality=100, subsampling=0)
    tagged = {
        "JPEG": jpeg(picture, quality=100, subsampling=0, icc_profile=profile),
        "PNG": png(pillow(stored), 8, 2, before=[chunk(b"iCCP", b"Display P3\0\0" + zlib.compress(profile))]),
    }
    notes = {
        "gAMA": chunk(b"gAMA", struct.pack(">I", 100000)),
        "cHRM": chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)),
        "sRGB": chunk(b"sRGB", b"\1"),
    }
    noted = {name: png(picture, 8, 2, before=[note]) for name, note in notes.items()}
    return {
        "Display P3, Adobe RGB and other profiles": (tagged, all_equal(to=pillow(stored))),
        "gAMA, cHRM, sRGB": (noted, all_equal(to=picture)),
    }


def png_lines() -> dict[str, Line]:
    colors = np.frombuffer(palette(256)[8:-4], np.uint8).reshape(256, 3)
    known = 3
    table = np.where(np.arange(256)[:, None] < known, colors, 0)
    indices = {depth: png_samples(9, 7, depth, 3) for depth in (1, 2, 4, 8)}
    bits, gray2, gray4 = (png_samples(9, 7, depth, 0) for depth in (1, 2, 4))
    wide = {color: png_samples(9, 7, 16, color) for color in (0, 2, 4, 6)}
    alpha = {color: png_samples(9, 7, 8, color) for color in (4, 6)}
    rgb = png_samples(9, 7, 8, 2)
    frames = [chunk(b"fcTL", struct.pack(">IIIIIHHBB", n, 7, 9, 0, 0, 1, 1, 0, 0)) for n in (0, 1)]
    later = chunk(b"fdAT", struct.pack(">I", 2) + zlib.compress(bytes(9 * 22)))
    animated = png(rgb, 8, 2, before=[chunk(b"acTL", struct.pack(">II", 2, 0)), frames[0]], after=[frames[1], later])

    def check_gray(seen: dict[str, NDArray[np.uint8]]) -> None:
        assert (seen["2"] == gray2 * 85).all()
        assert (seen["4"] == gray4 * 17).all()

    def check_palette(seen: dict[str, NDArray[np.uint8]]) -> None:
        for depth, samples in indices.items():
            assert (seen[f"{depth}"] == colors[samples[..., 0]]).all()
            assert (seen[f"{depth}, three colours"] == table[samples[..., 0]]).all()

    def check_alpha(seen: dict[str, NDArray[np.uint8]]) -> None:
        assert (seen["4"] == alpha[4][..., :1]).all()
        assert (seen["6"] == alpha[6][..., :3]).all()

    def check_wide(seen: dict[str, NDArray[np.uint8]]) -> None:
        assert (seen["2"] == wide[2] >> 8).all()
        assert (seen["4"] == wide[4][..., :1] >> 8).all()
        assert (seen["6"] == wide[6][..., :3] >> 8).all()

    def check_interlaced(seen: dict[str, NDArray[np.uint8]]) -> None:
        assert all((pixels == seen[name.replace("True", "False")]).all() for name, pixels in seen.items())

    paletted = {f"{depth}": png(samples, depth, 3, before=[palette(1 << depth)]) for depth, samples in indices.items()}
    paletted |= {f"{d}, three colours": png(samples, d, 3, before=[palette(known)]) for d, samples in indices.items()}
    transparent = {
        "gray": (png(rgb[..., :1], 8, 0, before=[chunk(b"tRNS", b"\0\7")])),
        "rgb": png(rgb, 8, 2, before=[chunk(b"tRNS", bytes(6))]),
        "palette": png(rgb[..., :1], 8, 3, before=[palette(), chunk(b"tRNS", bytes(range(200)))]),
    }

    def check_transparent(seen: dict[str, NDArray[np.uint8]]) -> None:
        assert (seen["gray"] == rgb[..., :1]).all()
        assert (seen["rgb"] == rgb).all()
        assert (seen["palette"] == colors[rgb[..., 0]]).all()

    interlaced = {}
    for color, depth in ((0, 1), (0, 8), (0, 16), (2, 8), (3, 8), (3, 2), (4, 8), (6, 16)):
        for woven in (False, True):
            head = [palette()] if color == 3 else []
            samples = png_samples(11, 13, depth, color)
            interlaced[f"{color} {depth} {woven}"] = png(samples, depth, color, interlaced=woven, before=head)
    return {
        "animated PNG (APNG)": ({"two frames": animated}, all_equal(to=rgb)),
        "1-bit PNG": ({"1": png(bits, 1, 0)}, all_equal(to=bits * 255)),
        "2- and 4-bit gray PNG": ({"2": png(gray2, 2, 0), "4": png(gray4, 4, 0)}, check_gray),
        "palette PNG, 1 to 8 bits": (paletted, check_palette),
        "PNG with alpha": ({str(color): png(samples, 8, color) for color, samples in alpha.items()}, check_alpha),
        "PNG with tRNS": (transparent, check_transparent),
        "16-bit gray PNG": ({"0": png(wide[0], 16, 0)}, all_equal(to=np.minimum(wide[0], 255))),
        "16-bit PNG of any other kind": ({str(c): png(s, 16, c) for c, s in wide.items() if c}, check_wide),
        "interlaced PNG": (interlaced, check_interlaced),
    }


def documented(section: str) -> list[str]:
    """The first column of the table under that heading."""
    text = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
    body = text.split(f"## {section}", 1)[1].split("\n## ", 1)[0]
    return [row.strip() for row in re.findall(r"^\| ([^|]+)\|", body, re.MULTILINE)][1:]


@pytest.fixture(scope="module")
def lines(native: Programs, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Line]:
    folder = tmp_path_factory.mktemp("written")
    return jpeg_lines(native, folder) | orientation_lines() | colour_lines() | png_lines()


def test_table_and_tests_are_the_same(lines: dict[str, Line]) -> None:
    assert sorted(lines) == sorted(documented("What is read"))


@pytest.mark.parametrize("line", documented("What is read"))
def test_line(programs: Programs, lines: dict[str, Line], tmp_path: Path, line: str) -> None:
    files, check = lines[line]
    assert_as_pillow(programs, tmp_path, files)
    check({name: pillow(data) for name, data in files.items()})


def differing_files() -> dict[str, dict[str, bytes]]:
    """For each line of "What differs" that says that one reads what the other refuses, its files."""
    rgb = png_samples(9, 7, 8, 2)
    rows = zlib.compress(png_pixels(rgb, 8)[: 5 * 22])
    signature, end = b"\x89PNG\r\n\x1a\n", chunk(b"IEND")
    short = signature + png_header(7, 9, 8, 2) + chunk(b"IDAT", rows) + end
    control, frame = chunk(b"acTL", struct.pack(">II", 1, 0)), struct.pack(">IIIIHHBB", 7, 5, 0, 0, 1, 1, 0, 0)
    first = chunk(b"fcTL", struct.pack(">I", 0) + frame)
    partial = signature + png_header(7, 9, 8, 2) + control + first + chunk(b"IDAT", rows) + end
    later = signature + png_header(7, 9, 8, 2) + control + first + chunk(b"fdAT", struct.pack(">I", 1) + rows) + end
    side = (1 << 20) + 1
    long = signature + png_header(1, side, 8, 0) + chunk(b"IDAT", zlib.compress(bytes(2 * side))) + end
    # A width of type SLONG that is negative: Pillow reads it and has no way to write it.
    exif = segment(0xE1, b"Exif\0\0" + tiff(6, extra=[struct.pack("<HHLl", 0x0100, 9, 1, -5)]))
    photoshop = segment(0xED, b"Photoshop 3.0\x008BIM\x03\xed")
    return {
        "a PNG whose data end at a row's end, before the last row": {"png": short},
        "an animated PNG whose first frame covers only a part, or has no default picture before it": {
            "part": partial,
            "later": later,
        },
        "a side above 1 048 576 pixels": {"long": long},
        "an EXIF block whose orientation can be read but which Pillow cannot write back when it removes the tag": {
            "jpeg": with_segments(jpeg(photo(9, 14)), exif)
        },
        "a JPEG with a frame header in place of its end marker": {"jpeg": jpeg(photo(9, 14))[:-1] + b"\xc9"},
        "a JPEG with a malformed Photoshop block": {"jpeg": with_segments(jpeg(photo(9, 14)), photoshop)},
    }


# test_jpeg.test_progressive_picture_without_its_later_scans bounds the one that both read.
@pytest.mark.parametrize("line", [line for line in documented("What differs") if "progressive" not in line])
def test_difference_is_still_there(native: Programs, tmp_path: Path, line: str) -> None:
    """So that the table does not go on naming what a newer Pillow or libpng no longer does."""
    if line.startswith("a lossless JPEG"):
        frame = jpeg(photo(9, 14)).replace(b"\xff\xc0", b"\xff\xc3", 1)
        (message,) = errors(native, tmp_path, {"lossless": frame}).values()
        assert message.startswith("lossless: the JPEG data are damaged (")
        return
    files = differing_files()[line]
    refused_here = documented_outcome(line) == "refused"
    for name, message in errors(native, tmp_path, files).items():
        assert (message != "decoded") == refused_here
        if refused_here:
            pillow(files[name])
        else:
            with pytest.raises((OSError, ValueError, struct.error)):
                pillow(files[name])


def documented_outcome(line: str) -> str:
    """The last column of a line."""
    text = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
    (row,) = [row for row in text.splitlines() if row.startswith(f"| {line} ")]
    return row.rstrip("| ").rpartition("|")[2].strip()
