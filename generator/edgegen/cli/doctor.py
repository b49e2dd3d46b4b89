"""`edgegen doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from edgegen import console
from edgegen.cli.new import PLATFORMS
from edgegen.cli.options import output_options
from edgegen.errors import ToolError

if TYPE_CHECKING:
    from edgegen.tools import ToolStatus

_EPILOG = """\b
Examples:
  edgegen doctor
  edgegen doctor --platform linux-arm --json
"""


@click.command("doctor", epilog=_EPILOG)
@click.option(
    "--platform", type=click.Choice(PLATFORMS), default=PLATFORMS[0], show_default=True, help="Look for its tools."
)
@output_options
def command(platform: str) -> None:
    """List the external tools that a platform needs: version, what each is for, how to get it.

    Exit code 9 if a tool that the platform cannot do without is missing.
    """
    from edgegen import tools

    statuses = tools.report(platform)
    if console.json_requested():
        console.result_json({"platform": platform, "tools": [status.document() for status in statuses]})
    else:
        _print_table(statuses)
    missing = [status.name for status in statuses if status.required and not status.ok]
    if missing:
        raise ToolError(
            f"{len(missing)} of the tools that {platform} needs cannot be used: {', '.join(missing)}",
            hint="See the lines above for how to get each",
        )


def _print_table(statuses: list[ToolStatus]) -> None:
    width = max(len(status.name) for status in statuses)
    for status in statuses:
        mark = "ok  " if status.ok else "MISS" if status.required else "-   "
        console.result(f"{mark} {status.name:<{width}}  {status.version or 'not found'}  ({status.purpose})")
        if not status.ok:
            console.result(f"     {'':<{width}}  {status.remedy}")
