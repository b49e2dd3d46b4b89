"""`export.image_input`: a Core ML model that takes the picture itself, of the size its tensor has, and normalises it.

What the value steps make of a byte is a straight line to each channel, so the model begins with x * factor + offset;
its own `ImageType.scale` knows only one factor for all channels. These two operators stay in float32, so that the
picture's tensor is the one that the kernels would have made to within float16.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from edgegen.spec.model_spec import ClassificationOutput, ImageInput, ModelSpec
from edgegen.spec.steps import Normalize, Rescale, ToFloat

if TYPE_CHECKING:
    from torch import Tensor
    from torch.export import ExportedProgram

PROBABILITIES: Final = "edgegen_probabilities"
"""What a classifier's probabilities are called inside the program: no name that a model's own output would have."""


def picture_type(item: ImageInput) -> Any:
    """coremltools' ImageType for `item`: its size, and RGB, BGR or gray."""
    import coremltools as ct

    layouts = {"RGB": ct.colorlayout.RGB, "BGR": ct.colorlayout.BGR, "gray": ct.colorlayout.GRAYSCALE}
    channels = 1 if item.color.order == "gray" else 3
    return ct.ImageType(name=item.name, shape=(1, channels, *item.size), color_layout=layouts[item.color.order])


def line_of_levels(item: ImageInput) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """(factors, offsets), one to a channel of the tensor, such that a byte x becomes x * factor + offset."""
    lines = [(1.0, 0.0)] * item.channels
    for step in item.steps:
        match step:
            case ToFloat(divisor):
                lines = [(factor / divisor, offset / divisor) for factor, offset in lines]
            case Rescale(scale, added):
                lines = [(factor * scale, offset * scale + added) for factor, offset in lines]
            case Normalize(means, stds):
                lines = [
                    (factor / std, (offset - mean) / std)
                    for (factor, offset), mean, std in zip(lines, means, stds, strict=True)
                ]
    factors, offsets = zip(*lines, strict=True)
    return factors, offsets


def pixels_of(tensor: Tensor, item: ImageInput) -> Tensor:
    """The picture that `tensor` was made from: (1, C, H, W) float32 of whole numbers 0..255, C 1 for gray.

    `tensor` holds values of `item`'s table of levels, as the reference and the kernels make it; what a picture-taking
    model is verified with.
    """
    import torch

    from edgegen.reference.levels import level_tensor

    planes = tensor if item.layout == "NCHW" else tensor.permute(0, 3, 1, 2)
    table = level_tensor(item).double()
    found = []
    for plane, levels in zip(planes[0].double(), table, strict=True):
        order = levels.argsort(stable=True)
        place = torch.searchsorted(levels[order].contiguous(), plane.contiguous()).clamp(max=255)
        found.append(order[place])
    picture = torch.stack(found)[None].float()
    return picture[:, :1] if item.color.order == "gray" else picture


def with_pictures(program: ExportedProgram, spec: ModelSpec, *, classifier: bool) -> ExportedProgram:
    """`program` for pictures of 0..255 (1 x C x H x W, float32) in place of the tensors of the spec's pictures.

    With `classifier` it has one more output, the probabilities of the spec's only classification.
    """
    import torch

    inner = program.module()

    class Pictures(torch.nn.Module):
        """Normalises, runs the model, and applies the activation of its scores."""

        def __init__(self) -> None:
            super().__init__()
            self.model = inner
            for item in spec.image_inputs:
                for name, values in zip(("factor", "offset"), line_of_levels(item), strict=True):
                    self.register_buffer(f"{name}_{item.name}", torch.tensor(values).reshape(1, -1, 1, 1))

        def forward(self, *values: Tensor) -> tuple[Tensor, ...]:
            given = []
            for item, value in zip(spec.inputs, values, strict=True):
                if isinstance(item, ImageInput):
                    # Not by broadcasting, which a pass of coremltools' loses when it joins the two operators.
                    value = value.repeat(1, item.channels, 1, 1) if value.shape[1] != item.channels else value
                    value = value * getattr(self, f"factor_{item.name}") + getattr(self, f"offset_{item.name}")
                    value = value.permute(0, 2, 3, 1) if item.layout == "NHWC" else value
                    value = value.to(getattr(torch, item.dtype))
                given.append(value)
            outputs = tuple(item for item in _flat(self.model(*given)) if item is not None)
            return (*outputs, _activated(spec, outputs)) if classifier else outputs

    examples = tuple(
        torch.zeros((1, 1 if item.color.order == "gray" else 3, *item.size))
        if isinstance(item, ImageInput)
        else torch.zeros(item.shape, dtype=getattr(torch, item.dtype))
        for item in spec.inputs
    )
    with torch.no_grad():
        return torch.export.export(Pictures(), examples)


def is_normalisation(op: Any, pictures: Collection[str]) -> bool:
    """Whether the MIL operator `op` is one of those with which `with_pictures` begins."""
    # A gray picture is tiled; a pass makes batch_norm of the other two.
    if op.op_type not in ("tile", "mul", "add", "batch_norm"):
        return False
    source = op.x
    return source.name in pictures if source.op is None else is_normalisation(source.op, pictures)


def _activated(spec: ModelSpec, outputs: tuple[Tensor, ...]) -> Tensor:
    (output,) = (item for item in spec.outputs if isinstance(item, ClassificationOutput))
    scores = outputs[0]
    if output.activation == "softmax":
        return scores.softmax(-1)
    # A model that gives probabilities already: the same numbers by another name.
    return scores.sigmoid() if output.activation == "sigmoid" else scores * 1.0


def _flat(output: object) -> list[Tensor | None]:
    from torch.utils import _pytree as pytree

    leaves: list[Tensor | None] = pytree.tree_leaves(output)
    return leaves
