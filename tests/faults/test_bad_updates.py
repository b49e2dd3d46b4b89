"""`edgegen update` and `diff` on projects that were damaged, are none, or stand where nothing can be written."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from edgegen.projects.journal import PENDING
from edgegen.render.base import BASE
from edgegen.render.manifest import MANIFEST
from tests.faults.cases import case, check_failure, check_refused
from tests.faults.folders import listing
from tests.faults.in_process import edgegen
from tests.faults.test_bad_projects import Damage, Damaged, folder_instead, removed, toml, written

UPDATE, DRY, DIFF = ("update", "sensor"), ("update", "sensor", "--dry-run"), ("diff", "sensor")
BOTH = (UPDATE, DIFF)


def manifest(**changes: object) -> Damage:
    """Sets keys of the project's manifest."""

    def damage(project: Path) -> None:
        path = project / MANIFEST
        path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))

    return damage


def named(name: str) -> Damage:
    """The manifest names a file outside the project."""

    def damage(project: Path) -> None:
        document = json.loads((project / MANIFEST).read_text())
        document["files"][name] = {"owner": "user", "sha256": "0" * 64}
        (project / MANIFEST).write_text(json.dumps(document))

    return damage


def marked(project: Path) -> None:
    """A conflict of an earlier update that nobody resolved."""
    readme = project / "README.md"
    readme.write_text(f"<<<<<<< yours\na\n=======\nb\n>>>>>>> edgegen 0.0.9\n{readme.read_text()}")


def journal(content: str) -> Damage:
    """The journal of a killed update, with this content."""

    def damage(project: Path) -> None:
        (project / PENDING).mkdir()
        (project / PENDING / "journal.json").write_text(content)

    return damage


def faults(name: str, damage: Damage, calls: tuple[tuple[str, ...], ...], code: int, *said: str) -> list[Damaged]:
    """The same damage for each of the calls."""
    return [Damaged("sensor", damage, case(f"{name}: {' '.join(call)}", call, code, *said)) for call in calls]


# Every path ends outside: the project's folder is <folder>/sensor.
OUTSIDE = {"files": {"src/main.cpp": "x"}, "schema": 1, "executable": []}
DAMAGED = [
    *faults("no manifest", removed(".edgegen/manifest.json"), BOTH, 8, "manifest.json", "edgegen new"),
    *faults("broken manifest", written(".edgegen/manifest.json", "{"), BOTH, 8, "manifest.json", "Restore"),
    *faults("manifest of a list", written(".edgegen/manifest.json", "[]"), BOTH, 8, "manifest.json", "Restore"),
    *faults("manifest without a slug", manifest(slug="../x"), BOTH, 8, "manifest.json", "Restore"),
    *faults("manifest that leads out", named("../sensor.pth"), BOTH, 8, "manifest.json", "Restore"),
    *faults("manifest with an absolute path", named("/etc/passwd"), BOTH, 8, "manifest.json", "Restore"),
    *faults("newer edgegen", manifest(edgegen="99.1.0"), (UPDATE, DRY), 8, "99.1.0", "pip install"),
    *faults("empty base", written(BASE.as_posix(), ""), BOTH, 8, BASE.name, "version control"),
    *faults("text for a base", written(BASE.as_posix(), "x"), BOTH, 8, BASE.name, "version control"),
    *faults("cut base", written(BASE.as_posix(), gzip.compress(b"x" * 999)[:-9]), BOTH, 8, BASE.name, "cannot be read"),
    *faults("base of another project", written(BASE.as_posix(), gzip.compress(json.dumps(OUTSIDE).encode())), BOTH, 8,
            "disagree about src/main.cpp", "version control"),
    *faults("folder for a base", folder_instead(BASE.as_posix()), BOTH, 8, BASE.name, "cannot be read"),
    *faults("marks of the last conflict", marked, (UPDATE, DRY), 11, "still marked in README.md", "<<<<<<<"),
    *faults("broken journal", journal("{"), BOTH, 8, "journal", "version control"),
    *faults("journal that leads out", journal('{"steps": [[0, "../x", true, null]], "folders": []}'), BOTH, 8,
            "journal"),
    *faults("living update", journal('{"process": 1, "steps": [], "folders": []}'), BOTH, 8, "another edgegen"),
    *faults("no edgegen.toml", removed("edgegen.toml"), BOTH, 8, "edgegen.toml"),
    *faults("no TOML", written("edgegen.toml", "[model"), (UPDATE, DRY), 3, "edgegen.toml", "is not TOML"),
    *faults("unknown runtime", toml('"executorch"', '"onx"'), (UPDATE, DRY), 3, "export.runtime", "executorch"),
    *faults("missing weights", toml("sensor.pth", "gone.pth"), (UPDATE, DRY), 4, "gone.pth", "no such file"),
    *faults("missing module", toml("shop.net:", "shopp.net:"), (UPDATE,), 4, "shopp", "Did you mean"),
    *faults("wrong output shape", toml("[1, 4]", "[1, 5]"), (UPDATE,), 3, "outputs.output", "1x5", "1x4"),
    *faults("over budget", toml("# model_mb = 8", "model_mb = 0.001"), (UPDATE, DRY), 7, "budget.model_mb", "Quantise"),
    *faults("below the gate", toml("# min_sqnr_db = 60", "min_sqnr_db = 500"), (UPDATE,), 7, "verify.min_sqnr_db"),
]  # fmt: skip


@pytest.mark.parametrize("fault", DAMAGED, ids=str)
def test_it_is_refused(fault: Damaged, own_folder: Path) -> None:
    fault.damage(own_folder / fault.project)
    check_refused(fault.case, own_folder)


@pytest.mark.parametrize("command", ["update", "diff"])
@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("photos", "edgegen.toml"),
        ("nowhere", "no such folder"),
        ("sensor.pth", "not a folder"),
        ("sensor/src", "edgegen.toml"),
    ],
)
def test_no_project(command: str, target: str, said: str, folder: Path) -> None:
    check_refused(case("", (command, target), 8, target, said), folder)


@pytest.mark.parametrize("arguments", [("update", "sensor", "more"), ("update", "--force"), ("diff", "--stats")])
def test_wrong_options(arguments: tuple[str, ...], folder: Path) -> None:
    check_refused(case("", arguments, 2, arguments[-1], f"edgegen {arguments[0]} --help"), folder)


def rename_app(project: Path) -> None:
    """An edgegen.toml that needs other texts than the project has."""
    toml('name = "sensor"', 'name = "The Sensor"')(project)


REASONS = ("No space left on device", "Read-only file system")


def on_disk(folder: Path, tmp_path: Path) -> Path:
    """The project on the small disk, with an update to do."""
    project = tmp_path / "disk" / "sensor"
    shutil.copytree(folder / "sensor", project)
    toml('path = ".."', f'path = "{folder}"')(project)
    rename_app(project)
    return project


def test_update_on_a_bad_disk(small_disk: Callable[[], None], folder: Path, tmp_path: Path) -> None:
    project = on_disk(folder, tmp_path)
    small_disk()
    before = listing(project.parent)
    done = edgegen("update", project, cwd=folder)
    check_failure(done, case("", (), 8, str(project)))
    assert any(reason in done.error() for reason in REASONS)
    assert listing(project.parent) == before


def test_a_dry_run_and_a_diff_need_no_disk(small_disk: Callable[[], None], folder: Path, tmp_path: Path) -> None:
    project = on_disk(folder, tmp_path)
    small_disk()
    before = listing(project.parent)
    done = edgegen("update", project, "--dry-run", cwd=folder)
    assert done.code == 0, done.stderr
    assert "+# The Sensor" in done.stdout
    assert edgegen("diff", project, cwd=folder).code == 0
    assert listing(project.parent) == before


@pytest.mark.parametrize("small_disk", ["full"], indirect=True)
@pytest.mark.parametrize("free_kb", [4, 24, 64, 160])
def test_the_disk_fills_in_the_middle(
    free_kb: int, small_disk: Callable[[], None], folder: Path, tmp_path: Path
) -> None:
    """Somewhere between the first temporary file and the last: what was there is there."""
    project = on_disk(folder, tmp_path)
    small_disk()
    ballast = tmp_path / "disk" / "ballast"
    os.truncate(ballast, ballast.stat().st_size - free_kb * 1024)
    before = listing(project.parent)
    done = edgegen("update", project, cwd=folder)
    check_failure(done, case("", (), 8, str(project), "No space left"))
    assert listing(project.parent) == before


@pytest.mark.parametrize("place", ["", ".edgegen", "src"])
def test_a_folder_that_takes_no_files(place: str, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For root every folder is writable, so the question is answered for it; then the real thing where it counts."""
    rename_app(own_folder / "sensor")
    (own_folder / "sensor" / "src" / "main.cpp").write_text("// mine\n")
    real, refused = os.access, own_folder / "sensor" / place

    def access(path: str | Path, mode: int) -> bool:
        return real(path, mode) and not (mode & os.W_OK and own_folder / path == refused)

    monkeypatch.setattr(os, "access", access)
    if place == "src":  # Nothing in it would change.
        assert edgegen(*UPDATE, cwd=own_folder).code == 0
    else:
        check_refused(case("", UPDATE, 8, "Permission denied", "writable"), own_folder)


@pytest.fixture
def immutable(own_folder: Path) -> Path:
    """A project with a folder that no file can be renamed into, for root either."""
    from tests.toolchains import missing

    rename_app(own_folder / "sensor")
    folder = own_folder / "sensor"
    mounted = subprocess.run(["mount", "--bind", str(folder), str(folder)], check=False, capture_output=True)
    if mounted.returncode != 0:
        missing("a bind mount needs Linux and root")
    return folder


def test_a_read_only_project(immutable: Path, own_folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro,bind", str(immutable)], check=True)
    try:
        check_refused(case("", UPDATE, 8, "Read-only file system", "you may write to"), own_folder)
        assert edgegen(*DIFF, cwd=own_folder).code == 0
    finally:
        subprocess.run(["umount", str(immutable)], check=True)


def test_an_update_with_conflicts_is_one_line_and_code_11(own_folder: Path) -> None:
    """The one failure that changes the disk: what both changed is marked, and everything else is in place."""
    rename_app(own_folder / "sensor")
    toml_text = (own_folder / "sensor" / "edgegen.toml").read_bytes()
    readme = own_folder / "sensor" / "README.md"
    readme.write_text(readme.read_text().replace("# sensor", "# My sensor"))
    done = edgegen(*UPDATE, cwd=own_folder)
    assert done.code == 11
    assert done.error().startswith("error: sensor: 1 file has conflicts: README.md. ")
    assert done.stdout.splitlines()[-1].startswith("conflict  README.md: 1 place marked") or "conflict" in done.stdout
    assert readme.read_text().startswith("<<<<<<< yours\n# My sensor\n=======\n# The Sensor\n>>>>>>> edgegen ")
    assert (own_folder / "sensor" / "edgegen.toml").read_bytes() == toml_text
    check_refused(case("", UPDATE, 11, "still marked"), own_folder)


def test_two_updates_at_once_both_end_well(own_folder: Path) -> None:
    """One of them may be told to wait; the project is whole either way."""
    import sys

    from tests.cli.running import ROOT

    rename_app(own_folder / "sensor")
    command = [sys.executable, "-m", "edgegen", *UPDATE]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    pipe = subprocess.PIPE
    runs = [
        subprocess.Popen(command, cwd=own_folder, env=environment, stdout=pipe, stderr=pipe, text=True)
        for _ in range(2)
    ]
    ends = [(run.communicate(timeout=300), run.returncode) for run in runs]
    assert 0 in {code for _, code in ends}, ends
    for (_, stderr), code in ends:
        assert "Traceback" not in stderr
        assert code == 0 or "another edgegen" in stderr or "cannot" in stderr, stderr
    assert edgegen("export", "--check", "--project", "sensor", cwd=own_folder).code == 0
    assert edgegen(*UPDATE, cwd=own_folder).stdout == ""
    assert edgegen(*DIFF, cwd=own_folder).stdout == ""
