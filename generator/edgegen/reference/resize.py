"""Pillow's resize in the pass order of a given Pillow.

The result of the first pass is rounded to 8 bits, so the order shows. Pillow 13 goes down the columns first where
that leaves less work; every version before goes across first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

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
    from PIL import Image

    method = Image.Resampling[filter_.name]
    target = (size[1], size[0])
    # Nearest picks one source pixel, so no order of passes shows; and a resize by itself is the plainest truth.
    if filter_ is Filter.NEAREST or not _differs((picture.height, picture.width), size, pillow):
        return picture.resize(target, method)
    return picture.resize(_between(picture, size, pillow), method).resize(target, method)


@contextmanager
def as_pillow(pillow: int) -> Iterator[None]:
    """Inside the block every `Image.resize` of the installed Pillow, whoever calls it, has that version's pass order.

    This lets a user's own transform be asked about a spec that means an older Pillow than the one that runs.
    """
    from PIL import Image

    original = Image.Image.resize

    def resize_as(self: Image.Image, size: Any, resample: int | None = None, *args: Any, **kwargs: Any) -> Image.Image:
        width, height = size
        nearest = resample in (None, Image.Resampling.NEAREST)
        if nearest or args or kwargs or not _differs((self.height, self.width), (height, width), pillow):
            return original(self, size, resample, *args, **kwargs)
        return original(original(self, _between(self, (height, width), pillow), resample), (width, height), resample)

    Image.Image.resize = resize_as  # type: ignore[method-assign]
    try:
        yield
    finally:
        Image.Image.resize = original  # type: ignore[method-assign]


def _differs(source: Size, target: Size, pillow: int) -> bool:
    """Whether that Pillow's order of passes is not the installed one's."""
    from PIL import __version__

    installed = int(__version__.split(".")[0])
    return vertical_first(source, target, pillow) != vertical_first(source, target, installed)


def _between(picture: Image.Image, target: Size, pillow: int) -> tuple[int, int]:
    """(width, height) after the first pass. A pass whose size stays is skipped, so two one-axis resizes are the two."""
    down = vertical_first((picture.height, picture.width), target, pillow)
    return (picture.width, target[0]) if down else (target[1], picture.height)
