"""Damaged copies of a model given to the built program, under AddressSanitizer and UBSan.

ExecuTorch trusts a file whose structure looks right and computes, or crashes, with damaged contents. So the program
takes only the file that it was generated with, and everything else must end in one line and the documented exit code.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from edgegen.paths import cache_dir
from tests.decode.programs import ROOT, cmake_program
from tests.toolchains import need

BAD_MODEL = 4  # the program's documented exit code
FACTORY = """
import torch


def build():
    torch.manual_seed(0)
    return torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 3)).eval()
"""


@dataclass(frozen=True)
class Built:
    """A project's program, its model, and the file of an input."""

    program: Path
    model: Path
    numbers: Path

    def run(self, model: Path) -> subprocess.CompletedProcess[bytes]:
        command = [str(self.program), "--json", "--model", str(model), "--input", f"x={self.numbers}"]
        # What ExecuTorch keeps until the end is not ours to free.
        environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "print_stacktrace=1"}
        return subprocess.run(command, capture_output=True, check=False, timeout=60, env=environment)


def new_project(folder: Path) -> Path:
    """A project around a model of two small layers."""
    (folder / "tiny_model.py").write_text(FACTORY, encoding="utf-8")
    arguments = ["new", "tiny", "--platform", "linux-arm", "--model", "tiny_model:build", "--input", "x=1x4:float32"]
    done = subprocess.run(
        [sys.executable, "-m", "edgegen", *arguments, "--output", str(folder), "--no-input"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "tiny"


def files_hash(project: Path) -> str:
    """Changes with any file that is compiled; export.json holds time stamps."""
    digest = hashlib.sha256()
    for path in sorted(path for path in project.rglob("*") if path.is_file() and ".edgegen" not in path.parts):
        if path.name != "export.json":
            digest.update(str(path.relative_to(project)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The program built with sanitizers, in the cache: one build to each state of the project."""
    need("ninja")
    need("g++")
    rendered = new_project(tmp_path_factory.mktemp("loader"))
    home = cache_dir() / "tests" / f"loader-{files_hash(rendered)}"
    project, folder = home / "tiny", home / "build"
    if not (home / "built").exists():
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(rendered, project)
        spec = importlib.util.find_spec("executorch")
        assert spec is not None
        executorch = next(iter(spec.submodule_search_locations or ()))
        options = [
            "-DTINY_SANITIZE=ON",
            "-DEDGEGEN_EXPORT=OFF",
            "-DBUILD_TESTING=OFF",
            f"-DEXECUTORCH_ROOT={executorch}",
        ]
        for arguments in (["--preset", "native", "-B", str(folder), *options], ["--build", str(folder), "-j2"]):
            done = subprocess.run(
                [cmake_program(), *arguments], cwd=project, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
        (home / "built").touch()
    return Built(
        folder / "bin" / "tiny",
        project / "generated" / "model.pte",
        project / "generated" / "goldens" / "numbers.x.tensor.npy",
    )


def damaged_models(model: bytes, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """What becomes of a file: cut, grown, bits and blocks changed, another file altogether."""
    yield "empty", b""
    yield "lfs pointer", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    yield "noise", dice.randbytes(len(model))
    yield "zeros", bytes(len(model))
    yield "text", b"<!DOCTYPE html>\n" * 400
    yield "one byte more", model + b"\0"
    yield "twice", model * 2
    yield "head swapped with tail", model[len(model) // 2 :] + model[: len(model) // 2]
    for part in range(1, 33):
        yield f"cut at {part}/33", model[: len(model) * part // 33]
    for number in range(70):
        changed = bytearray(model)
        for _ in range(dice.choice([1, 1, 2, 8])):
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        yield f"bits {number}", bytes(changed)
    for number in range(30):
        changed = bytearray(model)
        at, length = dice.randrange(len(changed)), dice.randrange(1, 64)
        changed[at : at + length] = dice.choice([bytes(length), b"\xff" * length, dice.randbytes(length)])
        yield f"block {number}", bytes(changed[: len(model)])


def test_the_model_itself_runs(built: Built) -> None:
    """Without which the refusals below would prove nothing."""
    done = built.run(built.model)
    assert done.returncode == 0, done.stderr.decode()
    assert b'"outputs"' in done.stdout


def assert_refused(built: Built, path: Path, name: str) -> None:
    done = built.run(path)
    error = done.stderr.decode(errors="replace")
    assert done.returncode == BAD_MODEL, f"{name}: exit code {done.returncode}\n{error}"
    assert error.startswith(f"error: {path}: "), f"{name}: {error}"
    assert error.count("\n") == 1, f"{name}: {error}"
    assert done.stdout == b"", name


def test_damaged_models_are_refused(built: Built, tmp_path: Path) -> None:
    model = built.model.read_bytes()
    path = tmp_path / "model.pte"
    for name, data in damaged_models(model, random.Random(20261122)):
        if data == model:
            continue
        path.write_bytes(data)
        assert_refused(built, path, name)


def test_paths_that_are_no_model(built: Built, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.pte", Path("/dev/null"), built.numbers, built.program):
        assert_refused(built, path, str(path))
