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
  edgegen add --platform ios ~/Shop/Shop.xcodeproj --target Shop
      the Swift package ModelKit beside the project, and a target that exports the model

{MODEL_SOURCES}"""


@click.command("add", epilog=_EPILOG)
@click.argument("app", type=click.Path(path_type=Path), metavar="APP")
@click.option("--platform", type=click.Choice(("android", "ios")), required=True, help="What the app is for.")
@model_options
@click.option("--module", metavar="NAME", help="android: the module's name and folder.  [default: model]")
@click.option("--target", "project_target", metavar="NAME", help="ios: the app's target.  [default: the only one]")
@click.option("--no-edit", "by_hand", is_flag=True, help="ios: leave the project alone and say what to do in Xcode.")
@click.option("--dry-run", is_flag=True, help="Do everything but write: show the files and the change as a diff.")
@output_options
def command(
    app: Path,
    platform: str,
    model: str | None,
    module: str | None,
    project_target: str | None,
    by_hand: bool,
    dry_run: bool,
    **asked: Any,
) -> None:
    """Put a model into an existing app, as a module of its own.

    APP is the root folder of an Android app, or an .xcodeproj. A folder comes, and a few lines of settings.gradle or of
    the Xcode project; nothing else is touched, and "edgegen remove" undoes it. What your code needs to see the module
    is printed.
    """
    from edgegen.projects.add import add
    from edgegen.projects.host_app import open_app
    from edgegen.projects.request import NewRequest

    request = NewRequest(platform=platform, model=model or "demo", dry_run=dry_run, cwd=Path.cwd(), **asked)
    notice = RUNTIMES[request.chosen_runtime].notice
    if notice is not None:
        console.warn(notice)
    if module is None and platform == "android":
        module = "model"
    host = open_app(platform, app, module=module, project_target=project_target, by_hand=by_hand)
    added = add(request, host)
    if console.json_requested():
        console.result_json(added.document())
        return
    if dry_run:
        console.result(added.manifest_text.rstrip("\n"))
        console.result(f"\n# Files of {host.target}/")
        for file in added.files:
            console.result(f"#   {file}")
        console.result("")
        console.result(added.diff().rstrip("\n"))
        return
    title, lines = host.paste(added.spec)
    console.note(f"\n{title}\n")
    for line in lines:
        console.result(f"    {line}")
    console.note(f"\n  Open:  {host.entry(added.files)}")
