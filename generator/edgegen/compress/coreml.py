"""Compresses the weights of a Core ML model: bytes with one scale to a channel, or palettes with one table to a tensor.

The activations stay in floating point, so nothing is calibrated. Tensors of at most MIN_VALUES values and depthwise
kernels are left alone: they are 2 to 5 % of a mobile net's weights and lose most (EfficientNet-Lite0 in 6 bits: 10.7 dB
with them, 12.0 without).
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

    weights = _weights(model)
    largest = max((math.prod(shape) for shape in weights.values()), default=0)
    if largest <= MIN_VALUES:
        raise ExportError(
            f"nothing of the model could be compressed: its largest weight has {largest} values, "
            f"{mode} is for those of more than {MIN_VALUES}",
            where="export.quantize.mode",
            hint="Export it with --quantize none; it is small already",
        )
    left = {name: None for name in _depthwise(model) if name in weights}
    if mode == "int8-weights":
        linear = optimize.OpLinearQuantizerConfig(
            mode="linear_symmetric", dtype="int8", granularity="per_channel", weight_threshold=MIN_VALUES
        )
        made = optimize.linear_quantize_weights(
            model, optimize.OptimizationConfig(global_config=linear, op_name_configs=left)
        )
    else:
        bits = PALETTE_BITS[mode]

        def lut(weight: npt.NDArray[np.floating[Any]]) -> tuple[npt.NDArray[Any], npt.NDArray[np.uint8]]:
            return palette(weight, bits)

        tables = optimize.OpPalettizerConfig(mode="custom", lut_function=lut, weight_threshold=MIN_VALUES)
        made = optimize.palettize_weights(
            model, optimize.OptimizationConfig(global_config=tables, op_name_configs=left)
        )
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


def _weights(model: Any) -> dict[str, tuple[int, ...]]:
    """The shapes of the constants of floating point, by name."""
    from coremltools.proto import MIL_pb2

    found = {}
    for op in _operations(model):
        for output in op.outputs if op.type == "const" else ():
            tensor = output.type.tensorType
            if tensor.dataType in (MIL_pb2.FLOAT16, MIL_pb2.FLOAT32):
                found[output.name] = tuple(dimension.constant.size for dimension in tensor.dimensions)
    return found


def _depthwise(model: Any) -> set[str]:
    """The names of the weights of convolutions that read one channel to a filter."""
    weights = _weights(model)
    names = {op.inputs["weight"].arguments[0].name for op in _operations(model) if op.type == "conv"}
    return {name for name in names if weights.get(name, (0, 0))[1] == 1}


def _operations(model: Any) -> Any:
    (function,) = model.get_spec().mlProgram.functions.values()
    (block,) = function.block_specializations.values()
    return block.operations
