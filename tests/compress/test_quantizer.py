"""relu6 is fused as relu is, in this quantizer and in no other."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torchao.quantization.pt2e.quantize_pt2e import prepare_pt2e

from edgegen.compress.quantizer import is_fusable_clamp, make_quantizer

PICTURE = (torch.ones(1, 3, 8, 8),)


class Net(nn.Module):
    def __init__(self, clamp: Any) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(3, 4, 3)
        self.linear = nn.Linear(6, 6)
        self.clamp = clamp

    def forward(self, image: Tensor) -> Tensor:
        return self.clamp(self.linear(self.clamp(self.convolution(image))))


def graph_of(module: nn.Module) -> torch.fx.GraphModule:
    return torch.export.export(module.eval(), PICTURE).module()


def observed_before_clamp(prepared: torch.fx.GraphModule) -> int:
    """How many clamps read an observed value: there the range is measured before the clamp."""
    clamps = [n for n in prepared.graph.nodes if "hardtanh" in str(n.target) or "relu" in str(n.target)]
    assert len(clamps) == 2
    return sum(node.args[0].op == "call_module" for node in clamps)


@pytest.mark.parametrize("clamp", [nn.ReLU6(), F.relu6, nn.Hardtanh(-1, 1), nn.ReLU6(inplace=True), nn.ReLU()])
def test_no_range_is_measured_between_a_layer_and_its_clamp(clamp: Any) -> None:
    assert observed_before_clamp(prepare_pt2e(graph_of(Net(clamp)), make_quantizer("int8"))) == 0


def test_the_graph_keeps_its_clamps_and_torchao_its_quantizer() -> None:
    from executorch.backends.xnnpack.quantizer.xnnpack_quantizer import (
        XNNPACKQuantizer,
        get_symmetric_quantization_config,
    )

    prepared = prepare_pt2e(graph_of(Net(nn.ReLU6())), make_quantizer("int8"))
    assert sum("hardtanh" in str(node.target) for node in prepared.graph.nodes) == 2
    plain = XNNPACKQuantizer().set_global(get_symmetric_quantization_config(is_per_channel=True))
    assert observed_before_clamp(prepare_pt2e(graph_of(Net(nn.ReLU6())), plain)) == 2


def test_a_clamp_after_an_addition_or_with_other_readers_is_left_alone() -> None:
    class Others(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.convolution = nn.Conv2d(3, 3, 1)

        def forward(self, image: Tensor) -> Tensor:
            made = self.convolution(image)
            return F.relu6(made + image) + F.relu6(made)

    assert not any(is_fusable_clamp(node) for node in graph_of(Others()).graph.nodes)


def test_dynamic_quantisation_covers_linear_layers_only() -> None:
    prepared = prepare_pt2e(graph_of(Net(nn.ReLU())), make_quantizer("dynamic"))
    nodes = {str(node.target): node for node in prepared.graph.nodes}
    assert nodes["aten.linear.default"].args[0].op == "call_module"
    assert nodes["aten.conv2d.default"].args[0].op == "placeholder"
