"""`edgegen diff`."""

from __future__ import annotations

from pathlib import Path

import click

from edgegen import console
from edgegen.cli.options import output_options

_EPILOG = """\b
Examples:
  edgegen diff                        your changes to edgegen's files, here
  edgegen diff hello --stat           one line for each file
  edgegen diff hello --json
"""


@click.command("diff", epilog=_EPILOG)
@click.argument("project", type=click.Path(path_type=Path), default=Path(), metavar="[PROJECT]")
@click.option("--stat", is_flag=True, help="Only say which files, and how many lines came and went.")
@output_options
def command(project: Path, stat: bool) -> None:
    """Show what you changed in the files that edgegen wrote, as a unified diff.

    Files you deleted and files you added are named. edgegen.toml, labels.txt and generated/ are not compared.
    """
    from edgegen.projects.diff import compare

    found = compare(project)
    if console.json_requested():
        console.result_json(found.document())
    else:
        for line in found.stat() if stat else found.lines():
            console.result(line)
