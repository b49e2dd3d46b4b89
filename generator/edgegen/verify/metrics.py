"""How far two outputs of the same shape are apart. Everything is computed in float64."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


def max_abs_error(reference: Tensor, actual: Tensor) -> float:
    """The largest absolute difference; infinite where one of them is not a number and the other is."""
    import torch

    difference = (actual.double() - reference.double()).abs()
    # inf - inf and nan - nan are nan: equal values are no error, whatever they are.
    same = (actual == reference) | (torch.isnan(actual.double()) & torch.isnan(reference.double()))
    difference = torch.where(same, torch.zeros_like(difference), difference)
    difference = torch.nan_to_num(difference, nan=math.inf, posinf=math.inf)
    return float(difference.max()) if difference.numel() else 0.0


def max_rel_error(reference: Tensor, actual: Tensor) -> float:
    """The largest absolute difference as a share of the largest magnitude in `reference`."""
    error = max_abs_error(reference, actual)
    largest = float(reference.double().abs().max()) if reference.numel() else 0.0
    if error == 0.0:
        return 0.0
    return error / largest if largest > 0.0 else math.inf


def sqnr_db(reference: Tensor, actual: Tensor) -> float:
    """Signal to noise, in dB: 10 log10(sum reference² / sum (actual - reference)²); infinite when equal."""
    noise = float((actual.double() - reference.double()).square().sum())
    signal = float(reference.double().square().sum())
    if noise == 0.0:
        return math.inf
    if not math.isfinite(noise) or signal == 0.0:
        return -math.inf
    return 10.0 * math.log10(signal / noise)


def same_top1(reference: Tensor, actual: Tensor) -> bool:
    """Whether the best class, over the last axis flattened, is the same."""
    return int(reference.flatten().argmax()) == int(actual.flatten().argmax())


def top_k_overlap(reference: Tensor, actual: Tensor, k: int = 5) -> float:
    """The share, 0..1, of the reference's `k` best classes that are among the other's `k` best."""
    count = min(k, reference.numel())
    if count == 0:
        return 1.0
    best = set(reference.flatten().topk(count).indices.tolist())
    return len(best & set(actual.flatten().topk(count).indices.tolist())) / count
