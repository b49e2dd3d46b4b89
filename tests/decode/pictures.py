"""Pictures to decode: PNG and JPEG files in every layout, and what Pillow makes of them.

Pillow writes few of the layouts it reads, so PNGs are put together here by hand, from chunks.
"""

from __future__ import annotations

import io
import itertools
import struct
import warnings
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# Colour type to samples per pixel, and the depths it may have.
PNG_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PNG_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}

# The seven passes of an interlaced PNG: first column, first row, step between columns, between rows.
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def photo(height: int, width: int, seed: int = 0) -> NDArray[np.uint8]:
    """H x W x 3, uint8: slopes, a hard edge and some noise, so that every coefficient of a JPEG gets something."""
    random = np.random.default_rng((seed, height, width))
    y, x = np.mgrid[0:height, 0:width]
    waves = [127 + 90 * np.sin(x / (3 + 2 * c) + c) * np.cos(y / (4 + c)) for c in range(3)]
    picture = np.stack(waves, axis=-1) + random.normal(0, 12, (height, width, 3))
    picture[height // 3 : height // 2 + 1, width // 4 :, seed % 3] = 250
    return np.clip(picture, 0, 255).astype(np.uint8)


def pillow(data: bytes) -> NDArray[np.uint8]:
    """What Python sees: H x W x 3, uint8. Raises whatever Pillow raises; its warnings are not ours to print."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))


def chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_header(width: int, height: int, depth: int, color: int, interlaced: bool = False) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced)))


def png_pixels(samples: NDArray[np.integer], depth: int, *, interlaced: bool = False, seed: int = 0) -> bytes:
    """The unpacked stream of H x W x C samples: rows with a filter each, drawn at random from the five."""
    random = np.random.default_rng(seed)
    if not interlaced:
        return _png_rows(samples, depth, random)
    passes = (samples[top::down, left::right] for left, top, right, down in _ADAM7)
    return b"".join(_png_rows(part, depth, random) for part in passes if part.size)


def _png_rows(samples: NDArray[np.integer], depth: int, random: np.random.Generator) -> bytes:
    height, _width, channels = samples.shape
    if depth == 16:
        rows = samples.astype(">u2").tobytes()
    elif depth == 8:
        rows = samples.astype(np.uint8).tobytes()
    else:
        bits = (samples.reshape(height, -1, 1) >> np.arange(depth - 1, -1, -1)) & 1
        rows = np.packbits(bits.reshape(height, -1).astype(np.uint8), axis=1).tobytes()
    length = len(rows) // height
    distance = max(1, channels * depth // 8)
    stream = bytearray()
    above = np.zeros(length + distance, dtype=np.int64)
    for y in range(height):
        row = np.concatenate([np.zeros(distance, np.int64), np.frombuffer(rows, np.uint8, length, y * length)])
        kind = int(random.integers(0, 5))
        stream.append(kind)
        stream += (_filtered(row, above, distance, kind) & 0xFF).astype(np.uint8).tobytes()
        above = row
    return bytes(stream)


def _filtered(row: NDArray[np.int64], above: NDArray[np.int64], distance: int, kind: int) -> NDArray[np.int64]:
    x, a, b, c = row[distance:], row[:-distance], above[distance:], above[:-distance]
    if kind == 4:
        near_a, near_b, near_c = abs(b - c), abs(a - c), abs(a + b - 2 * c)
        paeth = np.where((near_a <= near_b) & (near_a <= near_c), a, np.where(near_b <= near_c, b, c))
        return x - paeth
    return x - (np.zeros_like(x), a, b, (a + b) // 2)[kind]


def png(
    samples: NDArray[np.integer],
    depth: int,
    color: int,
    *,
    interlaced: bool = False,
    before: Iterable[bytes] = (),
    after: Iterable[bytes] = (),
    pieces: int = 1,
    seed: int = 0,
) -> bytes:
    """A PNG of H x W x C samples below 2**depth, in `pieces` chunks, with other chunks `before` and `after` them."""
    height, width = samples.shape[:2]
    packed = zlib.compress(png_pixels(samples, depth, interlaced=interlaced, seed=seed), 6)
    cuts = [len(packed) * i // pieces for i in range(pieces + 1)]
    pixels = [chunk(b"IDAT", packed[a:b]) for a, b in itertools.pairwise(cuts)]
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            png_header(width, height, depth, color, interlaced),
            *before,
            *pixels,
            *after,
            chunk(b"IEND"),
        ]
    )


def png_samples(height: int, width: int, depth: int, color: int, seed: int = 0) -> NDArray[np.integer]:
    """Random samples; of 16-bit ones half below 256, where gray is not cut off."""
    random = np.random.default_rng((seed, height, width, depth, color))
    samples = random.integers(0, 1 << depth, (height, width, PNG_SAMPLES[color]))
    if depth == 16:
        samples >>= random.integers(0, 2, samples.shape) * 8
    return samples


def palette(colors: int = 256) -> bytes:
    """A PLTE chunk with that many colours."""
    return chunk(b"PLTE", bytes((i * 37 + i // 3) % 256 for i in range(3 * colors)))


def tiff(orientation: object, *, kind: int = 3, order: str = "<", count: int = 1, extra: Sequence[bytes] = ()) -> bytes:
    """An EXIF block's TIFF file with one orientation entry of TIFF type `kind`; `extra` are entries in front of it."""
    codes = {3: "H", 4: "L", 6: "b", 8: "h", 9: "l", 11: "f", 12: "d", 13: "L", 16: "Q"}
    if isinstance(orientation, bytes):
        value = orientation
    elif isinstance(orientation, tuple):
        value = struct.pack(order + ("LL" if kind == 5 else "ll"), *orientation)
    else:
        value = struct.pack(order + codes[kind] * count, *[orientation] * count)
    entries = len(extra) + 1
    outside = 8 + 2 + 12 * entries + 4
    field = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(order + "L", outside)
    entry = struct.pack(order + "HHL", 274, kind, count) + field
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HL", 42, 8)
    body = struct.pack(order + "H", entries) + b"".join(extra) + entry + struct.pack(order + "L", 0)
    return head + body + (value if len(value) > 4 else b"")


def segment(marker: int, body: bytes) -> bytes:
    """A JPEG marker with its length."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    """The JPEG with segments right after the start of the image."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def jpeg(picture: NDArray[np.uint8], **options: object) -> bytes:
    """Pillow's JPEG of an H x W x 3 or H x W picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", **options)
    return out.getvalue()


def without_jfif(data: bytes) -> bytes:
    """The JPEG without its JFIF header (the first segment), as cameras write it."""
    assert data[2:4] == b"\xff\xe0"
    return data[:2] + data[4 + int.from_bytes(data[4:6], "big") :]


def write_all(folder: Path, files: dict[str, bytes]) -> dict[str, Path]:
    """Writes the files into `folder` under their names, which may hold anything but a slash."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / name for name in files}
    for name, path in paths.items():
        path.write_bytes(files[name])
    return paths
