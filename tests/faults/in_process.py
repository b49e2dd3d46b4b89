"""Runs the command line inside this process, which has torch already: a process of its own costs three seconds.

What a process would have to itself is put back afterwards: working folder, arguments, environment, the two streams (by
descriptor, so that a library that prints past Python is seen too), Python's path and the modules of the user's.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from edgegen import console
from edgegen.cli.main import _run
from edgegen.sources.imports import is_user_file

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """What a run left: its exit code and what it printed."""

    code: int
    stdout: str
    stderr: str

    def error(self) -> str:
        """The one line of an error; fails where there is a traceback, or more or fewer than one line."""
        assert "Traceback" not in self.stderr, self.stderr
        errors = [line for line in self.stderr.splitlines() if line.startswith("error: ")]
        assert len(errors) == 1, self.stderr
        return errors[0]


def edgegen(*arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> Done:
    """`edgegen ARGUMENTS…` in the folder `cwd`, without a terminal."""
    console.log_file()  # Made before TMPDIR is changed: it is one for the whole process.
    temporary = cwd.parent / "tmp"
    temporary.mkdir(exist_ok=True)
    with _process(cwd, {"TMPDIR": str(temporary), **(env or {})}), _streams() as (out, err):
        sys.argv = ["edgegen", *map(str, arguments)]
        code = _run()
        sys.stdout.flush()
        sys.stderr.flush()
        done = Done(code, _content(out), _content(err))
    left = [path.name for path in temporary.iterdir() if not path.name.endswith(".log")]
    assert not left, f"left in the folder for temporary files: {left}"
    return done


@contextlib.contextmanager
def _process(cwd: Path, env: Mapping[str, str]) -> Iterator[None]:
    arguments, path, modules = sys.argv, list(sys.path), set(sys.modules)
    environment, folder, temporary = dict(os.environ), Path.cwd(), tempfile.tempdir
    # Two modules of one name and size, written within a second, would be one to Python's own cache.
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    os.chdir(cwd)
    os.environ.update(env)
    tempfile.tempdir = None
    try:
        yield
    finally:
        console.configure(verbosity=console.Verbosity.NORMAL, json_output=False)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        tempfile.tempdir = temporary
        sys.argv, sys.path[:], sys.dont_write_bytecode = arguments, path, bytecode
        for name in set(sys.modules) - modules:
            file = getattr(sys.modules[name], "__file__", None)
            if file is not None and is_user_file(file) and not Path(file).is_relative_to(_ROOT):
                del sys.modules[name]  # Wherever it came from: a project may name a folder far from `cwd`.


@contextlib.contextmanager
def _streams() -> Iterator[tuple[io.BufferedRandom, io.BufferedRandom]]:
    sys.stdout.flush()
    sys.stderr.flush()
    python_streams, saved = (sys.stdout, sys.stderr, sys.stdin), [os.dup(0), os.dup(1), os.dup(2)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        sys.stdin = nothing
        sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
        sys.stderr = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="replace")
        try:
            yield out, err
        finally:
            sys.stdout.close()
            sys.stderr.close()
            sys.stdout, sys.stderr, sys.stdin = python_streams
            for descriptor, copy in enumerate(saved):
                os.dup2(copy, descriptor)
                os.close(copy)


def _content(file: io.BufferedRandom) -> str:
    # The descriptor's position is the writer's as well, so it is not moved.
    return os.pread(file.fileno(), 1 << 24, 0).decode("utf-8")
