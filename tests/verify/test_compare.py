"""The gate between the exported file and PyTorch: it passes what is right and catches what is not."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
import torch
from torch import nn

from edgegen.errors import GateError, SourceError
from edgegen.reference.photos import DEMO_PHOTO
from edgegen.spec.model_spec import (
    BudgetSection,
    ClassificationOutput,
    VerifySection,
)
from edgegen.verify import compare, photos_in
from tests.exporters.jobs import VECTOR, demo_export, export


def test_the_demo_answers_as_pytorch_does_on_every_photo() -> None:
    made, result = demo_export()
    report = compare(made.spec, made.loaded, result.path)
    (row,) = report.rows
    assert report.passed
    assert report.kind == "photos"
    assert report.samples >= 8
    assert row.top1 == row.top5 == 1.0
    assert row.max_abs_error < 1e-4
    assert row.sqnr_db is not None
    assert row.sqnr_db > 100.0


def test_int8_passes_its_own_thresholds_and_not_floats() -> None:
    made, result = demo_export("int8")
    assert compare(made.spec, made.loaded, result.path).passed
    strict = dataclasses.replace(made.spec, verify=VerifySection(min_sqnr_db=60.0, max_abs_error=0.01, min_top1=1.01))
    report = compare(strict, made.loaded, result.path)
    assert {failure.key for failure in report.failures} == {
        "verify.min_sqnr_db", "verify.max_abs_error", "verify.min_top1"
    }  # fmt: skip
    with pytest.raises(GateError, match="2 more"):
        report.require_passed()


def test_an_accuracy_budget_is_kept() -> None:
    made, result = demo_export("int8")
    agreement = compare(made.spec, made.loaded, result.path).rows[0].top1
    assert agreement is not None
    for drop, passed in ((1.0 - agreement + 0.01, True), (1.0 - agreement - 0.01, False)):
        spec = dataclasses.replace(made.spec, budget=BudgetSection(max_accuracy_drop=drop))
        assert compare(spec, made.loaded, result.path).passed is passed


def test_the_file_of_other_weights_is_caught() -> None:
    made, result = export("Linear", VECTOR)
    other = nn.Linear(8, 4)
    report = compare(made.spec, dataclasses.replace(made.loaded, module=other), result.path)
    assert {failure.key for failure in report.failures} == {"verify.max_rel_error", "verify.min_sqnr_db"}


def test_numbers_are_compared_on_seeded_inputs_each_output_by_name() -> None:
    made, result = export("ManyOutputs", VECTOR)
    report = compare(made.spec, made.loaded, result.path)
    assert report.passed
    assert report.kind == "random inputs"
    assert [row.name for row in report.rows] == ["output_0", "output_1_twice", "output_1_parts_0"]
    assert report.rows[0].top1 is None


def test_integers_are_compared_by_equality() -> None:
    made, result = export("BestClass", VECTOR)
    report = compare(made.spec, made.loaded, result.path)
    assert report.passed
    assert report.rows[0].equal == 1.0
    assert report.rows[0].sqnr_db is None
    shifted = nn.Sequential(made.loaded.module, Shift())
    report = compare(made.spec, dataclasses.replace(made.loaded, module=shifted), result.path)
    assert report.rows[0].equal == 0.0
    assert {failure.key for failure in report.failures} == {"verify.max_rel_error", "verify.min_top1"}


class Shift(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + 1


def test_a_spec_with_another_number_of_outputs_is_an_error() -> None:
    made, result = export("ManyOutputs", VECTOR)
    spec = dataclasses.replace(made.spec, outputs=(ClassificationOutput("logits"),))
    with pytest.raises(GateError, match="the spec has 1 outputs, the PyTorch model gives 3"):
        compare(spec, made.loaded, result.path)


def test_the_file_of_another_shape_is_an_error() -> None:
    made, result = export("Linear", VECTOR)
    wide = nn.Linear(8, 5)
    with pytest.raises(GateError, match="is 1x4 in the file and 1x5 in PyTorch"):
        compare(made.spec, dataclasses.replace(made.loaded, module=wide), result.path)


def test_photos_of_a_folder(tmp_path: Path) -> None:
    shutil.copy(DEMO_PHOTO, tmp_path / "b.jpg")
    shutil.copy(DEMO_PHOTO, tmp_path / "a.JPG")
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    assert [path.name for path in photos_in(tmp_path)] == ["a.JPG", "b.jpg"]
    made, result = demo_export()
    assert compare(made.spec, made.loaded, result.path, photos_in(tmp_path)).samples == 2


def test_a_folder_without_photos_and_a_corrupt_photo_are_errors(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        photos_in(tmp_path / "missing")
    with pytest.raises(SourceError, match="holds no photo"):
        photos_in(tmp_path)
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    made, result = demo_export()
    with pytest.raises(SourceError) as caught:
        compare(made.spec, made.loaded, result.path, photos_in(tmp_path))
    assert caught.value.where == str(tmp_path / "broken.jpg")
