"""Tools are found, told apart by version, and a missing one says how to get it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from edgegen.errors import ToolError
from edgegen.tools.base import CommandTool, parts, version_of


class Frob(CommandTool):
    """A tool that nobody has."""

    name = "frob"
    purpose = "frobs"
    remedy = "apt install frob"
    commands = ("frob-of-edgegen-tests",)
    minimum = "2.10"


def program(folder: Path, version: str, code: int = 0) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / Frob.commands[0]
    path.write_text(
        f"#!{sys.executable}\nprint('frob version {version}')\nraise SystemExit({code})\n", encoding="utf-8"
    )
    path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="scripts are no programs on Windows")
def test_the_first_that_is_new_enough_wins_over_an_older_one_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2.9 stands first on PATH and is too old; as text it would sort behind 2.10."""
    program(tmp_path / "old", "2.9.1")
    program(tmp_path / "new", "2.10.0")
    monkeypatch.setenv("PATH", f"{tmp_path / 'old'}:{tmp_path / 'new'}")
    assert Frob().require().parent.name == "new"
    assert Frob().verify().version == "2.10.0"


@pytest.mark.skipif(sys.platform == "win32", reason="scripts are no programs on Windows")
def test_only_an_old_one_is_named_with_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "old", "1.0")
    monkeypatch.setenv("PATH", str(tmp_path / "old"))
    with pytest.raises(ToolError, match=r"frob 1\.0 is too old, 2\.10 is needed") as caught:
        Frob().require()
    assert caught.value.hint == "apt install frob"
    status = Frob().verify()
    assert (status.ok, status.version) == (False, "1.0")


def test_a_missing_one_says_what_for_and_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Frob().find() is None
    with pytest.raises(ToolError, match="frob was not found; it frobs"):
        Frob().require()
    assert Frob().verify().document() == {
        "name": "frob",
        "ok": False,
        "required": True,
        "version": None,
        "purpose": "frobs",
        "remedy": "apt install frob",
    }


@pytest.mark.parametrize(
    ("smaller", "larger"), [("3.9", "3.28"), ("3.28", "3.28.1"), ("9.2p1", "9.10"), ("1.5.1+cpu", "1.6")]
)
def test_versions_compare_by_number(smaller: str, larger: str) -> None:
    assert parts(smaller) < parts(larger)


def test_a_program_that_cannot_run_has_no_version(tmp_path: Path) -> None:
    assert version_of([str(tmp_path / "nothing")]) is None
    assert version_of([sys.executable, "-c", "raise SystemExit(3)"]) is None
