"""`edgegen run` tells the project's folder, the photos and the program's own arguments apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from edgegen.cli import run as run_module


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[Any, ...]]:
    recorded: list[tuple[Any, ...]] = []

    def fake(*arguments: Any) -> dict[str, Any]:
        recorded.append(arguments)
        return {"results": []}

    monkeypatch.setattr("edgegen.boards.run", fake)
    monkeypatch.chdir(tmp_path)
    for project in (tmp_path, tmp_path / "hello"):
        project.mkdir(exist_ok=True)
        (project / "edgegen.toml").touch()
    (tmp_path / "a.jpg").touch()
    (tmp_path / "b.jpg").touch()
    return recorded


@pytest.mark.parametrize(
    ("arguments", "project", "photos", "extra"),
    [
        (["a.jpg"], ".", ["a.jpg"], []),
        (["hello", "a.jpg", "b.jpg"], "hello", ["a.jpg", "b.jpg"], []),
        (["hello"], "hello", [], []),
        ([], ".", [], []),
        (["a.jpg", "--", "--top", "3", "--json"], ".", ["a.jpg"], ["--top", "3", "--json"]),
        (["--", "--help"], ".", [], ["--help"]),
    ],
)
def test_arguments(
    calls: list[tuple[Any, ...]], arguments: list[str], project: str, photos: list[str], extra: list[str]
) -> None:
    done = CliRunner().invoke(run_module.command, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    assert calls == [(Path(project), [Path(p) for p in photos], [], None, None, extra)]


def test_a_board_is_named_as_it_was_typed(calls: list[tuple[Any, ...]]) -> None:
    CliRunner().invoke(run_module.command, ["a.jpg", "--on", "pi@board"], catch_exceptions=False)
    assert calls[0][3:5] == (None, "pi@board")
