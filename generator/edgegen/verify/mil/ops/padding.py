"""How much a convolution or a pool pads, from MIL's four ways to say it."""

from __future__ import annotations

from collections.abc import Sequence

from edgegen.verify.mil.registry import Arguments, OperandError


def pads(args: Arguments, sizes: Sequence[int], kernel: Sequence[int], strides: Sequence[int]) -> list[int]:
    """Elements before and after each spatial axis: [before 0, after 0, before 1, …].

    `kernel` is that of the dilated kernel. "same" makes ceil(size / stride) outputs and puts an odd element after,
    "same_lower" before. "pad" counts only with "custom", whatever the file says beside it.
    """
    kind = args.text("pad_type", "valid")
    if kind == "valid":
        return [0] * (2 * len(sizes))
    if kind == "custom":
        found = args.ints("pad", [0] * (2 * len(sizes)))
        if len(found) != 2 * len(sizes):
            raise OperandError(f"pads {len(found)} sides of {len(sizes)} axes")
        return found
    if kind not in ("same", "same_lower"):
        raise OperandError(f"has no pad_type {kind!r}")
    result = []
    for size, reach, stride in zip(sizes, kernel, strides, strict=True):
        total = max(0, (-(-size // stride) - 1) * stride + reach - size)
        less, more = total // 2, total - total // 2
        result += [less, more] if kind == "same" else [more, less]
    return result


def torch_pads(values: Sequence[int]) -> list[int]:
    """The same in torch's order: the last axis first."""
    return [value for axis in range(len(values) // 2 - 1, -1, -1) for value in values[2 * axis : 2 * axis + 2]]
