"""Makes projects for the tests as `edgegen new` does, and builds them with CMake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from edgegen import boards
from edgegen.errors import ToolError
from edgegen.projects.create import create
from edgegen.projects.request import NewRequest
from edgegen.reference.photos import bundled_photos
from edgegen.tools.cmake import CMake
from tests.toolchains import missing

NETS = Path(__file__).parent
COFFEE = next(path for path in bundled_photos() if path.stem == "coffee")
LABELS = ("tench", 'a "quoted" label', "back\\slash", "what??!", "Ünïcode 狗", "last")
JOBS = 2


@dataclass(frozen=True)
class Project:
    """A project in `folder`, built for `arch`."""

    folder: Path
    arch: str
    program: Path

    @property
    def build(self) -> Path:
        """Its build folder."""
        return self.program.parents[1]

    def run(self, *arguments: object, arch: str | None = None) -> dict[str, Any]:
        """The program's document, through `edgegen run`'s own code. What has a `=` is an input, the rest are photos."""
        words = [str(argument) for argument in arguments]
        inputs = [word for word in words if "=" in word]
        photos = [Path(word) for word in words if "=" not in word]
        return boards.run(self.folder, photos, inputs, arch or self.arch, None, [])

    def call(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """The native program itself."""
        return subprocess.run(
            [str(self.program), *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120
        )

    def ctest(self, *options: str) -> subprocess.CompletedProcess[str]:
        """The project's own tests."""
        ctest = CMake().require().with_name("ctest")
        return subprocess.run(
            [str(ctest), "--test-dir", str(self.build), "--output-on-failure", *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )


def new_project(into: Path, name: str, model: str, **options: Any) -> Path:
    """`edgegen new NAME --model MODEL` in `into`; the folder that was written."""
    request = NewRequest(platform="linux-arm", name=name, model=model, output=into, cwd=NETS, **options)
    return create(request).folder


def build(folder: Path, arch: str = "native") -> Project:
    """`edgegen build`; a tool that is missing skips the test, or fails it in CI."""
    try:
        # With the project's own -Wall -Wextra -Wconversion: no line of ours may warn, the kernels' included.
        with mock.patch.dict(os.environ, {"CXXFLAGS": "-Werror"}):
            return Project(folder, arch, boards.build(folder, arch).program.resolve())
    except ToolError as error:
        if "was not found" in error.problem or "not installed" in error.problem:
            missing(error.message())
        raise


def set_input(folder: Path, old: str, new: str) -> None:
    """Replaces a text in edgegen.toml, which must be there."""
    path = folder / "edgegen.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def python_runner(folder: Path, *arguments: object) -> dict[str, Any]:
    """What the project's run.py prints."""
    done = subprocess.run(
        [sys.executable, str(folder / "run.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
    )
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def assert_same_answer(ours: dict[str, Any], theirs: dict[str, Any], tolerance: float) -> None:
    """The same results but for the times: classes and integers equal, other numbers within `tolerance`."""
    assert len(ours["results"]) == len(theirs["results"])
    for a, b in zip(ours["results"], theirs["results"], strict=True):
        assert a.keys() == b.keys()
        assert a["input"] == b["input"]
        assert a["milliseconds"].keys() == b["milliseconds"].keys()
        _assert_close(a.get("top", []), b.get("top", []), tolerance)
        _assert_close(a.get("outputs", {}), b.get("outputs", {}), tolerance)


def _assert_close(a: Any, b: Any, tolerance: float) -> None:
    if isinstance(a, dict):
        assert a.keys() == b.keys()
        for key in a:
            _assert_close(a[key], b[key], tolerance)
    elif isinstance(a, list):
        assert len(a) == len(b)
        for x, y in zip(a, b, strict=True):
            _assert_close(x, y, tolerance)
    elif isinstance(a, float) or isinstance(b, float):
        assert abs(a - b) <= tolerance, (a, b)
    else:
        assert a == b


def texts(folder: Path, patterns: Sequence[str]) -> dict[Path, str]:
    """The files of a project that match, as text."""
    return {path: path.read_text(encoding="utf-8") for pattern in patterns for path in folder.rglob(pattern)}
