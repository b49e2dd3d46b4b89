"""The command line itself: help, errors on one line, exit codes, and what is imported for them."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import click
import pytest

from edgegen.cli.main import COMMANDS
from edgegen.version import __version__
from tests.cli.running import ROOT, edgegen, error_line


def test_version() -> None:
    assert edgegen("--version").stdout.strip() == f"edgegen, version {__version__}"


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself_with_examples(name: str) -> None:
    done = edgegen(name, "--help")
    assert done.returncode == 0
    assert "Examples:" in done.stdout
    assert f"edgegen {name}" in done.stdout


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_overview_promises_what_the_command_is(name: str) -> None:
    command = importlib.import_module(COMMANDS[name].module).command
    assert isinstance(command, click.Command)
    assert command.name == name
    assert COMMANDS[name].help.endswith(".")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["exprt"], "did you mean 'export'"),
        (["--chek"], "--chek"),
        (["new", "--platfrom", "linux-arm"], "--platform"),
        (["new", "--platform", "linux-amr"], "linux-amr"),
        (["new", "--no-input"], "--platform"),
        (["new", "hello", "world", "--platform", "linux-arm"], "world"),
        (["new", "--platform", "linux-arm", "--quantize", "int4"], "int4"),
        (["new", "--platform", "linux-arm", "--runtime", "onx"], "onx"),
        (["build", "--arch", "armv5"], "armv5"),
        (["completion", "tcsh"], "tcsh"),
        (["new", "--platform"], "--platform"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_is_one_line_and_code_2(arguments: list[str], said: str) -> None:
    done = edgegen(*arguments)
    assert done.returncode == 2
    assert said in error_line(done)
    assert done.stdout == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    done = edgegen("completion", shell)
    assert done.returncode == 0
    assert "_EDGEGEN_COMPLETE" in done.stdout


def test_completion_offers_commands() -> None:
    done = edgegen(env={"_EDGEGEN_COMPLETE": "bash_complete", "COMP_WORDS": "edgegen ex", "COMP_CWORD": "1"})
    assert "export" in done.stdout


def imported_by(code: str, cwd: Path) -> set[str]:
    """The top-level modules that a fresh Python has after `code`."""
    program = f"import sys\nsys.path.insert(0, {str(ROOT / 'generator')!r})\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=cwd, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "sys.argv = ['edgegen', '--help']\nfrom edgegen.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass"
    )
    assert not imported_by(code, tmp_path) & {"torch", "numpy", "PIL", "jinja2", "cookiecutter", "rich", "executorch"}


def test_a_bug_of_ours_is_one_line_and_its_traceback_in_the_log(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from edgegen.cli import main\n"
        "from edgegen.projects import freshness\n"
        "def broken(*_):\n    raise ZeroDivisionError('boom')\n"
        "freshness.require_fresh = broken\n"
        "sys.argv = ['edgegen', 'export', '--check']\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT / "generator"), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "ZeroDivisionError: boom" in error_line(done)
    log = Path(done.stderr.splitlines()[-1].split("log: ")[1])
    assert "Traceback" in log.read_text()


def test_output_to_a_terminal_without_unicode_does_not_fail() -> None:
    done = edgegen("new", "日本", "--platform", "linux-arm", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 2
    assert "Latin letter" in error_line(done)
