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
    """Builds a project; `arch` is "native" (also None) or "aarch64", and nothing else than None for an app.

    Raises ToolError (a tool is missing, or the build failed: the log has its output), ProjectError or UsageError.
    """
    platform = _platform(project)
    if platform == "android":
        from edgegen.boards.android import build_app

        _refuse_arch(arch, "an app is built for the processors of its gradle.properties", "change app.abis there")
        return build_app(project)
    if platform == "ios":
        from edgegen.boards import ios

        _refuse_arch(arch, "Xcode builds an app for the device it is to run on", "say which device by edgegen run --on")
        return ios.build_app(project)
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

    `on` is a board as ssh names it (`arch` is then "aarch64" unless given), for Android a device as adb names it, for
    iOS a simulator; `extra` goes to the program as it is. Raises ToolError, ProjectError or UsageError.
    """
    platform = _platform(project)
    if platform == "android":
        from edgegen.boards.android import run_app

        _refuse_arch(arch, "an app is built for the processors of its gradle.properties", "change app.abis there")
        return run_app(project, photos, inputs, on, extra)
    if platform == "ios":
        from edgegen.boards import ios

        _refuse_arch(arch, "Xcode builds an app for the device it is to run on", "say which device by --on")
        return ios.run_app(project, photos, inputs, on, extra)
    return run_linux_arm(project, photos, inputs, arch or ("aarch64" if on else "native"), on, extra)


def _platform(project: Path) -> str | None:
    """What the project's edgegen.toml says; what has none is left to the builds to complain about."""
    from edgegen.projects.freshness import MANIFEST_NAME
    from edgegen.spec.parse import load_spec

    manifest = project / MANIFEST_NAME
    return load_spec(manifest).app.platform if manifest.is_file() else None


def _refuse_arch(arch: str | None, reason: str, instead: str) -> None:
    if arch is not None:
        raise UsageError(reason, where=f"--arch {arch}", hint=f"Leave it out, or {instead}")
