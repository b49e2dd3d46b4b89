"""A model file is known by its content; what is no model is told by what it is."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
import torch
from torch import nn

from edgegen.errors import SourceError
from edgegen.sources.kinds import FileKind, file_kind, is_pte


def test_the_kinds_of_pytorch(tmp_path: Path) -> None:
    module, example = nn.Linear(2, 2), (torch.ones(1, 2),)
    torch.save(module.state_dict(), tmp_path / "new")
    torch.save(module.state_dict(), tmp_path / "old", _use_new_zipfile_serialization=False)
    torch.export.save(torch.export.export(module, example), tmp_path / "program.pt2")
    torch.jit.trace(module, example).save(str(tmp_path / "script"))
    header = b'{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
    (tmp_path / "safe").write_bytes(struct.pack("<Q", len(header)) + header + bytes(4))
    (tmp_path / "pte").write_bytes(b"\x18\0\0\0ET12" + bytes(100))
    assert file_kind(tmp_path / "new") is FileKind.TORCH_SAVE
    assert file_kind(tmp_path / "old") is FileKind.TORCH_SAVE
    assert file_kind(tmp_path / "program.pt2") is FileKind.EXPORTED
    assert file_kind(tmp_path / "script") is FileKind.TORCHSCRIPT
    assert file_kind(tmp_path / "safe") is FileKind.SAFETENSORS
    assert file_kind(tmp_path / "pte") is FileKind.PTE
    assert is_pte(tmp_path / "pte")
    assert not is_pte(tmp_path / "new")


def plain_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "git-lfs pointer"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"GGUF" + bytes(50), "GGUF"),
        (b"\x89HDF\r\n\x1a\n" + bytes(50), "HDF5"),
        (b"\x1c\0\0\0TFL3" + bytes(50), "TensorFlow Lite"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
        (b"\x93NUMPY" + bytes(50), "NumPy"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"),
        (bytes(257) + b"ustar" + bytes(50), "tar"),
        (b"\x80\x04\x95\x10", "pickle"),
        (b"hello world", "not a model file"),
        (b"PK\x03\x04" + bytes(200), "cut short"),
        (plain_zip(), "not one of PyTorch's"),
        (plain_zip()[:-10], "cut short"),
    ],
)
def test_what_is_no_model_is_told_by_what_it_is(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "model.pt"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        file_kind(path)
    assert problem in caught.value.problem
    assert caught.value.where == str(path)


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "weights.pth").write_bytes(b"x")
    with pytest.raises(SourceError) as caught:
        file_kind(tmp_path / "weight.pth")
    assert "no such file" in caught.value.problem
    assert "weights.pth" in caught.value.hint
    with pytest.raises(SourceError, match="no such file"):
        file_kind(tmp_path / "nowhere" / "x.pt")


def test_a_folder_and_an_onnx_file_are_no_models(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="folder"):
        file_kind(tmp_path)
    (tmp_path / "net.onnx").write_bytes(b"\x08\x07\x12\x07pytorch")
    with pytest.raises(SourceError, match="ONNX"):
        file_kind(tmp_path / "net.onnx")
