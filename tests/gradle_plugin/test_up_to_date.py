"""The task in a Gradle that runs builds: when it runs, when it is up to date, and what the build cache gives back.

Gradle 8 cannot be had here as a program. Debian's 4.4 has the same up-to-date checks and the same cache, and runs the
task's own class: its properties are made by a subclass in the build script, because this Gradle cannot make them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from edgegen.render.filters import groovy_string
from tests.gradle_plugin.conftest import make_edgegen, make_project
from tests.toolchains import missing, need

SCRIPT = """
buildscript { dependencies { classpath files(CLASSES) } }
import edgegen.gradle.*

class ExportModel extends ExportModelTask {
    final RegularFileProperty manifest = newInputFile()
    final DirectoryProperty assets = newOutputDirectory()
    final DirectoryProperty java = newOutputDirectory()
    final DirectoryProperty testData = newOutputDirectory()
    final ConfigurableFileCollection sources = project.files()
    final Property<String> edgegenVersion = project.objects.property(String)
    final Property<EdgegenCommand> command = project.objects.property(EdgegenCommand)
}

file('projects').eachDir { folder ->
    task(folder.name, type: ExportModel) {
        def without = new File(folder, 'without').exists()
        manifest.set(new File(folder, 'edgegen.toml'))
        assets.set(file("build/$folder.name/assets"))
        java.set(file("build/$folder.name/java"))
        testData.set(file("build/$folder.name/testData"))
        command.set(without ? EdgegenCommand.none('there is no edgegen') : EdgegenCommand.of([EDGEGEN], '0.1.0'))
        edgegenVersion.set(without ? '' : new File(folder, 'version').exists() ? '0.2.0' : '0.1.0')
        sources.from { Export.of(folder).sources() }
    }
}
"""


@dataclass(frozen=True)
class Gradle:
    """A build with one export task for each folder in `projects`."""

    folder: Path
    classes: Path

    def project(self, name: str) -> Path:
        return self.folder / "projects" / name

    def built(self, name: str) -> Path:
        return self.folder / "build" / name

    def run(self, *options: str) -> dict[str, str]:
        """Runs every task; its outcome by its name: "", "UP-TO-DATE", "FROM-CACHE" or "FAILED"."""
        return dict(re.findall(r"^(?:> Task )?:(\w+) ?([A-Z-]*)$", self.output(*options), re.MULTILINE))

    def output(self, *options: str) -> str:
        """What Gradle prints while it does."""
        names = sorted(path.name for path in (self.folder / "projects").iterdir())
        home = self.folder.parent / "gradle home"
        done = subprocess.run(
            [
                need("gradle"),
                "--offline",
                "--no-daemon",
                "--continue",
                "--console=plain",
                "-g",
                str(home),
                *options,
                *names,
            ],
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
            env={**os.environ, "LC_ALL": "C.UTF-8", "GRADLE_OPTS": "-Xmx512m -Dfile.encoding=UTF-8"},
        )
        assert "Could not compile" not in done.stderr, done.stderr
        assert "cannot be cast" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    def calls(self) -> set[str]:
        """The projects that edgegen was called for since this was asked last."""
        log = self.folder.parent / "bin" / "calls.log"
        text = log.read_text(encoding="utf-8") if log.exists() else ""
        log.unlink(missing_ok=True)
        return {Path(line.split("--project ")[1].removesuffix(" --if-changed")).name for line in text.splitlines()}


def rewrite(file: str, text: str) -> Callable[[Gradle, str], None]:
    return lambda gradle, name: (gradle.project(name) / file).write_text(text) and None


def delete(folder: str, file: str) -> Callable[[Gradle, str], None]:
    return lambda gradle, name: (gradle.folder / folder / name / file).unlink()


# What happens to a project after its first build, and makes the task run.
CHANGES: dict[str, Callable[[Gradle, str], None]] = {
    "manifest": rewrite("edgegen.toml", 'weights = "second.pth"\n'),
    "weights": rewrite("first.pth", "other"),
    "labels": rewrite("labels.txt", "// pear\n"),
    "code": rewrite("net.py", "layers = 2\n"),
    "pictures": rewrite("photos/two.jpg", "two"),
    "version": rewrite("version", ""),
    "deleted_output": delete("build", "assets/model.pte"),
    "deleted_source": delete("build", "java/com/x/Labels.java"),
    "deleted_model": delete("projects", "generated/model.pte"),
    "edited": rewrite("generated/java/com/x/Labels.java", "// edited by hand"),
    "pulled": rewrite("generated/goldens/more.json", "{}"),
}


@pytest.fixture(scope="module")
def gradle(tmp_path_factory: pytest.TempPathFactory, plugin_classes: Path) -> Gradle:
    """Every project exported and built once."""
    version = subprocess.run([need("gradle"), "--version"], capture_output=True, text=True, check=False).stdout
    if "Gradle 4." not in version:
        missing("this test is written for Debian's gradle 4.4")
    root = tmp_path_factory.mktemp("gradle")
    gradle = Gradle(root / "a 'build' with \"quotes\"", plugin_classes)
    edgegen = make_edgegen(root / "bin")
    for name in (*CHANGES, "same", "touched", "failing", "without"):
        make_project(gradle.project(name))
    committed = gradle.project("without") / "generated"
    committed.mkdir()
    (committed / "model.onnx").write_text("committed")
    (gradle.project("without") / "without").touch()
    script = SCRIPT.replace("CLASSES", groovy_string(str(plugin_classes)))
    (gradle.folder / "build.gradle").write_text(script.replace("EDGEGEN]", f"{groovy_string(str(edgegen))}]"), "utf-8")
    cache = groovy_string(str(root / "build cache"))
    (gradle.folder / "settings.gradle").write_text(f"buildCache {{ local {{ directory = new File({cache}) }} }}\n")
    assert set(gradle.run().values()) == {""}
    assert gradle.calls() == {path.name for path in gradle.project("").iterdir()} - {"without"}
    for name in ("same", "manifest"):
        assert (gradle.built(name) / "assets" / "model.pte").read_text() == "first"
        assert (gradle.built(name) / "java/com/x/Labels.java").read_text() == "// apple\n"
        assert (gradle.built(name) / "testData/goldens/index.json").read_text() == "[]"
        assert (gradle.built(name) / "testData/test/java/com/x/Cases.java").read_text() == "// cases"
    assert (gradle.built("without") / "assets" / "model.onnx").read_text() == "committed"
    # The first export found out what the models are made of, so edgegen is asked once more.
    gradle.run()
    gradle.calls()
    return gradle


def test_it_runs_when_something_changed_and_only_then(gradle: Gradle) -> None:
    assert set(gradle.run().values()) == {"UP-TO-DATE"}
    assert gradle.calls() == set()

    for name, change in CHANGES.items():
        change(gradle, name)
    os.utime(gradle.project("touched") / "edgegen.toml")
    (gradle.project("failing") / "edgegen.toml").write_text("wrong = 1\n")
    output = gradle.output()
    ran = dict(re.findall(r"^(?:> Task )?:(\w+) ?([A-Z-]*)$", output, re.MULTILINE))
    assert {name for name, outcome in ran.items() if not outcome} == set(CHANGES)
    assert {name for name, outcome in ran.items() if outcome == "UP-TO-DATE"} == {"same", "touched", "without"}
    assert gradle.calls() == {*CHANGES, "failing"}
    assert "> edgegen.toml: unknown key 'wrong', as in “größe”. Remove it." in output
    assert "at edgegen.gradle" not in output
    assert (gradle.built("manifest") / "assets/model.pte").read_text() == "second"
    assert (gradle.built("weights") / "assets/model.pte").read_text() == "other"
    assert (gradle.built("labels") / "java/com/x/Labels.java").read_text() == "// pear\n"
    for name in ("deleted_output", "deleted_model"):
        assert (gradle.built(name) / "assets/model.pte").read_text() == "first"
        assert (gradle.project(name) / "generated/model.pte").read_text() == "first"
    assert (gradle.built("deleted_source") / "java/com/x/Labels.java").read_text() == "// apple\n"
    assert (gradle.built("pulled") / "testData/goldens/more.json").read_text() == "{}"

    # Only the manifest's other weights are an input that was not known before. What failed is as it was before that.
    (gradle.project("failing") / "edgegen.toml").write_text('weights = "first.pth"\n')
    assert {name for name, outcome in gradle.run().items() if not outcome} == {"manifest"}
    assert set(gradle.run().values()) == {"UP-TO-DATE"}


def test_the_build_cache_serves_builds_that_start_from_nothing(gradle: Gradle) -> None:
    (gradle.project("weights") / "first.pth").write_text("third")
    gradle.run()
    gradle.calls()
    shutil.rmtree(gradle.folder / "build")
    assert gradle.run("--build-cache")["same"] in ("", "FROM-CACHE")  # The same project is there under other names.
    gradle.calls()
    shutil.rmtree(gradle.folder / "build")
    # The list of inputs is that of another manifest, or code: what the cache has for it may be another model.
    (gradle.project("manifest") / "edgegen.toml").write_text('weights = "second.pth"  # changed\n')
    (gradle.project("code") / "net.py").write_text("layers = 3\n")
    loaded = gradle.run("--build-cache")
    executed = {name for name, outcome in loaded.items() if not outcome}
    assert executed == {"manifest", "code", "without"}
    assert {loaded[name] for name in loaded.keys() - executed} == {"FROM-CACHE"}
    assert gradle.calls() == {"manifest", "code"}
    assert (gradle.built("weights") / "assets/model.pte").read_text() == "third"

    # Where outputs are already, edgegen is called, so that generated/ follows.
    (gradle.project("weights") / "first.pth").write_text("first")
    assert gradle.run("--build-cache")["weights"] == ""
    assert "weights" in gradle.calls()
    assert (gradle.project("weights") / "generated/model.pte").read_text() == "first"
