"""`edgegen preview`."""

from __future__ import annotations

from pathlib import Path

import click

from edgegen import console
from edgegen.cli.options import output_options, project_option

_EPILOG = """\b
Examples:
  edgegen preview photo.jpg --project hello
  edgegen preview photo.jpg --project hello --output strip.png
"""


@click.command("preview", epilog=_EPILOG)
@click.argument("photo", type=click.Path(path_type=Path))
@project_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The PNG to write.  [default: PHOTO's name with -preview.png, in this folder]",
)
@output_options
def command(photo: Path, project: Path, output: Path | None) -> None:
    """Draw every stage of a photo's way into the model: what it really sees."""
    from edgegen.projects.freshness import require_project
    from edgegen.reference.preview import write_strip
    from edgegen.spec.parse import load_spec

    spec = load_spec(require_project(project))
    target = output or Path(f"{photo.stem}-preview.png")
    write_strip(spec, photo, target)
    if console.json_requested():
        console.result_json({"preview": str(target)})
    else:
        console.result(str(target))
