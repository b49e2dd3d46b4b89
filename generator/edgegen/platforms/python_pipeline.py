"""The same pipeline as Python, for run.py: Pillow and torch, no edgegen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from edgegen.platforms.cpp import unique_identifiers
from edgegen.render.filters import python_string
from edgegen.spec.model_spec import ClassificationOutput, ImageInput, ModelSpec, Output
from edgegen.spec.plan import Gray, PixelOp, Plan
from edgegen.spec.steps import CenterCrop, Letterbox, Normalize, Pad, Quantize, Rescale, Resize, Step, ToFloat
from edgegen.spec.words import input_text

# The functions of generated/pipeline.py that only some pipelines call.
_HELPERS: Final = ("resize_short_side", "center_crop", "fill", "pad", "column", "quantize")


class PythonPipeline:
    """The text of generated/pipeline.py."""

    def __init__(self, spec: ModelSpec, plans: Mapping[str, Plan]) -> None:
        self.spec = spec
        self.plans = plans
        self.names = unique_identifiers(item.name for item in spec.image_inputs)

    def context(self) -> Mapping[str, object]:
        """What generated/pipeline.py substitutes."""
        inputs = [
            f"    ({python_string(item.name)}, {list(item.shape)}, torch.{item.dtype}, "
            f"{f'fill_{self.names[item.name]}' if isinstance(item, ImageInput) else 'None'}),"
            for item in self.spec.inputs
        ]
        outputs = [f"    ({python_string(item.name)}, {_activation(item)})," for item in self.spec.outputs]
        functions = "\n\n\n".join(self._function(item) for item in self.spec.image_inputs)
        return {
            "python_functions": functions,
            "python_helpers": _used_helpers(functions),
            "python_inputs": "\n".join(inputs),
            "python_outputs": "\n".join(outputs),
        }

    def _function(self, item: ImageInput) -> str:
        plan = self.plans[item.name]
        lines = [
            f"def fill_{self.names[item.name]}(picture: Image.Image) -> torch.Tensor:",
            f'    """{item.name}: {input_text(item)}."""',
        ]
        lines += [f"    picture = {_call(op)}" for op in plan.pixel_ops]
        lines.append(f"    x = planes(picture, reverse={plan.tensor.reverse_channels})")
        lines += [f"    {text}" for step in item.steps if (text := _value_line(step, item.dtype))]
        if item.layout == "NHWC":
            lines.append("    x = x.permute(1, 2, 0)")
        lines.append(f"    return x.reshape({list(item.shape)}).contiguous()")
        return "\n".join(lines)


def _used_helpers(functions: str) -> list[str]:
    """The helpers that the pipelines call, and `fill` where `pad` does."""
    # A method of the same name, as in ImageOps.pad(…), is no call of ours.
    used = {name for name in _HELPERS if re.search(rf"(?<![\w.]){name}\(", functions)}
    return sorted(used | {"fill"} if "pad" in used else used)


def _activation(item: Output) -> str:
    return python_string(item.activation) if isinstance(item, ClassificationOutput) else "None"


def _call(op: PixelOp) -> str:
    match op:
        case Gray(channels):
            return 'picture.convert("L")' + ("" if channels == 1 else '.convert("RGB")')
        case Resize(int(short), filter_, max_size):
            return f"resize_short_side(picture, {short}, {_filter(filter_.value)}, {max_size})"
        case Resize((height, width), filter_):
            return f"picture.resize(({width}, {height}), {_filter(filter_.value)})"
        case Letterbox((height, width), filter_, fill):
            return f"ImageOps.pad(picture, ({width}, {height}), {_filter(filter_.value)}, color=fill(picture, {fill}))"
        case CenterCrop((height, width)):
            return f"center_crop(picture, {height}, {width})"
        case Pad(left, top, right, bottom, fill):
            return f"pad(picture, {left}, {top}, {right}, {bottom}, {fill})"
    raise TypeError(f"no pixel operation: {op!r}")


def _filter(name: str) -> str:
    return f"Image.Resampling.{name.upper()}"


def _value_line(step: Step, dtype: str) -> str | None:
    match step:
        case ToFloat(divisor, float_dtype):
            return f"x = x.to(torch.{float_dtype})" + ("" if divisor == 1 else f".div({divisor!r})")
        case Rescale(scale, offset):
            parts = ("" if scale == 1 else f".mul({scale!r})") + (
                "" if offset == 0 else f".add(torch.tensor({offset!r}, dtype=x.dtype))"
            )
            return f"x = x{parts}" if parts else None
        case Normalize(mean, std):
            return f"x = x.sub(column({list(mean)}, x)).div(column({list(std)}, x))"
        case Quantize(scale, zero_point):
            return f"x = quantize(x, {scale!r}, {zero_point}, torch.{dtype})"
        case _:
            return None
