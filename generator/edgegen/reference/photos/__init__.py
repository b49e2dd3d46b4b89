"""The bundled pictures: for comparing models with PyTorch, for the truth, and for a generated project's goldens.

All are CC0 or in the public domain; LICENSES.md names each one's author. Some are stored turned, with an EXIF
orientation, some are gray, palette or 16-bit, because that is what users' pictures are.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent
DEMO_PHOTO = _FOLDER / "coffee.jpg"
LICENSES = _FOLDER / "LICENSES.md"


def bundled_photos() -> list[Path]:
    """The evaluation photos, at most 640 pixels long, in the order of their names."""
    return _pictures(_FOLDER)


def golden_photos() -> list[Path]:
    """The small pictures that goldens are made of: the two JPEGs go through every stage, the PNGs are only decoded."""
    return sorted(_pictures(_FOLDER / "golden"), key=lambda path: (path.suffix != ".jpg", path.name))


def _pictures(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in (".jpg", ".png"))
