"""A strip of pictures for people: each stage of a photo's way into the model, the last one what the model really sees.

The tensor is drawn with its own numbers: each channel from its lowest possible value (black) to its highest, the first
channel as red. So a BGR tensor shows swapped colours, a picture that was not turned upright lies on its side, and a
letterbox shows its bars.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgegen.errors import UsageError
from edgegen.paths import atomic_write
from edgegen.reference.decode import decode, orientation
from edgegen.reference.pipeline import Stage, run_stages
from edgegen.spec.model_spec import ImageInput, ModelSpec
from edgegen.spec.plan import Gray, PixelOp, Plan, lower
from edgegen.spec.steps import CenterCrop, Letterbox, Pad, Resize, Size

if TYPE_CHECKING:
    import numpy.typing as npt
    from PIL import Image

PANEL = 320
"""Pixels of the longer side of a drawn stage."""
_MARGIN = 12
_CAPTION = 44
_FONT_SIZE = 13
_INK, _PAPER = (30, 30, 30), (250, 250, 250)
_TURNS = {
    1: "stored upright",
    2: "stored mirrored",
    3: "stored upside down",
    4: "stored upside down and mirrored",
    5: "stored turned and mirrored",
    6: "stored turned left",
    7: "stored turned and mirrored",
    8: "stored turned right",
}


def write_strip(spec: ModelSpec, photo: Path, out_png: Path) -> None:
    """Writes the strip of `photo` as a PNG, one row to a picture input.

    Raises UsageError for a model without one, PictureError for a photo that cannot be used, ProjectError where the PNG
    cannot be written.
    """
    if not spec.image_inputs:
        raise UsageError("the model has no picture input", where=str(photo), hint="There is nothing to preview")
    image = decode(photo)
    turned = _TURNS[orientation(photo)]
    rows = [_row(_panels(item, image, f"{photo.name}, {turned}")) for item in spec.image_inputs]
    buffer = io.BytesIO()
    _stacked(rows).save(buffer, "PNG", optimize=True)
    atomic_write(out_png, buffer.getvalue())


def caption(op: PixelOp) -> str:
    """A pixel operation in a few words: "resize 256 bilinear"."""
    match op:
        case Gray(channels):
            return "gray" if channels == 1 else "gray, three times"
        case Resize(size, filter_, max_size):
            limit = f", at most {max_size}" if max_size else ""
            return f"resize {f'short side {size}' if isinstance(size, int) else _by(size)} {filter_}{limit}"
        case Letterbox(size, filter_):
            return f"letterbox {_by(size)} {filter_}"
        case CenterCrop(size):
            return f"center crop {_by(size)}"
        case Pad():
            return f"pad {op.left}, {op.top}, {op.right}, {op.bottom}"


def shown_tensor(plan: Plan, tensor: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The tensor as an H x W x C uint8 picture: each channel's lowest level 0, its highest 255."""
    import numpy as np

    target = plan.tensor
    patterns = {"float32": np.uint32, "float16": np.uint16, "uint8": np.uint8, "int8": np.uint8}
    levels = np.array(target.levels, dtype=patterns[target.dtype]).view(target.dtype).astype(np.float64)
    pixels = tensor[0].transpose(1, 2, 0) if target.layout == "NCHW" else tensor[0]
    low, high = levels.min(axis=1), levels.max(axis=1)
    span = np.where(high > low, high - low, 1.0)
    return np.asarray(np.rint((pixels.astype(np.float64) - low) / span * 255), dtype=np.uint8)


def _panels(item: ImageInput, image: Image.Image, title: str) -> list[tuple[Image.Image, list[str]]]:
    plan = lower(item)
    stages = run_stages(plan, image)
    drawn = [_panel(stages[0], title)]
    drawn += [_panel(stage, caption(op)) for op, stage in zip(plan.pixel_ops, stages[1:-1], strict=True)]
    tensor = stages[-1].array
    target = plan.tensor
    order = "B, G, R" if target.reverse_channels else "R, G, B" if target.channels == 3 else "gray"
    lines = [
        f"{item.name}: {'x'.join(str(dim) for dim in target.shape)} {target.dtype} {target.layout}, {order}",
        f"{tensor.min():.4g} to {tensor.max():.4g}, black to white: each channel's range",
    ]
    return [*drawn, (_picture(shown_tensor(plan, tensor)), lines)]


def _panel(stage: Stage, text: str) -> tuple[Image.Image, list[str]]:
    height, width, _ = stage.array.shape
    return _picture(stage.array), [text, f"{stage.name}: {width} x {height}"]


def _picture(array: npt.NDArray[Any]) -> Image.Image:
    """The array, made PANEL long: whole pixels repeated where it is smaller, so that they can be counted."""
    from PIL import Image

    picture = Image.fromarray(array[:, :, 0] if array.shape[2] == 1 else array).convert("RGB")
    longest = max(picture.size)
    if longest > PANEL:
        picture.thumbnail((PANEL, PANEL), Image.Resampling.LANCZOS)
        return picture
    times = max(1, PANEL // longest)
    return picture.resize((picture.width * times, picture.height * times), Image.Resampling.NEAREST)


def _row(panels: list[tuple[Image.Image, list[str]]]) -> Image.Image:
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(_FONT_SIZE)
    widths = [max(picture.width, *(int(font.getlength(line)) for line in lines)) for picture, lines in panels]
    height = max(picture.height for picture, _ in panels) + _CAPTION
    row = Image.new("RGB", (sum(widths) + _MARGIN * (len(widths) + 1), height + 2 * _MARGIN), _PAPER)
    draw = ImageDraw.Draw(row)
    left = _MARGIN
    for (picture, lines), width in zip(panels, widths, strict=True):
        draw.multiline_text((left, _MARGIN), "\n".join(lines), fill=_INK, font=font)
        row.paste(picture, (left, _MARGIN + _CAPTION))
        left += width + _MARGIN
    return row


def _stacked(rows: list[Image.Image]) -> Image.Image:
    from PIL import Image

    strip = Image.new("RGB", (max(row.width for row in rows), sum(row.height for row in rows)), _PAPER)
    top = 0
    for row in rows:
        strip.paste(row, (0, top))
        top += row.height
    return strip


def _by(size: Size) -> str:
    return f"{size[1]} x {size[0]}"
