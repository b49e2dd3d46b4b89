"""What is right: the picture of a case, its stages by `edgegen.reference`, its tensor by torchvision's own objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from edgegen.reference.decode import PictureError
from edgegen.reference.pipeline import Stage, run_stages
from edgegen.spec.plan import Plan
from edgegen.spec.steps import CenterCrop, Color, Letterbox, Normalize, Pad, Resize
from tests.conformance.cases import Case

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PIL import Image

EXIF_ORIENTATION = 0x0112
SMOOTH_CELL = 32


def stored_pixels(case: Case) -> npt.NDArray[np.uint8]:
    """(H, W, 3) uint8 as in the file: noise, only 0 and 255 (filters overshoot there), or a slow, noisy gradient."""
    import numpy as np

    rng = np.random.default_rng(case.seed)
    height, width = case.stored_size
    if case.texture == "noise":
        return rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    if case.texture == "extremes":
        return rng.integers(0, 2, (height, width, 3), dtype=np.uint8) * np.uint8(255)
    rows = np.arange(height, dtype=np.uint32)[:, None, None]
    columns = np.arange(width, dtype=np.uint32)[None, :, None]
    channels = np.arange(3, dtype=np.uint32)[None, None, :]
    noise = rng.integers(0, 4, (height, width, 3), dtype=np.uint32)
    return ((rows * 3 + columns * (channels + 1) + noise) // SMOOTH_CELL * 5 % 256).astype(np.uint8)


def upright(case: Case, pixels: npt.NDArray[np.uint8]) -> Image.Image:
    """The picture as Pillow's `exif_transpose` turns it."""
    from PIL import Image, ImageOps

    picture = Image.fromarray(pixels)
    picture.getexif()[EXIF_ORIENTATION] = case.orientation
    turned = ImageOps.exif_transpose(picture)
    assert turned is not None
    return turned


def expected_stages(plan: Plan, picture: Image.Image) -> list[Stage] | None:
    """The stages of the reference; None if it refuses the picture (a side would become 0)."""
    try:
        return run_stages(plan, picture)
    except PictureError:
        return None


def torchvision_tensor(case: Case, picture: Image.Image) -> npt.NDArray[Any]:
    """The tensor, of the input's shape, from a torchvision object that is built from the steps and run as it is."""
    import torch

    build = {"v1": _v1, "v2": _v2, "preset": _preset}[case.truth]
    tensor = build(case)(picture)
    assert isinstance(tensor, torch.Tensor)
    return tensor.numpy().reshape(case.image_input.shape)


def _v1(case: Case) -> Any:
    from torchvision import transforms as v1

    to_tensor = v1.PILToTensor() if case.image_input.dtype == "uint8" else v1.ToTensor()
    return v1.Compose([*_pixel_transforms(case, v1), to_tensor, *_normalize(case, v1)])


def _v2(case: Case) -> Any:
    import torch
    from torchvision.transforms import v2

    dtype = torch.uint8 if case.image_input.dtype == "uint8" else torch.float32
    to_tensor = [v2.ToImage(), v2.ToDtype(dtype, scale=True)]
    return v2.Compose([*_pixel_transforms(case, v2), *to_tensor, *_normalize(case, v2)])


def _preset(case: Case) -> Any:
    from torchvision.transforms import InterpolationMode
    from torchvision.transforms._presets import ImageClassification

    resize, crop, _, normalize = case.image_input.steps
    assert isinstance(resize, Resize)
    assert isinstance(crop, CenterCrop)
    assert isinstance(normalize, Normalize)
    return ImageClassification(
        crop_size=crop.size[0],
        resize_size=resize.size,
        mean=normalize.mean,
        std=normalize.std,
        interpolation=InterpolationMode(resize.filter.value),
    )


def _normalize(case: Case, transforms: Any) -> list[Any]:
    return [transforms.Normalize(s.mean, s.std) for s in case.image_input.steps if isinstance(s, Normalize)]


def _pixel_transforms(case: Case, transforms: Any) -> list[Any]:
    """The pixel steps in the vocabulary of `torchvision.transforms` or of its v2."""
    from torchvision.transforms import InterpolationMode

    found: list[Any] = []
    for step in case.image_input.steps:
        match step:
            case Color("gray", channels):
                found.append(transforms.Grayscale(channels))
            case Resize(size, by, max_size):
                found.append(transforms.Resize(size, InterpolationMode(by.value), max_size))
            case Letterbox():
                found.append(_Letterbox(step))
            case CenterCrop(size):
                found.append(transforms.CenterCrop(size))
            case Pad(left, top, right, bottom, fill):
                found.append(_pad(transforms, (left, top, right, bottom), fill))
            case _:
                pass
    return found


def _pad(transforms: Any, border: tuple[int, int, int, int], fill: tuple[int, int, int]) -> Callable[[Any], Any]:
    # torchvision wants as many levels as the picture has channels when it runs, so the choice is made then.
    return lambda picture: transforms.Pad(border, fill=fill if picture.mode == "RGB" else fill[0])(picture)


class _Letterbox:
    """torchvision has none; people write it with Pillow's ImageOps.pad."""

    def __init__(self, step: Letterbox) -> None:
        self.step = step

    def __call__(self, picture: Image.Image) -> Image.Image:
        from PIL import Image, ImageOps

        height, width = self.step.size
        fill = self.step.fill if picture.mode == "RGB" else self.step.fill[0]
        return ImageOps.pad(picture, (width, height), Image.Resampling[self.step.filter.name], fill)
