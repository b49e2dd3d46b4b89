"""What the cases of a run have touched, each with its count. What a run never touches, it proves nothing of."""

from __future__ import annotations

from collections import Counter

from edgegen.reference.resize import vertical_first
from edgegen.spec.check import STEP_NAMES
from edgegen.spec.geometry import contained_size, output_size
from edgegen.spec.steps import CenterCrop, Color, Filter, Letterbox, Quantize, Resize, Size, Step
from tests.conformance.cases import TEXTURES, Case

EXPECTED: dict[str, tuple[str, ...]] = {
    "steps": (*(name for name in STEP_NAMES.values()), "short_side", "exact_size", "max_size", "crop_beyond_edge"),
    "filters": tuple(by.value for by in Filter),
    "orientations": tuple(str(number) for number in range(1, 9)),
    "pass orders": ("pillow13_vertical_first", "pillow13_horizontal_first", "older_horizontal_first", "order_matters"),
    "scaling": ("down", "up", "down_and_up", "one_axis", "more_than_one_resize"),
    "colors": ("RGB", "BGR", "gray_1", "gray_3"),
    "layouts": ("NCHW", "NHWC"),
    "dtypes": ("float32", "float16", "uint8", "int8"),
    "pictures": ("tiny", "tall", "wide", "over_3_megapixels", "row_gaps", *TEXTURES),
    "truths": ("plan", "v1", "v2", "preset"),
    "outcomes": ("tensor", "refused"),
    "paths": (),
}
EXTREME_RATIO = 8
TINY = 8
LARGE = 3_000_000


class Coverage:
    """Counts by group and item."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        self.counts: dict[str, Counter[str]] = {group: Counter() for group in EXPECTED}
        self.expected = EXPECTED | {"paths": paths}

    def add(self, case: Case, refused: bool) -> None:
        """Counts one case."""
        image_input = case.image_input
        self.counts["orientations"][str(case.orientation)] += 1
        self.counts["layouts"][image_input.layout] += 1
        self.counts["dtypes"][image_input.dtype] += 1
        self.counts["truths"][case.truth] += 1
        self.counts["outcomes"]["refused" if refused else "tensor"] += 1
        color = image_input.color
        self.counts["colors"][f"gray_{color.channels}" if color.order == "gray" else color.order] += 1
        self._picture(case)
        size: Size | None = case.size
        for step in image_input.steps:
            self._step(step, size, image_input.pillow)
            size = output_size(step, size)
            if size is not None and min(size) < 1:
                break
        if sum(isinstance(step, Resize | Letterbox) for step in image_input.steps) > 1:
            self.counts["scaling"]["more_than_one_resize"] += 1

    def ran(self, path: str, cases: int) -> None:
        """Counts cases that a path has computed."""
        self.counts["paths"][path] += cases

    def missing(self) -> list[str]:
        """What was never touched, as "group item"."""
        return [f"{g} {item}" for g, items in self.expected.items() for item in items if self.counts[g][item] == 0]

    def lines(self) -> list[str]:
        """One line to a group."""
        width = max(map(len, self.expected))
        return [
            f"{group:<{width}}  " + "  ".join(f"{item} {self.counts[group][item]}" for item in items)
            for group, items in self.expected.items()
        ]

    def _picture(self, case: Case) -> None:
        height, width = case.size
        pictures = self.counts["pictures"]
        pictures[case.texture] += 1
        pictures["tiny"] += max(height, width) <= TINY
        pictures["tall"] += height >= EXTREME_RATIO * width
        pictures["wide"] += width >= EXTREME_RATIO * height
        pictures["over_3_megapixels"] += height * width > LARGE
        pictures["row_gaps"] += case.row_padding > 0

    def _step(self, step: Step, size: Size | None, pillow: int) -> None:
        steps = self.counts["steps"]
        steps[STEP_NAMES[type(step)]] += 1
        match step:
            case Resize(wanted, _, max_size):
                steps["short_side" if isinstance(wanted, int) else "exact_size"] += 1
                steps["max_size"] += max_size is not None
            case CenterCrop((height, width)) if size is not None:
                steps["crop_beyond_edge"] += height > size[0] or width > size[1]
            case Color() | Quantize():
                return
            case _:
                pass
        if isinstance(step, Resize | Letterbox) and size is not None:
            after = contained_size(size, step.size) if isinstance(step, Letterbox) else output_size(step, size)
            if after is not None and min(after) >= 1:
                self._resize(step.filter, size, after, pillow)

    def _resize(self, by: Filter, size: Size, after: Size, pillow: int) -> None:
        self.counts["filters"][by.value] += 1
        scaling = self.counts["scaling"]
        changes = {(new > old) - (new < old) for old, new in zip(size, after, strict=True)}
        scaling["down"] += -1 in changes
        scaling["up"] += 1 in changes
        scaling["down_and_up"] += {-1, 1} <= changes
        scaling["one_axis"] += 0 in changes and len(changes) > 1
        if by is Filter.NEAREST:
            return
        orders = self.counts["pass orders"]
        down_first = vertical_first(size, after, 13)
        if pillow < 13:
            orders["older_horizontal_first"] += 1
            orders["order_matters"] += down_first and 0 not in changes
        else:
            orders["pillow13_vertical_first" if down_first else "pillow13_horizontal_first"] += 1
