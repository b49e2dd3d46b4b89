"""A board that is reached over ssh: the program goes there, runs, and nothing of it stays."""

from __future__ import annotations

import contextlib
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from edgegen import console
from edgegen.boards.build import BuildResult, install
from edgegen.boards.run import document
from edgegen.errors import UsageError
from edgegen.tools.process import call, run_tool
from edgegen.tools.ssh import Scp, Ssh

_CONNECT_SECONDS = 15


class Board:
    """`address` as ssh takes it: `user@board`, or a name from ~/.ssh/config. UsageError where it is none."""

    def __init__(self, address: str) -> None:
        if not re.fullmatch(r"[^\s\-/:][^\s/:]*", address):
            raise UsageError(
                f"{address!r} is not a board", where="--on", hint="Give it as ssh takes it, as in --on pi@kitchen.local"
            )
        self.address = address
        self.ssh = str(Ssh().require())
        self.scp = str(Scp().require())

    def run(
        self, built: BuildResult, photos: Sequence[Path], inputs: Sequence[str], extra: Sequence[str]
    ) -> dict[str, Any]:
        """Copies the program with its libraries and files, runs it, and removes everything again."""
        names = _Names()
        options = []
        for item in inputs:
            key, _, path = item.partition("=")
            options += ["--input", f"{key}={names.remote(path)}"]
        files = [names.remote(str(photo)) for photo in photos]
        with self._folder() as folder, console.task(f"running on {self.address}") as task:
            task.update("copying")
            self._copy(built, names, folder)
            task.update("running")
            program = f"./bin/{built.program.name}"
            words = ["cd", folder, "&&", program, "--json", *options, *extra, "--", *files]
            done = call(self._ssh(" ".join(word if word == "&&" else shlex.quote(word) for word in words)))
        return names.restore(document(done.returncode, done.stdout, names.restore_text(done.stderr)))

    @contextlib.contextmanager
    def _folder(self) -> Iterator[str]:
        """A new folder on the board, removed at the end whatever happens."""
        failed = f"{self.address} cannot be reached"
        hint = f"Check that this works: ssh {self.address} true"
        folder = run_tool(self._ssh("mktemp -d"), failed=failed, hint=hint).strip()
        try:
            yield folder
        finally:
            call(self._ssh(f"rm -rf {shlex.quote(folder)}"))

    def _copy(self, built: BuildResult, names: _Names, folder: str) -> None:
        with tempfile.TemporaryDirectory(prefix="edgegen-board-") as scratch:
            install(built, Path(scratch))
            names.copy_into(Path(scratch))
            parts = [str(path) for path in sorted(Path(scratch).iterdir())]
            run_tool(
                [self.scp, *_options(), "-r", "-q", *parts, f"{self.address}:{folder}/"],
                failed=f"the program cannot be copied to {self.address}",
                hint="Check that the board has space in its temporary folder",
            )

    def _ssh(self, command: str) -> list[str]:
        return [self.ssh, *_options(), self.address, command]


def _options() -> list[str]:
    # Without a terminal nobody can type a password, and ssh would wait for one.
    batch = [] if sys.stdin.isatty() else ["-o", "BatchMode=yes"]
    return ["-o", f"ConnectTimeout={_CONNECT_SECONDS}", *batch]


class _Names:
    """What the files of this machine are called on the board: `files/0.jpg`, `files/1.npy` …"""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}

    def remote(self, path: str) -> str:
        return self.files.setdefault(path, f"files/{len(self.files)}{Path(path).suffix.lower()}")

    def copy_into(self, folder: Path) -> None:
        import shutil

        (folder / "files").mkdir()
        for local, remote in self.files.items():
            if not Path(local).is_file():
                raise UsageError("there is no such file", where=local, hint="Give pictures or .npy files")
            shutil.copyfile(local, folder / remote)

    def restore_text(self, text: str) -> str:
        for local, remote in self.files.items():
            text = text.replace(remote, local)
        return text

    def restore(self, result: dict[str, Any]) -> dict[str, Any]:
        for item in result["results"]:
            item["input"] = self.restore_text(item["input"])
        return result
