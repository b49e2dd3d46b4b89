"""`new`, `verify`, `export` and `inspect` with the runtimes other than ExecuTorch: the same spine."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.faults.folders import fill
from tests.faults.in_process import edgegen
from tests.projects.conftest import INT8, SENSOR, SHELF

FILES = {"torchscript": "model.ptl", "onnx": "model.onnx"}
LOOSE = ("--set", "verify.min_top1=0", "--set", "verify.min_sqnr_db=0")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For each runtime `sensor-RUNTIME`, in float."""
    folder = fill(tmp_path_factory.mktemp("runtimes") / "work")
    for runtime in FILES:
        done = edgegen(
            "new", f"sensor-{runtime}", "--platform", "linux-arm", "--runtime", runtime, *SENSOR, cwd=folder
        )  # fmt: skip
        assert done.code == 0, done.stderr
    return folder


@pytest.fixture(params=FILES)
def project(request: pytest.FixtureRequest, made: Path, tmp_path: Path) -> tuple[Path, str, Path]:
    """A working folder, the runtime, and the project of that runtime in it."""
    work = shutil.copytree(made, tmp_path / "work", symlinks=True)
    return work, request.param, work / f"sensor-{request.param}"


def test_the_model_is_of_the_runtime_and_of_no_other(project: tuple[Path, str, Path]) -> None:
    _, runtime, folder = project
    models = {path.name for path in (folder / "generated").iterdir() if path.stem == "model" and path.suffix != ".py"}
    assert models == {FILES[runtime]}


def test_it_is_verified(project: tuple[Path, str, Path]) -> None:
    work, _, folder = project
    done = edgegen("verify", "--json", "--project", folder, cwd=work)
    assert done.code == 0, done.stderr
    assert json.loads(done.stdout)["passed"]


def test_nothing_is_done_where_nothing_changed_and_a_change_is_seen(project: tuple[Path, str, Path]) -> None:
    work, runtime, folder = project
    model = folder / "generated" / FILES[runtime]
    before = model.stat().st_mtime_ns
    done = edgegen("export", "--if-changed", "--json", "--project", folder, cwd=work)
    assert json.loads(done.stdout) == {"fresh": True, "exported": False}
    assert model.stat().st_mtime_ns == before
    manifest = folder / "edgegen.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"none" }', '"dynamic" }'), encoding="utf-8")
    assert edgegen("export", "--check", "--project", folder, cwd=work).code == 10
    done = edgegen("export", "--if-changed", "--json", "--project", folder, cwd=work)
    assert done.code == 0, done.stderr
    assert json.loads(done.stdout)["export"]["quantized_ops"] == 2


def test_inspect_shows_model_and_file(project: tuple[Path, str, Path]) -> None:
    work, runtime, folder = project
    document = json.loads(edgegen("inspect", "--json", folder, cwd=work).stdout)
    assert document["exported"]["kind"] == FILES[runtime].removeprefix("model.")
    text = edgegen("inspect", folder / "generated" / FILES[runtime], cwd=work).stdout
    assert "in int8     0 operators" in text
    assert "input       x 1x16 float32" in text


def test_a_model_of_another_runtime_in_its_place_is_no_model(project: tuple[Path, str, Path]) -> None:
    work, runtime, folder = project
    other = next(name for name in FILES if name != runtime)
    shutil.copyfile(work / f"sensor-{other}" / "generated" / FILES[other], folder / "generated" / FILES[runtime])
    assert FILES[runtime] in edgegen("verify", "--project", folder, cwd=work).error()


@pytest.mark.parametrize("runtime", FILES)
def test_int8_with_pictures(runtime: str, made: Path) -> None:
    done = edgegen(
        "new", f"shelf-{runtime}", "--platform", "linux-arm", "--runtime", runtime, *SHELF, *INT8, *LOOSE, "--json",
        cwd=made,
    )  # fmt: skip
    assert done.code == 0, done.stderr
    assert json.loads(done.stdout)["export"]["quantized_ops"] >= 2


@pytest.mark.parametrize(("runtime", "told"), [("executorch", False), ("torchscript", True), ("onnx", False)])
def test_new_says_what_is_legacy(runtime: str, told: bool, made: Path) -> None:
    done = edgegen("new", "said", "--dry-run", "--platform", "linux-arm", "--runtime", runtime, *SENSOR, cwd=made)
    assert done.code == 0, done.stderr
    assert ("warning: torchscript is legacy" in done.stderr) is told


def test_opset_and_axes_are_written_and_used(made: Path) -> None:
    done = edgegen(
        "new", "batches", "--platform", "linux-arm", "--runtime", "onnx", "--opset", "20",
        "--dynamic-axis", "x:0=batch", *SENSOR, cwd=made,
    )  # fmt: skip
    assert done.code == 0, done.stderr
    written = (made / "batches" / "edgegen.toml").read_text(encoding="utf-8")
    assert 'opset = 20\ndynamic_axes = { x = { 0 = "batch" } }' in written
    facts = json.loads(edgegen("inspect", "--json", "batches/generated/model.onnx", cwd=made).stdout)
    assert facts["opset"] == 20
    assert facts["inputs"][0]["shape"] == ["batch", 16]


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [
        (("--opset", "20"), 3, "export.opset: is for the runtime onnx"),
        (("--runtime", "onnx", "--script"), 3, "export.script: is for the runtime torchscript"),
        (("--runtime", "torchscript", "--dynamic-axis", "x:0=n"), 3, "export.dynamic_axes: is for the runtime onnx"),
        (("--runtime", "torchscript", "--script", "--quantize", "dynamic"), 3, "cannot be quantised (dynamic)"),
        (("--runtime", "onnx", "--dynamic-axis", "x=n"), 2, "INPUT:AXIS=NAME"),
        (("--runtime", "onnx", "--opset", "12"), 2, "18<=x<=22"),
        (("--runtime", "coreml"), 2, "executorch"),
    ],
)
def test_what_does_not_fit_together_is_refused_before_the_model_is_loaded(
    options: tuple[str, ...], code: int, word: str, made: Path
) -> None:
    done = edgegen("new", "no", "--platform", "linux-arm", "--model", "no.such:model", *options, cwd=made)
    assert done.code == code
    assert word in done.error()
    assert not (made / "no").exists()


def test_a_missing_package_is_told_before_the_model_is_loaded(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgegen.tools.onnx.find_spec", lambda name: None)
    done = edgegen("new", "no", "--platform", "linux-arm", "--model", "no.such:model", "--runtime", "onnx", cwd=made)
    assert done.code == 9
    assert 'pip install "edgegen[onnx]"' in done.error()


def test_an_axis_of_no_input_is_refused(made: Path) -> None:
    done = edgegen(
        "new", "no", "--platform", "linux-arm", "--runtime", "onnx", "--dynamic-axis", "y:0=n", *SENSOR, cwd=made
    )
    assert done.code == 3
    assert "export.dynamic_axes.y: there is no such input. Use one of: x" in done.error()
