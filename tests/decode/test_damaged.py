"""Thousands of damaged files: what Pillow reads we read to the same bits, what it refuses we refuse.

The differences that remain are listed in docs/pictures.md ("What differs"), and only they are let through here.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.decode.compare import difference
from tests.decode.pictures import (
    PNG_DEPTHS,
    chunk,
    jpeg,
    palette,
    photo,
    pillow,
    png,
    png_pixels,
    png_samples,
    segment,
    tiff,
    with_segments,
    without_jfif,
    write_all,
)
from tests.decode.programs import Programs

CASES = 4000
MOST_PIXELS = 1 << 22  # what claims more is not tried with either: Pillow would fill gigabytes with black rows


def jpeg_seeds() -> dict[str, bytes]:
    picture = photo(24, 30)
    xmp = segment(0xE1, b'http://ns.adobe.com/xap/1.0/\0<x tiff:Orientation="3"/>')
    plain = jpeg(picture)
    return {
        "baseline": plain,
        "gray": jpeg(picture[..., 0]),
        "restarts": jpeg(picture, restart_marker_rows=1, subsampling=0),
        "exif": with_segments(without_jfif(plain), segment(0xE1, b"Exif\0\0" + tiff(6)), xmp),
        "exif, dpi": with_segments(jpeg(picture, dpi=(72, 72)), segment(0xE1, b"Exif\0\0" + tiff(8, order=">"))),
        "progressive": jpeg(picture, progressive=True),
    }


def png_seeds() -> dict[str, bytes]:
    seeds = {}
    for color, depths in PNG_DEPTHS.items():
        for depth in depths:
            for interlaced in (False, True):
                samples = png_samples(9, 7, depth, color)
                head = [palette(1 << depth)] if color == 3 else []
                seeds[f"{color} {depth} {interlaced}"] = png(
                    samples, depth, color, interlaced=interlaced, before=head, pieces=2
                )
    samples = png_samples(5, 6, 8, 2)
    frames = [chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, 6, 5, 0, 0, 1, 1, 0, 0)) for number in (0, 1)]
    later = chunk(b"fdAT", struct.pack(">I", 2) + zlib.compress(png_pixels(samples, 8)))
    seeds["animated"] = png(
        samples, 8, 2, before=[chunk(b"acTL", struct.pack(">II", 2, 0)), frames[0]], after=[frames[1], later]
    )
    notes = [
        chunk(b"gAMA", b"\0\0\xb1\x8f"),
        chunk(b"cHRM", bytes(32)),
        chunk(b"sRGB", b"\0"),
        chunk(b"pHYs", bytes(9)),
        chunk(b"tRNS", bytes(6)),
        chunk(b"iCCP", b"x\0\0" + zlib.compress(b"abc")),
        chunk(b"eXIf", tiff(6)),
        chunk(b"tEXt", b"a\0b"),
        chunk(b"zTXt", b"a\0\0" + zlib.compress(b"b")),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0tiff:Orientation>5"),
    ]
    seeds["notes"] = png(samples, 8, 2, before=notes, after=[chunk(b"tEXt", b"a\0b")])
    return seeds


def with_right_checksums(data: bytes) -> bytes:
    """A damaged PNG's chunks with checksums that fit, so that the damage gets past them."""
    out, at = data[:8], 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if at + 12 + length > len(data):
            break
        out += chunk(data[at + 4 : at + 8], data[at + 8 : at + 8 + length])
        at += 12 + length
    return out + data[at:]


def damaged(data: bytes, dice: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(dice.choice([1, 1, 1, 2, 4])):
        at = dice.randrange(len(out) + 1)
        match dice.randrange(6) if out else 4:
            case 0:
                del out[at:]
            case 1:
                out[at % len(out)] ^= 1 << dice.randrange(8)
            case 2:
                out[at % len(out)] = dice.choice([0, 1, 127, 128, 255, dice.randrange(256)])
            case 3:
                del out[at : at + dice.randrange(1, 9)]
            case 4:
                out[at:at] = dice.randbytes(dice.randrange(1, 5))
            case _:
                out[at % min(len(out), 200)] = dice.randrange(256)
    return bytes(out)


def known_difference(seed: str, data: bytes, ours: NDArray[np.uint8] | str, python: NDArray[np.uint8]) -> str | None:
    """Which line of "What differs" explains it, if one does."""
    if isinstance(ours, str):
        if seed == "animated" and ("covers only a part" in ours or "pixels come first" in ours):
            return "an animated PNG whose first picture is smaller or missing"
        if max(python.shape) > 1 << 20 and "too long" in ours:
            return "a long side"
        if data.startswith(b"\x89PNG") and "end early" in ours:
            return "rows that are not there"
        return None
    if seed == "progressive" and ours.shape == python.shape:
        return "a damaged progressive JPEG"
    return None


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_damaged_files_as_pillow(native: Programs, tmp_path: Path, kind: str) -> None:
    dice = random.Random(20261122)
    seeds = jpeg_seeds() if kind == "jpeg" else png_seeds()
    names = dice.choices(list(seeds), k=CASES)
    files = {}
    for number, name in enumerate(names):
        data = damaged(seeds[name], dice)
        files[str(number)] = with_right_checksums(data) if kind == "png" and dice.random() < 0.7 else data
    paths = write_all(tmp_path, files)
    outcomes: Counter[str] = Counter()
    failures = []
    decoded = native.decode(list(paths.values()), MOST_PIXELS)
    for name, data, ours in zip(names, files.values(), decoded, strict=True):
        if isinstance(ours, str) and "is too large" in ours:
            continue
        try:
            python: NDArray[np.uint8] | None = pillow(data)
        except Exception:  # any: the point is that Pillow refuses it
            python = None
        if python is None:
            outcomes["refused"] += 1
            wrong = None if isinstance(ours, str) else "decoded, but Pillow refuses it"
        else:
            outcomes["read"] += 1
            wrong = ours if isinstance(ours, str) else difference(ours, python)
            explained = wrong and known_difference(name, data, ours, python)
            if explained:
                outcomes[explained] += 1
                wrong = None
        if wrong:
            failures.append(f"{name}: {wrong}: {data.hex()[:400]}")
    assert not failures, f"{len(failures)} of {CASES}, {dict(outcomes)}\n" + "\n".join(failures[:10])
    assert outcomes["read"] > CASES / 20, outcomes
    assert outcomes["refused"] > CASES / 20, outcomes
    assert sum(n for why, n in outcomes.items() if why not in ("read", "refused")) < CASES / 100, outcomes
