"""Lines that the READMEs of every platform have in common."""

from __future__ import annotations

from edgegen.render.filters import md_text
from edgegen.spec.model_spec import ClassificationOutput, ImageInput, Input, Output
from edgegen.spec.words import input_text


def input_line(item: Input) -> str:
    """An input as an item of a Markdown list."""
    if isinstance(item, ImageInput):
        return f"- `{item.name}`: a picture. {md_text(input_text(item))}"
    return f"- `{item.name}`: numbers, {_shape(item.shape)} {item.dtype}, from a `.npy` file"


def output_line(item: Output) -> str:
    """An output as an item of a Markdown list."""
    if isinstance(item, ClassificationOutput):
        made = "as the model gives it" if item.activation == "none" else f"made probabilities by {item.activation}"
        return f"- `{item.name}`: one score to each class, {made}"
    return f"- `{item.name}`: numbers, {_shape(item.shape)} {item.dtype}"


def _shape(shape: tuple[int, ...]) -> str:
    return "x".join(map(str, shape))
