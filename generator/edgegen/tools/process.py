"""Calls of external programs: their output goes to the log, a failure is one line."""

from __future__ import annotations

import contextlib
import re
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from edgegen import console
from edgegen.errors import ToolError

_ERROR_LINE = re.compile(r"\b(fatal error|error)\b", re.IGNORECASE)


def run_tool(
    command: Sequence[str],
    *,
    failed: str,
    hint: str,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Runs a program to its end and returns its stdout; stdout and stderr also go to the log.

    A failure is a ToolError: `failed`, then the first line that looks like an error. Ctrl-C ends the program first.
    """
    done = call(command, cwd=cwd, environment=environment)
    if done.returncode != 0:
        line = error_line(done.stdout + "\n" + done.stderr)
        raise ToolError(f"{failed}: {line}" if line else f"{failed} (exit code {done.returncode})", hint=hint)
    return done.stdout


def call(
    command: Sequence[str], *, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a program and gives back what it printed, whatever its exit code. Raises ToolError if it cannot start."""
    console.log(f"$ {shlex.join(command)}")
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=None if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ToolError(
            f"cannot be started: {reason}", where=command[0], hint="edgegen doctor lists the tools"
        ) from error
    with process:
        try:
            output, errors = process.communicate()
        except BaseException:
            # Ctrl-C reached the program as well, where both share a terminal; it gets a moment to end by itself.
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()
            raise
    for text in (output, errors):
        if text:
            console.log(text)
    return subprocess.CompletedProcess(list(command), process.returncode, output, errors)


def error_line(text: str) -> str:
    """The line of a tool's output that says most: the first with "error" in it and the next if it ends in a colon."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for index, line in enumerate(lines):
        if _ERROR_LINE.search(line):
            return f"{line} {lines[index + 1]}" if line.endswith(":") and index + 1 < len(lines) else line
    return lines[-1] if lines else ""
