"""What a model file is, by its content: the suffix is what people get wrong.

The first bytes decide, then a zip archive's member names. Formats: PyTorch's zip archive (state dict, TorchScript,
exported program: https://docs.pytorch.org/docs/stable/notes/serialization.html), its legacy pickle stream,
safetensors (https://github.com/huggingface/safetensors, "Format").
"""

from __future__ import annotations

import enum
import struct
import zipfile
from pathlib import Path

from edgegen.errors import SourceError

_HEAD_BYTES = 1024


class FileKind(enum.Enum):
    """The kinds of file that can be used."""

    EXPORTED = "an exported program (.pt2)"
    TORCHSCRIPT = "a TorchScript module"
    TORCH_SAVE = "a file written by torch.save"
    SAFETENSORS = "a safetensors file"
    PTE = "an ExecuTorch program (.pte)"


def file_kind(path: Path) -> FileKind:
    """The kind of the file at `path`.

    Raises SourceError when it is missing, a folder, empty, truncated, a git-lfs pointer or of a kind that is no use.
    """
    head, size = _read_head(path)
    if head[4:8] == b"ET12":
        return FileKind.PTE
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head.startswith(b"\x80") and b"\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19" in head[:32]:
        return FileKind.TORCH_SAVE
    if _is_safetensors(head, size):
        return FileKind.SAFETENSORS
    raise _foreign(path, head)


def _read_head(path: Path) -> tuple[bytes, int]:
    where = str(path)
    if not path.exists():
        near = _nearest_file(path)
        hint = (
            f"Did you mean {near}?"
            if near
            else "Check the path; a project takes it from model.path in its edgegen.toml, edgegen new from this folder"
        )
        raise SourceError("no such file", where=where, hint=hint)
    if path.is_dir():
        raise SourceError("is a folder, a file was expected", where=where, hint="Name the model file inside it")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", where=where, hint="Check its permissions") from error
    if size == 0:
        raise SourceError("the file is empty", where=where, hint="Copy or download it again")
    if head.startswith(b"version https://git-lfs"):
        raise SourceError(
            "is a git-lfs pointer, not the file itself",
            where=where,
            hint=f"Fetch it: git lfs pull --include {path.name}",
        )
    return head, size


def _nearest_file(path: Path) -> str | None:
    import difflib

    if not path.parent.is_dir():
        return None
    names = sorted(entry.name for entry in path.parent.iterdir())
    near = difflib.get_close_matches(path.name, names, n=1)
    return str(path.with_name(near[0])) if near else None


def _zip_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, EOFError) as error:
        # A zip archive's table of contents is at its end, so a download that stopped early has none.
        raise SourceError(
            "the archive is damaged or cut short", where=str(path), hint="Copy or download it again"
        ) from error
    inside = {name.split("/", 1)[1] for name in names if "/" in name} | set(names)
    if "archive_format" in inside or any(name.startswith("models/") and name.endswith(".json") for name in inside):
        return FileKind.EXPORTED
    if "constants.pkl" in inside:
        return FileKind.TORCHSCRIPT
    if "data.pkl" in inside:
        return FileKind.TORCH_SAVE
    raise SourceError(
        "is a zip archive, but not one of PyTorch's", where=str(path), hint="Unpack it and name the model file inside"
    )


def _is_safetensors(head: bytes, size: int) -> bool:
    if len(head) < 10:
        return False
    (header_bytes,) = struct.unpack("<Q", head[:8])
    return bool(head[8:9] == b"{" and 2 <= header_bytes <= min(size, 100_000_000))


_FOREIGN: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"<", "is a web page or XML, not a model", "The download gave a page instead of the file; download it again"),
    (0, b"GGUF", "is a GGUF file (llama.cpp)", "Give the PyTorch model it was made from"),
    (0, b"\x89HDF", "is an HDF5 file (Keras)", "edgegen reads PyTorch models"),
    (4, b"TFL3", "is a TensorFlow Lite model", "edgegen reads PyTorch models"),
    (0, b"\x1f\x8b", "is gzip-compressed", "Unpack it first"),
    (0, b"\x93NUMPY", "is a NumPy array", "Give a PyTorch model or state dict"),
    (0, b"\x89PNG", "is a PNG picture", "Give a PyTorch model"),
    (0, b"\xff\xd8\xff", "is a JPEG picture", "Give a PyTorch model"),
    (257, b"ustar", "is a tar archive", "Unpack it and name the model file inside"),
    (0, b"\x80", "is a pickle that torch.save did not write, or one that is cut short",
     "Save the state dict with torch.save(model.state_dict(), …) and give --model package.module:factory"),
)  # fmt: skip


def _foreign(path: Path, head: bytes) -> SourceError:
    if path.suffix.lower() == ".onnx":
        return SourceError("is an ONNX model", where=str(path), hint="Give the PyTorch model it was exported from")
    for offset, magic, problem, hint in _FOREIGN:
        if head[offset : offset + len(magic)] == magic:
            return SourceError(problem, where=str(path), hint=hint)
    return SourceError(
        "is not a model file that edgegen knows",
        where=str(path),
        hint="Give a .pt2 exported program, a TorchScript .pt, or a factory with --weights for a state dict",
    )


def is_pte(path: Path) -> bool:
    """Whether the file at `path` begins as an ExecuTorch program does."""
    with path.open("rb") as file:
        return file.read(8)[4:] == b"ET12"
