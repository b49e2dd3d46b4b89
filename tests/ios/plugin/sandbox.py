"""A build phase run as Xcode's sandbox runs it: of the app's folder it sees the files that it has declared.

    Phase(folder, list_folder).run("/bin/sh", {...})

In a mount namespace of its own, the folder is empty but for the declared inputs, read-only, and the declared outputs,
writable where they stand; no name in it can come, go or change. Linux has no way to let a folder be used and not be
listed, as Apple's sandbox does: what is listed here are the declared names alone. Needs root.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.toolchains import missing


@dataclass(frozen=True)
class Phase:
    """The phase "Export model" of the app in `folder` (SRCROOT); `generated` holds its lists of files."""

    folder: Path
    generated: Path

    def inputs(self) -> list[Path]:
        """What it declares to read, and what the phase names besides the list."""
        named = [self.generated.parent / "edgegen" / "export-model.sh", self.generated / "inputs.xcfilelist"]
        return [*named, *self._listed("inputs")]

    def outputs(self) -> list[Path]:
        """The files that it declares to write; those of a declared folder are declared one by one as well."""
        return [path for path in self._listed("outputs") if path.is_file()]

    def start(self, shell: str, command: str, env: Mapping[str, str], temporary: Path) -> subprocess.Popen[str]:
        """`shell -c COMMAND` with Xcode's environment and these variables besides, in a process group of its own."""
        if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("unshare") is None:
            missing("a sandbox of mounts needs Linux, root and unshare")
        environment = {
            "PATH": "/usr/bin:/bin",
            "SRCROOT": str(self.folder),
            "HOME": str(temporary / "home"),
            "TMPDIR": str(temporary),
            "LANG": "C.UTF-8",
            **env,
        }
        called = f"exec setpriv --bounding-set=-sys_admin -- {shell} -c {shlex.quote(command)}"
        return subprocess.Popen(
            [
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "/bin/sh",
                "-euc",
                f"{self._mounts(temporary)}\n{called}",
            ],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,  # Xcode reads `error:` and `note:` from both.
            text=True,
            start_new_session=True,
        )

    def run(self, shell: str, command: str, env: Mapping[str, str], temporary: Path) -> tuple[int, str]:
        """`start`, to its end: the exit code and what was printed."""
        process = self.start(shell, command, env, temporary)
        try:
            printed, _ = process.communicate(timeout=240)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        return process.returncode, printed

    def _listed(self, which: str) -> list[Path]:
        lines = (self.generated / f"{which}.xcfilelist").read_text(encoding="utf-8").splitlines()
        return [Path(line.replace("$(SRCROOT)", str(self.folder))) for line in lines if not line.startswith("#")]

    def _mounts(self, temporary: Path) -> str:
        """The shell's lines that make the sandbox."""
        whole, folder = temporary / "whole", shlex.quote(str(self.folder))
        whole.mkdir(exist_ok=True)
        lines = [f"mount --bind {folder} {shlex.quote(str(whole))}", f"mount -t tmpfs sandbox {folder}"]
        outputs = self.outputs()
        inside = [path for path in self.inputs() if Path(os.path.normpath(path)).is_relative_to(self.folder)]
        for path in dict.fromkeys([*inside, *outputs]):
            place, source = shlex.quote(str(path)), shlex.quote(str(whole / path.relative_to(self.folder)))
            lines.append(f"mkdir -p {shlex.quote(str(path.parent))}; : > {place}; mount --bind {source} {place}")
            if path not in outputs:
                lines.append(f"mount -o remount,bind,ro {place}")
        lines += [f"mount -o remount,bind,ro {folder}", f"umount -l {shlex.quote(str(whole))}"]
        return "\n".join(lines)


def wait_for(folder: Path, pattern: str, seconds: float = 60.0) -> None:
    """Returns when there is such a file in the folder; fails where none comes."""
    until = time.monotonic() + seconds
    while not any(folder.glob(pattern)):
        assert time.monotonic() < until, f"{pattern} did not come"
        time.sleep(0.02)
