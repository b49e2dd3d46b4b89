"""Runs a compiled Android app on this machine's JVM: Android 14's framework with its real graphics, by Robolectric.

The app's own classes, resources, manifest and assets are what runs; the tests in `app/` click and look at it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.android import jars
from tests.android.build.programs import BuildError, find, javac, joined
from tests.android.build.project import Compiled
from tests.android.run import shims

SOURCES: Final = Path(__file__).parent / "app"
RUN_SECONDS: Final = 400
_JVM: Final = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xshare:auto",
    "-Xmx2g",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-opens=java.base/java.util=ALL-UNNAMED",
)


@dataclass(frozen=True)
class Outcome:
    """What became of the tests: for each method the failure's stack, or None where it passed; and what was printed."""

    failures: dict[str, str | None]
    log: str


def run_tests(
    compiled: Compiled,
    sources: Sequence[Path],
    properties: Mapping[str, object],
    out: Path,
    *,
    program: Sequence[Path] | None = None,
    jvm: Sequence[str] = (),
) -> Outcome:
    """Compiles `sources` against the app and runs every class of theirs named …Test in one JVM.

    `program` replaces the app's and its runtime's classes (R8's, say); `properties` are system properties of the JVM,
    and `jvm` its further options. Raises BuildError, also where the JVM did not come to its end.
    """
    jar_path = jars.classpath("robolectric")
    against = [*jar_path, jars.android_jar(), *compiled.classes, *compiled.classpath]
    tests = javac([*{SOURCES / "edgegen/run/Main.java", *sources}], against, out / "test-classes")
    classes = list(program or [*compiled.classes, *compiled.runtime_jars])
    # The framework at the end is what reflection over the tests finds; Robolectric loads its own, by the property.
    path = [_configuration(compiled, out), tests, *classes, *jar_path, jars.jar("robolectric-android")]
    report = out / "report.txt"
    report.unlink(missing_ok=True)
    names = [f"edgegen.run.{source.stem}" for source in sources if source.stem.endswith("Test")]
    options = [f"-D{name}={value}" for name, value in {**_robolectric(out), **properties}.items()]
    options += [*_JVM, *shims.jvm_options(compiled.runtime), *jvm]
    # An argument file: ONNX Runtime runs a recursive regular expression over the process's command line, which needs
    # more stack than a thread has when the class path stands there.
    arguments = out / "java.arguments"
    words = [*options, "-cp", joined(path), "edgegen.run.Main", str(report), *names]
    arguments.write_text("".join(f'"{_in_argument_file(word)}"\n' for word in words), encoding="utf-8")
    log = _run([find("java"), f"@{arguments.name}"], out)
    lines = [line.split("\t") for line in report.read_text(encoding="utf-8").splitlines()]
    failures = {name: _unescaped(text) if state == "failed" else None for name, state, text in lines}
    return Outcome(failures, log)


def _robolectric(out: Path) -> dict[str, object]:
    """Robolectric's settings: no network, its Android from the cache, real graphics, its own scratch folder."""
    scratch = out / "tmp"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    return {
        "robolectric.offline": "true",
        "robolectric.dependency.dir": jars.jar("robolectric-android").parent,
        "robolectric.graphicsMode": "NATIVE",
        "robolectric.logging": "stderr",
        "java.io.tmpdir": scratch,
        "java.awt.headless": "true",
    }


def _configuration(compiled: Compiled, out: Path) -> Path:
    """A folder for the class path that tells Robolectric where the app's resources, manifest and assets are."""
    folder = out / "configuration"
    file = folder / "com/android/tools/test_config.properties"
    file.parent.mkdir(parents=True, exist_ok=True)
    values = {
        "android_resource_apk": compiled.resources,
        "android_merged_manifest": compiled.manifest,
        "android_merged_assets": compiled.assets,
        "android_custom_package": compiled.app_id,
    }
    # A .properties file: `\` and what is not ASCII are written as \uXXXX.
    text = "".join(f"{name}={_escaped(str(value))}\n" for name, value in values.items())
    file.write_text(text, encoding="ascii")
    return folder


def _escaped(text: str) -> str:
    return "".join(c if c.isascii() and c.isprintable() and c != "\\" else f"\\u{ord(c):04x}" for c in text)


def _in_argument_file(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"')


def _unescaped(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\\\", "\\")


def _run(command: Sequence[str], out: Path) -> str:
    environment = {**os.environ, "OMP_NUM_THREADS": "2", "TZ": "UTC"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            cwd=out,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            timeout=RUN_SECONDS,
        )
    except subprocess.TimeoutExpired as late:
        said = late.stdout.decode(errors="replace") if isinstance(late.stdout, bytes) else late.stdout or ""
        raise BuildError(f"the app did not end within {RUN_SECONDS} s:\n{said[-3000:]}") from late
    if done.returncode != 0:
        raise BuildError(f"the JVM ended with {done.returncode}:\n{done.stdout[-6000:]}")
    return done.stdout
