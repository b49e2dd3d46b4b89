"""What edgegen.toml may say of an app for Apple's platforms, beyond its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgegen.errors import SpecError, UsageError
from edgegen.names import check_team
from edgegen.spec.deployment import check_deployment_target
from edgegen.spec.model_spec import Dependencies, ExportSection, ModelSpec

# ExecuTorch has no pod; LibTorch-Lite has no Swift package.
_SOURCES: Final[Mapping[str, tuple[Dependencies, ...]]] = {
    "coreml": ("swiftpm", "cocoapods"),
    "executorch": ("swiftpm",),
    "onnx": ("swiftpm", "cocoapods"),
    "torchscript": ("cocoapods",),
}


def sources_of(runtime: str) -> tuple[Dependencies, ...]:
    """Where the library of a runtime can be had from, the default first."""
    return _SOURCES[runtime]


def dependencies_of(spec: ModelSpec) -> Dependencies:
    """Where the project's libraries come from: as the spec says, else the first that the runtime can have."""
    return spec.app.dependencies or _SOURCES[spec.export.runtime][0]


def check_apple(spec: ModelSpec, where: str) -> None:
    """Raises SpecError (`where: app.KEY: …`) for a team, deployment target or dependencies that cannot be."""
    if spec.app.team is not None:
        try:
            check_team(spec.app.team, where)
        except UsageError as error:
            raise SpecError(error.problem, where=f"{where}: app.team", hint=error.hint) from error
    if spec.app.deployment_target is not None:
        check_deployment_target(spec.app.deployment_target, spec.export, f"{where}: app.deployment_target")
    if spec.app.dependencies is not None:
        check_dependencies(spec.app.dependencies, spec.export, f"{where}: app.dependencies")


def check_dependencies(dependencies: str, export: ExportSection, where: str) -> None:
    """Raises SpecError where the runtime's library cannot be had from there; `where` is the option or key."""
    sources = _SOURCES.get(export.runtime, ())
    if dependencies not in sources:
        what = "no pod" if dependencies == "cocoapods" else "no Swift package"
        raise SpecError(
            f"{export.runtime} has {what}", where=where, hint=f"Use {sources[0] if sources else 'another runtime'}"
        )
