"""Whether a spec and what it names fit together: the platform, before anything is loaded; then the model's outputs.

Edited by hand, edgegen.toml can say what is not so; a project made of it would not build, or answer wrongly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edgegen.errors import SourceError, SpecError, UsageError
from edgegen.spec.model_spec import ClassificationOutput, ModelSpec, Output, TensorOutput

if TYPE_CHECKING:
    from torch import Tensor

    from edgegen.platforms import Platform
    from edgegen.sources import LoadedModel


def platform_of(spec: ModelSpec, where: str, written_as: str | None = None) -> Platform:
    """The platform that `spec` names; `where` is the file named in errors.

    `written_as` is the platform that the project's manifest names: a module in somebody's app has files of its own.
    Raises SpecError for an unknown platform or another than the project was written for, for a runtime or name that the
    platform cannot have, and for what the runtime cannot do.
    """
    from edgegen.names import check_name
    from edgegen.platforms import get_platform
    from edgegen.spec.check import check_dynamic_axes, check_export

    try:
        platform = get_platform(spec.app.platform)
    except UsageError as error:
        raise SpecError(error.problem, where=f"{where}: app.platform", hint=error.hint) from error
    if written_as not in (None, platform.name, f"{platform.name}-module"):
        raise SpecError(
            f"is {platform.name!r}, but this project was written for {written_as}",
            where=f"{where}: app.platform",
            hint="Make a project of its own for each platform, with edgegen new",
        )
    if spec.export.runtime not in platform.runtimes:
        raise SpecError(
            f"{platform.name} has no runtime {spec.export.runtime!r}",
            where=f"{where}: export.runtime",
            hint=f"Use one of: {', '.join(platform.runtimes)}",
        )
    check_export(spec.export, where)
    check_dynamic_axes(spec, where)
    try:
        check_name(spec.app.name)
    except UsageError as error:
        raise SpecError(error.problem, where=f"{where}: app.name", hint=error.hint) from error
    if platform.has_app_id:
        _check_app_id(spec, platform, where)
    platform.check(spec, where)
    if spec.export.quantize.mode == "int8" and spec.export.quantize.calibration is None:
        raise SpecError(
            "int8 needs pictures to calibrate with, and none are named",
            where=f"{where}: export.quantize.calibration",
            hint='Name a folder of about a hundred typical pictures, as calibration = "photos"',
        )
    return get_platform(written_as) if written_as == f"{platform.name}-module" else platform


def _check_app_id(spec: ModelSpec, platform: Platform, where: str) -> None:
    if spec.app.id is None:
        raise SpecError(
            f"{spec.app.platform} needs an application id, and none is named",
            where=f"{where}: app.id",
            hint='Write one such as id = "com.example.hello"',
        )
    try:
        platform.check_id(spec.app.id, where)
    except UsageError as error:
        raise SpecError(error.problem, where=f"{where}: app.id", hint=error.hint) from error


def check_outputs(spec: ModelSpec, loaded: LoadedModel, labels: tuple[str, ...] | None) -> None:
    """Runs the model once and holds its outputs to the spec: how many, their shapes and dtypes, a label to each class.

    Raises SpecError, or SourceError where the labels do not fit or the model cannot be run.
    """
    from edgegen.sources.examples import example_inputs
    from edgegen.sources.outputs import named_outputs, run

    found = [tensor for _, tensor in named_outputs(run(loaded.module, example_inputs(spec, loaded)))]
    if len(found) != len(spec.outputs):
        raise SpecError(
            f"{len(spec.outputs)} are described, the model gives {len(found)} ({', '.join(map(_by, found))})",
            where="edgegen.toml: outputs",
            hint="Describe every output, in the model's order",
        )
    for output, tensor in zip(spec.outputs, found, strict=True):
        _check_output(output, tensor, labels)


def _check_output(output: Output, tensor: Tensor, labels: tuple[str, ...] | None) -> None:
    where = f"edgegen.toml: outputs.{output.name}"
    if isinstance(output, TensorOutput):
        if (tuple(tensor.shape), _dtype(tensor)) != (output.shape, output.dtype):
            raise SpecError(
                f"is described as {_shape(output.shape)} {output.dtype}, the model gives {_by(tensor)}",
                where=where,
                hint=f'Write shape = {list(tensor.shape)}, dtype = "{_dtype(tensor)}"',
            )
        return
    assert isinstance(output, ClassificationOutput)
    if not tensor.is_floating_point():
        raise SpecError(
            f"is described as class scores, the model gives {_by(tensor)}", where=where, hint='Write kind = "tensor"'
        )
    if output.labels is not None and labels is not None and tensor.numel() != len(labels):
        raise SourceError(
            f"holds {len(labels)} labels, the model's output {output.name} has {tensor.numel()} classes",
            where=output.labels,
            hint="Write one label to a class, one a line",
        )


def _by(tensor: Tensor) -> str:
    return f"{_shape(tuple(tensor.shape))} {_dtype(tensor)}"


def _shape(shape: tuple[int, ...]) -> str:
    return "x".join(map(str, shape)) or "scalar"


def _dtype(tensor: Tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")
