"""The end of a classifier: a label and the probability of each."""

from __future__ import annotations

from typing import Any

from edgegen.verify.mil.registry import Arguments, OperandError, op


@op("classify")
def classify(args: Arguments) -> tuple[Any, ...]:
    """The label of the largest number, and a dictionary from label to number, in the order of the classes.

    Whatever comes in is taken as it is: nothing makes it a probability here. Classes may be strings or integers.
    """
    numbers = args.tensor("probabilities").reshape(-1)
    classes: list[Any] = args.classes("classes")
    if len(classes) != numbers.numel():
        raise OperandError(f"has {len(classes)} classes for {numbers.numel()} numbers")
    if len(set(classes)) != len(classes):
        raise OperandError("has a class twice, whose probabilities would be one")
    best = classes[int(numbers.argmax())]
    return best, dict(zip(classes, numbers.tolist(), strict=True))
