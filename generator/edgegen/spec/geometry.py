"""The integer geometry of the steps: which size a step makes of which, and where it cuts.

Rounding is part of the definition. Python's `round` is half to even (as Java's `Math.rint` and C's `nearbyint`);
`int` cuts off, toward zero.
"""

from __future__ import annotations

from edgegen.spec.steps import CenterCrop, Letterbox, Pad, Resize, Size, Step


def short_side_size(source: Size, short: int, max_size: int | None) -> Size:
    """Size after a short-side resize: the long side is int(short * long / short'), then cut down to `max_size`.

    As torchvision 0.28's `_compute_resized_output_size`. A side may come out as 0 for an extreme `max_size`.
    """
    height, width = source
    small, large = (width, height) if width <= height else (height, width)
    new_short, new_long = short, int(short * large / small)
    if max_size is not None and new_long > max_size:
        new_short, new_long = int(max_size * new_short / new_long), max_size
    return (new_long, new_short) if width <= height else (new_short, new_long)


def contained_size(source: Size, box: Size) -> Size:
    """The largest size of the same ratio inside `box`, as Pillow 13's `ImageOps.contain`. A side may come out as 0."""
    height, width = source
    box_height, box_width = box
    ratio, box_ratio = width / height, box_width / box_height
    if ratio > box_ratio:
        return round(height / width * box_width), box_width
    if ratio < box_ratio:
        return box_height, round(width / height * box_height)
    return box


def letterbox_offset(inner: Size, box: Size) -> tuple[int, int]:
    """(top, left) of the picture inside the box: half of what is free, half to even, as `ImageOps.pad`."""
    return round((box[0] - inner[0]) * 0.5), round((box[1] - inner[1]) * 0.5)


def crop_offset(source: Size, crop: Size) -> tuple[int, int]:
    """(top, left) of a centre crop; negative where the picture is smaller and zeros are put before it."""
    return _crop_start(source[0], crop[0]), _crop_start(source[1], crop[1])


def _crop_start(length: int, crop: int) -> int:
    if crop > length:
        return -((crop - length) // 2)
    return round((length - crop) / 2.0)


def output_size(step: Step, size: Size | None) -> Size | None:
    """The size after `step`; None is a size that depends on the photo. A value step keeps it."""
    match step:
        case Resize(int(short), _, max_size):
            return None if size is None else short_side_size(size, short, max_size)
        case Resize((height, width)) | Letterbox((height, width)) | CenterCrop((height, width)):
            return height, width
        case Pad(left, top, right, bottom):
            return None if size is None else (size[0] + top + bottom, size[1] + left + right)
        case _:
            return size
