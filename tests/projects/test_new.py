"""`edgegen new`: what it writes, what it does not, and what its options do."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.faults.folders import listing
from tests.faults.in_process import edgegen
from tests.projects.conftest import INT8, SENSOR, SHELF

NEW = ("new", "hello", "--platform", "linux-arm")
TWO = ("--model", "shop.net:TwoInTwoOut", "--input", "right=2x3", "--input", "left=2x3")


def document_of(work: Path, *arguments: str) -> dict[str, Any]:
    """edgegen.toml of a project that is made of these options."""
    done = edgegen(*NEW, *arguments, cwd=work)
    assert done.code == 0, done.stderr
    return tomllib.loads((work / "hello" / "edgegen.toml").read_text(encoding="utf-8"))


def test_a_dry_run_shows_everything_and_writes_nothing(work: Path) -> None:
    before = listing(work)
    done = edgegen(*NEW, *SENSOR, "--output", "some/where", "--dry-run", cwd=work)
    assert done.code == 0, done.stderr
    assert listing(work) == before
    text, _, files = done.stdout.partition("\n# Files of ")
    assert tomllib.loads(text)["model"]["source"] == "shop.net:sensor"
    assert {"#   edgegen.toml", "#   generated/model.pte", "#   src/main.cpp"} <= set(files.splitlines())


def test_a_dry_run_promises_what_is_then_written(work: Path) -> None:
    promised = json.loads(edgegen(*NEW, *SENSOR, "--dry-run", "--json", cwd=work).stdout)
    made = json.loads(edgegen(*NEW, *SENSOR, "--json", cwd=work).stdout)
    assert promised["written"] is False
    assert made["written"] is True
    assert promised["files"] == made["files"]
    assert promised["edgegen_toml"] == made["edgegen_toml"] == (work / "hello" / "edgegen.toml").read_text()
    there = {path.relative_to(work / "hello").as_posix() for path in (work / "hello").rglob("*") if path.is_file()}
    assert there == {*made["files"], ".edgegen/manifest.json", ".edgegen/base.json.gz"}


@pytest.mark.parametrize(
    ("setting", "keys", "value"),
    [
        ("budget.model_mb=8", ("budget", "model_mb"), 8),
        ("verify.min_sqnr_db=40.5", ("verify", "min_sqnr_db"), 40.5),
        ("app.id=org.example.hello", ("app", "id"), "org.example.hello"),
        ('app.id="quoted"', ("app", "id"), "quoted"),
        ("export.quantize.mode=dynamic", ("export", "quantize", "mode"), "dynamic"),
        ("export.quantize={mode = 'dynamic'}", ("export", "quantize", "mode"), "dynamic"),
    ],
)
def test_set_reaches_any_key(setting: str, keys: tuple[str, ...], value: object, work: Path) -> None:
    found: Any = document_of(work, *SENSOR, "--set", setting)
    for key in keys:
        found = found[key]
    assert found == value


def test_set_can_describe_what_no_transform_says(work: Path) -> None:
    """A picture input, written by hand on the command line."""
    steps = '[{resize = [32, 32], filter = "bilinear"}, {to_float = 255}]'
    image = ("--set", "inputs.image.kind=image", "--set", "inputs.image.shape=[1, 3, 32, 32]")
    document = document_of(work, "--model", "shop.net:shelf", *image, "--set", f"inputs.image.steps={steps}")
    assert list(document["inputs"]) == ["image"]
    assert document["inputs"]["image"]["steps"][1] == {"to_float": 255}


def test_overwrite_replaces_the_folder(work: Path) -> None:
    document_of(work, *SENSOR)
    (work / "hello" / "mine.txt").write_text("lost, as --overwrite says", encoding="utf-8")
    document = document_of(work, *SHELF, "--overwrite")
    assert document["model"]["source"] == "shop.net:shelf"
    assert not (work / "hello" / "mine.txt").exists()
    assert edgegen("export", "--check", "--project", "hello", cwd=work).code == 0


def test_an_empty_folder_is_no_obstacle(work: Path) -> None:
    (work / "hello").mkdir()
    document_of(work, *SENSOR)


def test_several_inputs_and_outputs_are_kept_in_the_models_order(work: Path) -> None:
    document = document_of(work, *TWO)
    assert list(document["inputs"]) == ["left", "right"]
    assert list(document["outputs"]) == ["total", "difference"]
    assert document["outputs"]["difference"] == {"kind": "tensor", "shape": [2, 3], "dtype": "float32"}
    verified = edgegen("verify", "--project", "hello", "--json", cwd=work)
    assert [row["name"] for row in json.loads(verified.stdout)["model"]["outputs"]] == ["total", "difference"]


def test_without_a_name_it_is_the_models(work: Path) -> None:
    done = edgegen("new", "--platform", "linux-arm", "--no-input", *SENSOR, cwd=work)
    assert done.code == 0, done.stderr
    assert (work / "net" / "edgegen.toml").is_file()


def test_paths_are_relative_to_the_project(work: Path) -> None:
    done = edgegen("new", "deep", "--platform", "linux-arm", *SHELF, *INT8, "--output", "a/b", "--set",
                   "verify.min_top1=0", "--set", "verify.min_sqnr_db=0", cwd=work)  # fmt: skip
    assert done.code == 0, done.stderr
    document = tomllib.loads((work / "a/b/deep/edgegen.toml").read_text(encoding="utf-8"))
    assert document["model"]["path"] == "../../.."
    assert document["export"]["quantize"] == {"mode": "int8", "calibration": "../../../photos"}
    assert document["outputs"]["logits"]["labels"] == "labels.txt"


def test_labels_become_the_projects_own_file(work: Path) -> None:
    document_of(work, *SHELF)
    (work / "labels.txt").unlink()
    assert (work / "hello" / "labels.txt").read_text() == "apple\nbread\ncheese\ndates\neggs\n"
    assert edgegen("export", "--check", "--project", "hello", cwd=work).code == 0


def test_a_second_new_of_the_same_model_exports_nothing(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither torch.export nor the lowering is called where the cache has the file."""
    import executorch.exir
    import torch

    document_of(work, *SENSOR)

    def called(*_: object, **__: object) -> None:
        raise AssertionError("called, although the export is in the cache")

    monkeypatch.setattr(torch.export, "export", called)
    monkeypatch.setattr(executorch.exir, "to_edge_transform_and_lower", called)
    done = edgegen("new", "another name", "--platform", "linux-arm", *SENSOR, "--json", cwd=work)
    assert done.code == 0, done.stderr
    assert json.loads(done.stdout)["export"]["cached"] is True
    other = edgegen("new", "third", "--platform", "linux-arm", *SENSOR, "--quantize", "dynamic", cwd=work,
                    env={"EDGEGEN_CACHE": str(work.parent / "empty cache")})  # fmt: skip
    assert other.code != 0, "the patch would have been noticed"


def test_a_damaged_cache_entry_is_made_again(work: Path, tmp_path: Path) -> None:
    cache = {"EDGEGEN_CACHE": str(tmp_path / "cache")}
    assert edgegen(*NEW, *SENSOR, cwd=work, env=cache).code == 0
    model = next((tmp_path / "cache").rglob("model.pte"))
    whole = model.read_bytes()
    for damage in (whole[:100], b"", whole.replace(b"ET12", b"XX12")):
        model.write_bytes(damage)
        shutil.rmtree(work / "hello")
        assert edgegen(*NEW, *SENSOR, cwd=work, env=cache).code == 0
        assert edgegen("verify", "--project", "hello", cwd=work, env=cache).code == 0
