"""A command of the Swift toolchain sees what it is given and no more, and leaves nothing mounted."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.swift.processes import ends
from tests.swift.toolchain import need_swift, root, run_swift
from tests.toolchains import missing


@pytest.fixture(autouse=True)
def swift() -> None:
    """Swift, or the reason why not."""
    need_swift()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a name to fall over."""
    path = tmp_path / "a földer & 'quotes'"
    path.mkdir()
    return path


def need_chroot() -> None:
    if root() is None:
        missing("this machine's own Swift is used, not the folder that `make setup` makes")


def test_it_is_swift_6(folder: Path) -> None:
    assert "Swift version 6." in run_swift(["swift", "--version"], cwd=folder).stdout


@pytest.mark.parametrize("program", ["plistutil", "ruby", "git"])
def test_what_reads_xcodes_files_is_there(folder: Path, program: str) -> None:
    done = run_swift([program, "--version"], cwd=folder)
    assert done.returncode == 0, done.stderr


def test_a_program_is_compiled_and_run(folder: Path) -> None:
    (folder / "main.swift").write_text(
        'import Foundation\nprint("ü".unicodeScalars.count, ProcessInfo.processInfo.environment)\n'
    )
    built = run_swift(["swiftc", "main.swift", "-o", "program"], cwd=folder)
    assert built.returncode == 0, built.stderr
    said = run_swift([folder / "program"], cwd=folder, env={"WORD": "said"}).stdout
    assert said.startswith("1 [")
    assert '"WORD": "said"' in said


def test_inputs_cannot_be_written_and_the_rest_is_not_there(folder: Path, tmp_path: Path) -> None:
    need_chroot()
    read, hidden, file = tmp_path / "read", tmp_path / "hidden", tmp_path / "file.txt"
    read.mkdir()
    hidden.mkdir()
    file.write_text("content")
    script = f"touch here; touch '{read}/x' || echo refused; ls '{hidden}' || echo hidden; cat '{file}'"
    done = run_swift(["sh", "-c", script], cwd=folder, inputs=[read, file])
    assert done.stdout == "refused\nhidden\ncontent"
    assert (folder / "here").exists()
    assert list(read.iterdir()) == []


def test_there_is_no_network(folder: Path) -> None:
    need_chroot()
    interfaces = run_swift(["tail", "-n", "+3", "/proc/net/dev"], cwd=folder).stdout.splitlines()
    assert [line.split()[0] for line in interfaces] == ["lo:"]


def test_a_crash_is_tried_again_and_a_failure_is_not(folder: Path) -> None:
    crash = "echo x >> runs; if [ $(wc -l < runs) -lt 3 ]; then kill -SEGV $$; fi"
    assert run_swift(["sh", "-c", crash], cwd=folder).returncode == 0
    assert (folder / "runs").read_text() == "x\n" * 3
    assert run_swift(["sh", "-c", "echo x >> failures; exit 3"], cwd=folder).returncode == 3
    assert (folder / "failures").read_text() == "x\n"


def test_a_crash_that_stays_is_given(folder: Path) -> None:
    done = run_swift(["sh", "-c", "echo x >> runs; kill -SEGV $$"], cwd=folder)
    assert done.returncode not in {0, 1}
    assert (folder / "runs").read_text() == "x\n" * 3


def test_a_command_that_takes_too_long_ends_with_all_it_started(folder: Path) -> None:
    need_chroot()
    with pytest.raises(subprocess.TimeoutExpired):
        run_swift(["sh", "-c", "sleep 4321 & sleep 4321"], cwd=folder, seconds=0.5)
    mounted = Path("/proc/self/mountinfo").read_text()
    assert str(root()) not in mounted
    assert ends("sleep", "4321")
