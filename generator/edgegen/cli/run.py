"""`edgegen run`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from edgegen import console
from edgegen.cli.build import ARCHITECTURES
from edgegen.cli.options import output_options
from edgegen.errors import UsageError

_EPILOG = """\b
Examples:
  edgegen run photo.jpg                         in a project's folder
  edgegen run hello photos/*.jpg --json
  edgegen run hello photo.jpg --arch aarch64    the ARM program, under qemu
  edgegen run hello photo.jpg --on pi@kitchen.local
  edgegen run sensor --input x=reading.npy
  edgegen run app photo.jpg                     an app, on the connected phone or in a simulator (iOS, on a Mac)
  edgegen run hello photo.jpg -- --top 3 --threads 2
"""


_PROGRAM_ARGUMENTS: Final = "edgegen.program_arguments"


class _RunCommand(click.Command):
    """Keeps what follows `--` apart; click itself would drop the dashes and take the rest for photos."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--" in args:
            dashes = args.index("--")
            args, ctx.meta[_PROGRAM_ARGUMENTS] = args[:dashes], args[dashes + 1 :]
        return super().parse_args(ctx, args)


@click.command("run", cls=_RunCommand, epilog=_EPILOG)
@click.argument("arguments", nargs=-1, type=click.Path(), metavar="[PROJECT] [PHOTO]... [-- ARGUMENTS...]")
@click.option(
    "--input", "inputs", multiple=True, metavar="NAME=FILE", help="A tensor input from a .npy file; repeatable."
)
@click.option(
    "--arch",
    type=click.Choice(ARCHITECTURES),
    help="Build for this and run it, under qemu where this machine is another.  [default: native, aarch64 with --on]",
)
@click.option(
    "--on",
    metavar="USER@BOARD",
    help="Copy the program to a board over ssh and run it there; for an app, the device (adb) or simulator.",
)
@output_options
@click.pass_context
def command(
    ctx: click.Context, arguments: tuple[str, ...], inputs: tuple[str, ...], arch: str | None, on: str | None
) -> None:
    """Build a project where needed and run it on photos or tensors.

    An app is installed and started on the connected phone, emulator or simulator: it shows its answer there.

    PROJECT may be left out in a project's own folder. What follows -- goes to the program as it is.
    """
    from edgegen.boards import run
    from edgegen.projects.freshness import require_project

    project, photos = _project_and_photos(arguments)
    require_project(project)
    _check_inputs(inputs)
    extra: list[str] = ctx.meta.get(_PROGRAM_ARGUMENTS, [])
    document = run(project, photos, list(inputs), arch, on, extra)
    if console.json_requested():
        console.result_json(document)
        return
    if "device" in document:
        console.result(f"{document['app']} is open on {document['device']}")
    for item in document["results"]:
        _print_result(item, several=len(document["results"]) > 1)


def _project_and_photos(arguments: tuple[str, ...]) -> tuple[Path, list[Path]]:
    paths = [Path(argument) for argument in arguments]
    if paths and (paths[0].is_dir() or not (Path() / "edgegen.toml").is_file()):
        project, photos = paths[0], paths[1:]
    else:
        project, photos = Path(), paths
    for photo in photos:
        if not photo.is_file():
            what = "is not a file" if photo.exists() else "there is no such file"
            raise UsageError(what, where=str(photo), hint="Give pictures (JPEG or PNG) after the project's folder")
    return project, photos


def _check_inputs(inputs: tuple[str, ...]) -> None:
    """Refuses before the build what the program would refuse after it."""
    for text in inputs:
        name, equals, file = text.partition("=")
        if not (name and equals and file):
            raise UsageError("expected NAME=FILE", where=f"--input {text}", hint="Write it as --input x=reading.npy")
        if not Path(file).is_file():
            what = "is not a file" if Path(file).exists() else "there is no such file"
            raise UsageError(what, where=f"--input {text}", hint="Give a .npy file, as numpy.save writes it")


def _print_result(item: dict[str, Any], *, several: bool) -> None:
    if several:
        console.result(f"{item['input']}:")
    for label in item.get("top", ()):
        console.result(f"  {label['probability'] * 100:5.1f} %  {label['label']}")
    for name, output in item.get("outputs", {}).items():
        values = output["values"]
        shown = ", ".join(f"{value:.6g}" for value in values[:8]) + (" …" if len(values) > 8 else "")
        console.result(f"  {name} {'x'.join(map(str, output['shape']))}: {shown}")
    stages = ", ".join(f"{stage} {value:.1f} ms" for stage, value in item["milliseconds"].items())
    console.note(f"  {stages}")
