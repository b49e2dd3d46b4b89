"""Generated files overwritten where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgegen.errors import ProjectError
from edgegen.projects.in_place import overwrite, require_same_names
from tests.faults.folders import listing


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("a", "b", "stamp"):
        (tmp_path / name).write_bytes(f"old {name}".encode() * 10)
    return tmp_path


def test_the_files_stay_and_their_contents_go(project: Path) -> None:
    nodes = {path.name: path.stat().st_ino for path in project.iterdir()}
    overwrite(project, {"a": b"new", "b": b"old b" * 10, "stamp": b"a longer text than before" * 10})
    assert {path.name: path.stat().st_ino for path in project.iterdir()} == nodes
    assert (project / "a").read_bytes() == b"new"
    assert (project / "stamp").read_bytes() == b"a longer text than before" * 10


def test_a_file_that_has_its_content_is_not_touched(project: Path) -> None:
    (project / "a").chmod(0o444)
    before = (project / "a").stat().st_mtime_ns
    overwrite(project, {"a": b"old a" * 10, "b": b"new"})
    assert (project / "a").stat().st_mtime_ns == before


def test_all_or_none(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from edgegen.projects import in_place

    before = listing(project)
    real = in_place._write
    calls = []

    def full_at_the_second(path: Path, content: bytes) -> None:
        calls.append(path.name)
        if len(calls) == 2:
            path.write_bytes(content[:1])
            raise ProjectError("cannot write: No space left on device", where=str(path), hint="Make room")
        real(path, content)

    monkeypatch.setattr(in_place, "_write", full_at_the_second)
    with pytest.raises(ProjectError, match="No space"):
        overwrite(project, {"a": b"1", "b": b"2", "stamp": b"3"})
    assert calls == ["a", "b", "a", "b"]
    assert listing(project) == before


def test_a_missing_file(project: Path) -> None:
    before = listing(project)
    with pytest.raises(ProjectError, match="No such file"):
        overwrite(project, {"a": b"1", "c": b"2"})
    assert listing(project) == before


def test_names_that_would_come_or_go(project: Path) -> None:
    require_same_names(["a", "b"], ["b", "a"], project)
    with pytest.raises(ProjectError, match=r"\(2, such as a\)") as caught:
        require_same_names(["a", "b"], ["b", "c"], project)
    assert "edgegen export --project" in caught.value.hint
