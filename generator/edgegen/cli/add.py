"""`edgegen add`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from edgegen import console
from edgegen.cli.model_options import MODEL_SOURCES, model_options
from edgegen.cli.options import output_options
from edgegen.runtimes import RUNTIMES

_EPILOG = f"""\b
Examples:
  edgegen add --platform android ~/StudioProjects/Shop --model shop.net:build --weights shop.pth
          --transforms shop.data:val_transform --labels labels.txt
      the module :model, in an app that has no model yet
  edgegen add --platform android . --dry-run
      what would be written, and the change of settings.gradle as a diff

{MODEL_SOURCES}"""


@click.command("add", epilog=_EPILOG)
@click.argument("app", type=click.Path(path_type=Path), metavar="APP_DIR")
@click.option("--platform", type=click.Choice(("android",)), required=True, help="What the app is for.")
@model_options
@click.option("--module", default="model", show_default=True, metavar="NAME", help="The module's name and folder.")
@click.option("--dry-run", is_flag=True, help="Do everything but write: show the files and the change as a diff.")
@output_options
def command(app: Path, platform: str, model: str | None, module: str, dry_run: bool, **asked: Any) -> None:
    """Put a model into an existing app, as a module of its own.

    APP_DIR is the app's root folder. A folder comes, and two lines of settings.gradle or settings.gradle.kts; nothing
    else is touched, and "edgegen remove" undoes it. The one line that makes your code see the module is printed.
    """
    from edgegen.projects.add import add
    from edgegen.projects.request import NewRequest

    request = NewRequest(platform=platform, model=model or "demo", dry_run=dry_run, cwd=Path.cwd(), **asked)
    notice = RUNTIMES[request.chosen_runtime].notice
    if notice is not None:
        console.warn(notice)
    added = add(request, app, module)
    if console.json_requested():
        console.result_json(added.document())
        return
    if dry_run:
        console.result(added.manifest_text.rstrip("\n"))
        console.result(f"\n# Files of {app / module}/")
        for file in added.files:
            console.result(f"#   {file}")
        console.result("")
        console.result(added.diff().rstrip("\n"))
        return
    line = added.dependency()
    console.note("\nThe line for the dependencies { } of the app's own module:\n")
    console.result(f"    {line['kotlin']}    // build.gradle.kts")
    console.result(f"    {line['groovy']}    // build.gradle")
    console.note(f"\n  Open:  {added.entry()}")
