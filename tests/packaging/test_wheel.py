"""The wheel holds every template and plugin, and works where the repository is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


def test_wheel_has_the_files_git_has(wheel: Path) -> None:
    """A .gitignore that happens to match a template's file would drop it from the wheel without a word."""
    listed = subprocess.run(
        ["git", "-c", "core.quotePath=false", "ls-files", "templates", "plugins", "generator/edgegen"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    expected = {
        path.removeprefix("generator/") if path.startswith("generator/") else f"edgegen/data/{path}" for path in listed
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert expected - packed == set(), "missing from the wheel"
    assert {name for name in packed - expected if not name.startswith("edgegen/data/")} == set(), "not in git"


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel; torch and the other dependencies are this environment's, edgegen is not."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.run([python, "-c", query], capture_output=True, text=True, check=True).stdout.strip())
    # A folder named in a .pth file is searched, but its own .pth files (an editable edgegen) are not followed.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)]
    subprocess.run(install, check=True)
    return python


def in_clean(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run([python, *arguments], cwd=folder, env=environment, capture_output=True, text=True)


def test_new_works_from_the_wheel(clean: Path, tmp_path: Path) -> None:
    where = "import edgegen.paths as p; print(p.__file__); print(p.data_dir('templates')); print(p.data_dir('plugins'))"
    found = in_clean(clean, tmp_path, "-c", where).stdout.splitlines()
    assert all(str(clean.parents[1]) in line for line in found), found
    done = in_clean(clean, tmp_path, "-m", "edgegen", "new", "hello", "--platform", "linux-arm", "--no-input", "--json")
    assert done.returncode == 0, done.stderr
    files = json.loads(done.stdout)["files"]
    assert "generated/model.pte" in files
    assert all((tmp_path / "hello" / name).is_file() for name in files)
