"""Makes a Core ML model a classifier in Core ML's own sense, which Vision and Xcode's preview want: its outputs are
then `classLabel`, `classLabel_probs` and the spec's own.

coremltools' ClassifierConfig takes a model of one output only, calls raw scores probabilities where there is no
softmax, and cannot read a classifier again to compress it. So the operator is added last, to the finished program; it
is copied from one that coremltools itself makes.

Labels that stand twice (some lists of ImageNet's have two cranes) would be one entry of the dictionary, so they get
their numbers: "crane (134)".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from edgegen.exporters.coreml_picture import PROBABILITIES
from edgegen.spec.model_spec import ClassificationOutput, ModelSpec


def is_classifier(spec: ModelSpec, labels: Sequence[str] | None) -> bool:
    """Whether a picture-taking model can be a classifier of Core ML's: one picture in, one labelled classification."""
    return (
        spec.export.image_input
        and labels is not None
        and len(spec.inputs) == 1
        and len(spec.outputs) == 1
        and isinstance(spec.outputs[0], ClassificationOutput)
    )


def distinct(labels: Sequence[str]) -> list[str]:
    """`labels` in their order, each of them once: one that stands twice, or is empty, gets its class's number."""
    counts = Counter(labels)
    taken = {label for label, count in counts.items() if count == 1}
    made = []
    for index, label in enumerate(labels):
        name = label
        if counts[label] > 1 or not label:
            name = f"{label} ({index})".strip()
            while name in taken:
                name += "'"
        taken.add(name)
        made.append(name)
    return made


def as_classifier(model: Any, labels: Sequence[str], target: Any) -> Any:
    """A classifier by the output PROBABILITIES (float32, one to a label) of `model`, an MLModel, in place of it."""
    import coremltools as ct

    spec, small = model.get_spec(), _smallest(distinct(labels), target).get_spec()
    (function,) = spec.mlProgram.functions.values()
    (block,) = function.block_specializations.values()
    (small_function,) = small.mlProgram.functions.values()
    (small_block,) = small_function.block_specializations.values()
    classify = small_block.operations[-1]
    classify.inputs["probabilities"].arguments[0].name = PROBABILITIES
    block.operations.append(classify)
    names = [output.name for output in classify.outputs]
    block.outputs[:] = names + [name for name in block.outputs if name != PROBABILITIES]
    others = [output for output in spec.description.output if output.name != PROBABILITIES]
    features = [*small.description.output, *others]
    del spec.description.output[:]
    spec.description.output.extend(features)
    spec.description.predictedFeatureName = small.description.predictedFeatureName
    spec.description.predictedProbabilitiesName = small.description.predictedProbabilitiesName
    return ct.models.MLModel(spec, weights_dir=model.weights_dir, skip_model_load=True)


def _smallest(labels: list[str], target: Any) -> Any:
    """A classifier of these labels that computes nothing."""
    import coremltools as ct
    from coremltools.converters.mil import Builder

    @Builder.program(  # type: ignore[untyped-decorator]
        input_specs=[Builder.TensorSpec(shape=(1, len(labels)))], opset_version=target
    )
    def program(given: Any) -> Any:
        return Builder.relu(x=given)

    return ct.convert(
        program,
        convert_to="mlprogram",
        classifier_config=ct.ClassifierConfig(labels),
        compute_precision=ct.precision.FLOAT32,
        minimum_deployment_target=target,
        skip_model_load=True,
    )
