"""linux-arm with the other runtimes: the same program, the same tests, the same answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgegen.errors import ToolError
from tests.templates.conftest import many_spec, project_from_spec, ten_labels
from tests.templates.onnx_sdk import onnxruntime_root
from tests.templates.projects import COFFEE, Project, assert_same_answer, build, new_project, python_runner
from tests.toolchains import need

FLOAT_TOLERANCE = 1e-4


@pytest.fixture(scope="module", params=["onnx", "torchscript"])
def project(request: pytest.FixtureRequest, root: Path) -> Project:
    """Two pictures and numbers in, four outputs of four dtypes, built for this machine."""
    folder = project_from_spec(root / f"many-{request.param}", many_spec(request.param), ten_labels(root))
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "onnx":
            patch.setenv("ONNXRUNTIME_ROOT", str(onnxruntime_root("native")))
        return build(folder)


def given(project: Project) -> list[str]:
    """A file for each input of `many`."""
    goldens = project.folder / "generated" / "goldens"
    return [f"left={COFFEE}", f"right={goldens / 'tall.jpg'}", f"extra={goldens / 'tall.extra.tensor.npy'}"]


def test_the_program_passes_its_own_tests(project: Project) -> None:
    done = project.ctest()
    assert done.returncode == 0, done.stdout


def test_it_answers_as_the_executorch_program(project: Project, many: Project) -> None:
    assert_same_answer(project.run(*given(project)), many.run(*given(project)), FLOAT_TOLERANCE)


def test_run_py_answers_as_the_program(project: Project) -> None:
    words = [word for item in given(project) for word in ("--input", item)]
    assert_same_answer(project.run(*given(project)), python_runner(project.folder, *words), FLOAT_TOLERANCE)


def test_a_file_of_another_runtime_is_refused(project: Project, many: Project) -> None:
    words = [word for item in given(project) for word in ("--input", item)]
    done = project.call("--model", many.folder / "generated" / "model.pte", *words)
    assert done.returncode == 4
    assert "the model" in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_file_of_another_runtime_is_in_the_project(project: Project) -> None:
    names = {path.name for path in project.folder.rglob("*") if "build" not in path.parts}
    assert len(names & {"model.pte", "model.ptl", "model.onnx"}) == 1
    assert len(names & {"ExecuTorch.cmake", "LibTorch.cmake", "OnnxRuntime.cmake"}) == 1
    readme = (project.folder / "README.md").read_text(encoding="utf-8")
    assert "ExecuTorch" not in readme
    assert "model.pte" not in readme


def test_the_aarch64_program_with_onnx_runtime(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("qemu-aarch64-static")
    monkeypatch.setenv("ONNXRUNTIME_ROOT", str(onnxruntime_root("aarch64")))
    folder = new_project(root, "sensor-onnx", "nets:sensor", inputs=("x=1x16:float32",), runtime="onnx")
    done = build(folder, "aarch64").ctest()
    assert done.returncode == 0, done.stdout


def test_a_torchscript_program_is_not_built_for_a_board_elsewhere(root: Path) -> None:
    folder = new_project(root, "sensor-ptl", "nets:sensor", inputs=("x=1x16:float32",), runtime="torchscript")
    with pytest.raises(ToolError, match="not built for a board on another machine"):
        build(folder, "aarch64")
