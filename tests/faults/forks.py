"""A warm process that runs edgegen in forks of itself, and kills a fork in the middle when it is told to.

    python tests/faults/forks.py        one JSON request a line on stdin, one JSON answer a line on stdout

A process of its own spends three seconds on importing torch, in which nothing is written that a kill could break. The
warm process has imported all of it and started no thread (a fork would not have it, and wait for it for ever): it runs
nothing itself.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ended:
    """How a fork ended: its exit code, or minus the signal that killed it; what it printed; how long it ran.

    `changes` counts the files opened for writing, made, renamed and removed, and `renames` are those of these numbers
    that renamed; 0 and none where it was killed.
    """

    code: int
    stderr: str
    seconds: float
    changes: int
    renames: tuple[int, ...]


class Forks:
    """The warm process, from outside."""

    def __init__(self, cwd: Path, env: Mapping[str, str]) -> None:
        path = os.pathsep.join((str(ROOT / "generator"), str(ROOT)))
        # One thread: OpenMP's and XNNPACK's pools would be started before the fork or fight for two cores after it.
        environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1", **env}
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            cwd=cwd,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        *arguments: str,
        after: float | None = None,
        at_change: int | None = None,
        by: signal.Signals = signal.SIGKILL,
        env: Mapping[str, str] | None = None,
    ) -> Ended:
        """`edgegen ARGUMENTS…`; gets the signal `by` after so many seconds, or before the nth change to the disk."""
        moment = {"after": after, "at_change": at_change, "signal": int(by)}
        request = {"arguments": arguments, "env": dict(env or {}), **moment}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """Ends the warm process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


def _serve() -> None:
    _warm_up()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        request = json.loads(line)
        answers.write(json.dumps(_run(request)) + "\n")
        answers.flush()


_IMPORTED = (
    "cookiecutter.generate", "executorch.runtime", "PIL.Image", "torchao.quantization.pt2e", "torchvision",
    "edgegen.cli.new", "edgegen.cli.export", "edgegen.exporters.executorch", "edgegen.platforms.linux_arm",
    "edgegen.projects.create", "edgegen.projects.refresh", "edgegen.projects.update", "edgegen.cli.update",
    "edgegen.projects.add", "edgegen.cli.add", "edgegen.platforms.android_module",
    "edgegen.projects.gradle_app", "edgegen.projects.xcode_app", "edgegen.platforms.ios_module",
    "edgegen.reference.goldens", "edgegen.verify",
)  # fmt: skip


def _warm_up() -> None:
    import torch
    from executorch.backends.xnnpack.partition.xnnpack_partitioner import XnnpackPartitioner
    from executorch.exir import to_edge_transform_and_lower
    from tqdm import tqdm

    for name in _IMPORTED:
        importlib.import_module(name)
    tqdm.monitor_interval = 0  # Its progress bars would start a thread.
    torch.set_num_threads(1)
    # The first lowering in a process takes ten times as long as the second.
    program = torch.export.export(torch.nn.Linear(2, 2), (torch.zeros(1, 2),))
    to_edge_transform_and_lower(program, partitioner=[XnnpackPartitioner()]).to_executorch()
    tasks = Path("/proc/self/task")
    assert not tasks.is_dir() or len(list(tasks.iterdir())) == 1, "a thread was started, which no fork would have"


def _run(request: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    counting, counted = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_edgegen(request, writing, counted)
    os.close(writing)
    os.close(counted)
    if request["after"] is not None:
        time.sleep(max(0.0, started + request["after"] - time.monotonic()))
        os.kill(child, request["signal"])  # A fork that ended is a zombie until it is waited for: no other is hit.
    with os.fdopen(reading, "rb") as pipe, os.fdopen(counting, "rb") as changes:
        printed, count = (
            pipe.read().decode(errors="replace"),
            json.loads(changes.read() or b'{"changes": 0, "renames": []}'),
        )
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"code": code, "stderr": printed, "seconds": time.monotonic() - started, **count}


def _be_edgegen(request: Mapping[str, Any], output: int, counted: int) -> None:
    import atexit

    from edgegen.cli import main

    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.dup2(output, 2)
    os.close(output)
    sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
    os.environ.update(request["env"])
    sys.argv = ["edgegen", *request["arguments"]]
    changes = _Changes(request["at_change"], request["signal"])
    sys.addaudithook(changes)
    code: object = 1
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code
    except KeyboardInterrupt:
        pass  # It came before main() began.
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stderr.flush()
        os.write(counted, json.dumps({"changes": changes.count, "renames": changes.renames}).encode())
        os._exit(code if isinstance(code, int) else 1)


class _Changes:
    """An audit hook that counts what changes the disk, and sends this process a signal before the nth change."""

    EVENTS = frozenset(("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "ctypes.dlsym"))

    def __init__(self, at: int | None, number: int) -> None:
        self.count = 0
        self.renames: list[int] = []
        self._at = at
        self._signal = number

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        # ctypes.dlsym: the exchange of two folders is a call that Python has no function for.
        if event in self.EVENTS or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            self.count += 1
            if event == "os.rename":
                self.renames.append(self.count)
            if self.count == self._at:
                os.kill(os.getpid(), self._signal)


if __name__ == "__main__":
    _serve()
