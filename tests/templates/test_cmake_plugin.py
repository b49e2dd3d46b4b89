"""edgegen_add_model in a CMake project that edgegen did not write: exports when a source changes, and only then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from edgegen.tools.cmake import CMake, Ninja
from tests.templates.projects import NETS, new_project
from tests.toolchains import missing

PLUGIN = Path(__file__).resolve().parents[2] / "plugins" / "cmake"

# Stands between CMake and edgegen and writes down each call.
RECORDER = """
import subprocess, sys
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(" ".join(sys.argv[1:]) + "\\n")
sys.exit(subprocess.call([sys.executable, "-m", "edgegen", *sys.argv[1:]]))
"""


class Foreign:
    """A user's own CMake project with a model in a subfolder."""

    def __init__(self, folder: Path, generator: str) -> None:
        self.folder = folder
        self.model = folder / "my model"
        self.build_folder = folder / "build"
        self.log = folder / "calls.log"
        recorder = folder / "recorder.py"
        recorder.write_text(RECORDER.format(log=str(self.log)), encoding="utf-8")
        self.edgegen = f"{Path(sys.executable).as_posix()};{recorder.as_posix()}"
        (folder / "app.cpp").write_text("int main() { return 0; }\n", encoding="utf-8")
        (folder / "CMakeLists.txt").write_text(
            textwrap.dedent(f"""
            cmake_minimum_required(VERSION 3.28)
            project(foreign LANGUAGES CXX)
            list(APPEND CMAKE_MODULE_PATH "{PLUGIN.as_posix()}")
            include(Edgegen)
            edgegen_add_model(kitchen PROJECT "my model" COPY_TO "${{CMAKE_BINARY_DIR}}/bin/kitchen.pte")
            add_executable(app app.cpp)
            add_dependencies(app kitchen)
            get_target_property(model kitchen EDGEGEN_MODEL)
            message(STATUS "the model is ${{model}}")
            """),
            encoding="utf-8",
        )
        self.generator = generator

    def configure(self, *options: str) -> subprocess.CompletedProcess[str]:
        return self._cmake("-S", str(self.folder), "-B", str(self.build_folder), "-G", self.generator, *options)

    def build(self) -> subprocess.CompletedProcess[str]:
        return self._cmake("--build", str(self.build_folder))

    def calls(self) -> list[str]:
        """How edgegen was called since the last time this was asked."""
        text = self.log.read_text(encoding="utf-8") if self.log.exists() else ""
        self.log.unlink(missing_ok=True)
        return text.splitlines()

    @property
    def copied(self) -> Path:
        return self.build_folder / "bin" / "kitchen.pte"

    def _cmake(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(CMake().require()), *arguments], capture_output=True, text=True, check=False, timeout=600
        )


@pytest.fixture(scope="module", params=["Ninja", "Unix Makefiles"])
def foreign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    """A foreign project whose model was just exported; the user's package lies beside it and may be changed."""
    if request.param == "Ninja" and Ninja().find() is None:
        missing("ninja is not on this machine")
    if request.param == "Unix Makefiles" and shutil.which("make") is None:
        missing("make is not on this machine")
    folder = tmp_path_factory.mktemp("foreign")
    foreign = Foreign(folder, request.param)
    made = new_project(folder, "made", "nets:sensor", inputs=("x=1x16:float32",))
    made.rename(foreign.model)
    shutil.copyfile(NETS / "nets.py", foreign.model / "nets.py")
    toml = foreign.model / "edgegen.toml"
    lines = [line for line in toml.read_text(encoding="utf-8").splitlines() if not line.startswith("path = ")]
    toml.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return foreign


def settle() -> None:
    """Make compares time stamps of whole milliseconds on some file systems."""
    time.sleep(0.05)


def test_the_model_follows_its_sources_and_nothing_else(foreign: Foreign) -> None:
    done = foreign.configure(f"-DEDGEGEN_EXECUTABLE={foreign.edgegen}")
    assert done.returncode == 0, done.stderr
    assert foreign.build().returncode == 0
    first = foreign.copied.read_bytes()
    assert first == (foreign.model / "generated" / "model.pte").read_bytes()
    assert [call.split()[0] for call in foreign.calls()] == ["export"]

    # Nothing changed: nothing is called, not even to ask.
    assert foreign.build().returncode == 0
    assert foreign.calls() == []

    # A source of the application is not a source of the model.
    settle()
    (foreign.folder / "app.cpp").write_text("int main() { return 1; }\n", encoding="utf-8")
    assert foreign.build().returncode == 0
    assert foreign.calls() == []

    # The model's own code changed: exported, and the copy follows within the same build.
    settle()
    nets = foreign.model / "nets.py"
    nets.write_text(nets.read_text(encoding="utf-8").replace("nn.Linear(32, 4)", "nn.Linear(32, 4, bias=False)"))
    done = foreign.build()
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(foreign.calls()) == 1
    second = foreign.copied.read_bytes()
    assert second != first
    assert foreign.build().returncode == 0
    assert foreign.calls() == []

    # "clean" removes the copy and leaves the committed model.
    settle()
    assert foreign._cmake("--build", str(foreign.build_folder), "--target", "clean").returncode == 0
    assert not foreign.copied.exists()
    assert (foreign.model / "generated" / "model.pte").read_bytes() == second
    assert foreign.build().returncode == 0
    assert foreign.copied.read_bytes() == second

    # A touched file with the same content: asked once, not exported.
    settle()
    stamp = (foreign.model / "generated" / "model.pte").stat().st_mtime_ns
    os.utime(foreign.model / "edgegen.toml")
    assert foreign.build().returncode == 0
    assert len(foreign.calls()) == 1
    assert (foreign.model / "generated" / "model.pte").stat().st_mtime_ns == stamp

    # A mistake in edgegen.toml stops the build with edgegen's own line; put right, it goes on.
    settle()
    toml = foreign.model / "edgegen.toml"
    good = toml.read_text(encoding="utf-8")
    toml.write_text(good.replace("schema = 1", "schema = 1\nscheme = 2"), encoding="utf-8")
    done = foreign.build()
    assert done.returncode != 0
    assert "scheme" in done.stdout + done.stderr
    settle()
    toml.write_text(good, encoding="utf-8")
    assert foreign.build().returncode == 0


def test_without_edgegen_the_committed_model_is_used_and_a_message_says_so(foreign: Foreign) -> None:
    foreign.calls()
    done = foreign.configure("--fresh", "-DEDGEGEN_EXECUTABLE=EDGEGEN_EXECUTABLE-NOTFOUND", "-DCMAKE_PROGRAM_PATH=")
    if "edgegen is not on this machine" not in done.stdout:  # find_program found one on PATH after all
        done = foreign.configure("--fresh", "-DEDGEGEN_EXPORT=OFF")
        assert "EDGEGEN_EXPORT is off" in done.stdout
    assert done.returncode == 0, done.stderr
    assert foreign.build().returncode == 0
    assert foreign.copied.read_bytes() == (foreign.model / "generated" / "model.pte").read_bytes()
    assert foreign.calls() == []


def test_what_cannot_work_is_said_while_configuring(foreign: Foreign) -> None:
    lists = foreign.folder / "CMakeLists.txt"
    good = lists.read_text(encoding="utf-8")
    try:
        lists.write_text(good.replace('PROJECT "my model"', 'PROJECT "no model"'), encoding="utf-8")
        assert "there is no edgegen.toml in" in " ".join(foreign.configure("--fresh").stderr.split())
        lists.write_text(good.replace("COPY_TO", "COPYTO"), encoding="utf-8")
        assert "unknown arguments" in " ".join(foreign.configure("--fresh").stderr.split())
    finally:
        lists.write_text(good, encoding="utf-8")
