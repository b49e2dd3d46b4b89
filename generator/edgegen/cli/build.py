"""`edgegen build`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from edgegen import console
from edgegen.cli.options import output_options

ARCHITECTURES: Final = ("native", "aarch64")

_EPILOG = """\b
Examples:
  edgegen build                       build the project in this folder for this machine
  edgegen build hello --arch aarch64  cross-compile it for a 64-bit ARM board
  edgegen build app                   an app: its debug APK by ./gradlew, or for a simulator by xcodebuild
"""


@click.command("build", epilog=_EPILOG)
@click.argument("project", type=click.Path(path_type=Path), default=Path(), metavar="[PROJECT]")
@click.option("--arch", type=click.Choice(ARCHITECTURES), help="Build a linux-arm project for this.  [default: native]")
@output_options
def command(project: Path, arch: str | None) -> None:
    """Build a project with its own build system: CMake, an app by its Gradle wrapper or by xcodebuild.

    The first build for aarch64 fetches ExecuTorch's SDK for that architecture into edgegen's cache; the first build of
    an Android project lets Gradle download itself and what the app needs.
    """
    from edgegen.boards import build
    from edgegen.projects.freshness import require_project

    require_project(project)
    built = build(project, arch)
    if console.json_requested():
        console.result_json({"arch": built.arch, "program": str(built.program)})
    else:
        console.result(str(built.program))
