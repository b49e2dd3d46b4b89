"""One working folder and two finished projects for all faults."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults.folders import fill
from tests.faults.in_process import edgegen

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
