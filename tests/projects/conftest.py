"""A working folder with two finished projects for the session, and a copy of it for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults.folders import fill
from tests.faults.in_process import edgegen

SENSOR = ("--model", "shop.net:sensor", "--weights", "sensor.pth", "--input", "x=1x16")
SHELF = ("--model", "shop.net:shelf", "--transforms", "shop.data:evaluation", "--labels", "labels.txt")
INT8 = ("--quantize", "int8", "--calibration", "photos")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`sensor` takes numbers; `shelf` takes pictures and is quantised with the calibration pictures in photos/."""
    made = fill(tmp_path_factory.mktemp("projects") / "work")
    for name, model in (
        ("sensor", SENSOR),
        ("shelf", (*SHELF, *INT8, "--set", "verify.min_top1=0", "--set", "verify.min_sqnr_db=0")),
    ):
        done = edgegen("new", name, "--platform", "linux-arm", *model, cwd=made)
        assert done.code == 0, done.stderr
    return made


@pytest.fixture
def work(finished: Path, tmp_path: Path) -> Path:
    """A copy of the working folder, time stamps included, that the test may change."""
    return shutil.copytree(finished, tmp_path / "work", symlinks=True)
