"""A dozen faults as real processes: what the in-process cases cannot show is start-up, exit code and the streams."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edgegen.platforms import PLATFORMS
from tests.cli.running import ROOT, edgegen, error_line
from tests.faults.cases import NEW, SENSOR, SHELF
from tests.faults.folders import listing


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("exprot",), 2, "did you mean 'export'"),
        ((*NEW, "--modle", "demo"), 2, "--model"),
        (("new", "../x", "--platform", "linux-arm", *SENSOR), 2, "'../x'"),
        (("new", "--platform", "linux-arm", *SENSOR, "--", "-rf"), 2, "'-rf'"),
        ((*NEW, *SENSOR, "--weights", "cut.pth"), 4, "cut.pth"),
        ((*NEW, *SENSOR, "--weights", "pickled.pth"), 4, "could run any code"),
        ((*NEW, "--model", "shop.net:DecidesByValue", "--input", "x=1x16"), 6, "net.py:"),
        ((*NEW, "--model", "shop.net:shelf", "--transforms", "shop.data:training"), 5, "RandomResizedCrop"),
        ((*NEW, *SHELF, "--labels", "binary.txt"), 4, "binary.txt"),
        ((*NEW, *SENSOR, "--output", "sensor.pth"), 8, "sensor.pth"),
        (("export", "--check", "--project", "photos"), 8, "edgegen.toml"),
        (("verify", "--project", "nowhere"), 8, "nowhere"),
        (("update", "photos"), 8, "edgegen.toml"),
        (("diff", "nowhere"), 8, "nowhere"),
        (("new", "hello", "--platform", "android", *SENSOR, "--id", "com.class.x"), 2, "keyword of Java"),
        (("preview", "pictures/cut.jpg", "--project", "shelf"), 4, "cut.jpg"),
    ],
    ids=lambda value: " ".join(value)[-40:] if isinstance(value, tuple) else "",
)
def test_a_fault_is_one_line_and_its_code(arguments: tuple[str, ...], code: int, said: str, folder: Path) -> None:
    before = listing(folder)
    done = edgegen(*arguments, cwd=folder)
    assert done.returncode == code, done.stderr
    assert said in error_line(done)
    assert done.stdout == ""
    assert listing(folder) == before


def test_a_file_name_that_is_no_text_is_told(folder: Path) -> None:
    done = edgegen("preview", os.fsdecode(b"pictures/\xff.jpg"), "--project", "shelf", cwd=folder)
    assert done.returncode == 4
    assert "no such file" in error_line(done)


@pytest.mark.parametrize("arguments", [("--help",), ("new", "--help"), ("export", "--check", "--project", "sensor")])
def test_output_that_nobody_reads_is_no_error(arguments: tuple[str, ...], folder: Path) -> None:
    """As in `edgegen new --help | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "edgegen", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        stdout=writing,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 0
    assert done.stderr == b""


def test_two_exports_at_once_both_succeed(own_folder: Path) -> None:
    """As two builds of one project do, for two architectures."""
    toml = own_folder / "sensor" / "edgegen.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    command = [sys.executable, "-m", "edgegen", "export", "--project", "sensor"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    runs = [
        subprocess.Popen(command, cwd=own_folder, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for run in runs:
        _, printed = run.communicate()
        assert run.returncode == 0, printed
    assert edgegen("export", "--check", "--project", "sensor", cwd=own_folder).returncode == 0
    assert not list((own_folder / "sensor").glob(".generated*"))


class Terminal:
    """`edgegen ARGUMENTS…` on a pseudo-terminal: what it shows, what is typed, how it ends."""

    def __init__(self, *arguments: str, cwd: Path) -> None:
        self.shown = ""
        master, slave = pty.openpty()
        self.master = master
        self.process = subprocess.Popen(
            [sys.executable, "-m", "edgegen", *arguments],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(ROOT / "generator"), "TERM": "dumb"},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            # The terminal becomes the process's own, so that Ctrl-C typed into it is a signal.
            preexec_fn=lambda: __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0),
        )
        os.close(slave)

    def wait_for(self, text: str, seconds: float = 60) -> None:
        """Reads until `text` is shown after what was waited for before."""
        start, end = len(self.shown), time.monotonic() + seconds
        while text not in self.shown[start:]:
            assert time.monotonic() < end, self.shown
            if not self._read(0.2) and self.process.poll() is not None:
                raise AssertionError(f"{text!r} was never shown: {self.shown}")

    def type(self, text: str) -> None:
        """Types `text` as it is."""
        os.write(self.master, text.encode())

    def interrupt(self) -> int:
        """Types Ctrl-C until it ends: Python misses one that comes just before it begins to read."""
        for _ in range(20):
            self.type("\x03")
            again = time.monotonic() + 2
            while self.process.poll() is None and time.monotonic() < again:
                self._read(0.1)
            if self.process.poll() is not None:
                break
        return self.end()

    def end(self, seconds: float = 60) -> int:
        """The exit code, after everything was read."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self._read(0.1)
        while self._read(0.1):
            pass
        os.close(self.master)
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        return self.process.wait()

    def _read(self, seconds: float) -> bool:
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 4096)
        except OSError:  # What Linux says when the other end is closed.
            return False
        self.shown += data.decode(errors="replace")
        return bool(data)


PLATFORM_PROMPT = f"Platform ({', '.join(PLATFORMS)}) [linux-arm]: "


def test_on_a_terminal_it_asks_for_what_is_missing(folder: Path, tmp_path: Path) -> None:
    terminal = Terminal("new", "--input", "x=1x16", "--output", str(tmp_path), cwd=folder)
    terminal.wait_for(PLATFORM_PROMPT)
    terminal.type("\n")
    terminal.wait_for("[demo]: ")
    terminal.type("shop.net:sensor\n")
    terminal.wait_for("Name of the project [net]: ")
    terminal.type("Tom & Jerry\n")
    assert terminal.end() == 0, terminal.shown
    assert [path.name for path in tmp_path.iterdir()] == ["tom-jerry"]
    assert "Next:" in terminal.shown


def test_it_asks_again_for_a_platform_that_is_none(folder: Path, tmp_path: Path) -> None:
    terminal = Terminal("new", "--output", str(tmp_path), cwd=folder)
    terminal.wait_for(PLATFORM_PROMPT)
    terminal.type("toaster\n")
    terminal.wait_for(PLATFORM_PROMPT)
    assert terminal.interrupt() == 130, terminal.shown


def test_what_was_said_is_not_asked(folder: Path, tmp_path: Path) -> None:
    terminal = Terminal("new", "hello", "--platform", "linux-arm", *SENSOR, "--output", str(tmp_path), cwd=folder)
    assert terminal.end() == 0, terminal.shown
    assert "[demo]" not in terminal.shown


@pytest.mark.parametrize("typed", ["", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_leaving_at_the_prompt_ends_with_130(typed: str, folder: Path, tmp_path: Path) -> None:
    before = listing(folder)
    terminal = Terminal("new", "--output", str(tmp_path), cwd=folder)
    terminal.wait_for("[linux-arm]: ")
    terminal.type(typed)
    assert (terminal.end() if typed else terminal.interrupt()) == 130, terminal.shown
    assert "interrupted" in terminal.shown
    assert "Traceback" not in terminal.shown
    assert listing(folder) == before
    assert not list(tmp_path.iterdir())


def test_no_input_never_asks(folder: Path, tmp_path: Path) -> None:
    terminal = Terminal("new", "--no-input", "--output", str(tmp_path), cwd=folder)
    assert terminal.end() == 2
    assert "--platform" in terminal.shown
