"""What a Core ML model says of itself in Xcode: title, licence, version, every input and output, and edgegen's own."""

from __future__ import annotations

from typing import Any, Final

from edgegen.exporters.embedded import LABELS_KEY, SPEC_KEY, embedded_labels, embedded_spec
from edgegen.exporters.fingerprint import model_digest
from edgegen.exporters.job import ExportJob
from edgegen.spec.model_spec import ClassificationOutput, ImageInput, Input, ModelSpec, Output

_UNKNOWN_LICENCE: Final = "The model's own; edgegen was not told it"
_VERSION_DIGITS: Final = 12
_SCORES: Final = {
    "softmax": "raw scores: their softmax is the probabilities",
    "sigmoid": "raw scores: the sigmoid of each is its probability",
    "none": "as the model gives them",
}


def describe(model: Any, job: ExportJob) -> None:
    """Writes into `model` (an MLModel) what is known of it.

    The version is the beginning of the hash of weights and code, so that two files of one model say the same.
    """
    loaded, spec = job.loaded, job.spec
    model.author = f"{loaded.source}, exported by edgegen"
    model.license = loaded.licence or _UNKNOWN_LICENCE
    model.version = model_digest(loaded)[:_VERSION_DIGITS]
    model.short_description = _summary(job)
    for item in spec.inputs:
        model.input_description[item.name] = _of_input(item, spec)
    for output in spec.outputs:
        model.output_description[output.name] = _of_output(output, job)
    for name in model.output_description:
        if name not in {output.name for output in spec.outputs}:
            model.output_description[name] = _of_classifier(name)
    model.user_defined_metadata[SPEC_KEY] = embedded_spec(spec, loaded.name)
    model.user_defined_metadata[LABELS_KEY] = embedded_labels(job.labels)


def _summary(job: ExportJob) -> str:
    mode = job.spec.export.quantize.mode
    weights = {
        "none": "",
        "int8": "; weights and activations of 8 bits",
        "int8-weights": "; weights of 8 bits",
        "palette6": "; weights by palettes of 64 values",
        "palette4": "; weights by palettes of 16 values",
    }[mode]
    return f"{job.loaded.title}. Computes in {job.spec.export.precision or 'float16'}{weights}."


def _of_input(item: Input, spec: ModelSpec) -> str:
    size = "x".join(map(str, item.shape))
    if not isinstance(item, ImageInput):
        return f"Numbers, {size} {item.dtype}."
    if spec.export.image_input:
        pixels = f"{item.size[1]}x{item.size[0]} pixels"
        return f"The picture, {pixels}, {item.color.order}: resized and cropped, not normalised."
    return f"The picture as numbers, {size} {item.dtype}, {item.layout}, {item.color.order}, resized and normalised."


def _of_output(output: Output, job: ExportJob) -> str:
    if not isinstance(output, ClassificationOutput):
        return f"Numbers, {'x'.join(map(str, output.shape)) or 'one'} {output.dtype}."
    classes = f", {len(job.labels)} classes in the order of {LABELS_KEY}" if job.labels else ""
    return f"Scores{classes}; {_SCORES[output.activation]}."


def _of_classifier(name: str) -> str:
    return "The probability of each class by its name." if name.endswith("_probs") else "The name of the best class."
