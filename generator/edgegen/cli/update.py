"""`edgegen update`."""

from __future__ import annotations

from pathlib import Path

import click

from edgegen import console
from edgegen.cli.options import output_options

_EPILOG = """\b
Examples:
  edgegen update --dry-run            show what would change, here, as a diff
  edgegen update                      change it
  edgegen update hello --json         what became of each file, as JSON

\b
Exit code 11 if you and edgegen changed the same lines: they are marked in the files
with <<<<<<< yours, ======= and >>>>>>> edgegen, and all of them are listed.
"""


@click.command("update", epilog=_EPILOG)
@click.argument("project", type=click.Path(path_type=Path), default=Path(), metavar="[PROJECT]")
@click.option("--dry-run", is_flag=True, help="Print the changes as a unified diff and change nothing.")
@output_options
def command(project: Path, dry_run: bool) -> None:
    """Bring a project up to this edgegen's templates and its edgegen.toml; your edits are kept.

    What you changed and what edgegen changes are merged line by line. A file you deleted stays deleted; edgegen.toml
    and labels.txt are yours and are not touched; generated/ is exported again. All of it happens, or nothing.
    """
    from edgegen.projects.update import update

    updated = update(project, dry_run=dry_run)
    if console.json_requested():
        console.result_json(updated.document())
    elif dry_run:
        console.result(updated.diff.rstrip("\n") or "nothing would change")
    else:
        for line in updated.lines():
            console.result(line)
        if not updated.lines():
            console.note("  your files are up to date")
    updated.require_clean()
