"""`edgegen export`: rewrites generated/ and nothing else, from whatever folder it is called."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.faults.folders import listing
from tests.faults.in_process import edgegen

STAMPS = {"sensor/generated/export.json", "sensor/.edgegen/manifest.json"}


def other_weights(work: Path) -> None:
    """Weights of the same shapes with other numbers."""
    import torch

    state = torch.load(work / "sensor.pth", weights_only=True)
    torch.save({key: value * 2 for key, value in state.items()}, work / "sensor.pth")


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The names that are new, gone or different."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_an_export_without_a_change_writes_the_same(work: Path) -> None:
    before = listing(work)
    assert edgegen("export", "--project", "sensor", cwd=work).code == 0
    assert changed(before, listing(work)) <= STAMPS


def test_new_weights_change_the_model_and_its_goldens_only(work: Path) -> None:
    other_weights(work)
    before = listing(work)
    assert edgegen("export", "--project", "sensor", cwd=work).code == 0
    different = changed(before, listing(work)) - STAMPS
    assert "sensor/generated/model.pte" in different
    assert all(name.startswith("sensor/generated/") for name in different)


def test_the_users_files_are_the_users(work: Path) -> None:
    project = work / "sensor"
    (project / "src" / "main.cpp").write_text("int main() {}\n", encoding="utf-8")
    (project / "README.md").unlink()
    (project / "src" / "mine.cpp").write_text("// mine\n", encoding="utf-8")
    (project / "generated" / "mine.txt").write_text("in the wrong place", encoding="utf-8")
    before = listing(work)
    assert edgegen("export", "--project", "sensor", cwd=work).code == 0
    assert changed(before, listing(work)) - STAMPS == {"sensor/generated/mine.txt"}


def test_the_manifest_knows_every_file_and_its_owner(work: Path) -> None:
    other_weights(work)
    assert edgegen("export", "--project", "sensor", cwd=work).code == 0
    files = json.loads((work / "sensor" / ".edgegen" / "manifest.json").read_text(encoding="utf-8"))["files"]
    there = {name.removeprefix("sensor/"): what for name, what in listing(work).items() if name.startswith("sensor/")}
    del there[".edgegen/manifest.json"], there[".edgegen/base.json.gz"]
    assert files.keys() == {name for name, what in there.items() if not what.startswith("d")}
    for name, entry in files.items():
        assert entry["owner"] == ("generated" if name.startswith("generated/") else "user")
        assert there[name].endswith(entry["sha256"])


@pytest.mark.parametrize("cwd", ["sensor", "sensor/src", "photos"])
def test_it_may_be_called_from_any_folder(cwd: str, work: Path) -> None:
    """The weights and modules are found from [model] path, not from where edgegen happens to be called."""
    other_weights(work)
    project = {"sensor": ".", "sensor/src": "..", "photos": "../sensor"}[cwd]
    done = edgegen("export", "--if-changed", "--project", project, "--json", cwd=work / cwd)
    assert done.code == 0, done.stderr
    assert json.loads(done.stdout)["exported"] is True
    assert edgegen("export", "--check", "--project", "sensor", cwd=work).code == 0


def test_the_whole_folder_may_be_moved(work: Path, tmp_path: Path) -> None:
    """A checkout elsewhere is fresh: no absolute path is in the project."""
    moved = tmp_path / "elsewhere" / "deep" / "down"
    shutil.copytree(work, moved)
    shutil.rmtree(work)
    for project in ("sensor", "shelf"):
        assert edgegen("export", "--check", "--project", project, cwd=moved).code == 0
        assert edgegen("export", "--project", project, cwd=moved).code == 0


@pytest.mark.parametrize("project", ["sensor", "shelf"])
def test_no_path_of_this_machine_is_in_a_project(project: str, finished: Path) -> None:
    root = str(finished.parent).encode()
    for path in (finished / project).rglob("*"):
        assert not path.is_file() or root not in path.read_bytes(), path


def test_a_project_moved_away_from_its_model_says_where_it_looks(work: Path, tmp_path: Path) -> None:
    shutil.move(work / "sensor", tmp_path / "alone")
    done = edgegen("export", "--project", tmp_path / "alone", cwd=tmp_path)
    assert done.code == 4
    assert "model.path" in done.error()
    toml = tmp_path / "alone" / "edgegen.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('path = ".."', 'path = "../work"'), encoding="utf-8")
    assert edgegen("export", "--project", tmp_path / "alone", cwd=tmp_path).code == 0


def test_a_failed_export_leaves_the_old_one(work: Path) -> None:
    (work / "shop" / "net.py").write_text("def sensor():\n    return 1\n", encoding="utf-8")
    before = listing(work)
    done = edgegen("export", "--project", "sensor", cwd=work)
    assert done.code == 4
    assert "sensor" in done.error()
    assert listing(work) == before


def test_dry_words_edited_by_hand_are_kept(work: Path) -> None:
    """edgegen.toml is the user's: an export reads it and leaves comments and order alone."""
    toml = work / "sensor" / "edgegen.toml"
    text = "# my own words\n" + toml.read_text(encoding="utf-8").replace("# model_mb = 8", "model_mb = 1 # small")
    toml.write_text(text, encoding="utf-8")
    assert edgegen("export", "--project", "sensor", cwd=work).code == 0
    assert toml.read_text(encoding="utf-8") == text


def test_with_staging_each_file_is_overwritten_where_it_stands(work: Path, tmp_path: Path) -> None:
    """For a build that may write the exported files and nothing beside them, as Xcode's script phases."""
    other_weights(work)
    project = work / "sensor"
    nodes = {path: path.stat().st_ino for path in project.rglob("*") if path.is_file()}
    before = listing(work)
    staging = tmp_path / "elsewhere"
    done = edgegen("export", "--if-changed", "--project", "sensor", "--staging", str(staging), "--json", cwd=work)
    assert done.code == 0, done.stderr
    assert json.loads(done.stdout)["exported"] is True
    assert {path: path.stat().st_ino for path in project.rglob("*") if path.is_file()} == nodes
    assert "sensor/generated/model.pte" in changed(before, listing(work))
    assert not staging.exists()
    in_place = listing(work)
    assert edgegen("export", "--check", "--project", "sensor", cwd=work).code == 0
    assert edgegen("export", "--project", "sensor", cwd=work).code == 0
    assert changed(in_place, listing(work)) <= STAMPS


def test_with_staging_no_file_comes_or_goes(work: Path, tmp_path: Path) -> None:
    manifest = work / "sensor" / ".edgegen" / "manifest.json"
    document = json.loads(manifest.read_text(encoding="utf-8"))
    document["files"]["generated/older.bin"] = {"owner": "generated", "sha256": "0" * 64}
    manifest.write_text(json.dumps(document), encoding="utf-8")
    before = listing(work)
    done = edgegen("export", "--project", "sensor", "--staging", str(tmp_path / "elsewhere"), cwd=work)
    assert done.code == 8
    assert "(1, such as generated/older.bin)" in done.stderr
    assert listing(work) == before
