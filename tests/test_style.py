"""The code reads as style.md asks, as far as tools can tell: ruff's rules and format, strict types, no print()."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]],
    ids=["ruff check", "ruff format", "mypy --strict"],
)
def test_style(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_every_package_of_the_generator_says_what_it_is() -> None:
    for path in (ROOT / "generator" / "edgegen").rglob("*.py"):
        assert path.read_text(encoding="utf-8").lstrip().startswith('"""'), f"{path} has no docstring"
