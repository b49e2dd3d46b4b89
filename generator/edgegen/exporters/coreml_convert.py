"""From an exported program to Core ML's: named inputs and outputs of the spec's dtypes, in float16 or float32."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edgegen.exporters.coreml_failures import at_operator, failing_operator
from edgegen.exporters.coreml_graph import decomposed, plain_outputs
from edgegen.exporters.coreml_picture import PROBABILITIES, is_normalisation, picture_type
from edgegen.spec.deployment import ios_major
from edgegen.spec.model_spec import ClassificationOutput, ImageInput, Input, ModelSpec, Output

if TYPE_CHECKING:
    from torch.export import ExportedProgram


def convert(program: ExportedProgram, spec: ModelSpec, *, probabilities: bool = False) -> Any:
    """`program` as an MLModel of coremltools. Raises ExportError for an operator that Core ML does not have.

    With `probabilities` the program has that output, float32, after the spec's own.
    """
    import coremltools as ct

    outputs = [ct.TensorType(name=output.name, dtype=_dtype(output)) for output in spec.outputs]
    if probabilities:
        outputs.append(ct.TensorType(name=PROBABILITIES, dtype=_dtype_named("float32")))
    return _converted(
        plain_outputs(decomposed(program)),
        source="pytorch",
        inputs=[_input_type(item, spec) for item in spec.inputs],
        outputs=outputs,
        compute_precision=_precision(spec),
        convert_to="mlprogram",
        minimum_deployment_target=target(spec),
        skip_model_load=True,
    )


def _converted(program: ExportedProgram, **arguments: Any) -> Any:
    """`ct.convert`, which says in its log only at which operator it failed."""
    import coremltools as ct

    with failing_operator() as seen:
        try:
            return ct.convert(program, **arguments)
        except Exception as error:
            if seen.kind is None:
                raise
            raise at_operator(error, program, seen) from error


def target(spec: ModelSpec) -> Any:
    """coremltools' name of the newest system that is no newer than the spec's deployment target."""
    import coremltools as ct

    known = {int(name.removeprefix("iOS")): item for name, item in ct.target.__members__.items() if "iOS" in name}
    return known[max(major for major in known if major <= ios_major(spec))]


def _input_type(item: Input, spec: ModelSpec) -> Any:
    import coremltools as ct

    if spec.export.image_input and isinstance(item, ImageInput):
        return picture_type(item)
    return ct.TensorType(name=item.name, shape=item.shape, dtype=_dtype(item))


def _dtype(item: Input | Output) -> Any:
    return _dtype_named("float32" if isinstance(item, ClassificationOutput) else item.dtype)


def _dtype_named(name: str) -> Any:
    import numpy as np

    return np.dtype(name).type


def _precision(spec: ModelSpec) -> Any:
    """float32, or float16 for all but a picture's own normalisation."""
    import coremltools as ct

    if spec.export.precision == "float32":
        return ct.precision.FLOAT32
    if not spec.export.image_input:
        return ct.precision.FLOAT16
    pictures = {item.name for item in spec.image_inputs}
    return ct.transform.FP16ComputePrecision(op_selector=lambda op: not is_normalisation(op, pictures))
