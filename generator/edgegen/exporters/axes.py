"""Axes of an input that may have any size: what torch.export is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edgegen.errors import ExportError
from edgegen.spec.model_spec import ModelSpec

if TYPE_CHECKING:
    import torch
    from torch import Tensor
    from torch.export import ExportedProgram


def dynamic_shapes(spec: ModelSpec) -> tuple[dict[int, Any], ...] | None:
    """For each input its dynamic axes, one `Dim` to a name; None where there are none."""
    if not spec.export.dynamic_axes:
        return None
    from torch.export import Dim

    dims = {item.name: Dim(item.name) for item in spec.export.dynamic_axes}
    return tuple(
        {axis.axis: dims[axis.name] for axis in spec.export.dynamic_axes if axis.input == item.name}
        for item in spec.inputs
    )


def widened(spec: ModelSpec, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """`inputs` with each dynamic axis of one element made two: torch.export takes a size of one for a constant."""
    import torch

    made = []
    for item, tensor in zip(spec.inputs, inputs, strict=True):
        for axis in spec.export.dynamic_axes:
            if axis.input == item.name and tensor.shape[axis.axis] == 1:
                tensor = torch.cat([tensor, tensor], dim=axis.axis)
        made.append(tensor)
    return tuple(made)


def require_dynamic(program: ExportedProgram, spec: ModelSpec) -> None:
    """Raises ExportError where an axis that should be dynamic has a fixed size in a program exported elsewhere."""
    if not spec.export.dynamic_axes:
        return
    values: dict[str, torch.Tensor] = {
        node.name: node.meta["val"] for node in program.graph.nodes if node.op == "placeholder"
    }
    names = program.graph_signature.user_inputs
    for item in spec.export.dynamic_axes:
        index = next(i for i, given in enumerate(spec.inputs) if given.name == item.input)
        size = values[str(names[index])].shape[item.axis]
        if isinstance(size, int):
            raise ExportError(
                f"axis {item.axis} of {item.input} is fixed to {size} in the program that was given",
                where=f"export.dynamic_axes.{item.input}",
                hint="Export that program with dynamic_shapes, or leave the axis out",
            )
