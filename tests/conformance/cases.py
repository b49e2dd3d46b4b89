"""Random cases: a picture, how it lies in its file, and a spec. The same seed gives the same cases everywhere."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from edgegen.spec.check import check_image_input
from edgegen.spec.geometry import contained_size, output_size
from edgegen.spec.model_spec import ImageDtype, ImageInput, Layout
from edgegen.spec.steps import (
    CenterCrop,
    Color,
    Filter,
    Letterbox,
    Normalize,
    Pad,
    Quantize,
    Rescale,
    Resize,
    Size,
    Step,
    ToFloat,
)

Truth = Literal["plan", "v1", "v2", "preset"]
"""What a tensor is compared with: the plan run by the reference, or also a torchvision object itself: a Compose of v1
or v2, or the ImageClassification preset that torchvision's weights come with."""

LONGEST_SIDE = 4096
PIXEL_BUDGET = 1 << 20
"""Pixels of a picture after any step."""
LARGE_EVERY = 120
LARGE_BUDGET = 12 << 20
"""One case in 120 is a large photo, and may have as many pixels as a camera makes."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `stored_size` is (height, width) in the file, before `orientation` (EXIF, 1..8) turns the picture."""

    name: str
    seed: int
    stored_size: Size
    orientation: int
    texture: str
    row_padding: int
    image_input: ImageInput
    truth: Truth

    @property
    def size(self) -> Size:
        """(height, width) of the upright picture."""
        height, width = self.stored_size
        return (width, height) if self.orientation >= 5 else (height, width)


TEXTURES = ("noise", "extremes", "smooth")


def make_cases(seed: int, count: int) -> list[Case]:
    """`count` cases. Those that would grow beyond the budget are drawn again."""
    rng = random.Random(seed)
    cases: list[Case] = []
    while len(cases) < count:
        large = len(cases) % LARGE_EVERY == LARGE_EVERY - 1
        case = _case(rng, str(len(cases)), large)
        if _largest(case) <= (LARGE_BUDGET if large else PIXEL_BUDGET):
            cases.append(case)
    return cases


def _case(rng: random.Random, name: str, large: bool) -> Case:
    truth: Truth = rng.choice(("plan", "plan", "plan", "v1", "v2", "preset"))
    stored_size = (rng.randint(1500, 3100), rng.randint(2000, LONGEST_SIDE)) if large else _picture_size(rng)
    orientation = rng.choice((1, 1, 2, 3, 4, 5, 6, 7, 8))
    upright = (stored_size[1], stored_size[0]) if orientation >= 5 else stored_size
    return Case(
        name=name,
        seed=rng.getrandbits(32),
        stored_size=stored_size,
        orientation=orientation,
        texture=rng.choice(TEXTURES),
        row_padding=rng.choice((0, 0, 1, 7, 64)),
        image_input=_image_input(rng, upright, truth),
        truth=truth,
    )


def _picture_size(rng: random.Random) -> Size:
    kind = rng.choice(("any", "any", "any", "tiny", "tall", "wide"))
    if kind == "tiny":
        return rng.randint(1, 8), rng.randint(1, 8)
    if kind == "tall":
        return _side(rng, 256, LONGEST_SIDE), _side(rng, 1, 64)
    if kind == "wide":
        return _side(rng, 1, 64), _side(rng, 256, LONGEST_SIDE)
    return _side(rng), _side(rng)


def _side(rng: random.Random, low: int = 1, high: int = LONGEST_SIDE) -> int:
    """Each octave as likely as the next, so that small sizes, where edges matter, are not rare."""
    return min(high, int(low * (high / low + 1) ** rng.random()))


def _image_input(rng: random.Random, size: Size, truth: Truth) -> ImageInput:
    pixel_steps, end = _preset_steps(rng) if truth == "preset" else _pixel_steps(rng, size)
    color = next((step for step in pixel_steps if isinstance(step, Color)), Color("RGB"))
    # torchvision has no BGR; a Compose cannot be its truth.
    if color.order == "RGB" and truth == "plan" and rng.random() < 0.5:
        color = Color("BGR")
        pixel_steps.insert(rng.randint(0, len(pixel_steps)), color)
    channels = color.channels
    dtype, value_steps = _value_steps(rng, channels, truth)
    layout: Layout = rng.choice(("NCHW", "NHWC")) if truth == "plan" else "NCHW"
    shape = (1, channels, *end) if layout == "NCHW" else (1, *end, channels)
    pillow = rng.choice((13, 12)) if truth == "plan" else 13
    image_input = ImageInput("image", shape, dtype, layout, (*pixel_steps, *value_steps), pillow)
    check_image_input(image_input, "conformance")
    return image_input


def _preset_steps(rng: random.Random) -> tuple[list[Step], Size]:
    crop = rng.choice((224, 224, 96, 288))
    by = rng.choice((Filter.NEAREST, Filter.BILINEAR, Filter.BICUBIC))
    return [Resize(rng.choice((crop, crop * 8 // 7, 256)), by), CenterCrop((crop, crop))], (crop, crop)


def _pixel_steps(rng: random.Random, size: Size) -> tuple[list[Step], Size]:
    """Some steps whose last size does not depend on the picture, and that size."""
    steps: list[Step] = []
    gray = rng.random() < 0.25
    gray_at = rng.randint(0, 2)
    fixed: Size | None = None
    after = size
    for index in range(rng.choice((1, 2, 2, 2, 3, 3, 4))):
        if gray and index == gray_at:
            steps.append(Color("gray", rng.choice((1, 3))))
        one_level = any(isinstance(step, Color) for step in steps)
        step = _pixel_step(rng, after, one_level)
        end = output_size(step, fixed)
        if end is not None and min(end) < 1:
            continue  # no picture could pass: that is a bad spec, not a case
        steps.append(step)
        fixed = end
        after = _size_after(step, after)
    if gray and not any(isinstance(step, Color) for step in steps):
        steps.append(Color("gray", rng.choice((1, 3))))
    if fixed is None:
        steps.append(CenterCrop(_target(rng, after)))
        fixed = output_size(steps[-1], None)
    assert fixed is not None
    return steps, fixed


def _pixel_step(rng: random.Random, size: Size, one_level: bool) -> Step:
    def fill() -> tuple[int, int, int]:
        red, green, blue = rng.randrange(256), rng.randrange(256), rng.randrange(256)
        return (red, red, red) if one_level else (red, green, blue)

    by = rng.choice(list(Filter))
    match rng.choice(("short", "short", "exact", "exact", "letterbox", "crop", "crop", "pad")):
        case "short":
            short = _side(rng, 1, 512)
            # A limit just above the short side is one that binds.
            return Resize(short, by, rng.choice((None, None, short + 1 + int(short * rng.random()))))
        case "exact":
            return Resize(_target(rng, size), by)
        case "letterbox":
            return Letterbox(_target(rng, size), by, fill())
        case "crop":
            return CenterCrop(_target(rng, size))
        case _:
            return Pad(rng.randint(0, 9), rng.randint(0, 9), rng.randint(0, 9), rng.randint(0, 9), fill())


def _target(rng: random.Random, size: Size) -> Size:
    """A size to go to: like a model's, near the picture's own, or any."""
    match rng.choice(("model", "near", "near", "any")):
        case "model":
            side = rng.choice((28, 96, 160, 224, 256))
            return side, side
        case "near":
            return _near(rng, size[0]), _near(rng, size[1])
        case _:
            return _side(rng, 1, 1024), _side(rng, 1, 1024)


def _near(rng: random.Random, side: int) -> int:
    return max(1, rng.choice((side, side - 1, side + 1, side // 2, side * 2, side - rng.randint(0, side))))


def _value_steps(rng: random.Random, channels: int, truth: Truth) -> tuple[ImageDtype, list[Step]]:
    mean = tuple(round(rng.uniform(0.3, 0.6), 3) for _ in range(channels))
    std = tuple(round(rng.uniform(0.2, 0.3), 3) for _ in range(channels))
    normalize: list[Step] = [Normalize(mean, std)] if rng.random() < 0.8 else []
    if truth == "preset":
        return "float32", [ToFloat(255.0), Normalize(mean, std)]
    if truth in ("v1", "v2") and rng.random() < 0.2:
        return "uint8", []
    if truth == "v1":
        return "float32", [ToFloat(255.0), *normalize]
    if truth == "v2":
        return "float32", [ToFloat(1.0), Rescale(1 / 255), *normalize]
    match rng.choice(("float32", "float32", "float16", "uint8", "quint8", "int8")):
        case "float32":
            first: list[Step] = [ToFloat(255.0)] if rng.random() < 0.5 else [ToFloat(1.0), Rescale(1 / 128, -1.0)]
            return "float32", [*first, *normalize]
        case "float16":
            return "float16", [ToFloat(255.0, "float16"), *normalize]
        case "uint8":
            return "uint8", []
        case "quint8":
            return "uint8", [ToFloat(255.0), *normalize, Quantize(rng.uniform(0.005, 0.03), rng.randint(90, 160))]
        case _:
            return "int8", [ToFloat(255.0), *normalize, Quantize(rng.uniform(0.005, 0.03), rng.randint(-30, 30))]


def _size_after(step: Step, size: Size) -> Size:
    """As the geometry has it, with a side of 0 (a refused case) counted as 1."""
    height, width = output_size(step, size) or size
    return max(1, height), max(1, width)


def _largest(case: Case) -> int:
    """Pixels of the largest picture on the way, those between a resize's two passes included."""
    size = case.size
    largest = size[0] * size[1]
    for step in case.image_input.steps:
        after = _size_after(step, size)
        inner = after
        if isinstance(step, Letterbox):
            inner = contained_size(size, step.size)
        if isinstance(step, Resize | Letterbox):
            largest = max(largest, size[0] * inner[1], size[1] * inner[0])
        largest = max(largest, after[0] * after[1])
        size = after
    return largest
