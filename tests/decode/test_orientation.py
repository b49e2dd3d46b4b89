"""Which way up: EXIF and XMP are found where Pillow finds them, and the picture is turned as Pillow turns it."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tests.decode.compare import assert_as_pillow, errors
from tests.decode.pictures import (
    chunk,
    jpeg,
    photo,
    pillow,
    png,
    png_samples,
    segment,
    tiff,
    with_segments,
    without_jfif,
)
from tests.decode.programs import Programs

XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
PICTURE = photo(13, 22)


def camera(*segments: bytes) -> bytes:
    """A JPEG without JFIF header, as cameras write it."""
    return with_segments(without_jfif(jpeg(PICTURE)), *segments)


def exif(body: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + body)


def small_png(*before: bytes, after: tuple[bytes, ...] = ()) -> bytes:
    return png(PICTURE, 8, 2, before=before, after=after)


def raw_profile(body: bytes) -> bytes:
    """ImageMagick's way to put EXIF into a PNG."""
    digits = body.hex()
    lines = [digits[i : i + 72] for i in range(0, len(digits), 72)]
    return b"\nexif\n%8d\n" % len(body) + "\n".join(lines).encode() + b"\n"


@pytest.mark.parametrize("orientation", range(10))
def test_every_orientation_in_every_carrier(programs: Programs, tmp_path: Path, orientation: int) -> None:
    block = tiff(orientation)
    xmp = f'<rdf:Description tiff:Orientation="{orientation}"/>'.encode()
    element = f"<tiff:Orientation>{orientation}</tiff:Orientation>".encode()
    text = b"Raw profile type exif\0"
    files = {
        "JPEG EXIF": camera(exif(block)),
        "JPEG EXIF, big endian": camera(exif(tiff(orientation, order=">"))),
        "JPEG EXIF behind JFIF": with_segments(jpeg(PICTURE), exif(block)),
        "JPEG XMP": camera(segment(0xE1, XMP_HEAD + xmp)),
        "JPEG XMP element": camera(segment(0xE1, XMP_HEAD + element)),
        "gray JPEG": with_segments(jpeg(PICTURE[..., 0]), exif(block)),
        "PNG eXIf": small_png(chunk(b"eXIf", block)),
        "PNG eXIf behind the pixels": small_png(after=(chunk(b"eXIf", block),)),
        "PNG raw profile": small_png(chunk(b"zTXt", text + b"\0" + zlib.compress(raw_profile(b"Exif\0\0" + block)))),
        "PNG raw profile, not packed": small_png(chunk(b"tEXt", text + raw_profile(block))),
        "PNG XMP": small_png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp)),
        "PNG XMP packed": small_png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(element))),
        "16-bit gray PNG": png(png_samples(4, 7, 16, 0), 16, 0, before=[chunk(b"eXIf", block)]),
        "interlaced PNG": png(PICTURE, 8, 2, interlaced=True, before=[chunk(b"eXIf", block)]),
    }
    assert_as_pillow(programs, tmp_path, files)
    if 5 <= orientation <= 8:
        assert {pillow(data).shape[:2] for name, data in files.items() if "16-bit" not in name} == {(22, 13)}


def test_exif_entries_of_every_kind(programs: Programs, tmp_path: Path) -> None:
    """A SHORT is the rule; any other number is taken as well, text and raw bytes are not, the first entry counts."""
    other = struct.pack("<HHLL", 0x0128, 3, 1, 2)
    blocks = {f"type {kind}": tiff(6, kind=kind) for kind in (3, 4, 6, 8, 9, 13)}
    blocks |= {f"type {kind}, big endian": tiff(6, kind=kind, order=">") for kind in (3, 4, 6, 8, 9, 13)}
    blocks |= {
        "BYTE": tiff(b"\6", kind=1),
        "ASCII": tiff(b"6\0", kind=2, count=2),
        "UNDEFINED": tiff(b"\6", kind=7),
        "unknown type": tiff(b"\6\0", kind=99),
        "RATIONAL": tiff((12, 2), kind=5),
        "RATIONAL, no whole number": tiff((13, 2), kind=5),
        "RATIONAL by zero": tiff((6, 0), kind=5),
        "SRATIONAL": tiff((-6, -1), kind=10),
        "FLOAT": tiff(6.0, kind=11),
        "FLOAT, no whole number": tiff(6.5, kind=11),
        "FLOAT that is no number": tiff(float("nan"), kind=11),
        "DOUBLE": tiff(6.0, kind=12),
        "LONG8": tiff(6, kind=16),
        "three values": tiff(6, count=3),
        "no value": tiff(b"", count=0),
        "a second entry": tiff(6, extra=[other]),
        "twice, the first counts": tiff(6, extra=[struct.pack("<HHLHH", 274, 3, 1, 8, 0)]),
        "twice, the first unreadable": tiff(6, extra=[struct.pack("<HHLL", 274, 99, 1, 8)]),
        "an entry outside of the block": tiff(6, extra=[struct.pack("<HHLL", 0x010F, 2, 30, 9999)]),
        "an entry larger than the block": tiff(6, extra=[struct.pack("<HHLL", 0x010F, 2, 99999, 8)]),
        "an entry that just fits": tiff(6, extra=[struct.pack("<HHLL", 0x010F, 2, 30, 0)]),
        "two entries larger than the block together": tiff(
            6, extra=[struct.pack("<HHLL", tag, 2, 30, 0) for tag in (0x010F, 0x0110)]
        ),
        "the same large entry twice, which is counted once": tiff(
            6, count=3, extra=[struct.pack("<HHLL", 0x010F, 2, 30, 0)] * 2
        ),
        "a directory outside of the block": b"II*\0\xff\0\0\0",
        "a directory at its end": b"II*\0\x08\0\0\0",
        "more entries than there are": b"II*\0\x08\0\0\0\x05\0" + tiff(6)[10:],
        "no entry": b"II*\0\x08\0\0\0\0\0\0\0\0\0",
        "bytes of the header exchanged": b"II\0*" + tiff(6)[4:],
        "BigTIFF that is none": b"MM\0\x2b" + tiff(6, order=">")[4:],
        "two prefixes": b"Exif\0\0" + tiff(6),
        "nothing": b"",
    }
    for block in ("two entries larger than the block together", "an entry that just fits"):
        assert len(blocks[block]) < 60
    files = {f"JPEG, {name}": camera(exif(block)) for name, block in blocks.items()}
    # What Pillow cannot write back it cannot turn: docs/pictures.md, "What differs".
    rewritten = {f"PNG, {name}": small_png(chunk(b"eXIf", block)) for name, block in blocks.items()}
    for name, data in rewritten.items():
        files[name] = data
    assert_as_pillow(programs, tmp_path, files)


def test_where_it_is_looked_for_first(programs: Programs, tmp_path: Path) -> None:
    six, three = tiff(6), b'tiff:Orientation="3"'
    no_tag = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
    profile = chunk(b"tEXt", b"Raw profile type exif\0" + raw_profile(tiff(8)))
    xmp = chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + three)
    frame = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 22, 13, 0, 0, 1, 1, 0, 0))
    files = {
        "EXIF before XMP": camera(exif(six), segment(0xE1, XMP_HEAD + three)),
        "XMP when EXIF has no tag": camera(exif(no_tag), segment(0xE1, XMP_HEAD + three)),
        "XMP when EXIF is empty": camera(exif(b""), segment(0xE1, XMP_HEAD + three)),
        "not XMP when EXIF's value is no number": camera(exif(tiff(b"\6", kind=1)), segment(0xE1, XMP_HEAD + three)),
        "the last XMP": camera(segment(0xE1, XMP_HEAD + three), segment(0xE1, XMP_HEAD + b"tiff:Orientation>5")),
        "EXIF in two segments": camera(exif(six[:14]), exif(six[14:])),
        "another APP1": camera(segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + three)),
        "EXIF in APP2": camera(segment(0xE2, b"Exif\0\0" + six)),
        "eXIf before the raw profile": small_png(chunk(b"eXIf", six), profile),
        "eXIf behind the raw profile": small_png(profile, chunk(b"eXIf", six)),
        "the last eXIf": small_png(chunk(b"eXIf", tiff(3)), chunk(b"eXIf", six)),
        "raw profile before XMP": small_png(profile, xmp),
        "a text named exif": small_png(chunk(b"tEXt", b"exif\0" + six)),
        "a text named exif with two prefixes": small_png(chunk(b"tEXt", b"exif\0Exif\0\0Exif\0\0" + six)),
        "an empty raw profile": small_png(chunk(b"tEXt", b"Raw profile type exif\0"), xmp),
        "XMP that is not UTF-8": small_png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0\xff\xfe" + three)),
        "XMP in a plain text": small_png(chunk(b"tEXt", b"XML:com.adobe.xmp\0" + three)),
        "XMP of another key": small_png(chunk(b"iTXt", b"XML:com.adobe.xmq\0\0\0\0\0" + three)),
        "XMP that does not unpack": small_png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0rubbish" + three)),
        "XMP packed in an unknown way": small_png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\7\0\0" + three)),
        "XMP cut short": small_png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0")),
        "eXIf behind the next frame": small_png(
            chunk(b"acTL", struct.pack(">II", 2, 0)),
            after=(frame, chunk(b"eXIf", six)),
        ),
        "eXIf behind the only frame, which is not the picture": small_png(
            chunk(b"acTL", struct.pack(">II", 1, 0)),
            after=(frame, chunk(b"eXIf", six)),
        ),
    }
    broken = [
        b"\xff",
        b"\x80",
        b"\xc3",
        b"\xc1\xaf",
        b"\xe0\x9f\xbf",
        b"\xed\xa0\x80",
        b"\xf0\x8f\xbf\xbf",
        b"\xf4\x90\x80\x80",
    ]
    whole = [b"\xc3\xa9", b"\xe0\xa0\x80", b"\xed\x9f\xbf", b"\xee\x80\x80", b"\xf0\x90\x80\x80", b"\xf4\x8f\xbf\xbf"]
    for character in (*broken, *whole):
        again = chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + character + b"tiff:Orientation>5")
        files[f"XMP, then XMP with {character!r}"] = small_png(xmp, again)
    for pattern in (b"tiff:Orientation=3", b"tiff:Orientation='3'", b'tiff:Orientation="x" tiff:Orientation="3"'):
        files[f"XMP {pattern!r}"] = camera(segment(0xE1, XMP_HEAD + pattern))
    assert_as_pillow(programs, tmp_path, files)


def test_unreadable_exif(programs: Programs, tmp_path: Path) -> None:
    """Pillow forgives it in a JPEG that names no resolution, and raises in all other files; so do we."""
    three = b'tiff:Orientation="3"'
    bad = {"no TIFF": b"rubbish!", "short": b"II*\0", "BigTIFF": b"II\x2b\0" + bytes(12)}
    bad["three prefixes"] = b"Exif\0\0Exif\0\0" + tiff(6)
    forgiven = {name: camera(exif(block), segment(0xE1, XMP_HEAD + three)) for name, block in bad.items()}
    assert_as_pillow(programs, tmp_path / "forgiven", forgiven)

    refused = {f"{name} dpi": with_segments(jpeg(PICTURE, dpi=(72, 72)), exif(block)) for name, block in bad.items()}
    refused |= {
        f"{name} dots per cm": data.replace(b"\1\0\x48\0\x48", b"\2\0\x48\0\x48") for name, data in refused.items()
    }
    refused |= {f"{name} png": small_png(chunk(b"eXIf", block)) for name, block in bad.items()}
    refused["hex"] = small_png(chunk(b"tEXt", b"Raw profile type exif\0\nexif\n4\nno hex\n"))
    for name, line in errors(programs, tmp_path / "refused", refused).items():
        expected = "its EXIF block cannot be read. Write the picture anew, or remove its metadata."
        assert line == f"{name}: {expected}"
        with pytest.raises((SyntaxError, ValueError, struct.error)):
            pillow(refused[name])
