"""A plan as Java: one method to a picture input that reads like the transform it mirrors, and its table of levels."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import Final

from edgegen.platforms.calls import pixel_call
from edgegen.platforms.java import LINE, camel, comment, constant, javadoc, unique_words, wrapped
from edgegen.platforms.levels import channel_name, decimal, with_article
from edgegen.render.filters import java_string
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.plan import PixelOp, Plan, ToTensor
from edgegen.spec.steps import Fill, Letterbox, Resize
from edgegen.spec.words import input_text, value_formula

# The Java type of a bit pattern, and its digits.
_BITS: Final = {"float32": ("int", 8), "float16": ("short", 4), "uint8": ("byte", 2), "int8": ("byte", 2)}
_LEVELS_A_LINE: Final = 4
_INDENT: Final = " " * 4


class JavaPipeline:
    """The Java text of every picture input of a model."""

    def __init__(self, inputs: tuple[ImageInput, ...], plans: Mapping[str, Plan]) -> None:
        self.inputs = inputs
        self.plans = plans
        self.names = unique_words(item.name for item in inputs)

    def context(self) -> Mapping[str, object]:
        """What ModelSpec.java, Pipeline.java and GoldenLevels.java substitute."""
        return {
            "pipeline_imports": self._imports(),
            "pipeline_methods": "\n\n".join(self._method(item) for item in self.inputs),
            "pipeline_cases": "\n".join(self._case(item) for item in self.inputs),
            "pipeline_inputs": ", ".join(java_string(item.name) for item in self.inputs),
            "golden_tables": "\n".join(
                f"        tables.put({java_string(item.name)}, ModelSpec.{self.levels(item)});" for item in self.inputs
            ),
            "golden_checksums": "\n".join(
                f"        checksums.put({java_string(item.name)}, {self._checksum(item)}L);" for item in self.inputs
            ),
            "levels": "".join(f"\n{self._levels_table(item)}\n" for item in self.inputs),
        }

    def method(self, name: str) -> str:
        """The method that fills the input of that name."""
        return f"fill{camel(self.names[name])}"

    def levels(self, item: ImageInput) -> str:
        """The name of an input's table in ModelSpec."""
        return f"{constant(self.names[item.name])}_LEVELS"

    def _checksum(self, item: ImageInput) -> str:
        bits, _ = _BITS[item.dtype]
        values = [_signed(value, bits) for row in self.plans[item.name].tensor.levels for value in row]
        return f"0x{zlib.crc32(struct.pack(f'<{len(values)}i', *values)):08x}"

    def _imports(self) -> str:
        uses_filter = any(
            isinstance(op, Resize | Letterbox) for item in self.inputs for op in self.plans[item.name].pixel_ops
        )
        names = [
            "ChannelOrder",
            *["Filter"] * uses_filter,
            "PassOrder",
            "Picture",
            "PixelSource",
            "ToTensor",
            "Workspace",
        ]
        return "\n".join(f"import edgegen.kernels.{name};" for name in names)

    def _case(self, item: ImageInput) -> str:
        return (
            f"            case {java_string(item.name)}:\n"
            f"                {self.method(item.name)}(photo, workspace, tensor, observer);\n"
            "                return;"
        )

    def _method(self, item: ImageInput) -> str:
        plan = self.plans[item.name]
        order = "PassOrder.PILLOW_13" if plan.pillow >= 13 else "PassOrder.HORIZONTAL_FIRST"
        height, width = item.size
        lines = [
            _javadoc(f"{javadoc(item.name)}: {javadoc(input_text(item))}."),
            f"    static void {self.method(item.name)}(",
            "            PixelSource photo,",
            "            Workspace workspace,",
            "            ByteBuffer tensor,",
            "            @Nullable StageObserver observer) {",
            f"        Picture picture = workspace.picture(photo, {order});",
        ]
        for stage, op in zip(plan.stage_names()[1:], plan.pixel_ops, strict=False):
            lines.append(_step(stage, _call(op)))
        lines.append(f"        requireSize(picture, {height}, {width});")
        lines.append(f"        {_last_kernel(plan.tensor, self.levels(item))}")
        return "\n".join([*lines, "    }"])

    def _levels_table(self, item: ImageInput) -> str:
        bits, digits = _BITS[item.dtype]
        method = f"{self.levels(item).lower().split('_')[0]}{camel(self.levels(item).lower().split('_')[1:])}"
        text = (
            f"What each 8-bit level becomes in each channel of {javadoc(item.name)}, as the bits of "
            f"{with_article(item.dtype)}: {javadoc(value_formula(item))}."
        )
        lines = [
            _javadoc(text),
            f"    static final {bits}[][] {self.levels(item)} = {method}();",
            "",
            f"    private static {bits}[][] {method}() {{",
            f"        return new {bits}[][] {{",
        ]
        for channel, row in enumerate(self.plans[item.name].tensor.levels):
            first, last = (decimal(value, item.dtype) for value in (row[0], row[-1]))
            formula = comment(value_formula(item, channel))
            said = f"{channel_name(item, channel)}: {formula}; 0 becomes {first}, 255 {last}."
            lines.append(wrapped(said, " " * 12 + "// ", " " * 12 + "// "))
            lines.append("            {")
            for start in range(0, 256, _LEVELS_A_LINE):
                values = ", ".join(_pattern(value, bits, digits) for value in row[start : start + _LEVELS_A_LINE])
                lines.append(f"                {values},")
            lines.append("            },")
        # Each table in a method of its own: a class initialiser may not be longer than 64 KB.
        return "\n".join([*lines, "        };", "    }"])


def _signed(pattern: int, bits: str) -> int:
    """A bit pattern as Java's type holds it: there are no unsigned ones."""
    size = {"int": 32, "short": 16, "byte": 8}[bits]
    return pattern - (1 << size) if pattern >> (size - 1) else pattern


def _javadoc(text: str) -> str:
    one_line = f"    /** {text} */"
    if len(one_line) <= LINE:
        return one_line
    return f"    /**\n{wrapped(text, '     * ', '     * ')}\n     */"


def _step(stage: str, call: str) -> str:
    line = f'        picture = seen(observer, "{stage}", picture.{call});'
    if len(line) <= LINE:
        return line
    return f'        picture = seen(\n                observer, "{stage}",\n                picture.{call});'


def _pattern(value: int, bits: str, digits: int) -> str:
    text = f"0x{value:0{digits}x}"
    # Java has no unsigned types: a literal above the type's largest value needs a cast.
    return f"({bits}) {text}" if bits != "int" and value >> (digits * 4 - 1) else text


def _call(op: PixelOp) -> str:
    return pixel_call(op, _method, lambda filter_: f"Filter.{filter_.name}", _color)


def _method(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _last_kernel(tensor: ToTensor, levels: str) -> str:
    kernel = "toChw" if tensor.layout == "NCHW" else "toHwc"
    order = "ChannelOrder.BGR" if tensor.reverse_channels else "ChannelOrder.RGB"
    line = f"ToTensor.{kernel}(picture, ModelSpec.{levels}, {order}, tensor);"
    if len(line) + 8 <= LINE:
        return line
    return f"ToTensor.{kernel}(\n                picture, ModelSpec.{levels}, {order}, tensor);"


def _color(fill: Fill) -> str:
    return f"{fill[0]}, {fill[1]}, {fill[2]}"
