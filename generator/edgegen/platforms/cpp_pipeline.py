"""A plan as C++: one function to a picture input that reads like the transform it mirrors, and its table of levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgegen.platforms.calls import pixel_call
from edgegen.platforms.cpp import camel, unique_identifiers
from edgegen.platforms.levels import channel_name, decimal, with_article
from edgegen.render.filters import cpp_string
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.plan import PixelOp, Plan, ToTensor
from edgegen.spec.steps import Fill, Filter
from edgegen.spec.words import input_text, value_formula

_FILTERS: Final = {
    Filter.NEAREST: "Filter::kNearest",
    Filter.BOX: "Filter::kBox",
    Filter.BILINEAR: "Filter::kBilinear",
    Filter.HAMMING: "Filter::kHamming",
    Filter.BICUBIC: "Filter::kBicubic",
    Filter.LANCZOS: "Filter::kLanczos",
}
_BITS: Final = {
    "float32": ("std::uint32_t", 8),
    "float16": ("std::uint16_t", 4),
    "uint8": ("std::uint8_t", 2),
    "int8": ("std::uint8_t", 2),
}


class CppPipeline:
    """The C++ text of every picture input of a model."""

    def __init__(self, inputs: tuple[ImageInput, ...], plans: Mapping[str, Plan]) -> None:
        self.inputs = inputs
        self.plans = plans
        self.names = unique_identifiers(item.name for item in inputs)

    def function(self, name: str) -> str:
        """The function that fills the input of that name."""
        return f"fill_{self.names[name]}"

    def declarations(self) -> str:
        """For pipeline.h: each function with what it does."""
        return "\n\n".join(self._declaration(item) for item in self.inputs)

    def definitions(self) -> str:
        """For pipeline.cpp."""
        return "\n\n".join(self._definition(item) for item in self.inputs)

    def table(self) -> str:
        """For pipeline.cpp: from the input's name to its function."""
        lines = [
            f"    if (input == {cpp_string(item.name)}) return {self.function(item.name)};" for item in self.inputs
        ]
        return "\n".join(lines)

    def levels_declarations(self) -> str:
        """For model_spec.h: the tables of levels, empty where there is no picture."""
        return "".join(
            f"\n/// What each 8-bit level becomes in each channel of {item.name}, "
            f"as bits of {with_article(item.dtype)}:\n"
            f"/// {value_formula(item)}\n"
            f"extern const {_BITS[item.dtype][0]} {self._levels(item)}[{item.channels}][256];\n"
            for item in self.inputs
        )

    def levels_definitions(self) -> str:
        """For model_spec.cpp."""
        return "".join(f"\n{self._levels_definition(item)}\n" for item in self.inputs)

    def _levels(self, item: ImageInput) -> str:
        return f"k{camel(self.names[item.name])}Levels"

    def _declaration(self, item: ImageInput) -> str:
        return (
            f"/// {item.name}: {input_text(item)}\n"
            f"void {self.function(item.name)}(const edgegen::ImageView& photo, Tensor& tensor,\n"
            f"{' ' * len('void ' + self.function(item.name) + '(')}const StageObserver& observe = {{}});"
        )

    def _definition(self, item: ImageInput) -> str:
        plan = self.plans[item.name]
        order = "PassOrder::kPillow13" if plan.pillow >= 13 else "PassOrder::kHorizontalFirst"
        lines = [
            f"void {self.function(item.name)}(const ImageView& photo, Tensor& tensor, const StageObserver& observe) {{",
            f"    Picture picture(photo, {order});",
        ]
        for stage, op in zip(plan.stage_names()[1:], plan.pixel_ops, strict=False):
            lines.append(f'    picture = seen(observe, "{stage}", picture.{_call(op)});')
        height, width = item.size
        lines.append(f"    require_size(picture, {height}, {width});")
        lines.append(f"    edgegen::{_last_kernel(plan.tensor, self._levels(item))}")
        return "\n".join([*lines, "}"])

    def _levels_definition(self, item: ImageInput) -> str:
        bits, digits = _BITS[item.dtype]
        lines = [f"const {bits} {self._levels(item)}[{item.channels}][256] = {{"]
        for channel, row in enumerate(self.plans[item.name].tensor.levels):
            first, last = (decimal(value, item.dtype) for value in (row[0], row[-1]))
            lines.append(
                f"    // {channel_name(item, channel)}: {value_formula(item, channel)}; 0 becomes {first}, 255 {last}."
            )
            lines.append("    {")
            for start in range(0, 256, 8):
                lines.append("        " + ", ".join(f"0x{value:0{digits}x}" for value in row[start : start + 8]) + ",")
            lines.append("    },")
        return "\n".join([*lines, "};"])


def _call(op: PixelOp) -> str:
    return pixel_call(op, str, _FILTERS.__getitem__, _color)


def _last_kernel(tensor: ToTensor, levels: str) -> str:
    kernel = "to_chw" if tensor.layout == "NCHW" else "to_hwc"
    order = "ChannelOrder::kBgr" if tensor.reverse_channels else "ChannelOrder::kRgb"
    return f"{kernel}(picture, {levels}, {order}, tensor.bytes.data());"


def _color(fill: Fill) -> str:
    return f"Color{{{fill[0]}, {fill[1]}, {fill[2]}}}"
