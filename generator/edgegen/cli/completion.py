"""`edgegen completion`."""

from __future__ import annotations

import click

from edgegen import console

_EPILOG = """\b
Examples:
  eval "$(edgegen completion bash)"                 in ~/.bashrc
  eval "$(edgegen completion zsh)"                  in ~/.zshrc
  edgegen completion fish > ~/.config/fish/completions/edgegen.fish
"""


@click.command("completion", epilog=_EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script that completes edgegen's commands and options in your shell."""
    from click.shell_completion import get_completion_class

    from edgegen.cli.main import edgegen

    completion = get_completion_class(shell)
    assert completion is not None, "click knows the three shells"
    console.result(completion(edgegen, {}, "edgegen", "_EDGEGEN_COMPLETE").source().strip())
