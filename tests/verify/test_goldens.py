"""A project's goldens are checked against the reference; a change of any kind is found and named."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from edgegen.errors import GateError
from edgegen.reference.goldens import write_goldens
from edgegen.reference.photos import golden_photos
from edgegen.spec.model_spec import ModelSpec
from edgegen.spec.steps import Filter, Resize
from edgegen.verify import check_goldens, named_runner
from tests.exporters.jobs import VECTOR, demo_export, export


@pytest.fixture
def project(tmp_path: Path) -> tuple[ModelSpec, Path, Path]:
    made, result = demo_export()
    folder = tmp_path / "goldens"
    write_goldens(made.spec, folder, golden_photos()[:2], named_runner(made.spec, result.path))
    return made.spec, folder, result.path


def test_fresh_goldens_are_equal(project: tuple[ModelSpec, Path, Path]) -> None:
    report = check_goldens(*project)
    assert report.passed
    assert report.cases == 2
    assert report.arrays == 2 * (4 + 1)
    assert report.headline() == "2 pictures, 10 arrays: equal"
    report.require_passed()


def test_the_goldens_of_numbers(tmp_path: Path) -> None:
    made, result = export("DictOutputs", VECTOR)
    write_goldens(made.spec, tmp_path / "goldens", [], named_runner(made.spec, result.path))
    report = check_goldens(made.spec, tmp_path / "goldens", result.path)
    assert (report.passed, report.cases, report.arrays) == (True, 1, 2)


@pytest.mark.parametrize("stage", ["decoded", "1_resize", "2_center_crop", "tensor"])
def test_one_changed_value_of_any_stage_is_found(project: tuple[ModelSpec, Path, Path], stage: str) -> None:
    spec, folder, model = project
    path = next(folder.glob(f"*.image.{stage}.npy"))
    array = np.load(path)
    array.reshape(-1)[5] += 1
    np.save(path, array)
    report = check_goldens(spec, folder, model)
    assert f"stage {stage}: 1 values differ, first at [" in report.failures[0]
    with pytest.raises(GateError):
        report.require_passed()


def test_a_changed_output_is_found(project: tuple[ModelSpec, Path, Path]) -> None:
    spec, folder, model = project
    path = next(folder.glob("*.output.logits.npy"))
    np.save(path, np.load(path) * np.float32(1.01))
    (failure,) = check_goldens(spec, folder, model).failures
    assert "output logits: relative error" in failure


def test_a_changed_spec_is_found(project: tuple[ModelSpec, Path, Path]) -> None:
    spec, folder, model = project
    image = spec.image_inputs[0]
    steps = tuple(Resize(step.size, Filter.BILINEAR) if isinstance(step, Resize) else step for step in image.steps)
    changed = dataclasses.replace(spec, inputs=(dataclasses.replace(image, steps=steps),))
    assert check_goldens(changed, folder, model).failures


@pytest.mark.parametrize("text", ["", "{}", '{"cases": [{"name": "x"}]}'])
def test_goldens_that_cannot_be_read_are_an_error(project: tuple[ModelSpec, Path, Path], text: str) -> None:
    spec, folder, model = project
    (folder / "index.json").write_text(text, encoding="utf-8")
    with pytest.raises(GateError, match="cannot be read"):
        check_goldens(spec, folder, model)


def test_a_missing_array_is_an_error(project: tuple[ModelSpec, Path, Path]) -> None:
    spec, folder, model = project
    name = json.loads((folder / "index.json").read_text(encoding="utf-8"))["cases"][0]["outputs"]["logits"]["file"]
    (folder / name).unlink()
    with pytest.raises(GateError, match="cannot be read"):
        check_goldens(spec, folder, model)
