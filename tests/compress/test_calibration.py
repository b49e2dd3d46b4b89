"""Calibration pictures: the same ones in the same order each time, and none that is silently left out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch

from edgegen.compress import calibration
from edgegen.compress.calibration import calibration_inputs, calibration_pictures
from edgegen.errors import SourceError
from edgegen.reference.decode import decode
from edgegen.reference.photos import DEMO_PHOTO
from edgegen.reference.pipeline import tensor_for
from edgegen.spec.model_spec import TensorInput
from tests.exporters.jobs import VECTOR, demo_input, make_spec


def test_pictures_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b.jpg", "a/z.PNG", "c.jpeg", "notes.txt", ".hidden.jpg", ".cache/x.jpg", "a/y.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = [path.relative_to(tmp_path).as_posix() for path in calibration_pictures(tmp_path)]
    assert found == ["a/y.jpg", "a/z.PNG", "b.jpg", "c.jpeg"]


def test_of_too_many_pictures_some_are_taken_evenly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "MAX_PICTURES", 4)
    for index in range(10):
        (tmp_path / f"{index}.jpg").write_bytes(b"")
    assert [path.stem for path in calibration_pictures(tmp_path)] == ["0", "2", "5", "7"]


def test_a_picture_becomes_what_the_reference_makes_of_it(tmp_path: Path) -> None:
    shutil.copy(DEMO_PHOTO, tmp_path / "photo.jpg")
    image = demo_input()
    (sample,) = calibration_inputs(make_spec(image), tmp_path)
    assert torch.equal(sample[0], tensor_for(image, decode(DEMO_PHOTO)))


def test_tensor_inputs_get_numbers_of_their_own_for_each_picture(tmp_path: Path) -> None:
    for name in ("one.jpg", "two.jpg"):
        shutil.copy(DEMO_PHOTO, tmp_path / name)
    spec = make_spec(TensorInput("scale", (1, 4)), demo_input())
    one, two = calibration_inputs(spec, tmp_path)
    assert one[0].shape == (1, 4)
    assert not torch.equal(one[0], two[0])
    assert torch.equal(calibration_inputs(spec, tmp_path)[1][0], two[0])


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda path: None, "no such folder"),
        (lambda path: path.write_bytes(b"x"), "is a file"),
        (lambda path: path.mkdir(), "holds no picture"),
    ],
)
def test_no_pictures_is_a_clear_error(tmp_path: Path, make: object, problem: str) -> None:
    folder = tmp_path / "photos"
    assert callable(make)
    make(folder)
    with pytest.raises(SourceError) as caught:
        calibration_inputs(make_spec(demo_input()), folder)
    assert problem in caught.value.problem
    assert caught.value.where == str(folder)


@pytest.mark.parametrize("content", [b"", b"not a picture", DEMO_PHOTO.read_bytes()[:2000]])
def test_a_corrupt_picture_is_named(tmp_path: Path, content: bytes) -> None:
    shutil.copy(DEMO_PHOTO, tmp_path / "a.jpg")
    (tmp_path / "b.jpg").write_bytes(content)
    with pytest.raises(SourceError) as caught:
        calibration_inputs(make_spec(demo_input()), tmp_path)
    assert caught.value.where == str(tmp_path / "b.jpg")


def test_a_model_of_numbers_cannot_be_calibrated_with_pictures(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        calibration_inputs(make_spec(VECTOR), tmp_path)
    assert "--quantize dynamic" in caught.value.hint
