"""Quantises an exported program to int8: static with calibration, or dynamic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edgegen.compress.quantizer import make_quantizer
from edgegen.errors import ExportError
from edgegen.exporters.delegation import operator_name
from edgegen.spec.model_spec import QuantizeMode

if TYPE_CHECKING:
    from torch import Tensor
    from torch.export import ExportedProgram
    from torch.fx import GraphModule


@dataclass(frozen=True)
class Quantized:
    """A program with quantise and dequantise operators in it, and how many operators compute in int8."""

    program: ExportedProgram
    operators: int


def quantize(
    program: ExportedProgram,
    mode: QuantizeMode,
    inputs: tuple[Tensor, ...],
    calibration: Sequence[tuple[Tensor, ...]],
) -> Quantized:
    """`program` in int8. `inputs` have the program's shapes; `calibration` (static only) is run through in order.

    Raises ExportError when there is nothing to calibrate with or nothing of the model can be quantised.
    """
    import torch
    from torchao.quantization.pt2e.quantize_pt2e import convert_pt2e, prepare_pt2e

    if mode == "int8" and not calibration:
        raise ExportError(
            "int8 needs pictures to calibrate with, and there are none",
            where="export.quantize.calibration",
            hint="Give a folder of typical pictures: --calibration DIR (some tens are enough), or --quantize dynamic",
        )
    with torch.no_grad():
        prepared = prepare_pt2e(program.module(), make_quantizer(mode))
        for sample in calibration if mode == "int8" else (inputs,):
            prepared(*sample)
        converted = convert_pt2e(prepared)
        count = quantized_operators(converted)
        if count == 0:
            raise nothing_quantized(program, mode)
        return Quantized(torch.export.export(converted, inputs), count)


def quantized_operators(module: GraphModule) -> int:
    """How many operators of a converted graph read a quantised activation together with a quantised weight or operand.

    Counted are the operators that are not themselves (de)quantisation and read at least one dequantised value that
    comes from a quantised activation, not only a quantised constant.
    """
    return sum(
        1
        for node in module.graph.nodes
        if node.op == "call_function"
        and "quantize" not in str(node.target)
        and "choose_qparams" not in str(node.target)
        and any("dequantize_per_tensor" in str(source.target) for source in node.all_input_nodes)
    )


def nothing_quantized(program: ExportedProgram, mode: QuantizeMode) -> ExportError:
    """The error for a model of which no operator could be quantised, naming the operators it has."""
    names = sorted({operator_name(node.target) for node in program.graph.nodes if node.op == "call_function"})
    wanted = "linear layers" if mode == "dynamic" else "convolutions, linear layers and additions"
    return ExportError(
        f"nothing of the model could be quantised: {mode} covers {wanted}, "
        f"the model has {', '.join(names[:6]) or 'none'}",
        where="export.quantize.mode",
        hint="Export it with --quantize none",
    )
