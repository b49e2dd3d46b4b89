"""The options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from edgegen import console
from edgegen.console import Verbosity

Function = TypeVar("Function", bound=Callable[..., Any])


def output_options(function: Function) -> Function:
    """`--json`, `--quiet` and `--verbose`, applied to the console before the command runs."""

    @click.option("--json", "json_output", is_flag=True, help="Print the result as one JSON document on stdout.")
    @click.option("-q", "--quiet", is_flag=True, help="Print the result and errors only.")
    @click.option("-v", "--verbose", is_flag=True, help="Print every step.")
    @functools.wraps(function)
    def command(*args: Any, json_output: bool, quiet: bool, verbose: bool, **kwargs: Any) -> Any:
        verbosity = Verbosity.QUIET if quiet else Verbosity.VERBOSE if verbose else Verbosity.NORMAL
        console.configure(verbosity=verbosity, json_output=json_output)
        return function(*args, **kwargs)

    return command  # type: ignore[return-value]


def project_option(function: Function) -> Function:
    """`--project DIR`: the folder with edgegen.toml."""
    return click.option(
        "--project",
        type=click.Path(path_type=Path),
        default=Path(),
        show_default="this folder",
        metavar="DIR",
        help="The project's folder, which holds edgegen.toml.",
    )(function)
