"""Changed ModelKits, each tested by the project's own tests: one file is compiled anew, the others stay compiled.

reports = run_mutants(tests, project, [Mutant(path, text), …])      paths below the copy's folder, `tests.kit`
"""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final

from edgegen.spec.parse import load_spec
from tests.ios.build.model_tests import PROGRAM, ModelTests, Report, read
from tests.ios.run.evaluator import Evaluator
from tests.ios.run.swiftpm import JOBS
from tests.swift.toolchain import run_swift

# Of the compiler's words those that say what a source means; the others are about incremental builds and debugging.
_KEPT: Final = ("-I", "-Xcc", "-swift-version", "-package-name", "-module-cache-path", "-target")
_SECONDS: Final = 900
_TEST_SECONDS: Final = 60


@dataclass(frozen=True)
class Mutant:
    """`path` is a source of the copy that is built, `text` what stands in it instead."""

    path: Path
    text: str


def run_mutants(tests: ModelTests, project: Path, mutants: Sequence[Mutant]) -> list[Report]:
    """What the project's tests say to each. Raises AssertionError where the project itself does not compile."""
    made, report = tests.build(project)
    assert report.compile_error is None, report.compile_error
    plan = (tests.out / "build" / "debug.yaml").read_text(encoding="utf-8")
    compiler, linker = _arguments(plan, '"C.ModelKit-', "module"), _arguments(plan, '"C.ModelKitPackageTests-', "test")
    folders = []
    for index, mutant in enumerate(mutants):
        folder = tests.out / "mutants" / str(index)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / mutant.path.name).write_text(mutant.text, encoding="utf-8")
        (folder / "run.sh").write_text(_script(tests, mutant, folder, compiler, linker), encoding="utf-8")
        folders.append(folder)
    command = f"printf '%s\\0' mutants/*/run.sh | xargs -0 -n 1 -P {JOBS} sh"
    with Evaluator(tests.out / "evaluator", load_spec(project / "edgegen.toml")) as evaluator:
        environment = made.environment() | evaluator.environment
        run_swift(["sh", "-c", command], cwd=tests.out, inputs=made.inputs, env=environment, seconds=_SECONDS)
    return [_report(folder) for folder in folders]


def _arguments(plan: str, command: str, kind: str) -> list[str]:
    """The words of a command of SwiftPM's build plan."""
    (start,) = (found.end() for found in re.finditer(rf"^  {re.escape(command)}\S*\.{kind}\":$", plan, re.MULTILINE))
    words: list[str] = json.loads(re.compile(r"^    args: (.*)$", re.MULTILINE).search(plan, start)[1])  # type: ignore[index]
    return words


def _script(tests: ModelTests, mutant: Mutant, folder: Path, compiler: Sequence[str], linker: Sequence[str]) -> str:
    sources = shlex.split((tests.products / "ModelKit.build" / "sources").read_text(encoding="utf-8"))
    others = [source for source in sources if Path(source) != mutant.path]
    assert len(others) == len(sources) - 1, f"{mutant.path} is none of ModelKit's sources"
    objects = (tests.products / f"{PROGRAM.removesuffix('.xctest')}.product" / "Objects.LinkFileList").read_text(
        "utf-8"
    )
    changed = str(tests.products / "ModelKit.build" / f"{mutant.path.name}.o")
    linked = [path for path in shlex.split(objects) if path != changed]
    assert len(linked) == len(shlex.split(objects)) - 1, f"{changed} is none of the objects"
    _write_list(folder / "sources", others)
    # Relative to the folder that it is linked in: not all of the linker's helpers understand quotes in a list.
    near = [os.path.relpath(path, tests.products) for path in [*linked, folder / "mutant.o"]]
    _write_list(folder / "objects", near)
    program = tests.products / f"mutant{folder.name}.xctest"  # Beside the resources.
    compile_one = [
        *("swiftc", "-frontend", "-c", "-primary-file", folder / mutant.path.name, f"@{folder / 'sources'}"),
        *("-module-name", "ModelKit", "-parse-as-library", "-enable-testing", "-Onone", "-DSWIFT_PACKAGE", "-DDEBUG"),
        *_kept(compiler),
        *("-o", folder / "mutant.o"),
    ]
    place = {"-o": str(program)}
    link = ["swiftc", "-use-ld=lld", *_linked(linker, place, folder / "objects")]
    lines = [
        f"cd {shlex.quote(str(folder))}",
        f"({_joined(compile_one)} && {_joined(['cd', tests.products])} && {_joined(link)}) > build.log 2>&1 || exit 0",
        f"timeout {_TEST_SECONDS} {shlex.quote(str(program))} > test.log 2>&1; echo $? > code",
        f"rm -f {shlex.quote(str(program))} mutant.o",
    ]
    return "\n".join(lines) + "\n"


def _kept(words: Sequence[str]) -> Iterable[str]:
    return [part for word, value in pairwise(words) if word in _KEPT for part in (word, value)]


def _linked(words: Sequence[str], places: dict[str, str], objects: Path) -> list[str]:
    """The linker's words without the compiler's own path, with another program and other objects."""
    linked: list[str] = []
    for word in words[1:]:
        if linked and linked[-1] in places:
            linked.append(places[linked[-1]])
        elif word.endswith("Objects.LinkFileList"):
            linked.append(f"@{objects}")
        elif word != "-g":
            linked.append(word)
    return linked


def _joined(words: Iterable[object]) -> str:
    return shlex.join(map(str, words))


def _write_list(path: Path, words: Iterable[str]) -> None:
    """A response file of the compiler."""
    path.write_text("".join(f"{shlex.quote(word)}\n" for word in words), encoding="utf-8")


def _report(folder: Path) -> Report:
    code = folder / "code"
    if not code.exists():
        return Report(compile_error=(folder / "build.log").read_text(encoding="utf-8", errors="replace")[-3000:])
    report = Report()
    said = (folder / "test.log").read_text(encoding="utf-8", errors="replace")
    read(report, CompletedProcess([], int(code.read_text()), said, ""))
    return report
