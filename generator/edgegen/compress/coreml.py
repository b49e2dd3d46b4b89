"""Compresses the weights of a Core ML model: bytes with one scale to a channel, or palettes with one table to a tensor.

The activations stay in floating point, so nothing is calibrated. Tensors of at most MIN_VALUES values are left alone:
biases, norms and small depthwise kernels cost little and lose most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from edgegen.compress.palette import palette
from edgegen.errors import ExportError
from edgegen.spec.model_spec import QuantizeMode

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MIN_VALUES: Final = 2048
PALETTE_BITS: Final[dict[QuantizeMode, int]] = {"palette6": 6, "palette4": 4}


@dataclass(frozen=True)
class CompressedCoreML:
    """A Core ML model, and how many of its operators read a compressed weight."""

    model: Any
    operators: int


def compress_weights(model: Any, mode: QuantizeMode) -> CompressedCoreML:
    """`model` (an MLModel) with its weights as `mode` has them: "int8-weights", "palette6" or "palette4".

    Raises ExportError where no weight is large enough.
    """
    from coremltools.optimize import coreml as optimize

    largest = _largest_weight(model)
    if largest <= MIN_VALUES:
        raise ExportError(
            f"nothing of the model could be compressed: its largest weight has {largest} values, "
            f"{mode} is for those of more than {MIN_VALUES}",
            where="export.quantize.mode",
            hint="Export it with --quantize none; it is small already",
        )
    if mode == "int8-weights":
        linear = optimize.OpLinearQuantizerConfig(
            mode="linear_symmetric", dtype="int8", granularity="per_channel", weight_threshold=MIN_VALUES
        )
        made = optimize.linear_quantize_weights(model, optimize.OptimizationConfig(global_config=linear))
    else:
        bits = PALETTE_BITS[mode]

        def lut(weight: npt.NDArray[np.floating[Any]]) -> tuple[npt.NDArray[Any], npt.NDArray[np.uint8]]:
            return palette(weight, bits)

        tables = optimize.OpPalettizerConfig(mode="custom", lut_function=lut, weight_threshold=MIN_VALUES)
        made = optimize.palettize_weights(model, optimize.OptimizationConfig(global_config=tables))
    return CompressedCoreML(made, compressed_operators(made))


def compressed_operators(model: Any) -> int:
    """How many operators of `model` read a weight that is stored compressed."""
    operations = _operations(model)
    stored = {output.name for op in operations if op.type.startswith("constexpr_") for output in op.outputs}
    return sum(
        not op.type.startswith("constexpr_")
        and any(binding.name in stored for value in op.inputs.values() for binding in value.arguments)
        for op in operations
    )


def _largest_weight(model: Any) -> int:
    """The number of values of the largest constant of floating point."""
    from coremltools.proto import MIL_pb2

    floats = {MIL_pb2.FLOAT16, MIL_pb2.FLOAT32}
    sizes = [0]
    for op in _operations(model):
        for output in op.outputs if op.type == "const" else ():
            tensor = output.type.tensorType
            if tensor.dataType in floats:
                sizes.append(math.prod(dimension.constant.size for dimension in tensor.dimensions))
    return max(sizes)


def _operations(model: Any) -> Any:
    (function,) = model.get_spec().mlProgram.functions.values()
    (block,) = function.block_specializations.values()
    return block.operations
