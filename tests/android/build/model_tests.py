"""The JVM tests of `:model`, run with JUnit as `./gradlew :model:test` would: on the host, without Android."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.android import jars
from tests.android.build.programs import java, javac, joined
from tests.android.build.project import Compiled
from tests.android.run import shims
from tests.android.run.shims import built

_RUNNER: Final = Path(__file__).parent / "java/junit/RunTests.java"


@dataclass
class Report:
    """What JUnit said: names of tests that passed, messages of those that did not; or the compiler's complaint."""

    passed: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    compile_error: str | None = None


def source_roots(project: Path) -> list[Path]:
    """The folders of Java that Gradle compiles for the tests of `:model`: its own, the plugin's, the tests'."""
    names = ("model/src/main/java", "generated/java", "model/src/test/java", "generated/test/java")
    return [project / name for name in names]


def run_model_tests(compiled: Compiled, out: Path) -> Report:
    """Compiles the tests with every warning an error, and runs them. Raises BuildError."""
    project = compiled.project
    tests = [path for root in source_roots(project)[2:] for path in sorted(root.rglob("*.java"))]
    libraries = [*compiled.classpath, *jars.classpath("junit")]
    javac(tests, libraries, out / "strict")
    (report,) = run_changed(project, compiled.runtime, out, [{}])
    return report


def run_changed(project: Path, runtime: str, out: Path, changes: Sequence[Mapping[Path, str]]) -> list[Report]:
    """Runs the tests once for each of `changes`, which are texts by the path of the source they replace."""
    roots = source_roots(project)
    folders = [out / f"run{index}" for index in range(len(changes))]
    for folder, change in zip(folders, changes, strict=True):
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in change.items():
            root = next(root for root in roots if path.is_relative_to(root))
            target = folder / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    listing = out / "roots"
    listing.write_text("".join(f"{root}\n" for root in roots), encoding="utf-8")
    junit = jars.classpath("junit")
    libraries = joined([jars.android_jar(), *jars.classpath("jspecify"), *shims.classes(runtime), *junit])
    options = [f"-Dedgegen.generated={project / 'generated'}", f"-Djava.io.tmpdir={out}"]
    printed = java([_runner(junit), *junit], "RunTests", listing, libraries, *folders, options=options)
    return _read(printed)


def _runner(junit: Sequence[Path]) -> Path:
    def compile_java(folder: Path) -> None:
        options = ["-Xlint:all", "-Werror", "-cp", os.pathsep.join(map(str, junit))]
        shims.run([shims.tool("javac"), *options, "-d", folder / "classes", _RUNNER])

    return built("model-tests", [_RUNNER], "", compile_java) / "classes"


def _read(printed: str) -> list[Report]:
    reports: list[Report] = []
    for line in printed.splitlines():
        kind, *words = line.split("\t")
        if kind == "RUN":
            reports.append(Report())
        elif kind == "ERROR":
            reports[-1].compile_error = words[0].replace("\\n", "\n")
        elif kind == "PASS":
            reports[-1].passed.append(words[0])
        elif kind == "FAIL":
            reports[-1].failed[words[0]] = words[1]
    return reports
