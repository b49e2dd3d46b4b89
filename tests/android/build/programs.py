"""The programs that an Android project is built with here: found, called, and their words kept for a failure."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

SECONDS: Final = 300
WORDS: Final = 6000  # characters of a program's complaint: R8 repeats its own four times
# Short runs on cores that others use, too: compiling harder or collecting in parallel costs more than it saves.
JVM: Final = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx1g")


class BuildError(Exception):
    """A program refused what it was given; the text is its own."""


def find(program: str) -> str:
    """The program's path; it is looked for where JAVA_HOME points first. Raises BuildError."""
    home = os.environ.get("JAVA_HOME", "")
    path = shutil.which(program, path=os.pathsep.join([str(Path(home) / "bin"), os.environ.get("PATH", os.defpath)]))
    if path is None:
        raise BuildError(f"{program} is not on this machine; `make setup` installs it where it can")
    return path


def run(*command: object, cwd: Path | None = None) -> str:
    """Runs a program and gives what it printed. Raises BuildError."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    if done.returncode != 0:
        raise BuildError(f"{Path(words[0]).name} failed ({done.returncode}):\n{(done.stdout + done.stderr)[:WORDS]}")
    return done.stdout


def java(jars: Sequence[Path], main: str, *arguments: object, options: Sequence[str] = ()) -> str:
    """Runs a Java program and gives what it printed. Raises BuildError."""
    return run(find("java"), *JVM, *options, "-cp", joined(jars), main, *arguments)


def javac(sources: Sequence[Path], jars: Sequence[Path], into: Path, options: Sequence[str] = ()) -> Path:
    """Compiles as a generated project's Gradle does, but each warning is an error; gives `into`. Raises BuildError."""
    into.mkdir(parents=True, exist_ok=True)
    names = into.with_name(f"{into.name}.sources")  # An argument file: there may be more names than fit a command.
    names.write_text("".join(f'"{_quoted(path)}"\n' for path in sorted(sources)), encoding="utf-8")
    # The framework's own class files name annotations that are not in its jar; `classfile` warns of that alone.
    strict = ["--release", "11", "-encoding", "UTF-8", "-g", "-Xlint:all,-classfile", "-Werror", "-proc:none"]
    run(
        find("javac"),
        *(f"-J{option}" for option in JVM),
        *strict,
        *options,
        "-cp",
        joined(jars),
        "-d",
        into,
        f"@{names}",
    )
    return into


def joined(jars: Sequence[Path]) -> str:
    """A class path."""
    return os.pathsep.join(map(str, jars))


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace('"', '\\"')
