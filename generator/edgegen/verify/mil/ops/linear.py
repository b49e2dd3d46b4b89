"""Matrix products and attention."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from edgegen.verify.mil.registry import Arguments, OperandError, op


@op("linear")
def linear(args: Arguments) -> Tensor:
    """x weight^T + bias; `weight` is D_out x D_in."""
    return functional.linear(args.tensor("x"), args.tensor("weight"), args.optional("bias"))


@op("matmul")
def matmul(args: Arguments) -> Tensor:
    """x y, batched over the leading axes; the last two of each may be exchanged first."""
    x, y = args.tensor("x"), args.tensor("y")
    if args.flag("transpose_x"):
        x = x.mT
    if args.flag("transpose_y"):
        y = y.mT
    return torch.matmul(x, y)


@op("einsum")
def einsum(args: Arguments) -> Tensor:
    """The sum that `equation` says, of two tensors; axes of size 1 are broadcast, as torch does too."""
    return torch.einsum(args.text("equation"), *args.tensors("values"))


@op("scaled_dot_product_attention")
def scaled_dot_product_attention(args: Arguments) -> Tensor:
    """softmax(Q K^T / sqrt(E) + mask) V, with a mask of numbers to add or of bools that say who takes part."""
    query, key, value = args.tensor("query"), args.tensor("key"), args.tensor("value")
    if query.dim() < 3:
        raise OperandError(f"takes tensors of at least 3 axes, got {query.dim()}")
    return functional.scaled_dot_product_attention(query, key, value, attn_mask=args.optional("attn_mask"))
