"""What Core ML cannot carry, said before any work: dtypes, ranks, pictures.

Its arrays are float32, float16 and int32, of rank 1 to 5. Others are refused rather than converted: the app would have
to know that an int64 of its spec is an int32 in the file.
"""

from __future__ import annotations

from typing import Final

from edgegen.errors import SpecError
from edgegen.spec.model_spec import ClassificationOutput, ImageInput, Input, ModelSpec
from edgegen.spec.steps import Quantize, ToFloat

DTYPES: Final = ("float32", "float16", "int32")
MAX_RANK: Final = 5


def check_coreml(spec: ModelSpec, where: str = "edgegen.toml") -> None:
    """Raises SpecError (`where: inputs.NAME.KEY: …`) for an input or output that a Core ML model cannot have."""
    for item in spec.inputs:
        _check_input(item, f"{where}: inputs.{item.name}")
    for output in spec.outputs:
        if not isinstance(output, ClassificationOutput):
            place = f"{where}: outputs.{output.name}"
            _check_array(output.dtype, output.shape, place, "Convert it in the model, as by .to(torch.int32)")
    names = [item.name for item in (*spec.inputs, *spec.outputs)]
    for name in names:
        if names.count(name) > 1:
            raise SpecError(
                f"{name} names an input and an output, which Core ML keeps in one table",
                where=f"{where}: outputs.{name}",
                hint="Give the output another name",
            )
    if spec.export.image_input:
        _check_pictures(spec, where)


def _check_input(item: Input, place: str) -> None:
    _check_array(item.dtype, item.shape, place, "Take float32, float16 or int32 and convert it in the model")


def _check_array(dtype: str, shape: tuple[int, ...], place: str, hint: str) -> None:
    if dtype not in DTYPES:
        raise SpecError(
            f"Core ML's arrays have no {dtype}; they are {', '.join(DTYPES)}", where=f"{place}.dtype", hint=hint
        )
    if not 1 <= len(shape) <= MAX_RANK:
        raise SpecError(
            f"Core ML's arrays have 1 to {MAX_RANK} axes, this one {len(shape)}",
            where=f"{place}.shape",
            hint="Add or join axes in the model",
        )


def _check_pictures(spec: ModelSpec, where: str) -> None:
    place = f"{where}: export.image_input"
    if not spec.image_inputs:
        raise SpecError("the model takes no picture", where=place, hint="Remove it")
    for item in spec.image_inputs:
        problem = _no_picture(item)
        if problem is not None:
            raise SpecError(f"inputs.{item.name} {problem}", where=place, hint="Remove image_input")


def _no_picture(item: ImageInput) -> str | None:
    """Why Core ML cannot be given this input as a picture."""
    if any(isinstance(step, Quantize) for step in item.steps):
        return "is quantised, which is no arithmetic of Core ML's float16"
    if any(isinstance(step, ToFloat) and step.dtype == "float16" for step in item.steps):
        return "is calculated in float16 step by step, which Core ML does not promise"
    return None
