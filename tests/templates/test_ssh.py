"""A board over ssh. It is this machine: a real sshd where there is one, and stand-ins for ssh and scp otherwise."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from edgegen import boards
from edgegen.boards.ssh import Board
from edgegen.errors import ToolError, UsageError
from tests.templates.projects import COFFEE, Project, assert_same_answer
from tests.toolchains import missing

# Runs the command as sshd would: by a shell, from one string. The host name "down" cannot be reached.
SSH = """#!{python}
import subprocess, sys
words = sys.argv[1:]
if words == ["-V"]:
    print("OpenSSH_9.2p1"); sys.exit(0)
while words and words[0].startswith("-"):
    words = words[2:]
if words[0] == "down":
    sys.exit("ssh: Could not resolve hostname down")
with open({log!r}, "a") as log:
    log.write(words[1] + "\\n")
sys.exit(subprocess.call(["sh", "-c", words[1]]))
"""
SCP = """#!{python}
import subprocess, sys
words = [word for word in sys.argv[1:]]
while words[0] == "-o":
    words = words[2:]
assert words[:2] == ["-r", "-q"], words
*sources, target = words[2:]
sys.exit(subprocess.call(["cp", "-r", *sources, target.split(":", 1)[1]]))
"""


@pytest.fixture
def stand_ins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """ssh and scp that run here; the log of commands."""
    log = tmp_path / "ssh.log"
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, text in (("ssh", SSH), ("scp", SCP)):
        path = folder / name
        path.write_text(text.format(python=sys.executable, log=str(log)), encoding="utf-8")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return log


def test_the_answer_is_the_one_of_this_machine_and_nothing_stays(
    small: Project, stand_ins: Path, tmp_path: Path
) -> None:
    photo = tmp_path / "it's; touch $(pwd) 'a photo'.jpg"
    shutil.copyfile(COFFEE, photo)
    here = boards.run(small.folder, [photo, COFFEE], [], "native", None, ["--top", "2"])
    there = boards.run(small.folder, [photo, COFFEE], [], "native", "pi@kitchen", ["--top", "2"])
    assert [item["input"] for item in there["results"]] == [str(photo), str(COFFEE)]
    assert_same_answer(there, here, 1e-6)
    commands = stand_ins.read_text(encoding="utf-8").splitlines()
    assert commands[0] == "mktemp -d"
    assert commands[-1].startswith("rm -rf ")
    assert not Path(commands[-1].removeprefix("rm -rf ")).exists()


def test_tensors_go_there_too(hostile: Project, stand_ins: Path, tmp_path: Path) -> None:
    reading = tmp_path / "a reading.npy"
    np.save(reading, np.ones((1, 16), np.float32))
    (result,) = boards.run(hostile.folder, [], [f"x={reading}"], "native", "board", [])["results"]
    assert result["input"] == str(reading)


def test_a_failing_program_leaves_nothing_on_the_board_and_names_the_local_file(
    small: Project, stand_ins: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.jpg"
    wrong.write_bytes(b"no picture")
    with pytest.raises(ToolError) as caught:
        boards.run(small.folder, [wrong], [], "native", "board", [])
    assert str(wrong) in caught.value.message()
    assert stand_ins.read_text(encoding="utf-8").splitlines()[-1].startswith("rm -rf ")


def test_a_board_that_cannot_be_reached_is_one_line(small: Project, stand_ins: Path) -> None:
    with pytest.raises(ToolError, match="down cannot be reached: ssh: Could not resolve hostname") as caught:
        boards.run(small.folder, [COFFEE], [], "native", "down", [])
    assert "ssh down true" in caught.value.hint


@pytest.mark.parametrize("name", ["-oProxyCommand=evil", "", "a b", "user@host:22", "../x", "a/b"])
def test_what_ssh_would_take_for_an_option_or_a_path_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is not a board"):
        Board(name)


@pytest.fixture
def sshd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A real sshd on a port of this machine; the address to reach it by."""
    daemon = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
    ssh, scp = shutil.which("ssh"), shutil.which("scp")
    if daemon is None or ssh is None or scp is None:
        missing("sshd is not on this machine; `make setup` installs it where it can")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / key)], check=True)
    shutil.copyfile(tmp_path / "user.pub", tmp_path / "authorized")
    config = tmp_path / "sshd_config"
    lines = [f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {tmp_path / 'host'}", "StrictModes no"]
    lines += [f"AuthorizedKeysFile {tmp_path / 'authorized'}", "UsePAM no", f"PidFile {tmp_path / 'pid'}"]
    config.write_text("\n".join([*lines, "Subsystem sftp internal-sftp", ""]), encoding="utf-8")
    client = tmp_path / "ssh_config"
    client.write_text(
        f"Host board\n HostName 127.0.0.1\n Port {port}\n User {getpass.getuser()}\n IdentityFile {tmp_path / 'user'}\n"
        " StrictHostKeyChecking no\n UserKnownHostsFile /dev/null\n LogLevel ERROR\n",
        encoding="utf-8",
    )
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, real in (("ssh", ssh), ("scp", scp)):
        path = folder / name
        path.write_text(f'#!/bin/sh\n[ "$1" = -V ] && exec {real} -V\nexec {real} -F {client} "$@"\n', encoding="utf-8")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    Path("/run/sshd").mkdir(exist_ok=True)
    process = subprocess.Popen([daemon, "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield "board"
    finally:
        process.terminate()
        process.wait(10)


def test_over_a_real_connection(small: Project, sshd: str) -> None:
    here = boards.run(small.folder, [COFFEE], [], "native", None, [])
    assert_same_answer(boards.run(small.folder, [COFFEE], [], "native", sshd, []), here, 1e-6)
