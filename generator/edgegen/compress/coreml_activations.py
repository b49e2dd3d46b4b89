"""Quantises weights and activations to 8 bits for Core ML: PT2E with Apple's own quantizer.

coremltools' `linear_quantize_activations` would calibrate on the finished model, which only macOS can run; here the
program is calibrated in torch before it is converted, and the scales become operators of iOS 17's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from edgegen.compress.pt2e import Quantized, nothing_quantized, quantized_operators
from edgegen.errors import ExportError

if TYPE_CHECKING:
    from torch import Tensor
    from torch.export import ExportedProgram


def quantize_activations(
    program: ExportedProgram, inputs: tuple[Tensor, ...], calibration: Sequence[tuple[Tensor, ...]]
) -> Quantized:
    """`program` in int8 (weights, one scale to a channel) and uint8 (activations). `inputs` have its shapes.

    Raises ExportError when there is nothing to calibrate with or nothing of the model can be quantised.
    """
    import torch
    from torchao.quantization.pt2e.quantize_pt2e import convert_pt2e, prepare_pt2e

    if not calibration:
        raise ExportError(
            "int8 needs pictures to calibrate with, and there are none",
            where="export.quantize.calibration",
            hint="Give a folder of typical pictures: --calibration DIR (some tens are enough), or int8-weights",
        )
    with torch.no_grad():
        prepared = prepare_pt2e(program.module(), _quantizer())
        for sample in calibration:
            prepared(*sample)
        converted = convert_pt2e(prepared)
        count = quantized_operators(converted)
        if count == 0:
            raise nothing_quantized(program, "int8")
        return Quantized(torch.export.export(converted, inputs), count)


def _quantizer() -> Any:
    import torch
    from coremltools.optimize.torch.quantization import LinearQuantizerConfig, ModuleLinearQuantizerConfig
    from executorch.backends.apple.coreml.quantizer import CoreMLQuantizer

    scheme = ModuleLinearQuantizerConfig(
        quantization_scheme="symmetric",
        activation_dtype=torch.quint8,
        weight_dtype=torch.qint8,
        weight_per_channel=True,
    )
    return CoreMLQuantizer(LinearQuantizerConfig(global_config=scheme))
