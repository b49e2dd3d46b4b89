"""Activations: one tensor in, one of the same shape out."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from edgegen.verify.mil.registry import Arguments, OperandError, op


@op("relu")
def relu(args: Arguments) -> Tensor:
    """max(x, 0)."""
    return torch.relu(args.tensor("x"))


@op("relu6")
def relu6(args: Arguments) -> Tensor:
    """min(max(x, 0), 6)."""
    return args.tensor("x").clamp(0, 6)


@op("leaky_relu")
def leaky_relu(args: Arguments) -> Tensor:
    """x where it is not negative, else alpha x."""
    return functional.leaky_relu(args.tensor("x"), args.number("alpha"))


@op("prelu")
def prelu(args: Arguments) -> Tensor:
    """x where it is positive, else alpha x, with an alpha for each channel (axis 1)."""
    return functional.prelu(args.tensor("x"), args.tensor("alpha"))


@op("elu")
def elu(args: Arguments) -> Tensor:
    """x where it is positive, else alpha (e^x - 1)."""
    return functional.elu(args.tensor("x"), args.number("alpha"))


@op("gelu")
def gelu(args: Arguments) -> Tensor:
    """x times the normal distribution's share below x, exactly or by one of two approximations."""
    x, mode = args.tensor("x"), args.text("mode", "EXACT")
    if mode == "SIGMOID_APPROXIMATION":
        return x * torch.sigmoid(1.702 * x)
    if mode not in ("EXACT", "TANH_APPROXIMATION"):
        raise OperandError(f"has no mode {mode!r}")
    return functional.gelu(x, approximate="none" if mode == "EXACT" else "tanh")


@op("silu")
def silu(args: Arguments) -> Tensor:
    """x sigmoid(x)."""
    return functional.silu(args.tensor("x"))


@op("sigmoid")
def sigmoid(args: Arguments) -> Tensor:
    """1 / (1 + e^-x)."""
    return torch.sigmoid(args.tensor("x"))


@op("sigmoid_hard")
def sigmoid_hard(args: Arguments) -> Tensor:
    """min(max(alpha x + beta, 0), 1)."""
    return (args.tensor("x") * args.number("alpha") + args.number("beta")).clamp(0, 1)


@op("thresholded_relu")
def thresholded_relu(args: Arguments) -> Tensor:
    """x where it is at least alpha, else 0."""
    x = args.tensor("x")
    return torch.where(x >= args.number("alpha"), x, torch.zeros_like(x))


@op("clamped_relu")
def clamped_relu(args: Arguments) -> Tensor:
    """min(beta, x) where x is not negative, else min(beta, alpha x)."""
    x = args.tensor("x")
    return torch.where(x >= 0, x, x * args.number("alpha")).clamp(max=args.number("beta"))


@op("linear_activation")
def linear_activation(args: Arguments) -> Tensor:
    """alpha x + beta."""
    return args.tensor("x") * args.number("alpha") + args.number("beta")


@op("scaled_tanh")
def scaled_tanh(args: Arguments) -> Tensor:
    """alpha tanh(beta x)."""
    return args.number("alpha") * torch.tanh(args.tensor("x") * args.number("beta"))


@op("softplus")
def softplus(args: Arguments) -> Tensor:
    """log(1 + e^x)."""
    x = args.tensor("x")
    return torch.logaddexp(x, torch.zeros_like(x))


@op("softplus_parametric")
def softplus_parametric(args: Arguments) -> Tensor:
    """alpha log(1 + e^(beta x)), with an alpha and a beta for each channel (axis 1)."""
    x = args.tensor("x")
    shape = [-1, *[1] * (x.dim() - 2)]
    alpha, beta = args.tensor("alpha").reshape(shape), args.tensor("beta").reshape(shape)
    scaled = x * beta
    return alpha * torch.logaddexp(scaled, torch.zeros_like(scaled))


@op("softsign")
def softsign(args: Arguments) -> Tensor:
    """x / (1 + |x|)."""
    return functional.softsign(args.tensor("x"))


@op("softmax")
def softmax(args: Arguments) -> Tensor:
    """e^x over its sum along an axis."""
    return torch.softmax(args.tensor("x"), args.int("axis", -1))
