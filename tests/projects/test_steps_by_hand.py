"""`--transforms none`: somebody writes the steps of a picture input by hand, whatever the model brings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from edgegen.spec.parse import load_spec
from edgegen.spec.steps import CenterCrop, Color, Letterbox, Pad, ToFloat
from tests.faults.in_process import edgegen

STEPS = (
    '{color="BGR"},{letterbox=[64,64],filter="hamming",fill=[9,8,7]},{pad=[2,2,2,2]},{center_crop=64},{to_float=255}'
)
INPUT = f'inputs.image={{kind="image",shape=[1,3,64,64],steps=[{STEPS}]}}'
MODEL = ("--model", "torchvision:squeezenet1_1", "--weights", "none", "--transforms", "none")


def test_the_steps_stand_alone_and_every_helper_that_is_written_is_called(tmp_path: Path) -> None:
    done = edgegen("new", "hand", "--platform", "linux-arm", *MODEL, "--set", INPUT, cwd=tmp_path)
    assert done.code == 0, done.stderr
    spec = load_spec(tmp_path / "hand" / "edgegen.toml")
    assert spec.model.transforms is None
    assert spec.model.path == "."
    assert [type(step) for step in spec.image_inputs[0].steps] == [Color, Letterbox, Pad, CenterCrop, ToFloat]
    pipeline = (tmp_path / "hand" / "generated" / "pipeline.py").read_text()
    defined = {line.split()[1].partition("(")[0] for line in pipeline.splitlines() if line.startswith("def ")}
    assert defined == {"center_crop", "fill", "pad", "planes", "fill_image", "open_picture"}
    lint = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "E,F", "--line-length", "140"]
    checked = subprocess.run([*lint, tmp_path / "hand" / "generated"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_a_preset_that_was_not_declined_is_held_against_the_steps(tmp_path: Path) -> None:
    done = edgegen("new", "hand", "--platform", "linux-arm", *MODEL[:4], "--set", INPUT, cwd=tmp_path)
    assert done.code == 5
    assert "give the transform that belongs to them" in done.error()
    assert not (tmp_path / "hand").exists()
