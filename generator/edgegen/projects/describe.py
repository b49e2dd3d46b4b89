"""From a loaded model and what the user said to a checked ModelSpec: inputs from transforms, options or signature,
outputs from running the model, then whatever `--set` changes.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgegen.errors import SourceError, UsageError
from edgegen.paths import relative_path
from edgegen.projects.request import NO_TRANSFORMS, NewRequest
from edgegen.runtimes import get_runtime
from edgegen.spec.model_spec import (
    AppSection,
    ClassificationOutput,
    DynamicAxis,
    ExportSection,
    Input,
    ModelSection,
    ModelSpec,
    Output,
    Quantization,
    TensorInput,
    TensorOutput,
)

if TYPE_CHECKING:
    from edgegen.sources import LoadedModel

LABELS_FILE: Final = "labels.txt"
_ONCE: Final = "Give each input once, by the name of forward()'s parameter"
_PLACEHOLDER: Final = TensorOutput("output", (1,))
# Keys that were used before --set is looked at: changed there, they would contradict the project around them.
_SAID_ELSEWHERE: Final = {
    "model": "--model, --weights, --transforms and --example",
    "model.source": "--model",
    "model.weights": "--weights",
    "model.transforms": "--transforms",
    "model.example": "--example",
    "model.path": "the folder that edgegen new is run in",
    "app": "NAME and --platform",
    "app.name": "NAME",
    "app.platform": "--platform",
}


@dataclass(frozen=True, slots=True)
class Description:
    """The spec, and the labels that become the project's labels.txt (None: no class has a name)."""

    spec: ModelSpec
    labels: tuple[str, ...] | None


def describe(request: NewRequest, loaded: LoadedModel, name: str, folder: Path) -> Description:
    """The spec of the project that will stand in `folder`.

    Raises UsageError, SourceError, TransformError or SpecError for what the user can put right.
    """
    from edgegen.sources.labels import read_labels

    labels = read_labels(request.labels) if request.labels else loaded.labels
    settings = [_setting(text) for text in request.settings]
    sets_inputs = any(keys[0] == "inputs" for keys, _ in settings)
    draft = ModelSpec(
        model=ModelSection(
            source=loaded.source,
            weights=loaded.weights,
            transforms=loaded.transforms_origin,
            example=request.example,
            path=_model_path(request, folder),
        ),
        inputs=_inputs(request, loaded, optional=sets_inputs),
        outputs=(_PLACEHOLDER,),
        export=export_section(request, folder),
        app=app_section(request, name, folder),
    )
    draft = _apply(draft, [setting for setting in settings if setting[0][0] != "outputs"])
    outputs = recognised_outputs(draft, loaded, labels)
    _require_labels_used(request, outputs)
    spec = replace(draft, outputs=_with_labels_file(outputs, labels))
    return Description(_apply(spec, [s for s in settings if s[0][0] == "outputs"]), labels)


def recognised_outputs(spec: ModelSpec, loaded: LoadedModel, labels: tuple[str, ...] | None) -> tuple[Output, ...]:
    """What the model's outputs are, found by running it on the spec's inputs."""
    from edgegen.sources.examples import example_inputs
    from edgegen.sources.outputs import recognise

    return recognise(loaded.module, example_inputs(spec, loaded), labels)


def _inputs(request: NewRequest, loaded: LoadedModel, *, optional: bool) -> tuple[Input, ...]:
    from edgegen.spec.infer import UnsupportedTransform, infer_image_input, infer_tensor_inputs, parse_input_option

    given = tuple(parse_input_option(text) for text in request.inputs)
    for index, item in enumerate(given):
        if item.name in {other.name for other in given[:index]}:
            raise UsageError(f"input {item.name} is given twice", where=f"--input {request.inputs[index]}", hint=_ONCE)
    if loaded.transforms is not None:
        # forward() calls a lone input `x` more often than not; in a project it is what it is.
        free = [name for name in loaded.input_names if name not in {item.name for item in given}]
        name = free[0] if free and given else "image"
        try:
            image = infer_image_input(loaded.transforms, name=name)
        except UnsupportedTransform:
            if not optional:
                raise
            # The user writes the steps: `truth` holds them against the object that could not be read.
            return (TensorInput("replaced_by_set", (1,)), *given)
        return _in_order_of_the_model((image, *given), loaded.input_names)
    if given:
        return _in_order_of_the_model(given, loaded.input_names)
    if request.example is not None or loaded.exported is not None or loaded.example_inputs is not None:
        return infer_tensor_inputs(loaded, request.example, request.cwd)
    if optional:
        return (TensorInput("replaced_by_set", (1,)),)
    raise SourceError(
        "the model does not say what its input is",
        where=f"--model {request.model}",
        hint="Give --transforms package.module:object for pictures, --input NAME=SHAPE for tensors, "
        "or the whole input with --set inputs.NAME={…}",
    )


def _in_order_of_the_model(inputs: tuple[Input, ...], names: tuple[str, ...]) -> tuple[Input, ...]:
    """`inputs` in the order of forward()'s parameters, or as they were given where a name is no parameter."""
    if set(names) >= {item.name for item in inputs}:
        return tuple(sorted(inputs, key=lambda item: names.index(item.name)))
    return inputs


def app_section(request: NewRequest, name: str, folder: Path) -> AppSection:
    """What the options say about the project that will stand in `folder`."""
    return AppSection(
        platform=request.platform,
        name=name,
        id=_app_id(request, folder),
        team=request.team,
        dependencies=request.dependencies,  # type: ignore[arg-type]  # click's choices are the literals.
        deployment_target=request.deployment_target,
    )


def export_section(request: NewRequest, folder: Path) -> ExportSection:
    """What the options say about the exported file. Raises UsageError."""
    return ExportSection(
        runtime=request.chosen_runtime,
        backend=request.backend or get_runtime(request.chosen_runtime).backends[0],
        quantize=_quantization(request, folder),
        opset=request.opset,
        script=request.script,
        dynamic_axes=tuple(map(_dynamic_axis, request.dynamic_axes)),
        precision=request.precision,  # type: ignore[arg-type]  # click's choices are the literals.
        compute_units=request.compute_units,  # type: ignore[arg-type]
        image_input=request.image_input,
    )


def _dynamic_axis(text: str) -> DynamicAxis:
    """`image:0=batch`."""
    match = re.fullmatch(r"(\w+):(\d{1,2})=(\w+)", text)
    if match is None:
        raise UsageError(
            f"{text!r} is not of the form INPUT:AXIS=NAME",
            where="--dynamic-axis",
            hint="Write it as --dynamic-axis image:0=batch",
        )
    return DynamicAxis(match[1], int(match[2]), match[3])


def _quantization(request: NewRequest, folder: Path) -> Quantization:
    if request.calibration is None:
        if request.quantize == "int8":
            raise UsageError(
                "int8 needs pictures to calibrate with",
                where="--quantize int8",
                hint="Give a folder of about a hundred typical pictures with --calibration",
            )
        return Quantization(mode=request.quantize)  # type: ignore[arg-type]
    if request.quantize != "int8":
        raise UsageError(
            f"--quantize {request.quantize} does not calibrate",
            where="--calibration",
            hint="Leave --calibration out, or choose --quantize int8",
        )
    return Quantization(mode="int8", calibration=relative_path(request.cwd / request.calibration, folder))


def _app_id(request: NewRequest, folder: Path) -> str | None:
    from edgegen.names import default_app_id
    from edgegen.platforms import get_platform

    if not get_platform(request.platform).has_app_id:
        return None
    return request.app_id or default_app_id(folder.name)


def _model_path(request: NewRequest, folder: Path) -> str:
    """Where the user's files and modules are, from the project; "." for a model that names none."""
    transforms = None if request.transforms == NO_TRANSFORMS else request.transforms
    own_weights = request.weights is not None and (request.cwd / request.weights).is_file()
    bundled = request.model == "demo" or request.model.startswith("torchvision:")
    if bundled and not (transforms or request.example or own_weights):
        return "."
    return relative_path(request.cwd, folder)


def _require_labels_used(request: NewRequest, outputs: tuple[Output, ...]) -> None:
    if request.labels is None or any(isinstance(output, ClassificationOutput) for output in outputs):
        return
    from edgegen.sources.labels import read_labels

    sizes = ", ".join(f"{o.name} has {'x'.join(map(str, o.shape))}" for o in outputs if isinstance(o, TensorOutput))
    raise SourceError(
        f"{len(read_labels(request.labels))} labels fit no output of the model ({sizes})",
        where=str(request.labels),
        hint="Give one label to a class, one a line",
    )


def _with_labels_file(outputs: tuple[Output, ...], labels: tuple[str, ...] | None) -> tuple[Output, ...]:
    if labels is None:
        return outputs
    return tuple(replace(o, labels=LABELS_FILE) if isinstance(o, ClassificationOutput) else o for o in outputs)


def _setting(text: str) -> tuple[list[str], Any]:
    """`budget.model_mb=8` as its keys and its TOML value; what is no TOML value is a string."""
    key, equals, value = text.partition("=")
    keys = [part.strip() for part in key.split(".")]
    if not equals or not all(keys):
        raise UsageError(
            f"{text!r} is not of the form KEY=VALUE", where="--set", hint="Write it as --set budget.model_mb=8"
        )
    option = _SAID_ELSEWHERE.get(".".join(keys))
    if option is not None:
        raise UsageError(
            f"{'.'.join(keys)} cannot be set", where=f"--set {text}", hint=f"It is said by {option}: use that instead"
        )
    try:
        return keys, tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return keys, value


def _apply(spec: ModelSpec, settings: list[tuple[list[str], Any]]) -> ModelSpec:
    if not settings:
        return spec
    from edgegen.spec.parse import spec_of
    from edgegen.spec.write import dump_spec

    document = tomllib.loads(dump_spec(spec))
    if any(keys[0] == "inputs" for keys, _ in settings):
        document["inputs"].pop("replaced_by_set", None)
    for keys, value in settings:
        table = document
        for depth, key in enumerate(keys[:-1], start=1):
            table = table.setdefault(key, {})
            if not isinstance(table, dict):
                raise UsageError(
                    f"{'.'.join(keys[:depth])} is a value, not a table",
                    where=f"--set {'.'.join(keys)}",
                    hint="See edgegen.toml",
                )
        table[keys[-1]] = value
    return spec_of(document, "--set")
