"""Goldens are complete, small, the same at every run, and what the reference gives."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from edgegen.errors import ProjectError
from edgegen.reference.decode import PictureError, decode, orientation
from edgegen.reference.goldens import sample_tensor, write_goldens
from edgegen.reference.photos import golden_photos
from edgegen.reference.pipeline import run_stages, tensor_for
from edgegen.reference.resize import vertical_first
from edgegen.spec.model_spec import ClassificationOutput, ModelSpec, TensorInput
from edgegen.spec.parse import parse_spec
from tests.spec.specs import PLAIN, plain_input

SPEC = parse_spec(PLAIN)


def mean(inputs: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {"logits": inputs["image"].mean(dim=(2, 3))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("goldens") / "goldens"
    write_goldens(SPEC, path, golden_photos(), mean)
    return path


def test_every_array_is_the_references(folder: Path) -> None:
    cases = json.loads((folder / "index.json").read_text(encoding="utf-8"))["cases"]
    assert [case["photo"] for case in cases] == [path.name for path in golden_photos()]
    for case, photo in zip(cases, golden_photos(), strict=True):
        assert (folder / case["photo"]).read_bytes() == photo.read_bytes()
        image = decode(photo)
        stages = run_stages(plain_input(), image)
        full = bool(case["outputs"])
        written = case["inputs"]["image"]
        assert [entry["stage"] for entry in written] == [s.name for s in (stages if full else stages[:1])]
        for entry, stage in zip(written, stages, strict=False):
            array = np.load(folder / entry["file"])
            assert (list(array.shape), array.dtype.name) == (entry["shape"], entry["dtype"])
            np.testing.assert_array_equal(array, stage.array)
        if full:
            logits = np.load(folder / case["outputs"]["logits"]["file"])
            np.testing.assert_array_equal(logits, mean({"image": tensor_for(plain_input(), image)})["logits"])


def test_they_cover_what_a_program_can_get_wrong() -> None:
    turned = [orientation(path) for path in golden_photos()]
    assert {6, 8} <= set(turned)
    full = [decode(path) for path in golden_photos()[:2]]
    assert any(vertical_first((i.height, i.width), (256 * i.height // i.width, 256), 13) for i in full)
    assert any(i.width > i.height for i in full)
    assert any(min(i.size) < 256 for i in full), "one is enlarged"
    assert any(min(i.size) > 256 for i in full), "one is made smaller"
    assert {path.stem for path in golden_photos()[2:]} == {"gray16", "gray_alpha", "palette"}


def test_the_folder_is_below_4_mb_and_the_same_at_every_run(folder: Path, tmp_path: Path) -> None:
    assert sum(path.stat().st_size for path in folder.iterdir()) < 4e6
    write_goldens(SPEC, tmp_path / "again", golden_photos(), mean)
    assert digests(folder) == digests(tmp_path / "again")


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_arrays_are_little_endian_c_order_version_1(folder: Path) -> None:
    for path in folder.glob("*.npy"):
        head = path.read_bytes()[:128]
        assert head.startswith(b"\x93NUMPY\x01\x00"), path.name
        assert b"'fortran_order': False" in head
        assert b"'descr': '<f4'" in head or b"'descr': '|u1'" in head


def test_tensor_inputs_have_given_or_made_up_numbers(tmp_path: Path) -> None:
    numbers = TensorInput("x", (1, 2))
    spec: ModelSpec = replace(SPEC, inputs=(numbers,), outputs=(ClassificationOutput("y"),))
    write_goldens(spec, tmp_path, (), lambda inputs: {"y": inputs["x"] * 2})
    (case,) = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))["cases"]
    assert (case["name"], case["photo"]) == ("numbers", None)
    x = np.load(tmp_path / case["inputs"]["x"][0]["file"])
    np.testing.assert_array_equal(x, sample_tensor(numbers))
    np.testing.assert_array_equal(np.load(tmp_path / case["outputs"]["y"]["file"]), x * 2)
    given = torch.tensor([[3.0, 4.0]])
    write_goldens(spec, tmp_path, (), lambda inputs: {"y": inputs["x"] * 2}, tensors={"x": given})
    np.testing.assert_array_equal(np.load(tmp_path / case["inputs"]["x"][0]["file"]), given)


def test_a_scalar_keeps_its_shape(tmp_path: Path) -> None:
    spec = replace(SPEC, inputs=(TensorInput("x", (), "int64"),), outputs=(ClassificationOutput("y"),))
    write_goldens(spec, tmp_path, (), lambda inputs: {"y": inputs["x"]})
    assert np.load(tmp_path / "numbers.x.tensor.npy").shape == ()


def test_a_bad_photo_and_a_bad_folder(tmp_path: Path) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"no")
    with pytest.raises(PictureError):
        write_goldens(SPEC, tmp_path / "out", [tmp_path / "bad.jpg"], mean)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ProjectError, match="cannot write"):
        write_goldens(SPEC, tmp_path / "file" / "below", golden_photos(), mean)
