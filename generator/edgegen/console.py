"""Everything edgegen prints.

stdout carries results; progress, notes and errors go to stderr. What torch, executorch and coremltools print (from
Python or from C++) goes to a log file that is named only when something failed.

Modules that only some calls need are imported in them: `edgegen --help` may cost little more than `import click`.
"""

from __future__ import annotations

import contextlib
import enum
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from edgegen.errors import EdgegenError

if TYPE_CHECKING:
    import logging
    import threading

    from rich.console import Console as RichConsole

_LABEL_WIDTH = 10


class Verbosity(enum.IntEnum):
    """How much of what is not a result reaches stderr."""

    QUIET = 0
    NORMAL = 1
    VERBOSE = 2


class _State:
    """The one console of a process; commands set it once, from their options."""

    verbosity = Verbosity.NORMAL
    json_output = False
    log_path: Path | None = None
    log_was_named = False
    log_stream: IO[str] | None = None
    # A second handle on the terminal's stderr, kept while descriptor 2 is redirected into the log.
    stderr: IO[str] | None = None


def configure(*, verbosity: Verbosity, json_output: bool) -> None:
    """Sets what the following calls print."""
    _State.verbosity = verbosity
    _State.json_output = json_output


def json_requested() -> bool:
    """Whether results are to be one JSON document on stdout."""
    return _State.json_output


def result(text: str) -> None:
    """A line of the command's result, on stdout."""
    sys.stdout.write(text + "\n")


def result_json(document: object) -> None:
    """The command's result as one JSON document, on stdout."""
    import json

    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def note(text: str) -> None:
    """Something worth knowing, on stderr."""
    if _State.verbosity >= Verbosity.NORMAL:
        _write_error_line(text)


def detail(text: str) -> None:
    """Something worth knowing only with --verbose, on stderr."""
    if _State.verbosity >= Verbosity.VERBOSE:
        _write_error_line(text)


def warn(text: str) -> None:
    """Something that is probably not wanted; printed even with --quiet."""
    _write_error_line(f"warning: {text}")


def step(label: str, text: str) -> None:
    """One finished step of a long command: a label in its column and what came of it, on stderr."""
    note(f"  {label:<{_LABEL_WIDTH}} {text}")


def fail(error: EdgegenError) -> None:
    """The one line for an error, and the log file if there is something in it."""
    _write_error_line(f"error: {error.message()}")
    name_log()


def name_log() -> None:
    """Names the log file, if libraries wrote something to it."""
    log = _State.log_path
    if log is not None and log.is_file() and log.stat().st_size > 0:
        _State.log_was_named = True
        _write_error_line(f"  log: {log}")


def log_file() -> Path:
    """The log file of this run, made on first use."""
    if _State.log_path is None:
        import atexit
        import tempfile

        handle, name = tempfile.mkstemp(prefix="edgegen-", suffix=".log")
        os.close(handle)
        _State.log_path = Path(name)
        atexit.register(_drop_log)
    return _State.log_path


def log(text: str) -> None:
    """Text for the log file only, such as the output of a tool that was called."""
    with log_file().open("a", encoding="utf-8", errors="replace") as file:
        file.write(text if text.endswith("\n") else text + "\n")


def _drop_log() -> None:
    """Removes the log file at exit, unless somebody was told its name."""
    if _State.log_path is not None and not _State.log_was_named:
        _State.log_path.unlink(missing_ok=True)


class Task:
    """A running task; `update` says what it is doing now."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.started = time.monotonic()

    def update(self, text: str) -> None:
        """What the task is doing now: shown by the spinner, or as a line where there is no terminal and -v."""
        self.text = text
        detail(f"  … {text}")

    @property
    def seconds(self) -> float:
        """Seconds since the task began."""
        return time.monotonic() - self.started


@contextlib.contextmanager
def task(text: str) -> Iterator[Task]:
    """Shows `text` with a spinner and the seconds so far while the block runs; nothing if it takes under a second.

    Without a terminal there is no spinner; a line is printed once the block has taken a second.
    """
    running = Task(text)
    if _State.verbosity == Verbosity.QUIET:
        yield running
        return
    import threading

    stop = threading.Event()
    shower = threading.Thread(target=_show, args=(running, stop, _error_stream()), daemon=True)
    shower.start()
    try:
        yield running
    finally:
        stop.set()
        shower.join()


def _show(running: Task, stop: threading.Event, stream: IO[str]) -> None:
    if stop.wait(1.0):
        return
    if not stream.isatty():
        with contextlib.suppress(ValueError, OSError):
            stream.write(f"  … {running.text}\n")
            stream.flush()
        return
    rich_console = _rich(stream)
    with rich_console.status(running.text) as status:
        while not stop.wait(0.25):
            status.update(f"{running.text} [dim]{running.seconds:.0f} s[/dim]")


def _rich(stream: IO[str]) -> RichConsole:
    from rich.console import Console as RichConsole

    return RichConsole(file=stream, highlight=False)


@contextlib.contextmanager
def captured_output() -> Iterator[None]:
    """Sends what the block's libraries print (descriptors 1 and 2, Python's streams, warnings) to the log file."""
    if _State.stderr is not None:  # Nested: already captured.
        yield
        return
    import warnings

    sys.stdout.flush()
    sys.stderr.flush()
    saved_out, saved_err = os.dup(1), os.dup(2)
    log_stream = _open_log_stream()
    _State.stderr = os.fdopen(os.dup(saved_err), "w", encoding="utf-8", errors="replace", buffering=1)
    python_out, python_err = sys.stdout, sys.stderr
    try:
        os.dup2(log_stream.fileno(), 1)
        os.dup2(log_stream.fileno(), 2)
        with warnings.catch_warnings(), _logging_to(log_stream):
            sys.stdout = sys.stderr = log_stream
            yield
    finally:
        sys.stdout, sys.stderr = python_out, python_err
        log_stream.flush()
        os.dup2(saved_out, 1)
        os.dup2(saved_err, 2)
        os.close(saved_out)
        os.close(saved_err)
        _State.stderr.close()
        _State.stderr = None


def _open_log_stream() -> IO[str]:
    # It stays open: a library imported inside a captured block keeps `sys.stderr` (torch's log handlers do), and
    # would fail, or print on the terminal, if it were closed behind it.
    if _State.log_stream is None or _State.log_stream.closed:
        _State.log_stream = log_file().open("a", encoding="utf-8", errors="replace", buffering=1)
    return _State.log_stream


@contextlib.contextmanager
def _logging_to(stream: IO[str]) -> Iterator[None]:
    """Points every stream handler of the logging module at `stream` while the block runs."""
    import logging

    moved: list[tuple[logging.StreamHandler[Any], Any]] = []
    loggers = [
        logging.getLogger(),
        *(x for x in logging.Logger.manager.loggerDict.values() if isinstance(x, logging.Logger)),
    ]
    for logger in loggers:
        for handler in logger.handlers:
            if type(handler) is logging.StreamHandler and handler.stream is not stream:
                moved.append((handler, _redirect(handler, stream)))
    try:
        yield
    finally:
        for handler, original in moved:
            _redirect(handler, original)


def _redirect(handler: logging.StreamHandler[Any], stream: IO[str]) -> IO[str]:
    """Gives the handler another stream; its former one may have been closed behind it, which setStream cannot bear."""
    former: IO[str] = handler.stream
    with contextlib.suppress(ValueError, OSError):
        former.flush()
    handler.stream = stream
    return former


def _error_stream() -> IO[str]:
    return _State.stderr or sys.stderr


def _write_error_line(text: str) -> None:
    stream = _error_stream()
    stream.write(text + "\n")
    stream.flush()
