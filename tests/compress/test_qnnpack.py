"""PT2E's program in quantised ATen operators: the same numbers, operator by operator."""

from __future__ import annotations

import collections
import warnings
from collections.abc import Iterator

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from edgegen.compress.pt2e import quantize
from edgegen.compress.qnnpack import QnnpackProgram, _is_all, to_qnnpack
from edgegen.verify.metrics import sqnr_db
from edgegen.verify.runner_ptl import quantized_engine


@pytest.fixture(autouse=True)
def engine() -> Iterator[None]:
    with quantized_engine(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torchao's own.
        yield


def samples(*shape: int, count: int = 8) -> list[tuple[Tensor, ...]]:
    generator = torch.Generator().manual_seed(0)
    return [(torch.rand(shape, generator=generator) * 4 - 2,) for _ in range(count)]


def lowered(module: nn.Module, given: list[tuple[Tensor, ...]]) -> tuple[nn.Module, QnnpackProgram]:
    """PT2E's program and the one made of it."""
    torch.manual_seed(0)
    program = quantize(torch.export.export(module.eval(), given[0]), "int8", given[0], given).program
    return program.module(check_guards=False), to_qnnpack(program)


def assert_same(module: nn.Module, given: list[tuple[Tensor, ...]], operators: list[str]) -> None:
    """Both programs give the same numbers but for ties at half a level, and `operators` are what computes in int8."""
    reference, made = lowered(module, given)
    with torch.no_grad():
        expected = torch.cat([reference(*sample) for sample in given])
        actual = torch.cat([made.module(*sample) for sample in given])
    assert sqnr_db(expected, actual) > 35.0
    found = [str(node.target) for node in made.module.graph.nodes if str(node.target).startswith("quantized.")]
    assert collections.Counter(found) == collections.Counter(operators)
    assert made.operators == len(operators)


class Clamped(nn.Module):
    """A convolution, then `clamp`."""

    def __init__(self, clamp: nn.Module) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(3, 8, 3, padding=1, stride=2)
        self.clamp = clamp

    def forward(self, x: Tensor) -> Tensor:
        return self.clamp(self.convolution(x))


@pytest.mark.parametrize(
    "clamp",
    [nn.ReLU(), nn.ReLU6(), nn.Hardtanh(-0.25, 0.5), nn.Hardtanh(0.1, 0.2), nn.Hardtanh(), nn.Hardtanh(-9.0, 9.0)],
    ids=repr,
)
def test_a_clamp_after_a_convolution_is_its_levels_end_or_a_clamp_of_levels(clamp: nn.Module) -> None:
    assert_same(Clamped(clamp), samples(1, 3, 12, 12), ["quantized.conv2d.new"])


class Residual(nn.Module):
    """What residual nets add, multiply and join."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(4, 4, 3, padding=1, groups=2, bias=False)
        self.second = nn.Conv2d(4, 4, (1, 3), padding=(0, 1), dilation=(1, 1))
        self.head = nn.Linear(8, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.first(x))
        made = F.relu(x + self.second(x))
        joined = torch.cat([made, x * made], 1)
        return self.head(F.adaptive_avg_pool2d(joined, 1).flatten(1))


def test_sums_products_joins_and_layers() -> None:
    convolution, linear = "quantized.conv2d.new", "quantized.linear.default"
    names = [
        convolution,
        convolution,
        "quantized.add.default",
        "quantized.mul.default",
        "quantized.cat.default",
        linear,
    ]
    assert_same(Residual(), samples(1, 4, 10, 10), names)


def test_a_relu_within_the_levels_clamps_them() -> None:
    """Levels that reach below zero, as a shared scale makes them: the relu must be there, on every pixel."""
    given = samples(1, 3, 12, 12)
    program = quantize(torch.export.export(Clamped(nn.ReLU()).eval(), given[0]), "int8", given[0], given).program
    moved = 0
    for node in program.graph.nodes:
        if "quantize_per_tensor" in str(node.target) and node.args[2] == -128:
            node.args = (*node.args[:2], -28, *node.args[3:])
            moved += 1
    assert moved == 2
    reference, made = program.module(check_guards=False), to_qnnpack(program).module
    with torch.no_grad():
        (expected, actual) = (torch.cat([module(*sample) for sample in given]) for module in (reference, made))
    assert float(actual.min()) == 0.0
    assert sqnr_db(expected, actual) > 35.0


def test_a_convolution_over_a_line() -> None:
    assert_same(nn.Conv1d(3, 4, 5, stride=2, padding=2), samples(1, 3, 20), ["quantized.conv1d.default"])


class InFloat(nn.Module):
    """A convolution between operators that stay in float."""

    def __init__(self) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(3, 4, 1)

    def forward(self, x: Tensor) -> Tensor:
        return torch.softmax(self.convolution(torch.sin(x)).mean((2, 3)), 1)


def test_what_has_no_quantised_operator_stays_in_float() -> None:
    assert_same(InFloat(), samples(1, 3, 6, 6), ["quantized.conv2d.new"])


def test_dynamic_linears_measure_their_input() -> None:
    module = nn.Sequential(nn.Linear(16, 8), nn.GELU(), nn.Linear(8, 4, bias=False)).eval()
    given = samples(3, 16)
    program = quantize(torch.export.export(module, given[0]), "dynamic", given[0], ()).program
    made = to_qnnpack(program)
    assert made.operators == 2
    with torch.no_grad():
        for sample in given:
            assert sqnr_db(program.module()(*sample), made.module(*sample)) > 60.0


@pytest.mark.parametrize(
    ("bounds", "scale", "expected"),
    [
        ((0.0, 6.0), (6.0 / 255, 0), True),
        ((0.0, 6.0), (6.1 / 255, 0), False),
        ((0.0, 6.0), (0.01, 0), True),
        ((0.0, 6.0), (0.01, 1), False),
        ((0.0, float("inf")), (1.0, 0), True),
        ((-1.0, 1.0), (2.0 / 255, 128), True),
        ((-1.0, 1.0), (2.1 / 255, 128), False),
    ],
)
def test_when_clamping_changes_no_level(bounds: tuple[float, float], scale: tuple[float, int], expected: bool) -> None:
    """Against the slow obvious answer: clamp what each of the 256 levels stands for, and quantise it again."""
    step, zero = scale
    values = (torch.arange(256.0, dtype=torch.float64) - zero) * step
    again = torch.round(values.clamp(*bounds) / step) + zero
    assert torch.equal(again, torch.arange(256.0, dtype=torch.float64)) is expected
    assert _is_all(bounds, scale) is expected
