"""A plan's pixel operations as calls of the kernels, which have the same names and arguments in every language."""

from __future__ import annotations

from collections.abc import Callable

from edgegen.spec.plan import Gray, PixelOp
from edgegen.spec.steps import CenterCrop, Fill, Filter, Letterbox, Pad, Resize


def pixel_call(
    op: PixelOp, method: Callable[[str], str], filter_name: Callable[[Filter], str], color: Callable[[Fill], str]
) -> str:
    """The call without its receiver, as `center_crop(224, 224)`.

    `method` writes a name such as "center_crop" as the language does, `filter_name` and `color` a constant.
    """
    match op:
        case Gray(channels):
            return f"{method('gray')}({channels})"
        case Resize(int(short), filter_, max_size):
            limit = "" if max_size is None else f", {max_size}"
            return f"{method('resize_short_side')}({short}, {filter_name(filter_)}{limit})"
        case Resize((height, width), filter_):
            return f"{method('resize')}({height}, {width}, {filter_name(filter_)})"
        case Letterbox((height, width), filter_, fill):
            return f"{method('letterbox')}({height}, {width}, {filter_name(filter_)}, {color(fill)})"
        case CenterCrop((height, width)):
            return f"{method('center_crop')}({height}, {width})"
        case Pad(left, top, right, bottom, fill):
            return f"{method('pad')}({left}, {top}, {right}, {bottom}, {color(fill)})"
    raise TypeError(f"no pixel operation: {op!r}")
