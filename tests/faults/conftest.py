"""One working folder and two finished projects for all faults."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.folders import fill
from tests.faults.in_process import edgegen
from tests.toolchains import missing

SENSOR = ("--model", "shop.net:sensor", "--weights", "sensor.pth", "--input", "x=1x16")
SHELF = ("--model", "shop.net:shelf", "--transforms", "shop.data:evaluation", "--labels", "labels.txt")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's working folder with two projects in it; no test may change it."""
    made = fill(tmp_path_factory.mktemp("faults") / "work")
    for name, model in (("sensor", SENSOR), ("shelf", SHELF)):
        done = edgegen("new", name, "--platform", "linux-arm", *model, cwd=made)
        assert done.code == 0, done.stderr
    return made


@pytest.fixture
def own_folder(folder: Path, tmp_path: Path) -> Path:
    """A copy of the folder that a test may change."""
    return shutil.copytree(folder, tmp_path / "work", symlinks=True)


@pytest.fixture(params=["full", "read-only"])
def small_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """A tmpfs of 640 kB at tmp_path/disk, and what makes it full or read-only; needs root to mount it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=640k", "edgegen-test", str(disk)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(options, check=False).returncode != 0:
        missing("mounting a small tmpfs needs Linux and root; the monkeypatched twin of this test runs everywhere")

    def spoil() -> None:
        if request.param == "read-only":
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            return
        with (disk / "ballast").open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))

    try:
        yield spoil
    finally:
        subprocess.run(["umount", str(disk)], check=True)
