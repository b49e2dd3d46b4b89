# SPDX-License-Identifier: MIT-0
# Generated from edgegen.toml; "edgegen export" rewrites this file.
"""What the model sees, in Python: the same bits as generated/pipeline.cpp gives, with Pillow 13."""

import torch
from PIL import Image, ImageOps


{% if "resize_short_side" in cookiecutter.python_helpers %}
def resize_short_side(picture: Image.Image, short: int, resample: Image.Resampling, max_size: int | None) -> Image.Image:
    """torchvision's Resize(short, max_size)."""
    small, large = sorted(picture.size)
    new_short, new_long = short, int(short * large / small)
    if max_size is not None and new_long > max_size:
        new_short, new_long = int(max_size * new_short / new_long), max_size
    size = (new_short, new_long) if picture.width <= picture.height else (new_long, new_short)
    return picture.resize(size, resample)


{% endif %}
{% if "center_crop" in cookiecutter.python_helpers %}
def center_crop(picture: Image.Image, height: int, width: int) -> Image.Image:
    """torchvision's CenterCrop: black where the picture is smaller; half a pixel goes to the even side."""

    def start(length: int, crop: int) -> int:
        return -((crop - length) // 2) if crop > length else round((length - crop) / 2.0)

    left, top = start(picture.width, width), start(picture.height, height)
    return picture.crop((left, top, left + width, top + height))


{% endif %}
{% if "fill" in cookiecutter.python_helpers %}
def fill(picture: Image.Image, color: tuple[int, int, int]) -> int | tuple[int, int, int]:
    """A colour as the picture's mode wants it."""
    return color[0] if picture.mode == "L" else color


{% endif %}
{% if "pad" in cookiecutter.python_helpers %}
def pad(picture: Image.Image, left: int, top: int, right: int, bottom: int, color: tuple[int, int, int]) -> Image.Image:
    """torchvision's Pad."""
    canvas = Image.new(picture.mode, (picture.width + left + right, picture.height + top + bottom), fill(picture, color))
    canvas.paste(picture, (left, top))
    return canvas


{% endif %}
def planes(picture: Image.Image, reverse: bool) -> torch.Tensor:
    """C x H x W, uint8; `reverse` makes RGB BGR."""
    pixels = torch.frombuffer(bytearray(picture.tobytes()), dtype=torch.uint8)
    x = pixels.reshape(picture.height, picture.width, -1).permute(2, 0, 1)
    return x.flip(0) if reverse else x


{% if "column" in cookiecutter.python_helpers %}
def column(values: list[float], like: torch.Tensor) -> torch.Tensor:
    """One value to a channel."""
    return torch.tensor(values, dtype=like.dtype).view(-1, 1, 1)


{% endif %}
{% if "quantize" in cookiecutter.python_helpers %}
def quantize(x: torch.Tensor, scale: float, zero_point: int, dtype: torch.dtype) -> torch.Tensor:
    """round(x * (1 / scale)) + zero_point, half to even, within the dtype's range."""
    limits = torch.iinfo(dtype)
    rounded = torch.round(x.to(torch.float32).mul(1.0 / scale))
    return torch.clamp(rounded + zero_point, limits.min, limits.max).to(dtype)


{% endif %}
{{ cookiecutter.python_functions }}


def open_picture(path: str) -> Image.Image:
    """The file as an upright RGB picture."""
    with Image.open(path) as file:
        return ImageOps.exif_transpose(file).convert("RGB")


# (name, shape, dtype, what makes it of a picture)
INPUTS = [
{{ cookiecutter.python_inputs }}
]
# (name, how class scores become probabilities; None where the output is no class scores)
OUTPUTS = [
{{ cookiecutter.python_outputs }}
]
