"""tests/harness/android.py: the literal command, its document, and each wrong request as one line with its code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.android.projects import Projects
from tests.android.run.truth import python_answers
from tests.harness import android as harness

ROOT = Path(__file__).resolve().parents[3]


def test_the_program_prints_pythons_labels_and_writes_the_screen(android: Projects, tmp_path: Path) -> None:
    project = android.compiled("demo").project  # Compiled once before: where that cannot be, the test says so.
    photo, screen = project / "photos" / "coffee.jpg", tmp_path / "screen.png"
    command = [sys.executable, "tests/harness/android.py", str(project), "--photo", str(photo), "--json"]
    done = subprocess.run(
        [*command, "--screenshot", str(screen)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr
    (result,) = json.loads(done.stdout)["results"]
    (expected,) = python_answers(project, [photo])
    assert result["input"] == str(photo)
    assert [(item["index"], item["label"]) for item in result["top"]] == [
        (item["index"], item["label"]) for item in expected["top"]
    ]
    assert [item["probability"] for item in result["top"]] == pytest.approx(
        [item["probability"] for item in expected["top"]], abs=1e-5
    )
    assert set(result["milliseconds"]) == {"decode", "preprocess", "forward", "postprocess"}
    assert all(value > 0 for value in result["milliseconds"].values())
    assert screen.read_bytes().startswith(b"\x89PNG")


def test_tensors_go_in_and_come_out(android: Projects, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import torch

    from edgegen.spec.parse import load_spec
    from edgegen.verify.runner import named_runner

    project = android.compiled("numbers").project
    spec = load_spec(project / "edgegen.toml")
    values = np.random.default_rng(4).normal(size=(1, 16)).astype(np.float32)
    np.save(tmp_path / "reading.npy", values)
    assert harness.main([str(project), "--input", f"x={tmp_path / 'reading.npy'}", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    for name, tensor in named_runner(spec, project / "generated/model.pte")({"x": torch.from_numpy(values)}).items():
        assert result["outputs"][name]["shape"] == list(tensor.shape)
        given = np.array(result["outputs"][name]["values"], dtype=tensor.numpy().dtype)
        assert given.tobytes() == tensor.numpy().tobytes()


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ([], 2, "--photo FILE"),
        (["--input", "image=a.npy"], 4, "no such file"),
        (["--input", "nobody=a.npy"], 2, "no input 'nobody'"),
        (["--input", "image"], 2, "NAME=FILE"),
        (["--photo", "nowhere.jpg"], 4, "nowhere.jpg: no such file"),
    ],
)
def test_a_wrong_request_is_one_line(
    android: Projects, capsys: pytest.CaptureFixture[str], given: list[str], code: int, words: str
) -> None:
    project = android.folder("demo")
    capsys.readouterr()  # What making it said, where this test is the first.
    assert harness.main([str(project), *given]) == code
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_what_is_no_android_project_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert harness.main([str(tmp_path), "--photo", "x.jpg"]) == 8
    assert "no edgegen.toml" in capsys.readouterr().err


def test_a_photo_that_is_none_and_a_project_that_does_not_compile_are_one_line(
    android: Projects, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = android.compiled("demo").project
    text = tmp_path / "text.jpg"
    text.write_text("not a picture", encoding="utf-8")
    assert harness.main([str(project), "--photo", str(text)]) == 9
    assert "the app says: " in capsys.readouterr().err.splitlines()[-1]
    source = next((project / "app/src/main/java").rglob("MainActivity.java"))
    before = source.read_text(encoding="utf-8")
    try:
        source.write_text(before.replace("setContentView", "setContentVeiw"), encoding="utf-8")
        assert harness.main([str(project), "--photo", str(project / "photos/coffee.jpg")]) == 9
    finally:
        source.write_text(before, encoding="utf-8")
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("error: ")
    assert "setContentVeiw" in last
