"""What flows through a chain of transforms at one point: a PIL picture, a uint8 tensor or a float tensor.

The handlers (`pil`, `tensor`) read one transform each and change the flow; its steps are the result. Pixel steps that
a chain applies to a tensor are put before the conversion, where their result is the same, or are refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, NoReturn

from edgegen.spec.geometry import output_size
from edgegen.spec.infer.errors import UnsupportedTransform
from edgegen.spec.steps import PIXEL_STEPS, CenterCrop, Color, FloatDtype, Pad, PixelStep, Resize, Size, Step, ValueStep

Kind = Literal["picture", "bytes", "floats"]
"""A PIL picture; a uint8 tensor; a float tensor."""


@dataclass(slots=True)
class Flow:
    """The state after the transforms read so far. `place` names the one being read, as in `Compose[1]: Resize`."""

    place: str = ""
    kind: Kind = "picture"
    is_tv_image: bool = False
    channels: int = 3
    dtype: FloatDtype = "float32"
    steps: list[Step] = field(default_factory=list)
    size: Size | None = None
    least: Size = (1, 1)
    """Both sides are at least this long, even where the size depends on the photo."""
    shifted: bool = False
    """Whether 0 is no longer black: after a Normalize, padding with 0 would be another colour."""
    cast: FloatDtype | None = None
    """A last conversion of the whole tensor to another float type; nothing may be calculated after it."""

    def refuse(self, problem: str, hint: str) -> NoReturn:
        """Raises UnsupportedTransform about the transform that is being read."""
        raise UnsupportedTransform(problem, where=self.place, hint=hint)

    def add_pixel_step(self, step: PixelStep) -> None:
        """Appends a pixel step, before the value steps where there are some."""
        first_value = next((i for i, s in enumerate(self.steps) if not isinstance(s, PIXEL_STEPS)), len(self.steps))
        self.steps.insert(first_value, step)
        self.least = self._least_after(step)
        self.size = output_size(step, self.size)
        if self.size is not None:
            if min(self.size) < 1:
                self.refuse(f"leaves a picture of {self.size[1]} x {self.size[0]} pixels", "Give a larger max_size")
            self.least = self.size

    def add_value_step(self, step: ValueStep) -> None:
        """Appends arithmetic; refused after a conversion to another float type, which a spec has only at the end."""
        if self.cast is not None:
            self.refuse(f"calculates after the conversion to {self.cast}", "Convert to the model's dtype last")
        self.steps.append(step)

    def set_gray(self, channels: int) -> None:
        """To luma, of a picture or, where it is gray already, to that many equal channels."""
        self.channels = channels
        for index, step in enumerate(self.steps):
            if isinstance(step, Color):
                self.steps[index] = replace(step, channels=channels)
                return
        self.add_pixel_step(Color("gray", channels))

    def _least_after(self, step: PixelStep) -> Size:
        match step:
            case Resize(int(short), _, None):
                return short, short
            case Resize(int()):
                return 1, 1
            case Pad(left, top, right, bottom):
                return self.least[0] + top + bottom, self.least[1] + left + right
            case CenterCrop(size):
                return size
            case _:
                return self.least
