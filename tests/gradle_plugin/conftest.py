"""The plugin, compiled once for a run against Gradle's and the Android Gradle Plugin's own classes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from edgegen.paths import data_dir
from tests.android import jars
from tests.toolchains import need

HERE = Path(__file__).parent
PLUGIN = data_dir("plugins") / "gradle"

# ProjectBuilder looks into classes of the JDK's own.
OPENS = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.lang", "java.util")]
# Of Gradle's jars, not of ours: annotations without their classes, and class paths with entries that are not there.
LINT = ["-Xlint:all,-processing,-classfile,-path", "-Werror"]

# Stands in for edgegen where its own work does not matter: the "model" is the weights, and each call is written down.
EDGEGEN = f"""#!{sys.executable}
import hashlib, json, pathlib, sys
here = pathlib.Path(__file__).parent
if sys.argv[1:] == ["--version"]:
    sys.exit(print("edgegen, version 0.1.0"))
with open(here / "calls.log", "a", encoding="utf-8") as log:
    log.write(" ".join(sys.argv[1:]) + "\\n")
project = pathlib.Path(sys.argv[sys.argv.index("--project") + 1])
toml = (project / "edgegen.toml").read_text(encoding="utf-8")
if "wrong" in toml:
    sys.stderr.write("warning: this is no good\\n")
    sys.stderr.write("error: edgegen.toml: unknown key 'wrong', as in “größe”. Remove it.\\n  log: some.log\\n")
    sys.exit(3)
names = ["edgegen.toml", "labels.txt", toml.split("weights = ")[1].split()[0].strip('"'), "net.py"]
digest = lambda name: hashlib.sha256((project / name).read_bytes()).hexdigest()
stamp = dict(edgegen="0.1.0", inputs=[dict(path=name, sha256=digest(name)) for name in names],
             packages=[], calibration=dict(path="photos"))
generated = project / "generated"
whole = (generated / "export.json").is_file() and (generated / "model.pte").is_file()
if whole and json.loads((generated / "export.json").read_text()) == stamp:
    sys.exit()
sys.stderr.write("  export     anew\\n")
for name, text in (("java/com/x/Labels.java", (project / "labels.txt").read_text()),
                   ("test/java/com/x/Cases.java", "// cases"), ("goldens/index.json", "[]"),
                   ("model.pte", (project / names[2]).read_text()), ("export.json", json.dumps(stamp))):
    (generated / name).parent.mkdir(parents=True, exist_ok=True)
    (generated / name).write_text(text)
"""


def make_project(folder: Path) -> Path:
    """A project that the stand-in can export; nothing is exported yet."""
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "one.jpg").write_text("one")
    (folder / "edgegen.toml").write_text('weights = "first.pth"\n')
    (folder / "labels.txt").write_text("// apple\n")
    (folder / "first.pth").write_text("first")
    (folder / "second.pth").write_text("second")
    (folder / "net.py").write_text("layers = 1\n")
    return folder


def make_edgegen(folder: Path) -> Path:
    """The stand-in, as the command `edgegen` in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "edgegen"
    program.write_text(EDGEGEN, encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture(scope="session")
def gradle_classpath() -> str:
    """Gradle's API and AGP, as a class path."""
    need("javac")
    return os.pathsep.join(map(str, [*jars.need("gradle-api"), *jars.need("agp")]))


@pytest.fixture(scope="session")
def plugin_classes(tmp_path_factory: pytest.TempPathFactory, gradle_classpath: str) -> Path:
    """The folder of the plugin's classes: no warning of javac's."""
    out = tmp_path_factory.mktemp("plugin") / "classes"
    sources = sorted(map(str, PLUGIN.rglob("*.java")))
    javac(["--release", "11", *LINT, "-classpath", gradle_classpath, "-d", str(out), *sources])
    return out


@dataclass(frozen=True)
class Build:
    """A module to be configured: the root of its build, its own folder, and its edgegen.toml."""

    root: Path
    module: Path
    manifest: Path
    android: str = "com.android.library"


@dataclass
class Result:
    """What came of it: what was logged, and what PluginInAgp found."""

    logged: list[str] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Agp:
    """Configures modules with the real Android Gradle Plugin, several in one JVM: it takes seconds to start."""

    classpath: str

    def run(self, builds: list[Build], env: Mapping[str, str]) -> list[Result]:
        arguments = [str(part) for b in builds for part in (b.root, b.module, b.manifest, b.android)]
        done = subprocess.run(
            ["java", *OPENS, "-Xmx1g", "-classpath", self.classpath, "PluginInAgp", *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
            env={**os.environ, "LC_ALL": "C.UTF-8", **env},
        )
        results: list[Result] = []
        for line in done.stdout.splitlines():
            if line == "BUILD":
                results.append(Result())
            elif line.startswith("RESULT "):
                results[-1].found = json.loads(line.removeprefix("RESULT "))
            elif results:
                results[-1].logged.append(line)
        assert len(results) == len(builds), done.stdout + done.stderr
        return results


@pytest.fixture(scope="session")
def agp(tmp_path_factory: pytest.TempPathFactory, plugin_classes: Path, gradle_classpath: str) -> Agp:
    """See Agp."""
    out = tmp_path_factory.mktemp("agp") / "classes"
    classpath = os.pathsep.join((str(plugin_classes), gradle_classpath))
    javac(["--release", "17", *LINT, "-classpath", classpath, "-d", str(out), str(HERE / "java" / "PluginInAgp.java")])
    return Agp(os.pathsep.join((str(out), classpath)))


def javac(arguments: list[str]) -> None:
    """Compiles; fails with the compiler's words."""
    done = subprocess.run(["javac", *arguments], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
