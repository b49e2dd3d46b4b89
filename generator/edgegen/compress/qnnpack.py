"""A program with quantise and dequantise operators in it, as the quantised operators of TorchScript's interpreter.

PT2E writes `dequantize → conv2d → hardtanh → quantize` in float; ATen has `quantized::conv2d` over quint8. The two mean
the same numbers: an int8 level q is the quint8 level q + 128 with a zero point that is 128 higher, and the end of the
levels is a clamp. What has no quantised operator stays in float between its two conversions, as it is written.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from torch import Tensor
    from torch.export import ExportedProgram
    from torch.fx import GraphModule, Node

_SHIFT: Final = 128
"""From an int8 level to the quint8 level of the same value."""
_LAST_LEVEL: Final = 255
Scale: TypeAlias = tuple[float, int]
"""The scale and zero point of a quint8 tensor."""


@dataclass(frozen=True)
class QnnpackProgram:
    """A module to be traced, and how many of its operators compute in int8."""

    module: GraphModule
    operators: int


def to_qnnpack(program: ExportedProgram) -> QnnpackProgram:
    """`program`, as `pt2e.quantize` made it, in quantised operators. torch's engine of the moment packs the weights."""
    module: GraphModule = program.module(check_guards=False)
    lowering = _Lowering(module)
    lowering.drop_dropouts()
    lowering.convert_weights()
    count = lowering.fuse_dynamic_linears()
    lowering.convert_activations()
    count += lowering.fuse_static()
    module.graph.eliminate_dead_code()
    module.recompile()
    return QnnpackProgram(module, count)


class _Lowering:
    """Rewrites one graph in place; the public methods are called in the order in which they stand."""

    def __init__(self, module: GraphModule) -> None:
        import torch
        import torchao.quantization.pt2e.quantize_pt2e  # noqa: F401  (registers quantized_decomposed)

        self.module, self.graph = module, module.graph
        self.aten, self.quantized = torch.ops.aten, torch.ops.quantized
        self.decomposed = torch.ops.quantized_decomposed
        self.scales: dict[Node, Scale] = {}
        self.attributes = 0
        aten = self.aten
        self.convolutions = {
            aten.conv1d.default: (1, self.quantized.conv1d_prepack, self.quantized.conv1d.default),
            aten.conv2d.default: (2, self.quantized.conv2d_prepack, self.quantized.conv2d.new),
        }
        self.sums = {aten.add.Tensor: self.quantized.add.default, aten.mul.Tensor: self.quantized.mul.default}
        # These give levels of the same scale, so they need no other operator for quantised tensors.
        self.level_keeping = {
            aten.view.default, aten.reshape.default, aten.flatten.using_ints, aten.permute.default,
            aten.transpose.int, aten.squeeze.dim, aten.unsqueeze.default, aten.max_pool2d.default,
            aten.adaptive_avg_pool2d.default, aten.relu.default,
        }  # fmt: skip

    def drop_dropouts(self) -> None:
        """Those that do nothing in eval mode; torch takes them for random, so nothing else would remove them."""
        for node in self._calls(self.aten.dropout.default):
            if node.args[2] is False:
                node.replace_all_uses_with(node.args[0])
                self.graph.erase_node(node)

    def convert_weights(self) -> None:
        """Int8 constants become qint8 tensors with a scale to each channel."""
        import torch

        for node in self._calls(self.decomposed.dequantize_per_channel.default):
            values, scales, zeros, axis = node.args[:4]
            weight = torch._make_per_channel_quantized_tensor(
                self._value(values), self._value(scales).double(), self._value(zeros).long(), axis
            )
            self._dequantize(node, self._attribute(weight, node))

    def fuse_dynamic_linears(self) -> int:
        """A linear layer whose input is measured and quantised as it comes: one operator does all of it."""
        count = 0
        for node in self._calls(self.aten.linear.default):
            weight = self._weight(node.args[1])
            levels = self._source(node.args[0], self.decomposed.dequantize_per_tensor.tensor)
            measured = self._source(levels, self.decomposed.quantize_per_tensor.tensor)
            if weight is None or measured is None or not self._has_constant_bias(node):
                continue
            packed = self.quantized.linear_prepack(weight, self._bias(node))
            with self.graph.inserting_before(node):
                arguments = (measured, self._attribute(packed, node))
                fused = self.graph.call_function(self.quantized.linear_dynamic.default, arguments)
            node.replace_all_uses_with(fused)
            count += 1
        self.graph.eliminate_dead_code()
        return count

    def convert_activations(self) -> None:
        """Quantising gives quint8 tensors that know their scale, dequantising asks them."""
        import torch

        for node in self._calls(self.decomposed.quantize_per_tensor.default):
            value, scale, zero = node.args[:3]
            with self.graph.inserting_before(node):
                levels = self.graph.call_function(
                    torch.quantize_per_tensor, (value, scale, zero + _SHIFT, torch.quint8)
                )
            node.replace_all_uses_with(levels)
            self.scales[levels] = (scale, zero + _SHIFT)
        for node in self._calls(self.decomposed.dequantize_per_tensor.default):
            levels, scale, zero = node.args[:3]
            if levels.op == "get_attr":
                shifted = (self._value(levels).short() + _SHIFT).to(torch.uint8)
                constant = torch._make_per_tensor_quantized_tensor(shifted, scale, zero + _SHIFT)
                levels = self._attribute(constant, node)
                self.scales[levels] = (scale, zero + _SHIFT)
            self._dequantize(node, levels)
        self.graph.eliminate_dead_code()

    def fuse_static(self) -> int:
        """Each operator between dequantising and quantising becomes a quantised one, where there is one."""
        import torch

        count = 0
        for node in self._calls(torch.quantize_per_tensor):
            made = self._kept_levels(node)
            if made is None:
                made = self._computed(node)
                count += made is not None
            if made is not None:
                self.scales[made] = self.scales[node]
                node.replace_all_uses_with(made)
        return count

    def _kept_levels(self, quantise: Node) -> Node | None:
        """The operator before `quantise` over the levels themselves, where it keeps them and their scale."""
        node: Any = quantise.args[0]
        again = self._levels(node)
        if again is not None and self.scales[again] == self.scales[quantise]:
            return again
        levels = self._levels(node.args[0]) if node.op == "call_function" and node.args else None
        if levels is None or self.scales[levels] != self.scales[quantise]:
            return None
        if node.target not in self.level_keeping:
            return None
        with self.graph.inserting_before(quantise):
            return self.graph.call_function(node.target, (levels, *node.args[1:]), node.kwargs)

    def _computed(self, quantise: Node) -> Node | None:
        """The quantised operator for the one before `quantise`, with the clamp between them."""
        node: Any = quantise.args[0]
        bounds = self._bounds(node)
        if bounds is not None:
            node = node.args[0]
        if node.op != "call_function" or len(node.users) > 1:
            return None
        with self.graph.inserting_before(quantise):
            made = self._operator(node, self.scales[quantise])
            if made is None or bounds is None or _is_all(bounds, self.scales[quantise]):
                return made
            return self._clamped(made, bounds)

    def _clamped(self, levels: Node, bounds: tuple[float, float]) -> Node:
        if bounds == (0.0, math.inf):
            return self.graph.call_function(self.aten.relu.default, (levels,))
        # QNNPACK's clamp gives the pixels of a channels-last tensor, which its convolutions make, in another order.
        plain = self.graph.call_method("contiguous", (levels,))
        return self.graph.call_function(self.aten.clamp.default, (plain, *bounds))

    def _operator(self, node: Any, scale: Scale) -> Node | None:
        if node.target in self.convolutions or node.target == self.aten.linear.default:
            return self._layer(node, scale)
        if node.target in self.sums and not node.kwargs:
            inputs = [self._levels(argument) for argument in node.args]
            if None not in inputs:
                return self.graph.call_function(self.sums[node.target], (*inputs, *scale))
        if node.target == self.aten.cat.default:
            inputs = [self._levels(argument) for argument in node.args[0]]
            if None not in inputs:
                axis = node.args[1] if len(node.args) > 1 else 0
                return self.graph.call_function(self.quantized.cat.default, (inputs, axis, *scale))
        return None

    def _layer(self, node: Any, scale: Scale) -> Node | None:
        """A convolution or linear layer with a constant weight; None where its weight or bias is computed."""
        levels, weight = self._levels(node.args[0]), self._weight(node.args[1])
        if levels is None or weight is None or not self._has_constant_bias(node):
            return None
        if node.target == self.aten.linear.default:
            operator, packed = self.quantized.linear.default, self.quantized.linear_prepack(weight, self._bias(node))
        else:
            rank, pack, operator = self.convolutions[node.target]
            given = [*node.args[3:], *([1] * rank, [0] * rank, [1] * rank, 1)[max(len(node.args) - 3, 0) :]]
            stride, padding, dilation = (list(value) * (rank // len(value)) for value in given[:3])
            packed = pack(weight, self._bias(node), stride, padding, dilation, given[3])
        return self.graph.call_function(operator, (levels, self._attribute(packed, node), *scale))

    def _bounds(self, node: Any) -> tuple[float, float] | None:
        """What a clamp that only its own reader reads clamps to; None for another operator."""
        aten = self.aten
        if node.op != "call_function" or len(node.users) > 1:
            return None
        if node.target in (aten.relu.default, aten.relu_.default):
            return 0.0, math.inf
        if node.target in (aten.relu6.default, aten.relu6_.default):
            return 0.0, 6.0
        if node.target in (aten.hardtanh.default, aten.hardtanh_.default):
            low, high = (node.args[at] if len(node.args) > at else bound for at, bound in ((1, -1.0), (2, 1.0)))
            return float(low), float(high)
        return None

    def _levels(self, argument: Any) -> Node | None:
        """The quint8 tensor that `argument` dequantises."""
        found = argument.args[0] if getattr(argument, "target", None) == "dequantize" else None
        return found if found in self.scales else None

    def _weight(self, argument: Any) -> Tensor | None:
        """The qint8 constant that `argument` dequantises."""
        found = argument.args[0] if getattr(argument, "target", None) == "dequantize" else None
        return self._value(found) if found is not None and found.op == "get_attr" else None

    def _has_constant_bias(self, node: Any) -> bool:
        return len(node.args) < 3 or node.args[2] is None or node.args[2].op == "get_attr"

    def _bias(self, node: Any) -> Tensor | None:
        bias = node.args[2] if len(node.args) > 2 else None
        return None if bias is None else self._value(bias).detach().float()

    def _source(self, node: Any, target: Any) -> Node | None:
        """The first argument of `node` where that is a call of `target`."""
        return node.args[0] if node is not None and node.target == target else None

    def _calls(self, target: Any) -> list[Any]:
        # Any: the type of a node's arguments is a union of everything that a graph can hold.
        return [node for node in self.graph.nodes if node.op == "call_function" and node.target == target]

    def _dequantize(self, node: Node, levels: Node) -> None:
        with self.graph.inserting_before(node):
            node.replace_all_uses_with(self.graph.call_method("dequantize", (levels,)))

    def _value(self, node: Any) -> Any:
        """The constant behind a get_attr node."""
        return reduce(getattr, str(node.target).split("."), self.module)

    def _attribute(self, value: object, before: Node) -> Node:
        """A new constant of the module, read before `before`."""
        name = f"quantized_{self.attributes}"
        self.attributes += 1
        setattr(self.module, name, value)
        with self.graph.inserting_before(before):
            # graph.get_attr() warns of packed weights: they are neither modules nor tensors.
            return self.graph.create_node("get_attr", name)


def _is_all(bounds: tuple[float, float], scale: Scale) -> bool:
    """Whether every one of the 256 levels lies within `bounds` already, so that clamping changes none."""
    (low, high), (step, zero) = bounds, scale
    first = -math.inf if math.isinf(low) else round(low / step) + zero
    last = math.inf if math.isinf(high) else round(high / step) + zero
    return first <= 0 and last >= _LAST_LEVEL
