"""Plan: a picture input lowered to what a kernel is called with. Every language prints this; the reference runs it.

The value steps have vanished: for one input byte and one channel of the tensor they always give the same bits, so
they are a table (`ToTensor.levels`) and neither the order of operations nor a fused multiply-add can change them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from edgegen.spec.model_spec import ImageDtype, ImageInput, Layout
from edgegen.spec.steps import CenterCrop, Color, Letterbox, Pad, Resize, Step


@dataclass(frozen=True, slots=True)
class Gray:
    """To luma; `channels` 1, or 3 for the luma three times."""

    channels: int


PixelOp: TypeAlias = Gray | Resize | Letterbox | CenterCrop | Pad

OP_NAMES: dict[type[PixelOp], str] = {
    Gray: "gray",
    Resize: "resize",
    Letterbox: "letterbox",
    CenterCrop: "center_crop",
    Pad: "pad",
}


@dataclass(frozen=True, slots=True)
class ToTensor:
    """The last kernel: `tensor[c][y][x] = levels[c][pixel[y][x][reverse_channels ? 2 - c : c]]`, in `layout`.

    `levels` is channels x 256 bit patterns: uint32 of a float32, uint16 of a float16, 0..255 of a uint8 or int8
    (two's complement). The first index is the channel *of the tensor*, so blue for a BGR one's first.
    """

    channels: int
    reverse_channels: bool
    layout: Layout
    dtype: ImageDtype
    shape: tuple[int, ...]
    levels: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Pixel operations in order (fills in RGB order), the tensor, and the Pillow major version of the pass order."""

    pixel_ops: tuple[PixelOp, ...]
    tensor: ToTensor
    pillow: int

    def stage_names(self) -> tuple[str, ...]:
        """The stages: "decoded", then "1_resize", "2_center_crop" …, then "tensor"."""
        ops = (f"{index}_{OP_NAMES[type(op)]}" for index, op in enumerate(self.pixel_ops, start=1))
        return ("decoded", *ops, "tensor")


def lower(image_input: ImageInput) -> Plan:
    """The plan of a checked picture input. Imports torch, which computes the table of levels."""
    from edgegen.reference.levels import levels

    return plan_with(image_input, levels(image_input))


def plan_with(image_input: ImageInput, levels: tuple[tuple[int, ...], ...]) -> Plan:
    """The plan of a checked picture input whose table of levels is known."""
    color = image_input.color
    tensor = ToTensor(
        channels=image_input.channels,
        reverse_channels=color.order == "BGR",
        layout=image_input.layout,
        dtype=image_input.dtype,
        shape=image_input.shape,
        levels=levels,
    )
    return Plan(tuple(_pixel_ops(image_input.steps)), tensor, image_input.pillow)


def _pixel_ops(steps: tuple[Step, ...]) -> list[PixelOp]:
    # BGR is no pixel operation: it commutes with every geometry step, so the last kernel reads the channels backwards.
    ops: list[PixelOp] = []
    for step in steps:
        if isinstance(step, Color):
            if step.order == "gray":
                ops.append(Gray(step.channels))
        elif isinstance(step, Resize | Letterbox | CenterCrop | Pad):
            ops.append(step)
    return ops
