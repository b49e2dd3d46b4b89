"""`edgegen build` and `edgegen run`: a project built with its own build system, run here, on a board or a phone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from edgegen.boards.build import BuildResult
from edgegen.boards.build import build as build_linux_arm
from edgegen.boards.run import run as run_linux_arm
from edgegen.errors import UsageError

__all__ = ["BuildResult", "build", "run"]


def build(project: Path, arch: str | None = None) -> BuildResult:
    """Builds a project; `arch` is "native" (also None) or "aarch64", and nothing else than None for Android.

    Raises ToolError (a tool is missing, or the build failed: the log has its output), ProjectError or UsageError.
    """
    if _is_android(project):
        from edgegen.boards.android import build_app

        _refuse_arch(arch)
        return build_app(project)
    return build_linux_arm(project, arch or "native")


def run(
    project: Path,
    photos: Sequence[Path],
    inputs: Sequence[str],
    arch: str | None,
    on: str | None,
    extra: Sequence[str],
) -> dict[str, Any]:
    """Builds a project where needed and runs it on `photos` and `inputs` ("NAME=FILE").

    `on` is a board as ssh names it (`arch` is then "aarch64" unless given), for Android a device as adb names it;
    `extra` goes to the program as it is. Raises ToolError, ProjectError or UsageError.
    """
    if _is_android(project):
        from edgegen.boards.android import run_app

        _refuse_arch(arch)
        return run_app(project, photos, inputs, on, extra)
    return run_linux_arm(project, photos, inputs, arch or ("aarch64" if on else "native"), on, extra)


def _is_android(project: Path) -> bool:
    """Whether the project's edgegen.toml says so; what has none is left to the builds to complain about."""
    from edgegen.projects.freshness import MANIFEST_NAME
    from edgegen.spec.parse import load_spec

    manifest = project / MANIFEST_NAME
    return manifest.is_file() and load_spec(manifest).app.platform == "android"


def _refuse_arch(arch: str | None) -> None:
    if arch is not None:
        raise UsageError(
            "an app is built for the processors of its gradle.properties",
            where=f"--arch {arch}",
            hint="Leave it out, or change app.abis there",
        )
