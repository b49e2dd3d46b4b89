"""`edgegen verify`."""

from __future__ import annotations

from pathlib import Path

import click

from edgegen import console
from edgegen.cli.options import output_options, project_option

_EPILOG = """\b
Examples:
  edgegen verify
  edgegen verify --project hello --photos ~/pictures/test
  edgegen verify --json

\b
The thresholds are in edgegen.toml, under [verify]. Exit code 7 if one is not met.
"""


@click.command("verify", epilog=_EPILOG)
@project_option
@click.option(
    "--photos", type=click.Path(path_type=Path), metavar="DIR", help="Pictures to compare on.  [default: edgegen's own]"
)
@output_options
def command(project: Path, photos: Path | None) -> None:
    """Check the exported model against the PyTorch model, and the goldens against the reference.

    A gate, not a table: what is below the thresholds of edgegen.toml fails.
    """
    from edgegen.projects.checks import verify_project

    report = verify_project(project, photos)
    if console.json_requested():
        console.result_json(report.document())
    else:
        for line in report.lines():
            console.result(line)
    report.require_passed()
