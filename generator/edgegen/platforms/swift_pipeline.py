"""A plan as Swift: one method to a picture input that reads like the transform it mirrors, and its table of levels."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from edgegen.platforms.calls import pixel_call
from edgegen.platforms.java import camel, unique_words
from edgegen.platforms.levels import channel_name, decimal, with_article
from edgegen.platforms.swift import (
    LINE,
    code,
    comment,
    doc,
    elements,
    hexadecimal,
    identifier,
    unbroken,
    wrapped_comment,
)
from edgegen.render.filters import swift_string
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.plan import PixelOp, Plan
from edgegen.spec.steps import Fill
from edgegen.spec.words import step_texts, value_formula

# The Swift type of a bit pattern, and its digits.
_BITS: Final = {"float32": ("UInt32", 8), "float16": ("UInt16", 4), "uint8": ("UInt8", 2), "int8": ("UInt8", 2)}
_LEVELS_A_LINE: Final = 4
# The names of the arguments, which Swift wants to see, by the kernel and its number of arguments.
_LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "gray": ("channels",),
    "resize": ("height", "width", ""),
    "resizeShortSide": ("", "", "maxSize"),
    "letterbox": ("height", "width", "", "red", "green", "blue"),
    "centerCrop": ("height", "width"),
    "pad": ("left", "top", "right", "bottom", "red", "green", "blue"),
}


def stored_pixels(plan: Plan, item: ImageInput) -> Plan:
    """`plan` for a model that takes the picture itself: its last kernel leaves the pixels as they are.

    The tensor becomes 1 x H x W x C uint8 in R G B, or gray.
    """
    height, width = item.size
    channels = 1 if item.color.order == "gray" else 3
    tensor = replace(
        plan.tensor,
        channels=channels,
        reverse_channels=False,
        layout="NHWC",
        dtype="uint8",
        shape=(1, height, width, channels),
        levels=(tuple(range(256)),) * channels,
    )
    return replace(plan, tensor=tensor)


class SwiftPipeline:
    """The Swift text of every picture input of a model.

    `as_pictures` says that the model takes pixels, not a tensor of them, and that `plans` are those of stored_pixels.
    """

    def __init__(self, inputs: tuple[ImageInput, ...], plans: Mapping[str, Plan], *, as_pictures: bool) -> None:
        self.inputs = inputs
        self.plans = plans
        self.as_pictures = as_pictures
        self.names = unique_words(item.name for item in inputs)

    def context(self) -> Mapping[str, object]:
        """What ModelSpec.swift, Pipeline.swift and GoldenLevels.swift substitute."""
        return {
            "pipeline_functions": "\n\n".join(self._function(item) for item in self.inputs),
            "pipeline_cases": "\n".join(self._case(item) for item in self.inputs),
            "pipeline_inputs": ", ".join(swift_string(item.name) for item in self.inputs),
            "golden_levels": elements([self._golden(item) for item in self.inputs]),
            "levels": "".join(f"\n{self._levels_table(item)}\n" for item in self.inputs),
        }

    def function(self, name: str) -> str:
        """The function that fills the input of that name."""
        return f"fill{camel(self.names[name])}"

    def levels(self, item: ImageInput) -> str:
        """The name of an input's table in ModelSpec."""
        return identifier([*self.names[item.name], "levels"])

    def _golden(self, item: ImageInput) -> str:
        values = [value for row in self.plans[item.name].tensor.levels for value in row]
        checksum = zlib.crc32(struct.pack(f"<{len(values)}I", *values))
        name = swift_string(item.name)
        return f"        {name}: (ModelSpec.{self.levels(item)}.map {{ UInt32($0) }}, {hexadecimal(checksum, 8)})"

    def _case(self, item: ImageInput) -> str:
        return (
            f"        case {swift_string(item.name)}:\n"
            f"            try {self.function(item.name)}(photo, workspace, tensor, observer)"
        )

    def _function(self, item: ImageInput) -> str:
        plan = self.plans[item.name]
        order = ".pillow13" if plan.pillow >= 13 else ".horizontalFirst"
        height, width = item.size
        kernel = "toChw" if plan.tensor.layout == "NCHW" else "toHwc"
        channels = ".bgr" if plan.tensor.reverse_channels else ".rgb"
        lines = [
            wrapped_comment(f"{code(item.name)}: {self._words(item)}.", "    "),
            f"    private static func {self.function(item.name)}(",
            "        _ photo: any PixelSource,",
            "        _ workspace: Workspace,",
            "        _ tensor: UnsafeMutableRawBufferPointer,",
            "        _ observer: Observer?",
            "    ) throws(KernelError) {",
            f"        let seen = try workspace.picture(photo, {order})",
        ]
        for stage, op in zip(plan.stage_names()[1:], plan.pixel_ops, strict=False):
            call, shown = f"            .{_call(op)}", f".stage({swift_string(stage)}, observer)"
            lines += [call + shown] if len(call + shown) <= LINE else [call, f"            {shown}"]
        lines.append(f"        try seen.requireSize(height: {height}, width: {width})")
        arguments = f"seen, levels: ModelSpec.{self.levels(item)}, order: {channels}, into: tensor"
        last = f"        try ToTensor.{kernel}({arguments})"
        if len(last) > LINE:
            last = f"        try ToTensor.{kernel}(\n            {arguments}\n        )"
        return "\n".join([*lines, last, "    }"])

    def _words(self, item: ImageInput) -> str:
        tensor = self.plans[item.name].tensor
        shape = "x".join(map(str, tensor.shape))
        # The last of the texts is the formula of the value steps.
        steps = [unbroken(doc(step)) for step in step_texts(item)[:-1]]
        if self.as_pictures:
            return " → ".join([*steps, f"{shape} uint8, which the model normalises itself"])
        return " → ".join([*steps, code(value_formula(item)), unbroken(f"{shape} {tensor.dtype} {tensor.layout}")])

    def _levels_table(self, item: ImageInput) -> str:
        tensor = self.plans[item.name].tensor
        bits, digits = _BITS[tensor.dtype]
        became = "itself" if self.as_pictures else code(value_formula(item))
        text = (
            f"What each 8-bit level becomes in each channel of {code(item.name)}, 256 to a channel, as the bits of "
            f"{with_article(tensor.dtype)}: {became}."
        )
        lines = [wrapped_comment(text, "    "), f"    static let {self.levels(item)}: [{bits}] = ["]
        for channel, row in enumerate(tensor.levels):
            lines.append(wrapped_comment(self._of_channel(item, channel, row), " " * 8, "//"))
            for start in range(0, 256, _LEVELS_A_LINE):
                values = (hexadecimal(value, digits) for value in row[start : start + _LEVELS_A_LINE])
                lines.append(f"        {', '.join(values)},")
        return "\n".join([*lines, "    ]"])

    def _of_channel(self, item: ImageInput, channel: int, row: tuple[int, ...]) -> str:
        dtype = self.plans[item.name].tensor.dtype
        first, last = (decimal(value, dtype) for value in (row[0], row[-1]))
        if self.as_pictures:
            names = ("gray",) if len(self.plans[item.name].tensor.levels) == 1 else ("red", "green", "blue")
            return f"{names[channel]}: 0 becomes {first}, 255 {last}."
        formula = unbroken(comment(value_formula(item, channel)))
        return f"{channel_name(item, channel)}: {formula}; 0 becomes {first}, 255 {last}."


def _call(op: PixelOp) -> str:
    """The call with the names of its arguments, as `centerCrop(height: 224, width: 224)`."""
    text = pixel_call(op, _method, lambda filter_: f".{filter_.name.lower()}", _color)
    method, _, rest = text.partition("(")
    arguments = rest.removesuffix(")").split(", ")
    named = [
        f"{label}: {argument}" if label else argument
        for label, argument in zip(_LABELS[method], arguments, strict=False)
    ]
    return f"{method}({', '.join(named)})"


def _method(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _color(fill: Fill) -> str:
    return f"{fill[0]}, {fill[1]}, {fill[2]}"
