"""The diffs are those that git and patch read."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from edgegen.render.unified import changed_lines, unified
from tests.toolchains import missing

OLD = b"one\ntwo\nthree\n"


def test_its_form() -> None:
    assert unified(OLD, b"one\n2\nthree", "a b.txt", "a b.txt") == (
        "--- a/a b.txt\t\n+++ b/a b.txt\t\n@@ -1,3 +1,3 @@\n"
        " one\n-two\n-three\n+2\n+three\n\\ No newline at end of file\n"
    )
    assert unified(OLD, OLD, "x", "x") == ""
    assert unified(None, None, "x", "x") == ""
    assert unified(b"\0", b"\1", "x", "x") == "Binary files a/x and b/x differ\n"
    assert unified(None, b"\0", "x", "x") == "Binary files /dev/null and b/x differ\n"


def test_counts() -> None:
    assert changed_lines(OLD, b"one\n2\n3\nthree\n") == (2, 1)
    assert changed_lines(None, OLD) == (3, 0)
    assert changed_lines(OLD, b"\0") == (0, 0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OLD, b"one\n2\nthree\n"),
        (OLD, b"one\ntwo\nthree"),
        (OLD[:-1], OLD),
        (OLD, b"one\r\ntwo\r\nthree\r\n"),
        (None, OLD),
        (OLD, None),
        ("Fuß\u2028Note\n".encode(), "Fuß\x0bNote\n".encode()),
    ],
    ids=["changed", "last line end removed", "added", "CRLF", "new", "gone", "separators that end no line"],
)
def test_git_applies_it(before: bytes | None, after: bytes | None, tmp_path: Path) -> None:
    if shutil.which("git") is None:
        missing("git is not on this machine")
    file = tmp_path / "some file.txt"
    if before is not None:
        file.write_bytes(before)
    text = unified(before, after, file.name, file.name)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=text.encode(), check=True)
    assert (file.read_bytes() if file.exists() else None) == after


@pytest.mark.parametrize("after", [OLD, b"one\n2\nthree\n"], ids=["moved", "moved and changed"])
def test_git_moves_a_file(after: bytes, tmp_path: Path) -> None:
    if shutil.which("git") is None:
        missing("git is not on this machine")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "file.txt").write_bytes(OLD)
    text = unified(OLD, after, "old/file.txt", "new/place/file.txt")
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=text.encode(), check=True)
    assert not (tmp_path / "old" / "file.txt").exists()
    assert (tmp_path / "new" / "place" / "file.txt").read_bytes() == after
