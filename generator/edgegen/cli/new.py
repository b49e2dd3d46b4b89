"""`edgegen new`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from edgegen import console
from edgegen.cli.model_options import MODEL_SOURCES, model_options
from edgegen.cli.options import output_options
from edgegen.errors import UsageError
from edgegen.runtimes import RUNTIMES

if TYPE_CHECKING:
    from edgegen.projects.create import Created
    from edgegen.projects.request import NewRequest

PLATFORMS: Final = ("linux-arm", "android", "ios")

_EPILOG = f"""\b
Examples:
  edgegen new hello --platform linux-arm
      the demo model, an ImageNet classifier
  edgegen new --platform linux-arm --model torchvision:mobilenet_v3_small --weights small.pth
      torchvision's architecture and preset, your weights
  edgegen new shop --platform linux-arm --model shop.net:build --weights shop.pth
          --transforms shop.data:val_transform --labels labels.txt
          --quantize int8 --calibration photos/
      your own model, made small with your own pictures
  edgegen new sensor --platform linux-arm --model sensor.net:build --input x=1x16:float32
      a model that takes numbers
  edgegen new --platform android --runtime onnx --opset 20 --dynamic-axis image:0=batch
      run by ONNX Runtime; other programs may give the same file several pictures at once
  edgegen new "Bird Watch" --platform ios --id org.example.birds --quantize palette6
      an Xcode project with a Core ML model of 6 bits a weight

{MODEL_SOURCES}"""


@click.command("new", epilog=_EPILOG)
@click.argument("name", required=False)
@click.option("--platform", type=click.Choice(PLATFORMS), help="What the project is for.")
@model_options
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="this folder",
    metavar="DIR",
    help="The folder that will hold the project's folder.",
)
@click.option("--overwrite", is_flag=True, help="Replace the project's folder if it is there; its content is lost.")
@click.option("--no-input", is_flag=True, help="Never ask; take the defaults.")
@click.option("--dry-run", is_flag=True, help="Do everything but write the project: show edgegen.toml and the files.")
@output_options
def command(
    name: str | None,
    platform: str | None,
    model: str | None,
    output: Path,
    overwrite: bool,
    no_input: bool,
    dry_run: bool,
    **asked: Any,
) -> None:
    """Write a ready-to-build project around a model.

    NAME is the project's name; without it, the model's. The project's own tests prove that what the device feeds the
    model equals what Python feeds it.
    """
    ask = not no_input and sys.stdin.isatty() and sys.stderr.isatty()
    platform = platform or (_ask_platform() if ask else None)
    if platform is None:
        raise UsageError("which platform is not said", where="--platform", hint=f"Give one of: {', '.join(PLATFORMS)}")
    if model is None:
        model = _ask_model() if ask else "demo"
    if name is None and ask:
        name = click.prompt("Name of the project", default=_default_name(model), err=True)

    from edgegen.projects.request import NewRequest

    request = NewRequest(
        platform=platform,
        name=name,
        model=model,
        output=output,
        overwrite=overwrite,
        dry_run=dry_run,
        cwd=Path.cwd(),
        **asked,
    )
    _create_and_report(request)


def _create_and_report(request: NewRequest) -> None:
    from edgegen.projects.create import create

    notice = RUNTIMES[request.chosen_runtime].notice
    if notice is not None:
        console.warn(notice)
    created = create(request)
    if console.json_requested():
        console.result_json(created.document())
    elif request.dry_run:
        console.result(created.manifest_text.rstrip("\n"))
        console.result(f"\n# Files of {created.folder}/")
        for file in created.files:
            console.result(f"#   {file}")
    else:
        _next_steps(created)


def _next_steps(created: Created) -> None:
    console.note("")
    for label, line in created.next_steps:
        console.note(f"  {label + ':':<6} {line}")


def _ask_platform() -> str:
    return str(click.prompt("Platform", type=click.Choice(PLATFORMS), default=PLATFORMS[0], err=True))


def _ask_model() -> str:
    return str(
        click.prompt("Model (demo, torchvision:NAME, package.module:factory, or a file)", default="demo", err=True)
    )


def _default_name(model: str) -> str:
    """The model's name as far as its text tells, without loading anything."""
    if model == "demo":
        return "efficientnet-lite0"
    last = model.rsplit(":", 1)
    return last[1] if last[0] == "torchvision" else Path(last[0].rsplit(".", 1)[-1] if len(last) == 2 else model).stem
