"""Arithmetic of the evaluator (activations, norms, products, reductions …) against torch, NumPy or by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from edgegen.verify.mil.registry import OperandError
from tests.verify.mil import X, close, computed, numbers


@pytest.mark.parametrize(
    ("kind", "parameters", "expected"),
    [
        ("relu", {}, functional.relu),
        ("relu6", {}, functional.relu6),
        ("leaky_relu", {"alpha": 0.3}, lambda x: functional.leaky_relu(x, 0.3)),
        ("elu", {"alpha": 0.7}, lambda x: functional.elu(x, 0.7)),
        ("gelu", {}, functional.gelu),
        ("gelu", {"mode": "EXACT"}, functional.gelu),
        ("gelu", {"mode": "TANH_APPROXIMATION"}, lambda x: functional.gelu(x, approximate="tanh")),
        ("gelu", {"mode": "SIGMOID_APPROXIMATION"}, lambda x: x / (1 + torch.exp(-1.702 * x))),
        ("silu", {}, functional.silu),
        ("sigmoid", {}, torch.sigmoid),
        ("sigmoid_hard", {"alpha": 1 / 6, "beta": 0.5}, functional.hardsigmoid),
        ("thresholded_relu", {"alpha": 0.5}, lambda x: x * (x >= 0.5)),
        ("clamped_relu", {"alpha": 0.1, "beta": 0.8}, lambda x: functional.leaky_relu(x, 0.1).clamp(max=0.8)),
        ("linear_activation", {"alpha": 3.0, "beta": -1.0}, lambda x: 3 * x - 1),
        ("scaled_tanh", {"alpha": 2.0, "beta": 0.5}, lambda x: 2 * torch.tanh(x / 2)),
        ("softplus", {}, lambda x: torch.log1p(torch.exp(x))),
        ("softsign", {}, functional.softsign),
        ("softmax", {}, lambda x: torch.softmax(x, -1)),
        ("softmax", {"axis": 1}, lambda x: torch.softmax(x, 1)),
    ],
)
def test_activations(kind: str, parameters: dict[str, Any], expected: Any) -> None:
    close(computed(kind, x=X, **parameters), expected(X))


def test_activations_with_a_parameter_for_each_channel() -> None:
    alpha, beta = torch.tensor([0.1, 0.2, 0.3, 0.4]), torch.tensor([1.0, 2.0, 0.5, 3.0])
    close(computed("prelu", x=X, alpha=alpha), torch.where(X > 0, X, X * alpha.reshape(4, 1, 1)))
    by_channel = [alpha[c] * torch.log1p(torch.exp(beta[c] * X[:, c])) for c in range(4)]
    close(computed("softplus_parametric", x=X, alpha=alpha, beta=beta), torch.stack(by_channel, 1))


def test_a_softplus_of_large_numbers_does_not_overflow() -> None:
    close(computed("softplus", x=torch.tensor([200.0, -200.0])), torch.tensor([200.0, 0.0]))


BINARY = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "real_div": np.divide, "maximum": np.maximum,
    "minimum": np.minimum, "floor_div": np.floor_divide, "mod": np.mod, "equal": np.equal, "not_equal": np.not_equal,
    "greater": np.greater, "greater_equal": np.greater_equal, "less": np.less, "less_equal": np.less_equal,
}  # fmt: skip
UNARY = {
    "abs": np.abs, "acos": np.arccos, "asin": np.arcsin, "atan": np.arctan, "atanh": np.arctanh, "ceil": np.ceil,
    "cos": np.cos, "cosh": np.cosh, "exp": np.exp, "exp2": np.exp2, "floor": np.floor, "round": np.round,
    "sign": np.sign, "sin": np.sin, "sinh": np.sinh, "square": np.square, "tan": np.tan, "tanh": np.tanh,
}  # fmt: skip


@pytest.mark.parametrize("kind", BINARY)
def test_two_operands_are_broadcast_as_numpy_does(kind: str) -> None:
    x, y = numbers(3, 1, 4), numbers(5, 1, seed=1)
    close(computed(kind, x=x, y=y), torch.from_numpy(np.asarray(BINARY[kind](x.numpy(), y.numpy()))))


@pytest.mark.parametrize("kind", UNARY)
def test_one_operand(kind: str) -> None:
    x = torch.linspace(-0.95, 0.95, 21)
    close(computed(kind, x=x), torch.from_numpy(UNARY[kind](x.numpy())))


def test_roots_and_logarithms_have_their_own_epsilon() -> None:
    x = torch.tensor([0.0, 0.25, 4.0])
    close(computed("sqrt", x=x), torch.tensor([0.0, 0.5, 2.0]))
    close(computed("rsqrt", x=x), 1 / torch.sqrt(x + 1e-12))
    close(computed("rsqrt", x=x, epsilon=1.0), 1 / torch.sqrt(x + 1))
    close(computed("inverse", x=x, epsilon=0.5), 1 / (x + 0.5))
    close(computed("inverse", x=x), 1 / (x + 1e-4))
    close(computed("log", x=x, epsilon=1.0), torch.log(x + 1))
    close(computed("erf", x=x), torch.tensor([math.erf(value) for value in x.tolist()]))


def test_powers_logic_and_choice() -> None:
    a, b = torch.tensor([True, True, False]), torch.tensor([True, False, False])
    close(computed("pow", x=torch.tensor([2.0, 3.0]), y=torch.tensor(2.0)), torch.tensor([4.0, 9.0]))
    assert computed("logical_and", x=a, y=b).tolist() == [True, False, False]
    assert computed("logical_or", x=a, y=b).tolist() == [True, True, False]
    assert computed("logical_xor", x=a, y=b).tolist() == [False, True, False]
    assert computed("logical_not", x=a).tolist() == [False, False, True]
    assert computed("select", cond=a, a=torch.tensor(1.0), b=torch.tensor(2.0)).tolist() == [1.0, 1.0, 2.0]
    close(computed("clip", x=X, alpha=-0.5, beta=0.25), X.clamp(-0.5, 0.25))
    close(computed("threshold", x=X, alpha=0.5), X.clamp(min=0.5))
    assert computed("identity", x=X) is X


def test_a_quotient_of_integers_is_refused() -> None:
    with pytest.raises(OperandError, match="not defined"):
        computed("real_div", x=torch.tensor([3], dtype=torch.int32), y=torch.tensor([2], dtype=torch.int32))


def test_floor_division_and_remainder_of_integers_go_down() -> None:
    x, y = torch.tensor([-7, 7], dtype=torch.int32), torch.tensor([2, -2], dtype=torch.int32)
    assert computed("floor_div", x=x, y=y).tolist() == [-4, -4]
    assert computed("mod", x=x, y=y).tolist() == [1, -1]


class TestNorms:
    def test_batch_norm(self) -> None:
        mean, variance, gamma, beta = numbers(4), numbers(4, seed=1).abs(), numbers(4, seed=2), numbers(4, seed=3)
        got = computed("batch_norm", x=X, mean=mean, variance=variance, gamma=gamma, beta=beta, epsilon=1e-3)
        close(got, functional.batch_norm(X, mean, variance, gamma, beta, eps=1e-3))
        bare = computed("batch_norm", x=X, mean=mean, variance=variance)
        close(bare, functional.batch_norm(X, mean, variance, eps=1e-5))

    def test_layer_norm_over_the_last_axes_and_others(self) -> None:
        gamma, beta = numbers(6, 5), numbers(6, 5, seed=1)
        got = computed("layer_norm", x=X, axes=[-2, -1], gamma=gamma, beta=beta, epsilon=1e-3)
        close(got, functional.layer_norm(X, [6, 5], gamma, beta, 1e-3))
        channels = computed("layer_norm", x=X, axes=[1], gamma=gamma[:4, 0], beta=beta[:4, 0])
        moved = functional.layer_norm(X.movedim(1, -1), [4], gamma[:4, 0], beta[:4, 0]).movedim(-1, 1)
        close(channels, moved)
        close(computed("layer_norm", x=X), functional.layer_norm(X, list(X.shape)))

    def test_others(self) -> None:
        close(computed("instance_norm", x=X), functional.instance_norm(X))
        length = X.flatten(1).square().sum(1).add(1e-6).sqrt().reshape(2, 1, 1, 1)
        close(computed("l2_norm", x=X), X / length)
        got = computed("local_response_norm", x=X, size=3, alpha=0.5, beta=0.6, k=2.0)
        close(got, functional.local_response_norm(X, 3, 0.5, 0.6, 2.0))


class TestProducts:
    def test_linear(self) -> None:
        weight, bias = numbers(3, 5), numbers(3, seed=1)
        close(computed("linear", x=X, weight=weight, bias=bias), functional.linear(X, weight, bias))
        close(computed("linear", x=X, weight=weight), functional.linear(X, weight))

    @pytest.mark.parametrize("transpose_x", [False, True])
    @pytest.mark.parametrize("transpose_y", [False, True])
    def test_matmul(self, transpose_x: bool, transpose_y: bool) -> None:
        x, y = numbers(2, 1, 3, 4), numbers(5, 4, 6, seed=1)
        given = x.mT if transpose_x else x, y.mT if transpose_y else y
        got = computed("matmul", x=given[0], y=given[1], transpose_x=transpose_x, transpose_y=transpose_y)
        close(got, x @ y)

    def test_einsum_broadcasts_axes_of_size_one(self) -> None:
        x, y = numbers(2, 3, 1, 4), numbers(1, 4, 5, 6, seed=1)
        got = computed("einsum", values=(x, y), equation="nchw,nwhu->nchu")
        expected = torch.einsum("nchw,nwhu->nchu", x.expand(2, 3, 5, 4), y.expand(2, 4, 5, 6))
        close(got, expected)

    @pytest.mark.parametrize("mask", [None, "added", "said"])
    def test_attention(self, mask: str | None) -> None:
        query, key, value = numbers(1, 2, 3, 4), numbers(1, 2, 5, 4, seed=1), numbers(1, 2, 5, 6, seed=2)
        chosen = torch.tensor([True, False, True, True, False]).expand(1, 1, 3, 5)
        scores = query @ key.mT / 2.0
        given: dict[str, Any] = {}
        if mask == "added":
            given["attn_mask"] = numbers(3, 5, seed=3)
            scores = scores + given["attn_mask"]
        elif mask == "said":
            given["attn_mask"] = chosen
            scores = scores.masked_fill(~chosen, -math.inf)
        got = computed("scaled_dot_product_attention", query=query, key=key, value=value, **given)
        close(got, torch.softmax(scores, -1) @ value)


REDUCTIONS = {
    "reduce_sum": lambda x, a, k: np.sum(x, axis=a, keepdims=k),
    "reduce_mean": lambda x, a, k: np.mean(x, axis=a, keepdims=k),
    "reduce_max": lambda x, a, k: np.max(x, axis=a, keepdims=k),
    "reduce_min": lambda x, a, k: np.min(x, axis=a, keepdims=k),
    "reduce_prod": lambda x, a, k: np.prod(x, axis=a, keepdims=k),
    "reduce_l1_norm": lambda x, a, k: np.sum(np.abs(x), axis=a, keepdims=k),
    "reduce_l2_norm": lambda x, a, k: np.sqrt(np.sum(x * x, axis=a, keepdims=k)),
    "reduce_sum_square": lambda x, a, k: np.sum(x * x, axis=a, keepdims=k),
    "reduce_log_sum": lambda x, a, k: np.log(np.sum(x, axis=a, keepdims=k)),
    "reduce_log_sum_exp": lambda x, a, k: np.log(np.sum(np.exp(x), axis=a, keepdims=k)),
}


@pytest.mark.parametrize("kind", REDUCTIONS)
@pytest.mark.parametrize("axes", [[1, -1], [0], None])
@pytest.mark.parametrize("keep", [False, True])
def test_reductions(kind: str, axes: list[int] | None, keep: bool) -> None:
    x = numbers(2, 3, 4).abs() + 0.5
    given = {} if axes is None else {"axes": axes}
    expected = REDUCTIONS[kind](x.numpy(), None if axes is None else tuple(axes), keep)
    close(computed(kind, x=x, keep_dims=keep, **given), torch.tensor(np.asarray(expected)))


def test_where_the_best_is() -> None:
    x = torch.tensor([[1.0, 5.0, 5.0], [2.0, -1.0, 0.0]])
    assert computed("reduce_argmax", x=x).tolist() == [1, 0]
    assert computed("reduce_argmin", x=x, axis=0, keep_dims=True).tolist() == [[0, 1, 1]]
