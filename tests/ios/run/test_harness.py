"""tests/harness/ios.py: the literal command, its document, and each wrong request as one line with its code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edgegen.platforms.goldens import activate
from edgegen.reference.decode import decode
from edgegen.reference.pipeline import tensor_for
from edgegen.runtimes import model_file
from edgegen.spec.model_spec import ClassificationOutput, ImageInput
from edgegen.spec.parse import load_spec
from edgegen.verify.runner import named_runner
from tests.harness import ios as harness
from tests.ios.projects import Projects
from tests.swift.toolchain import need_swift

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True, scope="module")
def swift() -> None:
    """Swift, or the reason why not."""
    need_swift()


def python_labels(project: Path, photo: Path) -> list[dict[str, Any]]:
    """What Python says of a photo, by the project's own exported model."""
    spec = load_spec(project / "edgegen.toml")
    (picture,), output = spec.inputs, spec.outputs[0]
    assert isinstance(picture, ImageInput)
    assert isinstance(output, ClassificationOutput)
    labels = (project / "labels.txt").read_text(encoding="utf-8").split("\n")
    run = named_runner(spec, project / "ModelKit/Generated" / model_file(spec))
    scores = run({picture.name: tensor_for(picture, decode(photo))})[output.name].float().numpy().reshape(-1)
    probabilities = activate(scores, output.activation)
    best = np.argsort(-scores, kind="stable")[:5].tolist()
    return [{"index": i, "label": labels[i], "probability": float(probabilities[i])} for i in best]


@pytest.mark.parametrize(
    ("variant", "proves", "tolerance"),
    [
        ("demo", "pictures are decoded in Python: this proves everything from decoded pixels on", 1e-5),
        # Evaluated in another process, with another number of threads: sums in another order are rounded to float16.
        ("demo-coreml", "the stored Core ML program is evaluated op by op by edgegen, not run by Core ML", 2e-3),
    ],
)
def test_the_program_prints_pythons_labels(ios: Projects, variant: str, proves: str, tolerance: float) -> None:
    """The issue's last line: ExecuTorch run for real, Core ML evaluated. ModelKit is read only."""
    project = ios.folder(variant)
    photo = project / "photos" / "coffee.jpg"
    command = [sys.executable, "tests/harness/ios.py", str(project), "--photo", str(photo), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    (result,) = document["results"]
    expected = python_labels(project, photo)
    assert result["input"] == str(photo)
    assert [(item["index"], item["label"]) for item in result["top"]] == [
        (item["index"], item["label"]) for item in expected
    ]
    assert expected[0]["label"] == "espresso"
    assert [item["probability"] for item in result["top"]] == pytest.approx(
        [item["probability"] for item in expected], abs=tolerance
    )
    assert list(result["milliseconds"]) == ["decode", "preprocess", "forward", "postprocess"]
    assert all(value > 0 for value in result["milliseconds"].values())
    assert document["proves"].startswith(proves)


def test_tensors_go_in_and_come_out(ios: Projects, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through MLMultiArray and back, bit for bit."""
    import torch

    project = ios.folder("numbers")
    spec = load_spec(project / "edgegen.toml")
    values = np.random.default_rng(4).normal(size=(1, 16)).astype(np.float32)
    np.save(tmp_path / "reading.npy", values)
    assert harness.main([str(project), "--input", f"x={tmp_path / 'reading.npy'}", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    expected = named_runner(spec, project / "ModelKit/Generated/model.mlpackage")({"x": torch.from_numpy(values)})
    assert list(result["outputs"]) == list(expected)
    for name, tensor in expected.items():
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
    ios: Projects, capsys: pytest.CaptureFixture[str], given: list[str], code: int, words: str
) -> None:
    project = ios.folder("demo")
    capsys.readouterr()  # What making it said, where this test is the first.
    assert harness.main([str(project), *given]) == code
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_what_is_no_ios_project_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert harness.main([str(tmp_path), "--photo", "x.jpg"]) == 8
    assert "no edgegen.toml" in capsys.readouterr().err


def test_a_photo_that_is_none_and_code_that_does_not_compile_are_one_line(
    ios: Projects, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = ios.folder("demo")
    text = tmp_path / "text.jpg"
    text.write_text("not a picture", encoding="utf-8")
    assert harness.main([str(project), "--photo", str(text)]) == 4
    assert f"{text}: is not a JPEG or PNG" in capsys.readouterr().err.splitlines()[-1]
    source = project / "ModelKit/Sources/ModelKit/Label.swift"
    before = source.read_text(encoding="utf-8")
    try:
        source.write_text(before.replace("struct Label", "struct Labell"), encoding="utf-8")
        assert harness.main([str(project), "--photo", str(project / "photos/coffee.jpg")]) == 9
    finally:
        source.write_text(before, encoding="utf-8")
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("error: ModelKit does not compile: ")
    assert ".swift:" in last
