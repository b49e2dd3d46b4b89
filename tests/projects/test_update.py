"""`edgegen update` as a user sees it: real projects, with templates that have changed since they were written."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from edgegen.paths import data_dir
from edgegen.render.base import BASE
from edgegen.render.manifest import MANIFEST
from edgegen.render.merge import has_markers
from edgegen.version import __version__
from tests.faults.folders import listing
from tests.faults.in_process import Done, edgegen
from tests.toolchains import missing

STAMPS = {"generated/export.json", ".edgegen/manifest.json", ".edgegen/base.json.gz"}
README = "linux-arm/base/{{cookiecutter.slug}}/README.md"
MAIN = "linux-arm/tensors/{{cookiecutter.slug}}/src/main.cpp"


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The templates of another edgegen: a copy that the test may change, and that is used from then on."""
    package = tmp_path / "package"
    for name in ("templates", "plugins"):
        shutil.copytree(data_dir(name), package / "data" / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("edgegen.paths._PACKAGE", package)
    return package / "data" / "templates"


@pytest.fixture
def sensor(work: Path) -> Path:
    """The finished project `sensor`, which takes numbers."""
    return work / "sensor"


def replace(path: Path, old: str, new: str) -> None:
    """Replaces a text that is known to be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def update(project: Path, *options: str, code: int = 0) -> Done:
    """`edgegen update` in the folder that holds the project."""
    done = edgegen("update", project.name, *options, cwd=project.parent)
    assert done.code == code, done.stderr
    return done


def changed(before: dict[str, str], project: Path) -> set[str]:
    """The names below `project` that are new, gone or different, without the stamps and the folders."""
    after = listing(project)
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return {name for name in names - STAMPS if not (before.get(name) or after[name]).startswith("d")}


def contents(project: Path) -> dict[str, bytes]:
    """The files of a project, without its stamps."""
    files = [path for path in project.rglob("*") if path.is_file()]
    found = {path.relative_to(project).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in found.items() if name not in STAMPS}


def test_without_a_change_nothing_changes(sensor: Path) -> None:
    before = listing(sensor)
    base = (sensor / BASE).read_bytes()
    done = update(sensor)
    assert done.stdout == ""
    assert changed(before, sensor) == set()
    assert (sensor / BASE).read_bytes() == base


def test_edits_and_new_templates_meet_in_one_file(sensor: Path, templates: Path) -> None:
    replace(templates / README, "\n## ", "\n## A new chapter\n\n## ")
    with (sensor / "README.md").open("a") as file:
        file.write("\nOur own remark.\n")
    (sensor / "src" / "main.cpp").write_text("// all mine\n")
    before = listing(sensor)
    assert update(sensor).stdout.split() == ["merged", "README.md"]
    assert changed(before, sensor) == {"README.md"}
    text = (sensor / "README.md").read_text()
    assert "## A new chapter" in text
    assert text.endswith("\nOur own remark.\n")
    diff = edgegen("diff", "sensor", "--json", cwd=sensor.parent)
    assert {entry["path"] for entry in json.loads(diff.stdout)["changed"]} == {"README.md", "src/main.cpp"}
    assert "A new chapter" not in diff.stdout, "the base is today's text"


def test_a_conflict_is_marked_listed_and_told_by_the_exit_code(sensor: Path, templates: Path) -> None:
    replace(templates / README, "# ", "# Ours: ")
    replace(sensor / "README.md", "# ", "# Mine: ")
    done = update(sensor, code=11)
    assert done.stdout.startswith("conflict  README.md: 1 place marked")
    assert "README.md" in done.error()
    assert "<<<<<<<" in done.error()
    text = (sensor / "README.md").read_text()
    assert text.startswith(
        f"<<<<<<< yours\n# Mine: sensor\n=======\n# Ours: sensor\n>>>>>>> edgegen {__version__}\n"
    ), text[:200]
    assert edgegen("export", "--check", "--project", "sensor", cwd=sensor.parent).code == 0


def test_what_is_marked_is_not_merged_again(sensor: Path, templates: Path) -> None:
    replace(templates / README, "# ", "# Ours: ")
    replace(sensor / "README.md", "# ", "# Mine: ")
    update(sensor, code=11)
    before = listing(sensor.parent)
    for option in ((), ("--dry-run",)):
        done = update(sensor, *option, code=11)
        assert "still marked in README.md" in done.error()
        assert done.stdout == ""
    assert listing(sensor.parent) == before
    lines = (sensor / "README.md").read_text().splitlines(keepends=True)
    (sensor / "README.md").write_text("".join(lines[1:2] + lines[5:]))
    assert update(sensor).stdout == "", "resolved, and so the user's"
    assert (sensor / "README.md").read_text().startswith("# Mine: sensor\n")


def test_a_dry_run_shows_what_an_update_does_and_changes_nothing(sensor: Path, templates: Path) -> None:
    """Its diff, applied by git, gives the updated project."""
    if shutil.which("git") is None:
        missing("git is not on this machine")
    replace(templates / README, "\n## ", "\n## A new chapter\n\n## ")
    (templates / README).with_name("NEWS.md").write_text("new: {{cookiecutter.slug}}\n")
    (templates / MAIN).write_text("int main() {}\n")
    with (sensor / "README.md").open("a") as file:
        file.write("\nOur own remark.\n")
    replace(sensor / "edgegen.toml", 'name = "sensor"', 'name = "The Sensor"')
    before = listing(sensor.parent)
    done = update(sensor, "--dry-run")
    assert listing(sensor.parent) == before
    assert "+new: sensor" in done.stdout
    applied = sensor.parent / "applied"
    shutil.copytree(sensor, applied)
    subprocess.run(["git", "apply", "-"], cwd=applied, input=done.stdout, text=True, check=True)
    update(sensor)
    assert contents(applied) == contents(sensor)
    assert update(sensor, "--dry-run").stdout == "nothing would change\n"


def test_a_dry_run_with_a_conflict_says_so(sensor: Path, templates: Path) -> None:
    replace(templates / README, "# ", "# Ours: ")
    replace(sensor / "README.md", "# ", "# Mine: ")
    before = listing(sensor.parent)
    done = update(sensor, "--dry-run", "--json", code=11)
    document = json.loads(done.stdout)
    assert document["written"] is False
    assert [entry["path"] for entry in document["conflicts"]] == ["README.md"]
    assert "+<<<<<<< yours" in document["diff"]
    assert "would have conflicts: README.md" in done.error()
    assert listing(sensor.parent) == before


def test_files_that_come_go_and_stay_away(sensor: Path, templates: Path) -> None:
    overlay = (templates / README).parent
    gone = {path.name for path in (overlay / "cmake").iterdir()}
    shutil.rmtree(overlay / "cmake")
    kept = sorted(gone)[0]
    (sensor / "cmake" / kept).write_text("mine\n")
    (overlay / "deep" / "er").mkdir(parents=True)
    (overlay / "deep" / "er" / "new.txt").write_text("new\n")
    (overlay / "run.sh").write_text("#!/bin/sh\n")
    (overlay / "run.sh").chmod(0o755)
    (overlay / "taken.txt").write_text("ours\n")
    (sensor / "taken.txt").write_text("mine\n")
    (sensor / "README.md").unlink()
    replace(templates / README, "# ", "# Ours: ")
    document = json.loads(update(sensor, "--json", code=11).stdout)
    assert not (sensor / "README.md").exists()
    assert document["deleted"] == ["README.md"]
    assert set(document["added"]) == {"deep/er/new.txt", "run.sh"}
    assert (sensor / "run.sh").stat().st_mode & 0o111
    assert {f"cmake/{name}" for name in gone - {kept}} <= set(document["removed"])
    assert [entry["path"] for entry in document["kept"]] == [f"cmake/{kept}"]
    assert (sensor / "cmake" / kept).read_text() == "mine\n"
    assert [entry["path"] for entry in document["conflicts"]] == ["taken.txt"]
    assert "\nmine\n" in (sensor / "taken.txt").read_text()
    (sensor / "taken.txt").write_text("mine\n")
    assert json.loads(update(sensor, "--json").stdout)["deleted"] == ["README.md"], "the second time as well"


def test_only_what_changes_is_touched(sensor: Path, templates: Path) -> None:
    """The person stands in this folder: it, their repository and their build stay the same ones."""
    replace(templates / README, "# ", "# Ours: ")
    (sensor / "README.md").chmod(0o444)
    for name in (".git/objects/ab", "build/native"):
        (sensor / name).mkdir(parents=True)
        (sensor / name / "file").write_text("theirs")
    (sensor / "build" / "link").symlink_to("/nowhere")
    before = listing(sensor)
    nodes = {path: path.stat().st_ino for path in (sensor, sensor / ".git", sensor / "build", sensor / "src")}
    done = edgegen("update", cwd=sensor / ".")
    assert done.code == 0, done.stderr
    assert {path: path.stat().st_ino for path in nodes} == nodes
    assert changed(before, sensor) == {"README.md"}
    assert (sensor / "README.md").stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in (sensor / ".edgegen").iterdir()) == ["base.json.gz", "manifest.json"]


def test_edgegen_toml_is_read_and_never_written(sensor: Path) -> None:
    toml = sensor / "edgegen.toml"
    toml.write_text("# my words\n" + toml.read_text().replace('name = "sensor"', 'name = "The Sensor"'))
    text = toml.read_bytes()
    assert "updated   README.md" in update(sensor).stdout.splitlines()
    assert toml.read_bytes() == text
    assert (sensor / "README.md").read_text().startswith("# The Sensor\n")
    assert (sensor / "include" / "sensor").is_dir(), "folders keep their names"


CLASSES = 'kind = "classification"\nlabels = "labels.txt"\nactivation = "softmax"\n'


def test_another_kind_of_model_gets_the_files_it_needs(work: Path) -> None:
    """What `export` must refuse, because it writes generated/ only."""
    shelf = work / "shelf"
    replace(shelf / "edgegen.toml", CLASSES, 'kind = "tensor"\nshape = [1, 5]\ndtype = "float32"\n')
    assert edgegen("export", "--project", "shelf", cwd=work).code == 3
    labels = (shelf / "labels.txt").read_bytes()
    document = json.loads(update(shelf, "--json").stdout)
    assert "src/classifier.cpp" in document["removed"]
    assert document["added"]
    assert (shelf / "labels.txt").read_bytes() == labels
    assert edgegen("export", "--project", "shelf", cwd=work).code == 0


def test_a_project_older_than_the_base(sensor: Path, templates: Path) -> None:
    replace(templates / README, "# ", "# Ours: ")
    replace(templates / MAIN, "int main(", "int  main(")
    with (sensor / "src" / "main.cpp").open("a") as file:
        file.write("// mine\n")
    (sensor / BASE).unlink()
    done = update(sensor, code=11)
    assert "warning: .edgegen/base.json.gz is missing" in done.stderr
    assert done.stdout.splitlines()[0] == "updated   README.md"
    assert "what edgegen wrote is not recorded" in done.stdout
    text = (sensor / "src" / "main.cpp").read_bytes()
    assert has_markers(text)
    assert b"// mine\n" in text
    assert b"int  main(" in text
    assert (sensor / BASE).is_file()


def test_export_records_what_an_older_project_still_shows(sensor: Path) -> None:
    (sensor / "README.md").write_text("mine\n")
    base = (sensor / BASE).read_bytes()
    (sensor / BASE).unlink()
    assert edgegen("export", "--project", "sensor", cwd=sensor.parent).code == 0
    assert (sensor / BASE).read_bytes() == base


def test_generated_is_exported_anew(sensor: Path) -> None:
    model = next((sensor / "generated").glob("model.p*"))
    whole = model.read_bytes()
    model.write_bytes(b"damaged")
    (sensor / "generated" / "mine.txt").write_text("in the wrong place")
    update(sensor)
    assert model.read_bytes() == whole
    assert not (sensor / "generated" / "mine.txt").exists()


def test_the_document(sensor: Path, templates: Path) -> None:
    replace(templates / README, "# ", "# Ours: ")
    document = json.loads(update(sensor, "--json").stdout)
    assert document["edgegen"] == {"before": __version__, "now": __version__}
    assert document["written"] is True
    assert document["updated"] == ["README.md"]
    empty = ("merged", "added", "removed", "deleted", "conflicts", "kept", "moved")
    assert all(document[key] == [] for key in empty)
    assert document["verify"]["passed"] is True
    assert document["export"]["bytes"] > 0


def test_an_export_by_a_newer_edgegen_leaves_the_version_of_the_files(sensor: Path, templates: Path) -> None:
    """Its templates may need other files; that is an update's to bring, and no reason to refuse the next export."""
    manifest = sensor / MANIFEST
    replace(manifest, f'"edgegen": "{__version__}"', '"edgegen": "0.0.9"')
    (templates / README).with_name("NEWS.md").write_text("new\n")
    for _ in range(2):
        assert edgegen("export", "--project", "sensor", cwd=sensor.parent).code == 0
        assert json.loads(manifest.read_text())["edgegen"] == "0.0.9"
    document = json.loads(update(sensor, "--json").stdout)
    assert document["edgegen"] == {"before": "0.0.9", "now": __version__}
    assert document["added"] == ["NEWS.md"]
    assert json.loads(manifest.read_text())["edgegen"] == __version__
