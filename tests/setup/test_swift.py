"""scripts/setup/swift.py and the folder it makes. debootstrap, chroot and apt are stand-ins; mounts are real."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.swift import chroot, toolchain
from tests.swift.processes import ends
from tests.toolchains import missing

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "setup" / "swift.py"

# debootstrap makes the folders that the next step mounts on; the others write down how they were called.
STAND_IN = """#!/bin/sh
name=$(basename "$0")
echo "$name $*" >> "$LOG"
case "$name" in
  apt-get) echo "${MIRROR-protocol://mirror/debian trixie}" ;;
  debootstrap)
    if [ -n "$OFFLINE" ]; then echo "E: no network"; exit 1; fi
    for folder; do case "$folder" in *.part) break ;; esac; done
    mkdir -p "$folder/proc" "$folder/bin"
    if [ -n "$SLOW" ]; then touch "$SLOW"; sleep 4322; fi ;;
esac
"""


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[str]]]:
    """An empty cache and the stand-ins; gives their calls so far."""
    for name in ("debootstrap", "chroot", "apt-get"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(STAND_IN)
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path / "a cache"))
    why_not = chroot.obstacle()
    if why_not is not None:
        missing(why_not)
    toolchain.root.cache_clear()
    yield lambda: (tmp_path / "log").read_text().splitlines() if (tmp_path / "log").exists() else []
    toolchain.root.cache_clear()


def cache() -> Path:
    return Path(os.environ["EDGEGEN_CACHE"])


def script(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)


def test_it_is_made_once_and_then_found_without_a_network(
    calls: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert script("--check").stdout == "swift: missing\n"
    made = script()
    assert made.returncode == 0, made.stderr
    folder = chroot.ready()
    assert made.stdout == f"swift: {folder}\n"
    monkeypatch.setenv("OFFLINE", "1")
    assert script().stdout == script("--check").stdout == made.stdout
    assert [line for line in calls() if line.startswith("debootstrap")] == calls()[1:2]
    assert calls()[1].endswith(f"trixie {folder}.part protocol://mirror/debian")
    assert "--force-check-gpg" in calls()[1]
    (installing,) = (line for line in calls() if " install " in line)
    assert all(f" {package}" in installing for package in chroot.PACKAGES)


def test_other_packages_are_another_folder(calls: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    first = chroot.ready()
    monkeypatch.setattr(chroot, "PACKAGES", (*chroot.PACKAGES, "hello"))
    assert not chroot.is_there()
    assert chroot.ready() != first


def test_a_killed_run_is_made_anew(calls: Callable[[], list[str]]) -> None:
    """debootstrap dies with Python, its mounts with it; what is left of it is not taken for whole."""
    environment = {**os.environ, "SLOW": str(cache() / "begun")}
    running = subprocess.Popen([sys.executable, str(SCRIPT)], env=environment)
    deadline = time.monotonic() + 60
    while not (cache() / "begun").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    running.kill()
    running.wait()
    assert not chroot.is_there()
    (part,) = (path for path in (cache() / "swift").iterdir() if path.is_dir())
    assert part.suffix == ".part"
    (part / "half").touch()
    assert not (chroot.ready() / "half").exists()
    assert not part.exists()
    assert ends("sleep", "4322")


def test_what_cannot_be_made_is_said_in_debootstraps_words(calls: Callable[[], list[str]]) -> None:
    """The exit code is 0: the tests that need Swift say so themselves. Nothing is left."""
    done = script(OFFLINE="1")
    assert done.returncode == 0, done.stderr
    assert "debootstrap cannot make trixie: E: no network; tests that need it are skipped or fail" in done.stdout
    assert [path.name for path in (cache() / "swift").iterdir()] == ["lock"]


def test_no_mirror_is_said(calls: Callable[[], list[str]]) -> None:
    assert "apt knows no mirror of Debian here" in script(MIRROR="").stdout


def test_removing_does_not_reach_through_a_mount(calls: Callable[[], list[str]], tmp_path: Path) -> None:
    """Not even one that somebody made by hand, on a folder with a blank in its name."""
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "work").write_text("of a year")
    inside = chroot.ready() / "a place"
    inside.mkdir()
    subprocess.run(["mount", "--bind", str(precious), str(inside)], check=True)
    try:
        user = subprocess.Popen(["sleep", "60"], cwd=inside)
        refused = script("--remove")
        user.kill()
        user.wait()
        assert refused.returncode == 1
        assert f"{inside} is mounted and in use" in refused.stderr
        assert (inside / "work").exists()
        removed = script("--remove")
        assert removed.returncode == 0, removed.stderr
        assert not inside.exists()
    finally:
        subprocess.run(["umount", str(inside)], capture_output=True, check=False)
    assert (precious / "work").read_text() == "of a year"
    assert [path.name for path in (cache() / "swift").iterdir()] == ["lock"]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("6.1", "swift: this machine's own"),
        ("5.9", "swift: the swift on this machine is 5, expected 6; only root can"),
        ("", "swift: swift is not on this machine; only root can"),
    ],
)
def test_without_root_the_machines_own_swift_does(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    version: str,
    expected: str,
) -> None:
    program = tmp_path / "swift"
    if version:
        program.write_text(f"#!/bin/sh\necho 'Swift version {version} (swift-{version}-RELEASE)'\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    for cached in (toolchain.root, toolchain._own_version):
        cached.cache_clear()
    try:
        assert main() == 0
        assert capsys.readouterr().out.startswith(expected)
    finally:
        for cached in (toolchain.root, toolchain._own_version):
            cached.cache_clear()


def main() -> int:
    """The script's main(), in this process."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("edgegen_setup_swift", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    code: int = module.main([])
    return code
