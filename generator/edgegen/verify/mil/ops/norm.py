"""Normalisation. Channels are axis 1."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from edgegen.verify.mil.registry import Arguments, op


@op("batch_norm")
def batch_norm(args: Arguments) -> Tensor:
    """gamma (x - mean) / sqrt(variance + epsilon) + beta, with stored statistics for each channel."""
    return functional.batch_norm(
        args.tensor("x"),
        args.tensor("mean"),
        args.tensor("variance"),
        args.optional("gamma"),
        args.optional("beta"),
        eps=args.number("epsilon", 1e-5),
    )


@op("instance_norm")
def instance_norm(args: Arguments) -> Tensor:
    """Each channel of each picture by its own mean and variance."""
    x = args.tensor("x")
    return functional.instance_norm(
        x, weight=args.optional("gamma"), bias=args.optional("beta"), eps=args.number("epsilon", 1e-5)
    )


@op("layer_norm")
def layer_norm(args: Arguments) -> Tensor:
    """By the mean and variance over `axes`, whose shape gamma and beta have."""
    x = args.tensor("x")
    axes = sorted(axis % x.dim() for axis in args.ints("axes", list(range(x.dim()))))
    gamma, beta = args.optional("gamma"), args.optional("beta")
    epsilon = args.number("epsilon", 1e-5)
    if axes == list(range(x.dim() - len(axes), x.dim())):
        return functional.layer_norm(x, [x.shape[axis] for axis in axes], gamma, beta, epsilon)
    variance, mean = torch.var_mean(x, dim=axes, keepdim=True, correction=0)
    result = (x - mean) * torch.rsqrt(variance + epsilon)
    shape = [size if axis in axes else 1 for axis, size in enumerate(x.shape)]
    result = result if gamma is None else result * gamma.reshape(shape)
    return result if beta is None else result + beta.reshape(shape)


@op("l2_norm")
def l2_norm(args: Arguments) -> Tensor:
    """x over the root of the sum of squares of its last three axes."""
    x = args.tensor("x")
    squares = x.square().sum(dim=(-3, -2, -1), keepdim=True)
    return x * torch.rsqrt(squares + args.number("epsilon", 1e-6))


@op("local_response_norm")
def local_response_norm(args: Arguments) -> Tensor:
    """By the squares of the neighbouring channels."""
    return functional.local_response_norm(
        args.tensor("x"),
        args.int("size"),
        args.number("alpha", 1e-4),
        args.number("beta", 0.75),
        args.number("k", 1.0),
    )
