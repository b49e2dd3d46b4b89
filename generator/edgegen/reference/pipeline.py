"""The plan, run by Pillow: every stage from the decoded picture to the tensor.

Stages are H x W x C uint8 arrays (C 3, or 1 for gray), the last one is the tensor in the input's shape and dtype.
A picture that a step would make empty (an extreme ratio) is refused, as Pillow and the device refuse it; but a
letterbox is then all fill, since Pillow 13.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edgegen.reference.decode import PictureError
from edgegen.reference.resize import resize
from edgegen.spec.geometry import contained_size, crop_offset, letterbox_offset, short_side_size
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.plan import Gray, PixelOp, Plan, ToTensor, lower
from edgegen.spec.steps import CenterCrop, Fill, Letterbox, Pad, Resize, Size

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import torch
    from PIL import Image

EMPTY_CONTAIN = 13
"""The Pillow whose `ImageOps.contain` returns an empty picture where those before raised."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One array of the pipeline; `name` as in `Plan.stage_names`."""

    name: str
    array: npt.NDArray[Any]


def run_stages(source: ImageInput | Plan, image: Image.Image) -> list[Stage]:
    """Every stage of the pipeline for an RGB picture (see `edgegen.reference.decode`)."""
    import numpy as np

    plan = lower(source) if isinstance(source, ImageInput) else source
    names = plan.stage_names()
    arrays = [_pixels(image)]
    picture = image
    for op in plan.pixel_ops:
        picture = apply(op, picture, plan.pillow)
        arrays.append(_pixels(picture))
    tensor = np.ascontiguousarray(to_tensor(plan.tensor, arrays[-1]))
    return [Stage(name, array) for name, array in zip(names, [*arrays, tensor], strict=True)]


def tensor_for(source: ImageInput | Plan, image: Image.Image) -> torch.Tensor:
    """The model's input for an RGB picture: the input's shape and dtype, contiguous."""
    import torch

    return torch.from_numpy(run_stages(source, image)[-1].array)


def apply(op: PixelOp, picture: Image.Image, pillow: int) -> Image.Image:
    """One pixel operation on a picture of mode RGB or L."""
    size = (picture.height, picture.width)
    match op:
        case Gray(channels):
            luma = picture.convert("L")
            return luma if channels == 1 else luma.convert("RGB")
        case Resize(int(short), filter_, max_size):
            return resize(picture, _positive(short_side_size(size, short, max_size), size), filter_, pillow)
        case Resize((height, width), filter_):
            return resize(picture, (height, width), filter_, pillow)
        case Letterbox(box, filter_, fill):
            inner = contained_size(size, box)
            if min(inner) < 1 and pillow >= EMPTY_CONTAIN:  # nothing of the picture is left: it lies beside the canvas
                return _placed(picture, box, (0, box[1]), fill)
            inner = _positive(inner, size)
            return _placed(resize(picture, inner, filter_, pillow), box, letterbox_offset(inner, box), fill)
        case CenterCrop(crop):
            top, left = crop_offset(size, crop)
            return _placed(picture, crop, (-top, -left), (0, 0, 0))
        case Pad(left, top, right, bottom, fill):
            return _placed(picture, (size[0] + top + bottom, size[1] + left + right), (top, left), fill)
    raise TypeError(f"no pixel operation: {op!r}")


def to_tensor(tensor: ToTensor, pixels: npt.NDArray[np.uint8]) -> npt.NDArray[Any]:
    """(H, W, C) uint8 → the tensor, by the table of levels."""
    import numpy as np

    patterns = {"float32": np.uint32, "float16": np.uint16, "uint8": np.uint8, "int8": np.uint8}
    table = np.array(tensor.levels, dtype=patterns[tensor.dtype]).view(tensor.dtype)
    ordered = pixels[:, :, ::-1] if tensor.reverse_channels else pixels
    planes = np.stack([table[channel][ordered[:, :, channel]] for channel in range(tensor.channels)])
    return (planes if tensor.layout == "NCHW" else planes.transpose(1, 2, 0)).reshape(tensor.shape)


def _placed(picture: Image.Image, size: Size, offset: tuple[int, int], fill: Fill) -> Image.Image:
    """A canvas of `size` in `fill` with the picture at (top, left), which may be negative: what is outside is cut."""
    from PIL import Image

    if size == (picture.height, picture.width) and offset == (0, 0):
        return picture
    canvas = Image.new(picture.mode, (size[1], size[0]), fill[0] if picture.mode == "L" else fill)
    canvas.paste(picture, (offset[1], offset[0]))
    return canvas


def _positive(size: Size, source: Size) -> Size:
    if min(size) < 1:
        problem = f"a picture of {source[1]} x {source[0]} pixels would be resized to {size[1]} x {size[0]}"
        raise PictureError(problem, hint="Give a picture of a less extreme shape")
    return size


def _pixels(picture: Image.Image) -> npt.NDArray[np.uint8]:
    import numpy as np

    array = np.asarray(picture)
    return np.ascontiguousarray(array if array.ndim == 3 else array[:, :, None])
