"""What every fault must be: one line that names the thing and the next step, the documented code, nothing changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.folders import listing
from tests.faults.in_process import Done, edgegen

NEW = ("new", "hello", "--platform", "linux-arm")
SENSOR = ("--model", "shop.net:sensor", "--input", "x=1x16")
SHELF = ("--model", "shop.net:shelf", "--transforms", "shop.data:evaluation", "--labels", "labels.txt")


@dataclass(frozen=True)
class Case:
    """A call of edgegen that must fail: with `code`, in one line that holds every text of `said`."""

    name: str
    arguments: tuple[str, ...]
    code: int
    said: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def case(name: str, arguments: tuple[str, ...], code: int, *said: str) -> Case:
    """A Case in one line."""
    return Case(name, arguments, code, said)


def check_refused(case: Case, folder: Path) -> Done:
    """Runs the case in `folder` and holds it to all that is promised of a failure."""
    before = listing(folder)
    done = edgegen(*case.arguments, cwd=folder, env=case.env)
    after = listing(folder)
    for name in sorted(after.keys() - before.keys(), reverse=True):  # So that one failure is one failure.
        (folder / name).rmdir() if after[name].startswith("d") else (folder / name).unlink()
    check_failure(done, case)
    assert after == before, "something on the disk changed"
    return done


def check_failure(done: Done, case: Case) -> None:
    """One line, the code, every text, and no result on stdout."""
    line = done.error()
    assert done.code == case.code, done.stderr
    for text in case.said:
        assert text in line, f"{text!r} is not in: {line}"
    assert line.count(". ") >= 1, f"no next step: {line}"
    assert done.stdout == ""
    # What a library of ours prints is its own business; what reaches the terminal is our steps, the error, the log.
    noise = [text for text in done.stderr.splitlines() if not text.startswith(("  ", "error: ", "warning: "))]
    assert not noise, noise
