"""Made generator/edgegen/reference/photos/ from scikit-image's own pictures; kept to show where each byte came from.

    python -m tests.reference.make_photos        (writes the folder anew; needs scikit-image 0.26 and Pillow 13)

Only pictures that scikit-image documents as CC0 or public domain are taken; see LICENSES.md beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ExifTags, Image

import edgegen.reference

FOLDER = Path(edgegen.reference.__file__).parent / "photos"
LONG_SIDE = 640
UPRIGHT, UPSIDE_DOWN, CLOCKWISE, COUNTERCLOCKWISE = 1, 3, 6, 8

# The transposition that undoes the orientation: what is stored is turned, what a viewer shows is upright.
_STORED = {
    UPSIDE_DOWN: Image.Transpose.ROTATE_180,
    CLOCKWISE: Image.Transpose.ROTATE_90,
    COUNTERCLOCKWISE: Image.Transpose.ROTATE_270,
}


def save(picture: Image.Image, name: str, orientation: int = UPRIGHT, **options: Any) -> None:
    """Writes `picture`, at most LONG_SIDE long, so that EXIF readers see it upright."""
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    if orientation != UPRIGHT:
        picture = picture.transpose(_STORED[orientation])
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = orientation
        options["exif"] = exif
    if name.endswith(".jpg"):
        options = {"quality": 88, "optimize": True, **options}
    picture.save(FOLDER / name, **options)


def main() -> None:
    import skimage

    data = Path(skimage.__file__).parent / "data"

    def load(name: str) -> Image.Image:
        return Image.open(data / name).copy()

    FOLDER.mkdir(exist_ok=True)
    save(load("coffee.png"), "coffee.jpg", quality=92)
    save(load("chelsea.png"), "chelsea.jpg", CLOCKWISE)
    save(load("astronaut.png").crop((60, 0, 380, 512)), "astronaut.jpg", COUNTERCLOCKWISE, progressive=True)
    save(load("rocket.jpg"), "rocket.jpg", UPSIDE_DOWN, subsampling="4:2:2")
    save(load("retina.jpg"), "retina.jpg", subsampling="4:4:4", quality=80)
    save(load("hubble_deep_field.jpg"), "hubble.jpg", quality=75)
    save(load("camera.png"), "camera.jpg")
    save(load("brick.png"), "brick.jpg", quality=80)
    save(load("clock_motion.png"), "clock.png", optimize=True)
    save(load("horse.png"), "horse.png", optimize=True)
    goldens(load)


def goldens(load: Callable[[str], Image.Image]) -> None:
    """The small pictures that a generated project is tested with: each has one thing that a decoder can get wrong."""
    (FOLDER / "golden").mkdir(exist_ok=True)
    cat = load("chelsea.png").resize((225, 150), Image.Resampling.LANCZOS)
    save(cat, "golden/cat_rotated.jpg", CLOCKWISE)
    # More than twice as tall as wide and larger than the usual 256: Pillow 13 goes down before across.
    save(load("hubble_deep_field.jpg").crop((300, 150, 560, 710)), "golden/tall.jpg", COUNTERCLOCKWISE, quality=75)
    horse = load("horse.png").resize((100, 82), Image.Resampling.LANCZOS)
    save(horse.convert("LA"), "golden/gray_alpha.png", optimize=True)
    coffee = load("coffee.png").resize((120, 80), Image.Resampling.LANCZOS)
    save(coffee.quantize(64), "golden/palette.png", optimize=True, transparency=0)
    clock = np.asarray(load("clock_motion.png").resize((100, 75), Image.Resampling.LANCZOS)).astype(np.uint16)
    Image.fromarray(clock * 2).save(FOLDER / "golden" / "gray16.png")


if __name__ == "__main__":
    main()
