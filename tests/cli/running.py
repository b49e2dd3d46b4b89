"""Runs the command line as a user does: a process of its own, its streams and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def edgegen(
    *arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`edgegen ARGUMENTS…` with no terminal and no standard input."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator"), **(env or {})}
    command = [sys.executable, "-m", "edgegen", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def error_line(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of an error; fails where there is a traceback, or more or less than one line."""
    lines = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert "Traceback" not in done.stderr, done.stderr
    assert len(lines) == 1, done.stderr
    return lines[0]
