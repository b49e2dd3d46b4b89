"""The `edgegen` command: click groups the commands, `main` turns every failure into one line and an exit code."""

from edgegen.cli.main import main

__all__ = ["main"]
