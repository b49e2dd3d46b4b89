"""The entry point and the group of commands. A command's module is imported only when that command runs."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any, Final, NamedTuple, NoReturn

import click

from edgegen import console
from edgegen.errors import INTERNAL_ERROR, INTERRUPTED, EdgegenError, UsageError
from edgegen.paths import cache_dir
from edgegen.version import __version__


class _Entry(NamedTuple):
    """Where a command is and its line in `edgegen --help`, written here so that help imports no command."""

    module: str
    help: str


COMMANDS: Final = {
    "new": _Entry("edgegen.cli.new", "Write a ready-to-build project around a model."),
    "add": _Entry("edgegen.cli.add", "Put a model into an existing app, as a module of its own."),
    "remove": _Entry("edgegen.cli.remove", "Undo what add did to an app."),
    "export": _Entry("edgegen.cli.export", "Export a project's model again; what a build calls."),
    "verify": _Entry("edgegen.cli.verify", "Check the exported model against the PyTorch model."),
    "inspect": _Entry("edgegen.cli.inspect", "Show what is inside a model or an exported file."),
    "preview": _Entry("edgegen.cli.preview", "Draw what the model really sees of a photo."),
    "build": _Entry("edgegen.cli.build", "Build a project with its own build system."),
    "run": _Entry("edgegen.cli.run", "Run a project's program here, under qemu, or on a board."),
    "update": _Entry("edgegen.cli.update", "Bring a project up to this edgegen; your edits are kept."),
    "diff": _Entry("edgegen.cli.diff", "Show what you changed in the files edgegen wrote."),
    "doctor": _Entry("edgegen.cli.doctor", "List the tools a platform needs, and how to get them."),
    "completion": _Entry("edgegen.cli.completion", "Print the shell's completion script."),
}

_LONGEST_MESSAGE: Final = 500

_EPILOG = """\b
Examples:
  edgegen new hello --platform linux-arm
  edgegen new shop --platform linux-arm --model torchvision:mobilenet_v3_small --weights small.pth
  cd hello && edgegen run photos/coffee.jpg

\b
Exit codes:
  0 done                    6 the model cannot be exported
  1 a bug in edgegen        7 verify or a budget: below the threshold
  2 the command line        8 a file or folder cannot be read or written
  3 edgegen.toml            9 a tool is missing, or a build or program failed
  4 the model or a picture  10 export --check: the exported model is stale
  5 a transform             11 update: your changes and edgegen's meet
  130 interrupted
"""


class _ReaderGone(Exception):  # noqa: N818 - nothing is wrong
    """Who read our output has stopped, as `| head` does. click would end with code 1 for its OSError."""


@contextlib.contextmanager
def _output_to_a_reader() -> Iterator[None]:
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise _ReaderGone from error


class _LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _output_to_a_reader():  # --help and --version print here.
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _output_to_a_reader():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = importlib.import_module(entry.module).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise UsageError(f"there is no command {name!r}{_nearest(name)}", hint='See "edgegen --help"')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


@click.group(cls=_LazyGroup, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="edgegen")
def edgegen() -> None:
    """Turn a PyTorch model into an app project whose answers equal Python's."""


def main() -> NoReturn:
    """Runs the command line and exits with the documented code; never with a traceback."""
    try:
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show an arrow or an umlaut gets a question mark, not a UnicodeEncodeError.
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        signal.signal(signal.SIGTERM, _terminated)
        code = _run()
    except KeyboardInterrupt:  # A second one, while the first was told.
        code = INTERRUPTED
    # What happened is decided; an interruption of Python's own clearing up would end in a traceback.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    sys.exit(code)


def _run() -> int:
    # torch makes this folder the first time it exports, in the system's temporary folder unless told otherwise.
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(cache_dir() / "torchinductor"))
    try:
        code = edgegen.main(prog_name="edgegen", standalone_mode=False)
    except EdgegenError as error:
        console.fail(error)
        return error.exit_code
    except click.exceptions.Exit as exit_request:
        return exit_request.exit_code
    except click.ClickException as error:
        console.fail(_usage_error(error))
        return UsageError.exit_code
    except (KeyboardInterrupt, click.Abort):
        console.warn("interrupted; nothing was left half written")
        return INTERRUPTED
    except _ReaderGone:
        # Python must not fail once more while closing stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # A bug of ours: the traceback belongs in the log, one line on the screen.
        return _report_bug(error)
    return code if isinstance(code, int) else 0


def _usage_error(error: click.ClickException) -> UsageError:
    """click's own error, which prints three lines, as our one."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "edgegen"
    return UsageError(error.format_message().rstrip(".!?"), hint=f'See "{path} --help"')


def _report_bug(error: Exception) -> int:
    import traceback

    console.log("".join(traceback.format_exception(error)))
    # A template engine's error repeats its whole context, thousands of lines of it.
    text = f"{type(error).__name__}: {error}"
    summary = EdgegenError(
        f"this is a bug in edgegen: {text if len(text) <= _LONGEST_MESSAGE else text[:_LONGEST_MESSAGE] + ' …'}",
        hint="Please report it with the log file named below",
    )
    console.fail(summary)
    return INTERNAL_ERROR


def _terminated(signum: int, frame: FrameType | None) -> NoReturn:
    """SIGTERM ends a run as Ctrl-C does, so that temporary folders are removed."""
    raise KeyboardInterrupt


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, COMMANDS, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
