"""The table of levels: what the value steps make of each byte, for each channel of the tensor, as bit patterns.

Computed by torch's own operators in the order in which torchvision calls them, so that the last bit is theirs:
against `(x / 255 - mean) / std`, v2's multiplication by 1/255 differs in 322 of 768 values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edgegen.errors import SpecError
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.steps import Normalize, Quantize, Rescale, Step, ToFloat

if TYPE_CHECKING:
    import torch

Levels = tuple[tuple[int, ...], ...]


def levels(image_input: ImageInput) -> Levels:
    """channels x 256 bit patterns, see `edgegen.spec.plan.ToTensor.levels`. Raises SpecError for infinite values."""
    import torch

    table = level_tensor(image_input)
    if not torch.isfinite(table.to(torch.float32)).all():
        raise SpecError(
            f"the steps leave the range of {image_input.dtype}",
            where=f"inputs.{image_input.name}.steps",
            hint="Correct the numbers, or calculate in float32 (to_float's dtype)",
        )
    patterns = {"float32": torch.uint32, "float16": torch.uint16, "uint8": torch.uint8, "int8": torch.uint8}
    return tuple(tuple(row) for row in table.view(patterns[image_input.dtype]).tolist())


def level_tensor(image_input: ImageInput) -> torch.Tensor:
    """The same table as numbers: (channels, 256) in the input's dtype."""
    import torch

    dtypes = {"float32": torch.float32, "float16": torch.float16, "uint8": torch.uint8, "int8": torch.int8}
    # One picture of shape (channels, 256, 1), because Normalize wants channels first.
    x = torch.arange(256, dtype=torch.uint8).reshape(1, 256, 1).repeat(image_input.channels, 1, 1)
    for step in image_input.steps:
        x = apply_value_step(step, x, dtypes[image_input.dtype])
    return x.reshape(image_input.channels, 256).to(dtypes[image_input.dtype]).contiguous()


def apply_value_step(step: Step, x: torch.Tensor, quantized: torch.dtype) -> torch.Tensor:
    """One value step on a (channels, height, width) tensor; a pixel step leaves it as it is."""
    import torch

    match step:
        case ToFloat(divisor, dtype):
            x = x.to(torch.float32 if dtype == "float32" else torch.float16)
            return x if divisor == 1 else x.div(divisor)
        case Rescale(scale, offset):
            x = x if scale == 1 else x.mul(scale)
            # As a tensor: whether a Python number is rounded to float16 first differs from one operator to the next.
            return x if offset == 0 else x.add(torch.tensor(offset, dtype=x.dtype))
        case Normalize(mean, std):
            shape = (len(mean), 1, 1)
            return x.sub(torch.tensor(mean, dtype=x.dtype).view(shape)).div(
                torch.tensor(std, dtype=x.dtype).view(shape)
            )
        case Quantize(scale, zero_point):
            return _quantize(x, scale, zero_point, quantized)
        case _:
            return x


def _quantize(x: torch.Tensor, scale: float, zero_point: int, dtype: torch.dtype) -> torch.Tensor:
    # As quantized_decomposed.quantize_per_tensor, the operator of exported programs. torch.quantize_per_tensor (on its
    # way out) rounds after the zero point is added, so that a tie goes the other way where that is odd.
    import torch

    info = torch.iinfo(dtype)
    rounded = torch.round(x.to(torch.float32).mul(1.0 / scale))
    return torch.clamp(rounded + zero_point, info.min, info.max).to(dtype)
