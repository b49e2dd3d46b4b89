"""Labels: one a line, in UTF-8."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgegen.errors import SourceError
from edgegen.sources.labels import imagenet_labels, read_labels


def test_imagenets_labels_stand_in_every_models_order() -> None:
    labels = imagenet_labels()
    assert len(labels) == 1000
    assert (labels[0], labels[967], labels[999]) == ("tench", "espresso", "toilet tissue")


@pytest.mark.parametrize(
    ("content", "labels"),
    [
        (b"cat\ndog\n", ("cat", "dog")),
        (b"cat\r\ndog\r\n\r\n", ("cat", "dog")),
        (b"\xef\xbb\xbfcat\n  dog  ", ("cat", "dog")),
        ('Käse\n猫\n"quoted" & <b>\n'.encode(), ("Käse", "猫", '"quoted" & <b>')),
        (b"same\nsame\n", ("same", "same")),
    ],
)
def test_files_as_people_write_them(tmp_path: Path, content: bytes, labels: tuple[str, ...]) -> None:
    path = tmp_path / "labels.txt"
    path.write_bytes(content)
    assert read_labels(path) == labels


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "holds no labels"),
        (b"\n \n", "holds no labels"),
        (b"cat\n\ndog\n", "empty line"),
        (b"K\xe4se\n", "not UTF-8"),
        (b"cat\0dog", "not a text file"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git-lfs pointer"),
    ],
)
def test_what_is_no_labels_file(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "labels.txt"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=problem):
        read_labels(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_labels(tmp_path / "labels.txt")
    with pytest.raises(SourceError, match="cannot be read"):
        read_labels(tmp_path)
