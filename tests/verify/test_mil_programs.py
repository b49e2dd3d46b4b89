"""torch modules through coremltools and back: what its converter makes of each family of operations is read right.

Each module has several outputs, so that one conversion tests many operations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from edgegen.verify.metrics import sqnr_db
from tests.verify.mil import X, evaluated, kinds, numbers


class Several(nn.Module):
    """A module whose outputs are what `functions` give for its inputs."""

    def __init__(self, functions: Sequence[Callable[..., Any]]) -> None:
        super().__init__()
        self.functions = functions

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        results = [function(*inputs) for function in self.functions]
        return tuple(item for result in results for item in (result if isinstance(result, tuple | list) else (result,)))


W = numbers(8, 2, 3, 2, seed=1)
A, B, C, D = numbers(4), numbers(4, seed=1), numbers(4, seed=2), numbers(8)
LINE, PLANE, PLANE_2, ROWS, THREE = (
    numbers(3, 4, 2, seed=2),
    numbers(6, 5),
    numbers(6, 5, seed=1),
    numbers(3, 5),
    numbers(3),
)
MODULES: dict[str, tuple[list[Callable[..., Any]], tuple[Tensor, ...]]] = {
    "activations": (
        [
            functional.relu6,
            functional.hardswish,
            functional.hardsigmoid,
            functional.silu,
            functional.mish,
            functional.gelu,
            lambda x: functional.gelu(x, approximate="tanh"),
            lambda x: functional.leaky_relu(x, 0.2),
            lambda x: functional.elu(x, 0.5),
            lambda x: functional.prelu(x, torch.tensor([0.1, 0.2, 0.3, 0.4])),
            functional.softsign,
            lambda x: functional.softplus(x, beta=2.0),
            lambda x: functional.log_softmax(x, 1),
            lambda x: functional.glu(x, 1),
        ],
        (X,),
    ),
    "convolutions": (
        [
            lambda x: functional.conv2d(x, W, D, [2, 1], [1, 2], [1, 2], 2),
            lambda x: functional.conv2d(x, W, padding="same", groups=2),
            lambda x: functional.conv_transpose2d(x, W[:4], A, 2, 1, 1, 2),
            lambda x: functional.conv1d(x[:, :, 0], LINE, stride=2),
            lambda x: functional.max_pool2d(x, 3, 2, 1),
            lambda x: functional.max_pool2d(x, 3, 2, ceil_mode=True),
            lambda x: functional.avg_pool2d(x, 3, 2, 1),
            lambda x: functional.avg_pool2d(x, 3, 2, 1, count_include_pad=False),
            lambda x: functional.adaptive_avg_pool2d(x, 1),
            lambda x: functional.pad(x, [1, 2, 0, 1], mode="reflect"),
            lambda x: functional.pad(x, [1, 2, 0, 1], mode="replicate"),
            lambda x: functional.pad(x, [1, 2], value=0.5),
        ],
        (X,),
    ),
    "norms and reductions": (
        [
            lambda x: functional.batch_norm(x, A, B.abs(), C, A),
            lambda x: functional.layer_norm(x, [6, 5], PLANE, PLANE_2),
            lambda x: functional.instance_norm(x, weight=A, bias=B),
            lambda x: functional.group_norm(x, 2, A, B),
            lambda x: x.mean((2, 3)),
            lambda x: x.sum(1, keepdim=True),
            lambda x: x.amax((1, 2)),
            lambda x: x.var((2, 3)),
            lambda x: torch.linalg.vector_norm(x, dim=1),
            lambda x: x.argmax(1).int(),
            lambda x: x.cumsum(1),
            lambda x: torch.logsumexp(x, 1),
            lambda x: x.topk(2, 1)[0],
        ],
        (X,),
    ),
    "shapes": (
        [
            lambda x: x.reshape(2, -1, 3, 10).permute(0, 3, 1, 2),
            lambda x: x.chunk(2, 1),
            lambda x: x.split([1, 3], 1),
            lambda x: torch.cat([x, x.flip(1)], 2),
            lambda x: torch.stack([x, 2 * x], 1),
            lambda x: x[:, 1:3, ::2, -2],
            lambda x: x[:, -1].unsqueeze(1).squeeze(0),
            lambda x: functional.pixel_shuffle(x, 2),
            lambda x: x.roll([1, 2], [2, 3]),
            lambda x: x.repeat(1, 2, 1, 1),
            lambda x: functional.interpolate(x, scale_factor=2.0),
            lambda x: functional.interpolate(x, size=(9, 7), mode="bilinear", align_corners=False),
            lambda x: functional.interpolate(x, size=(9, 7), mode="bilinear", align_corners=True),
            lambda x: x.tril(),
        ],
        (X,),
    ),
    "products and choice": (
        [
            lambda x, y: x @ y.mT,
            lambda x, y: torch.einsum("bchw,bchv->bcwv", x, y),
            lambda x, y: functional.linear(x, ROWS, THREE),
            lambda x, y: torch.where(x > y, x, y * 2),
            lambda x, y: torch.maximum(x, y) / (y.abs() + 1),
            lambda x, y: (x.abs() + 0.1).pow(1.5) + torch.rsqrt(y.abs() + 0.1) + torch.exp(-x) + y.sigmoid().log(),
            lambda x, y: functional.scaled_dot_product_attention(x, y, y),
            lambda x, y: x.clamp(-0.5, 0.5) + y.tanh() + torch.erf(x) + torch.floor(x) + torch.sign(y),
            lambda x, y: torch.logical_and(x > 0, y > 0).int(),
        ],
        (X, numbers(2, 4, 6, 5, seed=5)),
    ),
}


@pytest.mark.parametrize("target", [16, 18])
@pytest.mark.parametrize("name", MODULES)
def test_operations_as_the_converter_writes_them(name: str, target: int) -> None:
    functions, inputs = MODULES[name]
    module = Several(functions)
    expected, actual = module(*inputs), evaluated(module, inputs, target=target)
    assert len(expected) == len(actual)
    for number, (reference, got) in enumerate(zip(expected, actual, strict=True)):
        assert got.shape == reference.shape, number
        if reference.is_floating_point():
            assert sqnr_db(reference, got) > 100.0, (number, sqnr_db(reference, got))
        else:
            assert torch.equal(got.long(), reference.long()), number


def test_ios_18_has_attention_as_one_operation() -> None:
    functions, inputs = MODULES["products and choice"]
    assert "scaled_dot_product_attention" in kinds(Several(functions), inputs, target=18)
    assert "scaled_dot_product_attention" not in kinds(Several(functions), inputs, target=16)


class Embeds(nn.Module):
    """Integers in, two outputs of two types out."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(3)
        self.table = nn.Embedding(7, 4)

    def forward(self, ids: Tensor, x: Tensor) -> tuple[Tensor, Tensor]:
        return self.table(ids) + x, ids * 2


@pytest.mark.parametrize("target", [16, 17])
def test_integers_and_several_inputs(target: int) -> None:
    inputs = (torch.tensor([[0, 6, 3]], dtype=torch.int32), numbers(1, 3, 4))
    module = Embeds()
    actual = evaluated(module, inputs, target=target)
    torch.testing.assert_close(actual[0], module(*inputs)[0].detach())
    assert actual[1].tolist() == [[0, 12, 6]]


def test_half_is_rounded_after_every_operation() -> None:
    """(1 + 2^-11) is 1 in float16, so a difference of it and 1 is nothing; in float32 it is there."""
    module = Several([lambda x: (x * (1 + 2**-11) - x) * 4096.0])
    (exact,) = evaluated(module, (torch.ones(1, 4),))
    (rounded,) = evaluated(module, (torch.ones(1, 4),), half=True)
    assert exact.tolist() == [[2.0] * 4]
    assert rounded.tolist() == [[0.0] * 4]
