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
  edgegen remove --platform ios ~/Shop/Shop.xcodeproj
"""


@click.command("remove", epilog=_EPILOG)
@click.argument("app", type=click.Path(path_type=Path), metavar="APP")
@click.option("--platform", type=click.Choice(("android", "ios")), required=True, help="What the app is for.")
@click.option("--module", metavar="NAME", help="android: the module's name.  [default: the one edgegen added]")
@click.option("--force", is_flag=True, help="Remove the module with the files in it that you changed or added.")
@click.option("--dry-run", is_flag=True, help="Change nothing: show the change of the app's file as a diff.")
@output_options
def command(app: Path, platform: str, module: str | None, force: bool, dry_run: bool) -> None:
    """Undo "edgegen add": the module's folder goes, and the settings or the Xcode project are what they were.

    Files that you changed or added inside the module are named, and nothing is removed without --force.
    """
    from edgegen.projects.host_app import open_app
    from edgegen.projects.remove import remove

    removed = remove(open_app(platform, app, module=module), force=force, dry_run=dry_run)
    if console.json_requested():
        console.result_json(removed.document())
    elif dry_run:
        console.result(removed.diff().rstrip("\n"))
