"""The object that --transforms names: an instance, or what makes one."""

from __future__ import annotations

from pathlib import Path

import pytest
from torchvision.transforms import v2

from edgegen.errors import SourceError
from edgegen.sources.transforms import load_transforms

MODULE = """
from functools import partial
from torchvision.transforms import v2
from torchvision.transforms._presets import ImageClassification

ready = v2.Compose([v2.Resize(8)])
def make():
    return v2.Compose([v2.Resize(8)])
preset = partial(ImageClassification, crop_size=8)
class Holder:
    val = v2.Compose([v2.Resize(8)])
def opaque(picture):
    return picture
number = 3
def fails():
    raise RuntimeError("no file")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tf_of_test.py").write_text(MODULE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["ready", "make", "Holder.val"])
def test_an_instance_or_its_maker(folder: Path, name: str) -> None:
    assert isinstance(load_transforms(f"tf_of_test:{name}", folder), v2.Compose)


def test_a_partial_preset_is_called(folder: Path) -> None:
    assert getattr(load_transforms("tf_of_test:preset", folder), "crop_size", None) == [8]


def test_a_function_of_a_picture_is_a_transform_itself(folder: Path) -> None:
    opaque = load_transforms("tf_of_test:opaque", folder)
    assert callable(opaque)
    assert opaque(5) == 5


@pytest.mark.parametrize(
    ("origin", "problem"),
    [
        ("tf_of_test", "not of the form"),
        ("tf_of_test:number", "is a int"),
        ("tf_of_test:redy", "no 'redy'"),
        ("tf_of_test:fails", "tf_of_test.py:16: RuntimeError: no file"),
        ("no_such_tf:val", "no module no_such_tf"),
        ("torchvision:preset", "only a torchvision: model"),
    ],
)
def test_what_cannot_be_used(folder: Path, origin: str, problem: str) -> None:
    with pytest.raises(SourceError) as caught:
        load_transforms(origin, folder)
    assert problem in caught.value.problem


def test_the_demos_preset_has_a_name(tmp_path: Path) -> None:
    assert isinstance(load_transforms("demo:preset", tmp_path), v2.Compose)
