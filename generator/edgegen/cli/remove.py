"""`edgegen remove`."""

from __future__ import annotations

from pathlib import Path

import click

from edgegen import console
from edgegen.cli.options import output_options

_EPILOG = """\b
Examples:
  edgegen remove --platform android ~/StudioProjects/Shop
  edgegen remove --platform android . --dry-run
"""


@click.command("remove", epilog=_EPILOG)
@click.argument("app", type=click.Path(path_type=Path), metavar="APP_DIR")
@click.option("--platform", type=click.Choice(("android",)), required=True, help="What the app is for.")
@click.option("--module", metavar="NAME", help="The module's name.  [default: the one edgegen added]")
@click.option("--force", is_flag=True, help="Remove the module with the files in it that you changed or added.")
@click.option("--dry-run", is_flag=True, help="Change nothing: show the change of the settings as a diff.")
@output_options
def command(app: Path, platform: str, module: str | None, force: bool, dry_run: bool) -> None:
    """Undo "edgegen add": the module's folder goes, and the settings are what they were.

    Files that you changed or added inside the module are named, and nothing is removed without --force.
    """
    from edgegen.projects.remove import remove

    del platform  # There is one so far, and it must be said, as for add.
    removed = remove(app, module, force=force, dry_run=dry_run)
    if console.json_requested():
        console.result_json(removed.document())
    elif dry_run:
        console.result(removed.diff().rstrip("\n"))
