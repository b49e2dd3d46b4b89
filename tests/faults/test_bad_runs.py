"""`edgegen build`, `run` and `doctor` without their tools, and with arguments that would fail only after a build."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.running import ROOT
from tests.faults.cases import Case, check_refused
from tests.faults.in_process import edgegen

NO_TOOLS = {"PATH": "/nowhere"}


def run(name: str, arguments: tuple[str, ...], code: int, *said: str) -> Case:
    """A call that must fail before anything is built; without tools, so that a build would be another error."""
    return Case(name, arguments, code, said, NO_TOOLS)


RUNS = [
    run("build without tools", ("build", "sensor"), 9, "was not found", "install"),
    run("cross-build without tools", ("build", "sensor", "--arch", "aarch64"), 9, "was not found", "install"),
    run("run without tools", ("run", "shelf", "pictures/good.jpg"), 9, "was not found", "install"),
    run("input without a file", ("run", "sensor", "--input", "x"), 2, "--input x", "NAME=FILE", "x=reading.npy"),
    run("input that is missing", ("run", "sensor", "--input", "x=no.npy"), 2, "x=no.npy", "no such file", ".npy"),
    run("input that is a folder", ("run", "sensor", "--input", "x=photos"), 2, "x=photos", "is not a file"),
    run("photo that is missing", ("run", "shelf", "photos/9.jpg"), 2, "photos/9.jpg", "no such file"),
    run("photo that is a folder", ("run", "shelf", "photos"), 2, "photos", "is not a file"),
    run("board that is an option", ("run", "shelf", "--on", "-oProxyCommand=x"), 2, "--on", "not a board"),
    run("board without a name", ("run", "shelf", "--on", ""), 2, "--on", "not a board"),
    run("project that is missing", ("run", "nowhere", "photos/1.jpg"), 8, "nowhere", "no such folder"),
    run("project that is a file", ("build", "sensor.pth"), 8, "sensor.pth", "not a folder"),
]


@pytest.mark.parametrize("fault", RUNS, ids=str)
def test_it_is_refused(fault: Case, folder: Path) -> None:
    check_refused(fault, folder)


def test_doctor_lists_what_is_missing_and_how_to_get_it(folder: Path) -> None:
    done = edgegen("doctor", cwd=folder, env=NO_TOOLS)
    assert done.code == 9
    assert "C++ compiler" in done.error()
    missing = [line for line in done.stdout.splitlines() if line.startswith("MISS")]
    assert len(missing) >= 2
    assert "install" in done.stdout


def test_a_build_that_fails_names_the_file_and_the_line(own_folder: Path) -> None:
    """The user's own C++ is wrong: the compiler's first error is the message, the whole output is in the log."""
    from tests.toolchains import need

    for program in ("g++", "ninja"):
        need(program)
    main = own_folder / "sensor" / "src" / "main.cpp"
    main.write_text("int main() { return nothing; }\n", encoding="utf-8")
    importable = {"PYTHONPATH": os.pathsep.join((str(ROOT / "generator"), os.environ.get("PYTHONPATH", "")))}
    done = edgegen("build", "sensor", cwd=own_folder, env=importable)
    assert done.code == 9, done.stderr
    assert "main.cpp:1" in done.error()
    assert "log: " in done.stderr
