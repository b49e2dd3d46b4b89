"""Picture files come in as Pillow 13 reads them, upright and RGB; what is no picture fails with one plain line."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageOps

from edgegen.errors import SourceError
from edgegen.reference.decode import PictureError, decode, orientation
from tests.reference.test_resize import noise

RGB = Image.fromarray(noise((5, 7)))


def saved(path: Path, image: Image.Image, **options: Any) -> Path:
    image.save(path, **options)
    return path


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_all_eight_orientations(tmp_path: Path, turn: int, suffix: str) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    path = saved(tmp_path / f"x.{suffix}", RGB, exif=exif)
    found = decode(path)
    assert found.size == ((7, 5) if turn < 5 else (5, 7))
    with Image.open(path) as stored:
        assert found.tobytes() == ImageOps.exif_transpose(stored).tobytes()
        assert (found.tobytes() == stored.tobytes()) == (turn == 1)
    assert orientation(path) == turn


@pytest.mark.parametrize("turn", [0, 9, 255])
def test_an_orientation_out_of_range_is_none(tmp_path: Path, turn: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    path = saved(tmp_path / "x.png", RGB, exif=exif)
    assert decode(path).tobytes() == RGB.tobytes()
    assert orientation(path) == 1


def test_alpha_is_dropped_not_multiplied_in(tmp_path: Path) -> None:
    pixels = noise((5, 7), channels=4)
    path = saved(tmp_path / "x.png", Image.fromarray(pixels))
    np.testing.assert_array_equal(np.asarray(decode(path)), pixels[:, :, :3])


def test_gray_alpha_palette_and_bilevel(tmp_path: Path) -> None:
    gray = noise((5, 7), channels=1)[:, :, 0]
    three = np.stack([gray] * 3, axis=-1)
    la = Image.merge("LA", [Image.fromarray(gray), Image.fromarray(255 - gray)])
    np.testing.assert_array_equal(np.asarray(decode(saved(tmp_path / "la.png", la))), three)
    np.testing.assert_array_equal(np.asarray(decode(saved(tmp_path / "l.png", Image.fromarray(gray)))), three)
    palette = RGB.quantize(16)
    path = saved(tmp_path / "p.png", palette, transparency=3)
    assert decode(path).tobytes() == palette.convert("RGB").tobytes(), "the transparent entry keeps its colour"
    bilevel = Image.fromarray(gray).convert("1")
    found = np.asarray(decode(saved(tmp_path / "b.png", bilevel)))
    assert set(np.unique(found)) <= {0, 255}


def test_sixteen_bit_gray_is_clamped(tmp_path: Path) -> None:
    levels = np.array([[0, 1, 254, 255, 256, 300, 32768, 65535]], dtype=np.uint16)
    found = np.asarray(decode(saved(tmp_path / "x.png", Image.fromarray(levels))))[0, :, 0]
    assert found.tolist() == [0, 1, 254, 255, 255, 255, 255, 255]


def test_sixteen_bit_colour_keeps_its_high_byte(tmp_path: Path) -> None:
    levels = np.array([[[0x01FF, 0x7F80, 0xFFFF], [0x0000, 0x00FF, 0x8001]]], dtype=">u2")
    header = struct.pack(">IIBBBBB", 2, 1, 16, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" + levels.tobytes())), (b"IEND", b"")]
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    (tmp_path / "x.png").write_bytes(png)
    assert np.asarray(decode(tmp_path / "x.png")).tolist() == [[[0x01, 0x7F, 0xFF], [0, 0, 0x80]]]


def test_no_colour_profile_is_applied(tmp_path: Path) -> None:
    """A picture tagged with another profile is read as it is stored, as in Python."""
    path = saved(tmp_path / "x.png", RGB, icc_profile=b"a profile that Pillow does not look into")
    assert decode(path).tobytes() == RGB.tobytes()


def test_cmyk_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="is a CMYK picture, expected RGB, gray or palette") as failure:
        decode(saved(tmp_path / "x.jpg", RGB.convert("CMYK")))
    assert "Convert it to RGB" in failure.value.hint


def encoded(format_: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(noise((40, 60))).save(buffer, format_, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.jpg", b"", "is empty"),
        ("text.jpg", b"hello", "is not a JPEG or PNG"),
        ("page.jpg", b"<!DOCTYPE html>", "an HTML, XML or SVG text"),
        ("pointer.jpg", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git-lfs pointer"),
        ("x.gif", encoded("GIF"), "is a GIF picture"),
        ("x.bmp", encoded("BMP"), "is a BMP picture"),
        ("x.tif", encoded("TIFF"), "is a TIFF picture"),
        ("x.webp", encoded("WEBP"), "is a WebP picture"),
        ("x.pdf", b"%PDF-1.7", "is a PDF document"),
        ("x.heic", b"\0\0\0\x18ftypheic", "HEIC"),
        ("x.zip", b"PK\x03\x04....", "ZIP"),
        ("cut.jpg", encoded("JPEG")[:400], "cannot be decoded: "),
        ("head.jpg", encoded("JPEG")[:30], "cannot be decoded: "),
        ("quarter.jpg", encoded("JPEG")[:3], "damaged JPEG"),
        ("cut.png", encoded("PNG")[:-2000], "cannot be decoded: "),
        ("head.png", encoded("PNG")[:10], "damaged PNG"),
        ("flipped.png", encoded("PNG").replace(b"IDAT", b"IDAX", 1), "damaged PNG"),
    ],
)
def test_what_is_no_picture(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PictureError) as failure:
        decode(path)
    assert problem in failure.value.problem, failure.value.problem
    assert failure.value.where == str(path)
    assert failure.value.exit_code == SourceError.exit_code
    assert "\n" not in failure.value.message()


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="no such file"):
        decode(tmp_path / "none.jpg")
    with pytest.raises(PictureError, match="is a folder"):
        decode(tmp_path)
    with pytest.raises(PictureError, match="is not a file name"):
        decode(Path("a\0b.jpg"))


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    with pytest.raises(PictureError, match="is too large"):
        decode(saved(tmp_path / "x.png", RGB))


def test_damage_anywhere_is_a_picture_or_a_plain_error(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    path = tmp_path / "x"
    for whole in (encoded("JPEG"), encoded("JPEG", progressive=True), encoded("PNG")):
        for _ in range(150):
            damaged = bytearray(whole)
            for _ in range(int(random.integers(1, 6))):
                damaged[int(random.integers(0, len(damaged)))] = int(random.integers(0, 256))
            path.write_bytes(bytes(damaged[: int(random.integers(1, len(damaged) + 1))]))
            try:
                assert decode(path).mode == "RGB"
            except PictureError as error:
                assert error.hint  # noqa: PT017 - either outcome is right, another exception is not
