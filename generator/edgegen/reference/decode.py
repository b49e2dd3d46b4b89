"""From a picture file to RGB rows, as Python programs do it: `Image.open`, `exif_transpose`, `convert("RGB")`.

The numbers are those that are stored: alpha is dropped and not multiplied in, no colour profile is applied, 16-bit
gray is clamped to 255 and 16-bit colour keeps its high byte, all as Pillow 13 does. Only JPEG and PNG are read,
because the device reads no other.
"""

from __future__ import annotations

import struct
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from edgegen.errors import SourceError

if TYPE_CHECKING:
    from PIL import Image

_LFS = b"version https://git-lfs.github.com/spec/"
_REFUSED_MODES = {"CMYK": "CMYK", "YCbCr": "YCbCr", "LAB": "Lab"}


class PictureError(SourceError):
    """A picture file cannot be used."""


def decode(path: Path) -> Image.Image:
    """The picture upright, mode "RGB". Raises PictureError for what is missing, corrupt, CMYK or of another kind."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    _check_file(path)
    try:
        with warnings.catch_warnings():
            # A large photo is the user's own; the error at twice that size stays.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=("JPEG", "PNG")) as picture:
                _check_mode(path, picture.mode)
                return ImageOps.exif_transpose(picture).convert("RGB")
    except UnidentifiedImageError:
        raise _not_a_picture(path) from None
    except Image.DecompressionBombError as error:
        raise PictureError(f"is too large: {error}", where=str(path), hint="Give a smaller picture") from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, KeyError) as error:
        reason = str(error) or type(error).__name__
        hint = "The file is damaged or cut short: copy it again, or give another picture"
        raise PictureError(f"cannot be decoded: {reason}", where=str(path), hint=hint) from error


def orientation(path: Path) -> int:
    """The EXIF (or XMP) orientation 1..8 that `decode` undoes; 1 where none is written or it is none of them."""
    from PIL import ExifTags, Image

    with Image.open(path, formats=("JPEG", "PNG")) as picture:
        picture.load()  # A PNG's eXIf chunk may stand after the pixels.
        found = picture.getexif().get(ExifTags.Base.Orientation, 1)
    return found if found in range(1, 9) else 1


def _check_file(path: Path) -> None:
    where = str(path)
    try:
        if path.is_dir():
            raise PictureError("is a folder, expected a picture", where=where, hint="Name the picture inside it")
        with path.open("rb") as file:
            head = file.read(64)
    except FileNotFoundError:
        raise PictureError("no such file", where=where, hint="Check the picture's path") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise PictureError(f"cannot be read: {reason}", where=where, hint="Check the path and permissions") from error
    except ValueError:
        raise PictureError("is not a file name", where=where, hint="Check the picture's path") from None
    if not head:
        raise PictureError("is empty", where=where, hint="Copy the picture again, or give another one")
    if head.startswith(_LFS):
        hint = 'Run "git lfs pull" to fetch the picture itself'
        raise PictureError("is a git-lfs pointer, not the picture", where=where, hint=hint)


def _check_mode(path: Path, mode: str) -> None:
    if mode in _REFUSED_MODES:
        problem = f"is a {_REFUSED_MODES[mode]} picture, expected RGB, gray or palette"
        raise PictureError(problem, where=str(path), hint="Convert it to RGB, and to the look you want, and save it")


def _not_a_picture(path: Path) -> PictureError:
    head = path.read_bytes()[:16]
    found = next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        found = "a WebP picture"
    if head[4:8] == b"ftyp":
        found = "a HEIC, AVIF or video file"
    problem = f"is {found}, expected a JPEG or PNG" if found else "is not a JPEG or PNG"
    return PictureError(problem, where=str(path), hint="Convert it to JPEG or PNG")


_MAGIC = {
    b"\xff\xd8\xff": "a damaged JPEG",
    b"\x89PNG": "a damaged PNG",
    b"GIF8": "a GIF picture",
    b"BM": "a BMP picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive",
    b"<": "an HTML, XML or SVG text",
}
