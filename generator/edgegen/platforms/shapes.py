"""What kind of model a spec describes, as far as it decides which project is written."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from edgegen.errors import SpecError
from edgegen.platforms.goldens import GoldenOutput
from edgegen.spec.model_spec import ClassificationOutput, ImageInput, ModelSpec


def is_classifier(spec: ModelSpec) -> bool:
    """One picture in, the scores of one set of classes out: the project gets a Classifier."""
    return (
        len(spec.inputs) == 1
        and isinstance(spec.inputs[0], ImageInput)
        and len(spec.outputs) == 1
        and isinstance(spec.outputs[0], ClassificationOutput)
    )


def class_names(spec: ModelSpec, labels: tuple[str, ...] | None, outputs: Sequence[GoldenOutput]) -> tuple[str, ...]:
    """The names of the classes; where no file names them, their numbers; () where no output is a classification."""
    scores = score_outputs(spec)
    if labels is not None or not scores:
        return labels or ()
    return tuple(map(str, range(max(math.prod(outputs[index].shape) for index, _ in scores))))


def require_dtypes(
    spec: ModelSpec, outputs: Sequence[GoldenOutput], lacks: Collection[str], language: str, hint: str
) -> None:
    """Raises SpecError for an input or output of a dtype that the runtime's API in `language` lacks a tensor of."""
    for table, items in (("inputs", spec.inputs), ("outputs", outputs)):
        for item in items:
            if item.dtype in lacks:
                raise SpecError(
                    f"is {item.dtype}, which {spec.export.runtime} cannot carry between {language} and the model",
                    where=f"edgegen.toml: {table}.{item.name}",
                    hint=hint,
                )


def score_outputs(spec: ModelSpec) -> list[tuple[int, ClassificationOutput]]:
    """The outputs that are class scores, each with its index."""
    return [(index, item) for index, item in enumerate(spec.outputs) if isinstance(item, ClassificationOutput)]
