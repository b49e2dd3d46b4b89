"""The recorded base: the same texts give the same bytes, and what does not belong to the manifest is refused."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from edgegen.errors import ProjectError
from edgegen.render.base import BASE, collect, encode, read_base, record, record_missing
from edgegen.render.manifest import MANIFEST, build_manifest, read_manifest

FILES = {
    "src/main.c": b"int main() {}\n",
    "windows.bat": b"@echo off\r\n",
    "empty.txt": b"",
    "photo.jpg": b"\xff\xd8\0\0",
    "run": b"#!/bin/sh\n",
    "edgegen.toml": b"schema = 1\n",
    "labels.txt": b"apple\n",
    "generated/model.bin": b"\0",
    "generated/spec.h": b"//\n",
}
TEXTS = {"src/main.c", "windows.bat", "empty.txt", "run"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A recorded project."""
    folder = tmp_path / "project"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "run").chmod(0o755)
    record(folder, [Path(name) for name in FILES], "linux-arm", "project")
    return folder


def test_it_holds_the_texts_that_have_templates(project: Path) -> None:
    base = read_base(project, read_manifest(project))
    assert base is not None
    assert base.texts == {name: FILES[name] for name in TEXTS}
    assert base.executable == {"run"}


def test_the_same_texts_give_the_same_bytes(project: Path) -> None:
    before = (project / BASE).read_bytes()
    record(project, [Path(name) for name in reversed(FILES)], "linux-arm", "project")
    assert (project / BASE).read_bytes() == before
    assert before[4:8] == bytes(4)  # gzip's time stamp


def test_an_edited_text_is_not_what_edgegen_wrote(project: Path) -> None:
    entries = read_manifest(project).files
    (project / "src" / "main.c").write_text("mine")
    assert collect(project, entries).texts.keys() == TEXTS - {"src/main.c"}


def test_an_older_project_is_recorded_as_far_as_its_texts_are_known(project: Path, tmp_path: Path) -> None:
    """What the user left alone is in the project; what the templates still have, in today's rendering."""
    manifest = read_manifest(project)
    (project / BASE).unlink()
    today = tmp_path / "today"
    (today / "src").mkdir(parents=True)
    (today / "src" / "main.c").write_bytes(FILES["src/main.c"])
    (project / "src" / "main.c").write_text("mine")
    (project / "windows.bat").write_text("mine as well")
    record_missing(project, manifest.files, today)
    base = read_base(project, manifest)
    assert base is not None
    assert base.texts.keys() == TEXTS - {"windows.bat"}
    assert base.texts["src/main.c"] == FILES["src/main.c"]


def test_what_is_recorded_is_not_recorded_again(project: Path, tmp_path: Path) -> None:
    before = (project / BASE).read_bytes()
    (project / "src" / "main.c").write_text("mine")
    record_missing(project, read_manifest(project).files, tmp_path)
    assert (project / BASE).read_bytes() == before


def test_a_project_without_one(project: Path) -> None:
    (project / BASE).unlink()
    assert read_base(project, read_manifest(project)) is None


def packed(document: object) -> bytes:
    return gzip.compress(json.dumps(document).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x1f\x8b",
        b"text",
        gzip.compress(b"x" * 2000)[:-300],
        gzip.compress(b"x" * 9000)[:30] + b"\0" * 30,
        packed([1]),
        packed({"schema": 1}),
        packed({"schema": "one", "files": {}, "executable": []}),
        packed({"schema": 2, "files": {}, "executable": []}),
        packed({"schema": 1, "files": {"src/main.c": "other"}, "executable": []}),
        packed({"schema": 1, "files": {"no/such.c": "other"}, "executable": []}),
        gzip.compress(b"[" * 100_000),
    ],
)
def test_a_damaged_base_is_refused_with_the_way_out(content: bytes, project: Path) -> None:
    (project / BASE).write_bytes(content)
    with pytest.raises(ProjectError) as caught:
        read_base(project, read_manifest(project))
    assert "base" in caught.value.message()
    assert "version control" in caught.value.hint


def test_a_folder_in_its_place_is_refused(project: Path) -> None:
    (project / BASE).unlink()
    (project / BASE).mkdir()
    with pytest.raises(ProjectError, match="cannot be read"):
        read_base(project, read_manifest(project))


def renamed(old: str, new: str) -> Callable[[dict[str, dict[str, object]]], None]:
    return lambda document: document["files"].update({new: document["files"].pop(old)})


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/passwd", "C:/x", "a\\b", "a/../../b", "", ".", ".git/config", ".edgegen/base", "a//b"]
)
def test_a_manifest_that_leads_out_of_the_project_is_refused(name: str, project: Path) -> None:
    document = json.loads((project / MANIFEST).read_text())
    renamed("run", name)(document)
    (project / MANIFEST).write_text(json.dumps(document))
    with pytest.raises(ProjectError, match="manifest cannot be read"):
        read_manifest(project)


@pytest.mark.parametrize("slug", ["../x", "a/b", "", 7, None, "Ä"])
def test_a_manifest_with_another_slug_is_refused(slug: object, project: Path) -> None:
    document = json.loads((project / MANIFEST).read_text())
    document["slug"] = slug
    (project / MANIFEST).write_text(json.dumps(document))
    with pytest.raises(ProjectError, match="manifest cannot be read"):
        read_manifest(project)


def test_the_size_of_a_base_is_a_fraction_of_the_texts(project: Path) -> None:
    text = "".join(f"    case {n}: return {n * n};\n" for n in range(4000)).encode()
    (project / "src" / "main.c").write_bytes(text)
    entries = build_manifest(project, [Path("src/main.c")])
    assert len(encode(collect(project, entries))) < len(text) / 3
