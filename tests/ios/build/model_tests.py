"""ModelKit built by `swift build` and tested by its own XCTest, as `swift test` would, on Linux.

One `ModelTests` serves the projects of a runtime one after the other: what one has in common with the next is compiled
once. The projects themselves stay as they are, a copy is built.
"""

from __future__ import annotations

import filecmp
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from edgegen.spec.parse import load_spec
from tests.ios.run.evaluator import Evaluator
from tests.ios.run.harness import MODEL_KIT
from tests.ios.run.swiftpm import Workspace, compile_models, workspace

PROGRAM: Final = "ModelKitPackageTests.xctest"
_PASSED: Final = re.compile(r"Test Case '(\S+)' passed")
_FAILED: Final = re.compile(r"error: (\w+\.\w+) : (.*)")


@dataclass
class Report:
    """What XCTest said: names of tests that passed, messages of those that did not; or the compiler's complaints."""

    passed: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    compile_error: str | None = None
    warnings: list[str] = field(default_factory=list)


class ModelTests:
    """SwiftPM's workspace in `out`, a new folder."""

    def __init__(self, out: Path) -> None:
        self.kit = out / MODEL_KIT
        self.products = out / "build" / "x86_64-pc-linux-gnu" / "debug"
        self.out = out

    def build(self, project: Path) -> tuple[Workspace, Report]:
        """Builds ModelKit and its tests. Raises what `workspace` raises."""
        copy_changed(project / MODEL_KIT, self.kit)
        made = workspace(self.kit, self.out)
        done = made.swift("build", self.kit, "--build-tests")
        self.products = (self.out / "build" / "debug").resolve()
        said = done.stdout + done.stderr
        # SwiftPM prints a file's warnings once when it is compiled; a note of its own is none of the code's.
        warnings = [line for line in said.splitlines() if "warning: " in line]
        if done.returncode != 0:
            return made, Report(compile_error=said[-4000:], warnings=warnings)
        compile_models(self.products, self.kit)
        return made, Report(warnings=warnings)

    def run(self, project: Path) -> Report:
        """Builds and tests. Raises what `workspace` raises."""
        made, report = self.build(project)
        if report.compile_error is None:
            with Evaluator(self.out / "evaluator", load_spec(project / "edgegen.toml")) as evaluator:
                read(report, made.run([self.products / PROGRAM], env=evaluator.environment))
        return report


def read(report: Report, done: subprocess.CompletedProcess[str]) -> None:
    """Adds what the tests said to a report; a program that ended half-way is a failure."""
    said = done.stdout + done.stderr
    report.passed += _PASSED.findall(said)
    for name, message in _FAILED.findall(said):
        report.failed.setdefault(name, message)
    if done.returncode != 0 and not report.failed:
        report.failed["all"] = f"exit code {done.returncode}: {said[-500:]}"


def copy_changed(source: Path, target: Path) -> None:
    """Makes `target` a copy of `source`; a file that is the same already keeps its time stamp."""
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    for path in list(_files(target)):
        if path.relative_to(target) not in wanted:
            path.unlink()
    for name in sorted(wanted):
        copy = target / name
        if not copy.is_file() or not filecmp.cmp(source / name, copy, shallow=False):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, copy)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
