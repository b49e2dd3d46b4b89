"""Picture files of every kind a person may give the app, with what Pillow makes of each."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tests.decode.pictures import chunk, jpeg, palette, photo, pillow, png, png_samples, segment, tiff, with_segments

# XYZ of the primaries of Display P3 and Adobe RGB, adapted to D50, as ICC profiles carry them.
DISPLAY_P3: Final = ((0.51512, 0.24119, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
ADOBE_RGB: Final = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
SRGB_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


@dataclass(frozen=True)
class GivenPicture:
    """A file's name and bytes, and the RGB rows that Python sees in it; None where the app must refuse it."""

    name: str
    data: bytes
    rgb: NDArray[np.uint8] | None


def as_python_sees() -> list[GivenPicture]:
    """Files whose pixels the app must see as Python does, bit for bit."""
    files = {**_jpegs(), **_upright(), **_profiles(), **_pngs()}
    files |= {f"another.{kind.lower()}": _encoded(photo(40, 60), kind) for kind in ("WEBP", "GIF", "BMP")}
    return [GivenPicture(name, data, pillow(data)) for name, data in files.items()]


def otherwise() -> list[GivenPicture]:
    """Files that Android's own decoder reads otherwise than Pillow, each a line of the user's page.

    Pillow cuts 16-bit gray off at 255 and takes the high byte of 16-bit colour; Android takes the high byte of gray
    and rounds colour, by way of a half-precision number, to the nearest 8-bit level: one more or less.
    """
    files = {f"16 bit {color}.png": png(png_samples(9, 7, 16, color), 16, color) for color in (0, 2, 6)}
    return [GivenPicture(name, data, pillow(data)) for name, data in files.items()]


def broken() -> list[GivenPicture]:
    """Files that are no pictures."""
    whole = jpeg(photo(40, 60))
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)
    files = {"empty.jpg": b"", "text.jpg": b"not a picture at all", "half a header.png": png(photo(9, 9), 8, 2)[:20]}
    files |= {"only a header.jpg": whole[:200], "nothing in it.heic": heic}
    return [GivenPicture(name, data, None) for name, data in files.items()]


def write(folder: Path, pictures: list[GivenPicture]) -> Path:
    """Writes each file and, as NAME.rgb, width, height (int32, little endian) and rows; gives `folder`."""
    folder.mkdir(parents=True)
    for picture in pictures:
        (folder / picture.name).write_bytes(picture.data)
        if picture.rgb is not None:
            height, width, _ = picture.rgb.shape
            (folder / f"{picture.name}.rgb").write_bytes(struct.pack("<ii", width, height) + picture.rgb.tobytes())
    return folder


def icc_profile(primaries: tuple[tuple[float, float, float], ...]) -> bytes:
    """A matrix profile with sRGB's curve, as phones write it into their photos."""
    white = (0.9642, 1.0, 0.8249)
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + b"".join(map(_fixed, SRGB_CURVE))
    named = zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)
    tags = {b"desc": b"desc" + bytes(4) + struct.pack(">I", 2) + b"x\0" + bytes(79), b"cprt": b"text" + bytes(8)}
    tags |= {b"wtpt": _xyz(white), **{name: _xyz(value) for name, value in named}}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, data = struct.pack(">I", len(tags)), b""
    begin = 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", begin + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    head = struct.pack(">I4xI4s4s4s", begin + len(data), 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + b"".join(map(_fixed, white))
    return head.ljust(128, b"\0") + table + data


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(value: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, value))


def _jpegs() -> dict[str, bytes]:
    picture = photo(203, 301)
    files = {f"subsampling {n}.jpg": jpeg(picture, quality=90, subsampling=n) for n in (0, 1, 2)}
    files["progressive.jpg"] = jpeg(picture, quality=80, progressive=True)
    files["gray.jpg"] = jpeg(picture[..., 1], quality=90)
    files["one pixel.jpg"] = jpeg(photo(1, 1))
    files["one row.jpg"] = jpeg(photo(1, 33))
    return files


def _upright() -> dict[str, bytes]:
    picture = photo(9, 14)
    files = {}
    for orientation in range(1, 9):
        block = tiff(orientation)
        files[f"exif {orientation}.jpg"] = with_segments(jpeg(picture), segment(0xE1, b"Exif\0\0" + block))
        files[f"exif {orientation}.png"] = png(picture, 8, 2, before=[chunk(b"eXIf", block)])
    return files


def _profiles() -> dict[str, bytes]:
    picture = photo(40, 60)
    files = {}
    profiles = {"display p3": icc_profile(DISPLAY_P3), "adobe rgb": icc_profile(ADOBE_RGB), "no profile": b"junk"}
    for name, profile in profiles.items():
        files[f"{name}.jpg"] = jpeg(picture, quality=95, icc_profile=profile)
        tag = chunk(b"iCCP", b"profile\0\0" + zlib.compress(profile))
        files[f"{name}.png"] = png(picture, 8, 2, before=[tag])
        samples = png_samples(40, 60, 8, 6)
        files[f"{name} with alpha.png"] = png(samples, 8, 6, before=[tag])
    files["gamma.png"] = png(picture, 8, 2, before=[chunk(b"gAMA", struct.pack(">I", 100000))])
    return files


def _pngs() -> dict[str, bytes]:
    gray, alpha = png_samples(30, 50, 8, 0), png_samples(30, 50, 8, 6)
    files = {"rgb.png": png(photo(30, 50), 8, 2), "gray.png": png(gray, 8, 0), "alpha.png": png(alpha, 8, 6)}
    files["gray and alpha.png"] = png(png_samples(30, 50, 8, 4), 8, 4)
    files["1 bit.png"] = png(png_samples(9, 7, 1, 0), 1, 0)
    files["palette.png"] = png(gray, 8, 3, before=[palette()])
    files["palette and alpha.png"] = png(gray, 8, 3, before=[palette(), chunk(b"tRNS", bytes(range(200)))])
    files["transparent colour.png"] = png(photo(30, 50), 8, 2, before=[chunk(b"tRNS", bytes(6))])
    files["interlaced.png"] = png(photo(30, 50), 8, 2, interlaced=True)
    return files


def _encoded(picture: NDArray[np.uint8], kind: str) -> bytes:
    """Pillow's file of another kind, which the app reads although edgegen's own tools do not."""
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(picture).save(out, kind)
    return out.getvalue()
