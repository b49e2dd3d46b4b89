"""The oldest iOS that a project's app runs on: what the user asks for, and what the runtime and the model need."""

from __future__ import annotations

import re
from typing import Final

from edgegen.errors import SpecError
from edgegen.spec.model_spec import ExportSection, ModelSpec

# executorch's Swift package asks for iOS 17; the others' libraries run on older ones than Xcode 16 projects aim at.
_OF_RUNTIME: Final = {"executorch": 17}
_USUAL: Final = 16
# Core ML computes in 8-bit integers, activations included, from iOS 17 on.
_INT8_ACTIVATIONS: Final = 17
_NEWEST: Final = 26
_VERSION: Final = re.compile(r"([1-9]\d)\.(\d)")


def ios_target(spec: ModelSpec) -> str:
    """The deployment target, as "16.0". Raises nothing: check_deployment_target has seen the spec."""
    return spec.app.deployment_target or f"{oldest_ios(spec.export)}.0"


def ios_major(spec: ModelSpec) -> int:
    """The deployment target's major version, as 16: what a Core ML model is converted for."""
    return int(ios_target(spec).partition(".")[0])


def oldest_ios(export: ExportSection) -> int:
    """The major version of the oldest iOS that can run what is exported."""
    if export.runtime == "coreml" and export.quantize.mode == "int8":
        return _INT8_ACTIVATIONS
    return _OF_RUNTIME.get(export.runtime, _USUAL)


def check_deployment_target(target: str, export: ExportSection, where: str) -> None:
    """Raises SpecError (`where` is the option or key) for what is no version of iOS, or older than can be."""
    match = _VERSION.fullmatch(target)
    oldest = oldest_ios(export)
    if match is None or not int(match[1]) <= _NEWEST:
        raise SpecError(
            f"{target!r} is no version of iOS that edgegen knows",
            where=where,
            hint=f"Write one from {oldest}.0 to {_NEWEST}.0, as {oldest}.0",
        )
    if int(match[1]) < oldest:
        what = "int8 activations in Core ML" if export.runtime == "coreml" and oldest > _USUAL else export.runtime
        raise SpecError(
            f"iOS {target} is too old: {what} needs iOS {oldest}.0",
            where=where,
            hint=f"Write {oldest}.0 or later, or leave it out",
        )
