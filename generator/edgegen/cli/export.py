"""`edgegen export`."""

from __future__ import annotations

from pathlib import Path

import click

from edgegen import console
from edgegen.cli.options import output_options, project_option

_EPILOG = """\b
Examples:
  edgegen export                      export again, here
  edgegen export --if-changed         what a build calls: nothing to do, nothing done
  edgegen export --check              exit code 10 if the model is older than its inputs
  edgegen export --if-changed --staging "$TMPDIR"
                                      in a build that may write the exported files and nothing beside them
"""


@click.command("export", epilog=_EPILOG)
@project_option
@click.option(
    "--if-changed",
    is_flag=True,
    help="Do nothing if no input changed: a matching size and time stamp is trusted, else the content is compared.",
)
@click.option("--check", is_flag=True, help="Only say whether the exported model is fresh; always compares content.")
@click.option(
    "--staging",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Make the files in DIR and overwrite each where it stands, instead of exchanging the folder.",
)
@output_options
def command(project: Path, if_changed: bool, check: bool, staging: Path | None) -> None:
    """Export a project's model again and rewrite its folder of generated files.

    The inputs are edgegen.toml, the weights, the labels, the transforms, the calibration pictures and, for a model made
    by your own code, the Python files of its package.
    """
    from edgegen.projects import freshness

    if check:
        freshness.require_fresh(project)
        _say({"fresh": True, "exported": False}, "fresh: the exported model belongs to its inputs")
        return
    if if_changed and freshness.is_fresh(project):
        _say({"fresh": True, "exported": False}, None)
        console.detail("up to date")
        return
    from edgegen.projects.refresh import refresh

    _say({"fresh": True, "exported": True, **refresh(project, staging)}, None)


def _say(document: dict[str, object], line: str | None) -> None:
    if console.json_requested():
        console.result_json(document)
    elif line:
        console.result(line)
