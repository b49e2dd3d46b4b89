"""External programs: their output is kept for the log, their failure is one line, Ctrl-C takes them along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edgegen.errors import ToolError
from edgegen.tools.process import call, run_tool


def test_what_a_program_prints_comes_back_and_stays_off_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_tool([sys.executable, "-c", "print('out')"], failed="x", hint="y") == "out\n"
    assert capfd.readouterr() == ("", "")


def test_a_failure_is_one_line_with_the_programs_own_words() -> None:
    code = "import sys; print('all is well'); sys.exit('a.cpp:3: error: expected ;')"
    with pytest.raises(ToolError, match=r"the build failed: a\.cpp:3: error: expected ;") as caught:
        run_tool([sys.executable, "-c", code], failed="the build failed", hint="Correct it")
    assert "\n" not in caught.value.message()


def test_a_program_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="cannot be started"):
        call([str(tmp_path / "nothing")])


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupted_call_leaves_no_process_behind(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    sleeper = f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    code = f"import sys; from edgegen.tools.process import call; call([sys.executable, '-c', {sleeper!r}])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not (pid_file.exists() and pid_file.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) != 0
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)
