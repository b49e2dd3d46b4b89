"""What cannot be decoded is refused in one line: which file, what is wrong, what to do."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tests.decode.compare import errors
from tests.decode.pictures import (
    chunk,
    jpeg,
    palette,
    photo,
    pillow,
    png,
    png_header,
    png_samples,
    segment,
    with_segments,
)
from tests.decode.programs import Programs
from tests.decode.test_jpeg import written

CONVERT = "Convert it to JPEG or PNG."
COPY = "The file is cut short: copy it again."
ANEW = "Copy the file again, or export it anew."

OTHER_FORMATS = {
    "a WebP picture": b"RIFF\x24\0\0\0WEBPVP8 ",
    "an AVIF picture": b"\0\0\0\x20ftypavif\0\0\0\0",
    "a HEIC picture": b"\0\0\0\x18ftypheic\0\0\0\0",
    "a video": b"\0\0\0\x18ftypisom\0\0\0\0",
    "a GIF picture": b"GIF89a\1\0\1\0",
    "a BMP picture": b"BM\x36\0\0\0",
    "a TIFF or raw picture": b"II*\0\x08\0\0\0",
    "a JPEG 2000 picture": b"\0\0\0\x0cjP  \r\n\x87\n",
    "a JPEG XL picture": b"\xff\x0a\0\0",
    "a NumPy array": b"\x93NUMPY\1\0",
    "a PDF document": b"%PDF-1.7",
    "a zip archive": b"PK\3\4",
    "an SVG or XML document": b"<?xml version='1.0'?>",
    "a web page": b"<!DOCTYPE html>",
}


def test_other_formats_are_named(native: Programs, tmp_path: Path) -> None:
    lines = errors(native, tmp_path, OTHER_FORMATS)
    expected = {name: f"{name}: this is {name}, and only JPEG and PNG are read. {CONVERT}" for name in OTHER_FORMATS}
    assert lines == expected


def test_files_that_are_no_picture(native: Programs, tmp_path: Path) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"
    files = {"empty": b"", "lfs.jpg": pointer, "text": b"hello, world", "one": b"\xff"}
    start = "this is neither a JPEG nor a PNG picture (it begins with the bytes "
    assert errors(native, tmp_path, files) == {
        "empty": "empty: the file is empty. Copy it again.",
        "lfs.jpg": "lfs.jpg: this is a git-lfs pointer, not the picture itself. Fetch the picture with: git lfs pull.",
        "text": f"text: {start}68 65 6c 6c 6f 2c 20 77). {CONVERT}",
        "one": f"one: {start}ff). {CONVERT}",
    }


def test_paths_that_cannot_be_read(native: Programs, tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    bell = tmp_path / "a\x07name"
    paths = [tmp_path / "none.jpg", tmp_path, loop, bell]
    lines = [str(line) for line in native.decode(paths)]
    assert lines[0] == f"{paths[0]}: there is no such file. Check the name."
    assert lines[1] == f"{tmp_path}: this is a directory. Name one picture in it."
    assert lines[2].startswith(f"{loop}: ")
    assert lines[3] == f"{tmp_path}/a?name: there is no such file. Check the name."


def test_every_truncation_of_a_picture_is_an_error_or_whole(native: Programs, tmp_path: Path) -> None:
    """Cut at every byte: an error that says so, or (from the last row on) the whole picture, as in Pillow."""
    whole = {
        "baseline": jpeg(photo(9, 17)),
        "progressive": jpeg(photo(9, 17), progressive=True),
        "png": png(photo(9, 7), 8, 2),
        "adam7": png(photo(9, 7), 8, 2, interlaced=True),
    }
    for name, data in whole.items():
        cuts = {f"{name}{n}": data[:n] for n in range(8, len(data))}
        lines = errors(native, tmp_path / name, cuts)
        kind = "JPEG" if data.startswith(b"\xff") else "PNG"
        for cut, line in lines.items():
            if line == "decoded":
                assert (pillow(cuts[cut]) == pillow(data)).all()
            else:
                assert line == f"{cut}: the {kind} data end early. {COPY}"
                with pytest.raises((OSError, SyntaxError, ValueError)):
                    pillow(cuts[cut])


def test_jpegs_that_are_refused(native: Programs, tmp_path: Path) -> None:
    good = jpeg(photo(8, 8))
    frame = good.index(b"\xff\xc0")
    table = good.index(b"\xff\xc4")

    def changed(offset: int, value: bytes) -> bytes:
        return good[:offset] + value + good[offset + len(value) :]

    two_components = (
        good[:frame] + b"\xff\xc0\0\x0e" + good[frame + 4 : frame + 9] + b"\2" + good[frame + 10 : frame + 16]
    )
    two_components += good[frame + 19 :]
    files = {
        "cmyk": written(native, tmp_path, (8, 8), "cmyk", "1x1,1x1,1x1,1x1", "-"),
        "ycck": written(native, tmp_path, (8, 8), "ycck", "1x1,1x1,1x1,1x1", "-"),
        "two": two_components,
        "twelve": changed(frame + 4, b"\x0c"),
        "narrow": changed(frame + 7, b"\0\0"),
        "flat": changed(frame + 5, b"\0\0"),
        "marker": good[:20] + b"\xff\x02" + good[20:],
        "frames": good[:frame] + good[frame:table] * 2 + good[table:],
        "frame": good[:frame] + b"\xff\xc0\0\x07" + good[frame + 4 :],
        "none": good[:frame] + good[table:],
        "huffman": changed(table + 5, b"\xff" * 16),
        "quantization": with_segments(good, segment(0xDB, b"\0abc")),
        "jfif": with_segments(good, segment(0xE0, b"JFIF\0")),
        "adobe": with_segments(good, segment(0xEE, b"Adobe")),
        "profile": with_segments(good, segment(0xE2, b"ICC_PROFILE\0\1")),
    }
    lines = errors(native, tmp_path / "files", files)
    cmyk = "this is a CMYK picture, and only RGB and gray are read. Convert it to RGB."
    expected = {
        "cmyk": cmyk,
        "ycck": cmyk,
        "twelve": "the JPEG has 12 bits per sample, and only 8 are read. Export it with 8 bits per sample.",
        "narrow": "the picture has no pixel (0 x 8 pixels). Export it anew.",
        "flat": "the picture has no pixel (8 x 0 pixels). Export it anew.",
        "marker": f"the JPEG data are damaged (an unknown marker). {ANEW}",
        "frame": f"the JPEG data are damaged (a short frame header). {ANEW}",
        "none": f"the JPEG data are damaged (no frame header). {ANEW}",
        "quantization": f"the JPEG data are damaged (a short quantization table). {ANEW}",
        "jfif": f"the JPEG data are damaged (a short JFIF header). {ANEW}",
        "adobe": f"the JPEG data are damaged (a short Adobe header). {ANEW}",
        "profile": f"the JPEG data are damaged (a short colour profile). {ANEW}",
    }
    for name, message in expected.items():
        assert lines[name] == f"{name}: {message}"
    for name in ("two", "frames", "huffman"):  # libjpeg's own words
        assert lines[name].startswith(f"{name}: the JPEG ")
        assert lines[name].endswith(".")
    for name in files.keys() - {"cmyk", "ycck"}:
        with pytest.raises((OSError, SyntaxError, ValueError)):
            pillow(files[name])


def test_pngs_that_are_refused(native: Programs, tmp_path: Path) -> None:
    samples = png_samples(6, 5, 8, 2)
    good = png(samples, 8, 2)
    pixels = good[33:-12]
    signature, end = good[:8], chunk(b"IEND")
    bomb = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1 << 21)))

    def before(*chunks: bytes) -> bytes:
        return png(samples, 8, 2, before=chunks)

    files = {
        "checksum": before(chunk(b"tEXt", b"a\0b")[:-1] + b"\0"),
        "header checksum": good[:32] + bytes([good[32] ^ 1]) + good[33:],
        "short header": signature + chunk(b"IHDR", bytes(12)) + pixels + end,
        "no header": signature + pixels + end,
        "no pixels": good[:33] + end,
        "colour": signature + png_header(5, 6, 8, 5) + pixels + end,
        "depth": signature + png_header(5, 6, 3, 0) + pixels + end,
        "filter method": signature + chunk(b"IHDR", struct.pack(">IIBBBBB", 5, 6, 8, 2, 0, 1, 0)) + pixels + end,
        "row filter": signature + png_header(1, 1, 8, 0) + chunk(b"IDAT", zlib.compress(b"\7\0")) + end,
        "no zlib": signature + png_header(5, 6, 8, 2) + chunk(b"IDAT", b"rubbish, not packed") + end,
        "stream checksum": signature + png_header(5, 6, 8, 2) + chunk(b"IDAT", good[41:-20] + bytes(4)) + end,
        "palette": png(samples[..., :1], 8, 3, before=[chunk(b"PLTE", bytes(771))]),
        "tRNS": before(chunk(b"tRNS", b"\0\0")),
        "gAMA": before(chunk(b"gAMA", b"\0")),
        "profile": before(chunk(b"iCCP", b"name\0\1")),
        "packed": before(chunk(b"zTXt", b"name\0\1")),
        "bomb": before(bomb),
        "bomb behind": png(samples, 8, 2, after=[bomb]),
        "frames": before(chunk(b"fcTL", struct.pack(">IIIIIHHBB", 3, 5, 6, 0, 0, 1, 1, 0, 0))),
        "frame outside": before(chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 5, 6, 1, 0, 1, 1, 0, 0))),
        "cut behind": png(samples, 8, 2)[:-12] + struct.pack(">I", 99) + b"tEXtshort",
    }
    lines = errors(native, tmp_path, files)
    damaged = {
        "checksum": "a wrong checksum in chunk tEXt",
        "header checksum": "a wrong checksum in chunk IHDR",
        "short header": "a short chunk IHDR",
        "no header": "no header",
        "no pixels": "no pixels",
        "colour": "unknown colour type 5 with 8 bits",
        "depth": "unknown colour type 0 with 3 bits",
        "filter method": "unknown filter method",
        "palette": "a palette of more than 256 colours",
        "tRNS": "a short chunk tRNS",
        "gAMA": "a short chunk gAMA",
        "profile": "a colour profile that cannot be read",
        "packed": "a text packed in an unknown way",
        "frames": "frames in the wrong order",
        "frame outside": "a frame outside of the picture",
    }
    for name, why in damaged.items():
        assert lines[name] == f"{name}: the PNG data are damaged ({why}). {ANEW}"
    for name in ("bomb", "bomb behind"):
        large = "a text or colour profile in the PNG is larger than 1 MiB. Remove the picture's metadata."
        assert lines[name] == f"{name}: {large}"
    assert lines["cut behind"] == f"cut behind: the PNG data end early. {COPY}"
    for name in ("row filter", "no zlib", "stream checksum"):  # libpng's own words
        assert lines[name].startswith(f"{name}: the PNG data are damaged (")
        assert lines[name].endswith(ANEW)
    for data in files.values():
        with pytest.raises((OSError, SyntaxError, ValueError)):
            pillow(data)


def test_pictures_that_are_too_large(native: Programs, tmp_path: Path) -> None:
    small = png(png_samples(40, 30, 8, 3), 8, 3, before=[palette()])
    huge = b"\x89PNG\r\n\x1a\n" + png_header(30000, 12000, 8, 2) + chunk(b"IDAT", zlib.compress(bytes(100)))
    empty_promise = huge[:8] + png_header(10000, 10000, 8, 2) + huge[33:]
    long = huge[:8] + png_header(2, 1 << 21, 1, 0) + chunk(b"IDAT", zlib.compress(bytes(1 << 22)))
    assert errors(native, tmp_path, {"a": small, "b": jpeg(photo(40, 30))}, max_pixels=1199) == {
        name: f"{name}: the picture is too large (30 x 40 pixels, at most 1199 in all). Give a smaller one."
        for name in "ab"
    }
    assert errors(native, tmp_path, {"a": small, "b": jpeg(photo(40, 30))}, max_pixels=1200) == dict.fromkeys(
        "ab", "decoded"
    )
    assert errors(native, tmp_path, {"huge": huge, "promise": empty_promise, "long": long}) == {
        "huge": "huge: the picture is too large (30000 x 12000 pixels, at most 357913940 in all). Give a smaller one.",
        "promise": f"promise: the PNG data end early. {COPY}",
        "long": "long: a side of the picture is too long (2 x 2097152 pixels, a side at most 1048576). "
        "Give a smaller one.",
    }
