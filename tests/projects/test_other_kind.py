"""The user's files were written once, for the inputs and outputs of then: `export` says where they no longer fit."""

from __future__ import annotations

from pathlib import Path

from tests.faults.in_process import edgegen

CLASSES = 'kind = "classification"\nlabels = "labels.txt"\nactivation = "softmax"\n'


def test_another_kind_of_output_is_refused_and_nothing_changes(work: Path) -> None:
    manifest = work / "shelf" / "edgegen.toml"
    before = (work / "shelf" / "generated" / "pipeline.cpp").read_bytes()
    text = manifest.read_text()
    assert CLASSES in text
    classes = len((work / "shelf" / "labels.txt").read_text().splitlines())
    manifest.write_text(text.replace(CLASSES, f'kind = "tensor"\nshape = [1, {classes}]\ndtype = "float32"\n'))
    done = edgegen("export", "--project", "shelf", cwd=work)
    assert done.code == 3
    assert "needs other files than this project has" in done.error()
    assert "edgegen update" in done.error()
    assert (work / "shelf" / "generated" / "pipeline.cpp").read_bytes() == before


def test_other_steps_of_the_same_kind_are_exported_without_a_word(work: Path) -> None:
    manifest = work / "sensor" / "edgegen.toml"
    manifest.write_text(manifest.read_text() + "\n# a remark\n")
    done = edgegen("export", "--project", "sensor", cwd=work)
    assert done.code == 0, done.stderr
    assert "warning" not in done.stderr


def test_a_renamed_input_names_the_source_that_still_has_the_old_name(work: Path) -> None:
    manifest = work / "shelf" / "edgegen.toml"
    manifest.write_text(manifest.read_text().replace("[inputs.image]", "[inputs.picture]"))
    done = edgegen("export", "--project", "shelf", cwd=work)
    assert done.code == 0, done.stderr
    assert "warning: src/classifier.cpp was written for other inputs" in done.stderr


def test_a_renamed_app_keeps_its_folders_and_targets(work: Path) -> None:
    manifest = work / "shelf" / "edgegen.toml"
    manifest.write_text(manifest.read_text().replace('name = "shelf"', 'name = "Book Shelf"'))
    done = edgegen("export", "--project", "shelf", cwd=work)
    assert done.code == 0, done.stderr
    assert '#include "shelf/model.h"' in (work / "shelf" / "generated" / "pipeline.h").read_text()
