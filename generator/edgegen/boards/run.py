"""Runs a project's program and gives back its JSON document: here, under qemu, or on a board over ssh."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from edgegen import console
from edgegen.boards.build import build
from edgegen.errors import ToolError
from edgegen.tools.process import call
from edgegen.tools.qemu import Qemu


def run(
    project: Path, photos: Sequence[Path], inputs: Sequence[str], arch: str, on: str | None, extra: Sequence[str]
) -> dict[str, Any]:
    """Builds `project` for `arch` where needed and runs it on `photos` and `inputs` ("NAME=FILE").

    `on` is a board as ssh names it, `extra` goes to the program as it is. Raises ToolError, ProjectError or UsageError.
    """
    if on is not None:
        from edgegen.boards.ssh import Board

        board = Board(on)  # Before the build: a name that cannot be used should not cost a minute.
        return board.run(build(project, arch), photos, inputs, extra)
    built = build(project, arch)
    emulator = Qemu().command(built.folder.resolve()) if built.emulated else []
    options = [part for item in inputs for part in ("--input", item)]
    files = [str(photo) for photo in photos]
    with console.task("running under qemu" if emulator else "running"):
        done = call([*emulator, str(built.program.resolve()), "--json", *options, *extra, "--", *files])
    return document(done.returncode, done.stdout, done.stderr)


def document(exit_code: int, output: str, errors: str) -> dict[str, Any]:
    """The program's document, or a ToolError with the one line it wrote to stderr."""
    if exit_code != 0:
        lines = [line.removeprefix("error: ") for line in errors.splitlines() if line.startswith("error: ")]
        problem, _, remedy = (lines[-1] if lines else _death(exit_code, errors)).partition(". ")
        raise ToolError(f"the program failed: {problem}", hint=remedy or f"Its exit code was {exit_code}")
    try:
        result: dict[str, Any] = json.loads(output)
    except ValueError:
        raise ToolError(
            "the program did not print a JSON document", hint="Look at print_json in the project's src/"
        ) from None
    return result


def _death(exit_code: int, errors: str) -> str:
    lines = errors.strip().splitlines()
    if lines:
        return lines[-1]
    return f"it was ended by signal {-exit_code}" if exit_code < 0 else f"it ended with exit code {exit_code}"
