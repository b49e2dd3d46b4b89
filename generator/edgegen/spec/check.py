"""The rules between the parts of a spec: shape against steps, channels against colour, dtype against arithmetic.

A spec from a file and one inferred from a transform both pass here; `where` is the file, or the transform's origin.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from edgegen.errors import SpecError
from edgegen.runtimes import RUNTIMES
from edgegen.spec.geometry import output_size
from edgegen.spec.model_spec import ExportSection, ImageInput, ModelSpec
from edgegen.spec.schema import QUANTIZE_MODES_OF
from edgegen.spec.steps import (
    PIXEL_STEPS,
    CenterCrop,
    Color,
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

STEP_NAMES: dict[type[Step], str] = {
    Color: "color",
    Resize: "resize",
    Letterbox: "letterbox",
    CenterCrop: "center_crop",
    Pad: "pad",
    ToFloat: "to_float",
    Rescale: "rescale",
    Normalize: "normalize",
    Quantize: "quantize",
}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_ZERO_POINTS = {"uint8": (0, 255), "int8": (-128, 127)}


def check_spec(spec: ModelSpec, where: str) -> None:
    """Raises SpecError where parts of the spec contradict one another."""
    for table, items in (("inputs", spec.inputs), ("outputs", spec.outputs)):
        for item in items:
            check_name(item.name, f"{where}: {table}.{item.name}")
    for image_input in spec.image_inputs:
        check_image_input(image_input, where)
    check_export(spec.export, where)
    check_dynamic_axes(spec, where)


def check_name(name: str, where: str) -> None:
    """Raises SpecError for a name that could not also name a file, a C++ constant and a command-line option."""
    if not _NAME.fullmatch(name):
        raise SpecError(
            f"expected a name of at most 64 letters, digits and _, beginning with a letter, got {name!r}",
            where=where,
            hint="Give it a plain name; the model's own order counts, not the name",
        )


def check_export(export: ExportSection, where: str) -> None:
    """Raises SpecError (`where: export.KEY: …`) for a key that the runtime has no use for, or two that exclude each
    other. An unknown runtime passes: its platform refuses it.
    """
    runtime = RUNTIMES.get(export.runtime)
    if runtime is None:
        return

    def fail(key: str, problem: str, hint: str) -> NoReturn:
        raise SpecError(problem, where=f"{where}: export.{key}", hint=hint)

    if export.backend not in runtime.backends:
        fail("backend", f"{runtime.name} has no backend {export.backend!r} here", f"Use {runtime.backends[0]}")
    modes = QUANTIZE_MODES_OF[runtime.name]
    if export.quantize.mode not in modes:
        fail("quantize.mode", f"{runtime.name} has no {export.quantize.mode!r}", f"Use one of: {', '.join(modes)}")
    for key, given, owner in (
        ("opset", export.opset is not None, "onnx"),
        ("dynamic_axes", bool(export.dynamic_axes), "onnx"),
        ("script", export.script, "torchscript"),
    ):
        if given and owner != runtime.name:
            fail(key, f"is for the runtime {owner}, this is {runtime.name}", f"Remove it, or take {owner}")
    _check_coreml(export, fail)
    if export.script and export.quantize.mode != "none":
        fail(
            "script",
            f"cannot be quantised ({export.quantize.mode}): scales are found along one trace of the model",
            "Export it with quantize none, or without script",
        )


def _check_coreml(export: ExportSection, fail: Callable[[str, str, str], NoReturn]) -> None:
    """The rules of the keys that are for Core ML alone."""
    for key, given in (("precision", export.precision), ("compute_units", export.compute_units)):
        if given is not None and not export.is_coreml:
            fail(key, f"is for Core ML, this is {export.runtime}", "Remove it, or take the runtime coreml")
    if export.image_input and export.runtime != "coreml":
        fail("image_input", f"is for the runtime coreml, this is {export.runtime}", "Remove it, or take coreml")
    if export.backend == "coreml" and export.quantize.mode != "none":
        hint = "Take quantize none, the backend xnnpack, or the runtime coreml"
        fail("quantize.mode", f"the backend coreml has no {export.quantize.mode!r} here", hint)
    if export.precision == "float32" and export.quantize.mode == "int8":
        fail("precision", "int8 has float16 between its integers", "Remove it, or take int8-weights")


def check_dynamic_axes(spec: ModelSpec, where: str) -> None:
    """Raises SpecError for an axis that no input has, or a name that two sizes share."""
    ranks = {item.name: len(item.shape) for item in spec.inputs}
    sizes: dict[str, int] = {}
    for item in spec.export.dynamic_axes:
        place = f"{where}: export.dynamic_axes.{item.input}"
        if item.input not in ranks:
            raise SpecError("there is no such input", where=place, hint=f"Use one of: {', '.join(ranks)}")
        if item.axis >= ranks[item.input]:
            problem = f"there is no axis {item.axis}, the input's rank is {ranks[item.input]}"
            raise SpecError(problem, where=place, hint="Axes are numbered from 0")
        check_name(item.name, f"{place}.{item.axis}")
        size = spec.input(item.input).shape[item.axis]
        if sizes.setdefault(item.name, size) != size:
            problem = f"{item.name} names axes of {sizes[item.name]} and of {size}"
            raise SpecError(problem, where=f"{place}.{item.axis}", hint="Axes of one name have the same size")


def check_image_input(image_input: ImageInput, where: str) -> None:
    """Raises SpecError (`where: inputs.NAME.KEY: …`) where shape, dtype, layout and steps do not fit together."""
    checker = _Checker(image_input, f"{where}: inputs.{image_input.name}")
    checker.shape()
    checker.order()
    for index, step in enumerate(image_input.steps):
        checker.step(index, step)
    checker.dtype()
    checker.size()


@dataclass(frozen=True, slots=True)
class _Checker:
    input: ImageInput
    where: str

    def fail(self, key: str, problem: str, hint: str) -> NoReturn:
        raise SpecError(problem, where=f"{self.where}.{key}", hint=hint)

    def fail_step(self, index: int, problem: str, hint: str, inner: str = "") -> NoReturn:
        name = STEP_NAMES[type(self.input.steps[index])]
        self.fail(f"steps[{index}].{name}{inner}", problem, hint)

    def shape(self) -> None:
        shape, layout = self.input.shape, self.input.layout
        wanted = "[1, channels, height, width]" if layout == "NCHW" else "[1, height, width, channels]"
        if len(shape) != 4 or shape[0] != 1:
            self.fail("shape", f"expected {wanted} for {layout}, got {list(shape)}", "Give one picture, batch 1")
        channels = self.input.channels
        if channels not in (1, 3):
            other = "NHWC" if layout == "NCHW" else "NCHW"
            swapped = shape[3] if layout == "NCHW" else shape[1]
            hint = f'Write layout = "{other}"?' if swapped in (1, 3) else "A picture has 3 channels, or 1 for gray"
            self.fail("shape", f"expected {wanted} with 1 or 3 channels, got {channels} channels", hint)
        color = self.input.color
        if color.order != "gray" and color.channels != 3:
            self.fail_step(self._index(Color), f"{color.order} has 3 channels, got {color.channels}", "Remove channels")
        if color.channels != channels:
            hint = 'Add the step { color = "gray" }' if channels == 1 else "Make the shape and the color step agree"
            if color.order == "gray" and channels == 3:
                hint = 'Write { color = "gray", channels = 3 }'
            self.fail("shape", f"has {_count(channels, 'channel')}, the steps make {color.channels}", hint)

    def order(self) -> None:
        """Pixels first, then to_float, then arithmetic, then quantize."""
        seen: set[str] = set()
        for index, step in enumerate(self.input.steps):
            name = STEP_NAMES[type(step)]
            if name in seen and name in ("color", "to_float", "quantize"):
                self.fail_step(index, "stands twice", f"Keep one {name} step")
            if isinstance(step, PIXEL_STEPS) and seen & {"to_float", "rescale", "normalize", "quantize"}:
                self.fail_step(index, "works on pixels, after values were converted", f"Move {name} before to_float")
            if isinstance(step, Rescale | Normalize | Quantize) and "to_float" not in seen:
                self.fail_step(index, "needs floating point", f"Put {{ to_float = 1 }} before {name}")
            if "quantize" in seen:
                self.fail_step(index, "stands after quantize", "Make quantize the last step")
            seen.add(name)

    def step(self, index: int, step: Step) -> None:
        match step:
            case Resize(size, _, max_size) if max_size is not None:
                if not isinstance(size, int):
                    self.fail_step(index, "max_size needs a short side, not an exact size", "Remove max_size")
                if max_size <= size:
                    hint = "Give a larger max_size, or leave it out"
                    self.fail_step(index, f"max_size {max_size} is not above the short side {size}", hint)
            case Letterbox(_, _, fill) | Pad(_, _, _, _, fill):
                gray = any(isinstance(before, Color) and before.order == "gray" for before in self.input.steps[:index])
                if gray and len(set(fill)) > 1:
                    hint = f"Write fill = [{fill[0]}, {fill[0]}, {fill[0]}], say"
                    self.fail_step(index, f"a gray picture is filled with one level, got {list(fill)}", hint)
            case ToFloat(divisor, _) if divisor == 0:
                self.fail_step(index, "the divisor is 0", "Write to_float = 255, or 1 to keep 0..255")
            case Normalize(mean, std):
                self._normalize(index, mean, std)
            case Quantize(scale, zero_point):
                self._quantize(index, scale, zero_point)
            case _:
                pass
        self._finite(index, step)

    def _normalize(self, index: int, mean: tuple[float, ...], std: tuple[float, ...]) -> None:
        channels = self.input.channels
        for key, values in (("mean", mean), ("std", std)):
            if len(values) not in (1, channels):
                problem = f"expected {_count(channels, 'number')}, one for each channel, got {len(values)}"
                self.fail_step(index, problem, f"Give {key} for {_count(channels, 'channel')}", f".{key}")
        if 0 in std:
            self.fail_step(index, f"is 0 for channel {std.index(0)}", "Give a std above 0", ".std")

    def _quantize(self, index: int, scale: float, zero_point: int) -> None:
        if self.input.dtype not in _ZERO_POINTS:
            problem = f"makes integers, but the input's dtype is {self.input.dtype}"
            self.fail_step(index, problem, 'Write dtype = "uint8" or "int8", or remove quantize')
        if scale <= 0:
            self.fail_step(index, f"expected a number above 0, got {scale!r}", "Copy the model's own scale", ".scale")
        low, high = _ZERO_POINTS[self.input.dtype]
        if not low <= zero_point <= high:
            problem = f"expected {low}..{high} for {self.input.dtype}, got {zero_point}"
            self.fail_step(index, problem, "Copy the model's own zero point", ".zero_point")

    def _finite(self, index: int, step: Step) -> None:
        match step:
            case ToFloat(divisor, _):
                numbers: tuple[float, ...] = (divisor,)
            case Rescale(scale, offset):
                numbers = (scale, offset)
            case Normalize(mean, std):
                numbers = (*mean, *std)
            case Quantize(scale, _):
                numbers = (scale,)
            case _:
                return
        if not all(math.isfinite(number) for number in numbers):
            self.fail_step(index, f"expected finite numbers, got {list(numbers)}", "Correct the number")

    def dtype(self) -> None:
        names = {STEP_NAMES[type(step)] for step in self.input.steps}
        dtype = self.input.dtype
        if dtype in ("float32", "float16") and "to_float" not in names:
            hint = "Add { to_float = 255 } for 0..1, or { to_float = 1 } for 0..255"
            self.fail("steps", f"dtype {dtype} needs a to_float step, there is none", hint)
        if dtype == "int8" and "quantize" not in names:
            hint = "Add { to_float = 255 }, …, { quantize = { scale = …, zero_point = … } }"
            self.fail("steps", "dtype int8 needs a quantize step, there is none", hint)
        if dtype == "uint8" and "to_float" in names and "quantize" not in names:
            self.fail("steps", "dtype uint8 ends with floats", "Add a quantize step, or remove to_float")

    def size(self) -> None:
        """The steps must end in the shape's height and width, whatever the photo's size was."""
        size: Size | None = None
        for index, step in enumerate(self.input.steps):
            size = output_size(step, size)
            if size is not None and min(size) < 1:
                self.fail_step(index, f"leaves a picture of {size[1]} x {size[0]} pixels", "Give a larger max_size")
        wanted = list(self.input.size)
        if size is None:
            hint = f"End with {{ center_crop = {wanted} }} or {{ resize = {wanted}, filter = … }}"
            self.fail("steps", "the size they end with depends on the photo", hint)
        if list(size) != wanted:
            hint = f"Make them agree: the shape, or the last size among the steps ({list(size)})"
            self.fail("shape", f"expected height and width {list(size)} from the steps, got {wanted}", hint)

    def _index(self, kind: type[Step]) -> int:
        return next(index for index, step in enumerate(self.input.steps) if isinstance(step, kind))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
