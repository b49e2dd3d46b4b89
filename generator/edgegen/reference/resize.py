"""Pillow's resize in the pass order of a given Pillow.

The result of the first pass is rounded to 8 bits, so the order shows. Pillow 13 goes down the columns first where
that leaves less work; every version before goes across first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edgegen.spec.steps import Filter, Size

if TYPE_CHECKING:
    from PIL import Image

PASS_ORDER_CHANGED = 13


def vertical_first(source: Size, target: Size, pillow: int) -> bool:
    """Whether the pass down the columns runs first; sizes are (height, width)."""
    rows_saved, columns_saved = source[0] - target[0], source[1] - target[1]
    return pillow >= PASS_ORDER_CHANGED and rows_saved > 0 and rows_saved > 2 * columns_saved


def resize(picture: Image.Image, size: Size, filter_: Filter, pillow: int) -> Image.Image:
    """`picture.resize` to (height, width) as that major version of Pillow does it, whichever one is installed."""
    from PIL import Image, __version__

    method = Image.Resampling[filter_.name]
    source = (picture.height, picture.width)
    installed = int(__version__.split(".")[0])
    down = vertical_first(source, size, pillow)
    # Nearest picks one source pixel, so no order of passes shows; and a resize by itself is the plainest truth.
    if filter_ is Filter.NEAREST or down == vertical_first(source, size, installed):
        return picture.resize((size[1], size[0]), method)
    # A pass whose size stays is skipped, so two one-axis resizes are the two passes of one.
    between = (picture.width, size[0]) if down else (size[1], picture.height)
    return picture.resize(between, method).resize((size[1], size[0]), method)
