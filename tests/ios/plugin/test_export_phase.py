"""export-model.sh in a sandbox like Xcode's: it reads and writes what its lists of files declare, and nothing else."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.faults.folders import fill, listing
from tests.faults.in_process import edgegen
from tests.ios.plugin.sandbox import Phase, wait_for
from tests.projects.xcode_apps import app
from tests.toolchains import need

ROOT = Path(__file__).resolve().parents[3]
MODEL = ("--model", "shop.net:sensor", "--input", "x=1x16", "--weights")
SHELLS = ("/bin/dash", "/bin/bash --posix")
# The commands of the phase: what `edgegen add` and `edgegen new` write into the project file.
ADDED = 'exec /bin/sh "$SRCROOT/ModelKit/edgegen/export-model.sh" "$SRCROOT/ModelKit"'
NEW = 'exec /bin/sh "$SRCROOT/ModelKit/edgegen/export-model.sh"'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with the model's code, an app with the model added and its weights in it, and a new project."""
    work = fill(tmp_path_factory.mktemp("phase") / "work")
    project = app(work.parent / "Tom's $HOME (1)")
    shutil.copyfile(work / "sensor.pth", project.parent / "sensor.pth")
    done = edgegen("add", "--platform", "ios", project, *MODEL, f"../{project.parent.name}/sensor.pth", cwd=work)
    assert done.code == 0, done.stderr
    done = edgegen("new", "hello", "--platform", "ios", *MODEL, "sensor.pth", "--output", work.parent, cwd=work)
    assert done.code == 0, done.stderr
    # A command of its own, because Xcode's PATH has none; with what the tests run.
    command = work.parent / "edgegen"
    path = os.pathsep.join((str(ROOT / "generator"), *sys.path))
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(path)} exec {shlex.quote(sys.executable)} -m edgegen "$@"\n'
    )
    command.chmod(0o755)
    return work.parent


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """A copy of all that, that the test may change; its folder for temporary files is `scratch`."""
    own = shutil.copytree(made, tmp_path / "own", symlinks=True)
    (own / "scratch" / "home").mkdir(parents=True, exist_ok=True)
    return own


def added(place: Path) -> Phase:
    """The phase in the app that the model was added to."""
    folder = place / "Tom's $HOME (1)"
    return Phase(folder, folder / "ModelKit" / "Generated")


def environment(place: Path) -> dict[str, str]:
    """With edgegen, which keeps its cache outside the app."""
    from edgegen.paths import cache_dir

    return {"EDGEGEN": str(place / "edgegen"), "EDGEGEN_CACHE": str(cache_dir()), "OMP_NUM_THREADS": "1"}


def script(shell: str, command: str = ADDED) -> str:
    """The phase's command with another shell in the place of /bin/sh, which is bash on a Mac and dash here."""
    return command.replace("/bin/sh", shell)


def is_tidy(place: Path) -> bool:
    """Whether nothing of the phase's is left in the folder for temporary files."""
    return not list((place / "scratch").glob("edgegen-export.*"))


def test_the_sandbox_keeps_from_what_is_not_declared(place: Path) -> None:
    """The test's own walls: each of these would go through without them."""
    phase = added(place)
    assert phase.run("/bin/sh", 'cat "$SRCROOT/ModelKit/edgegen.toml" >/dev/null', {}, place / "scratch") == (0, "")
    for command in (
        'cat "$SRCROOT/Shop/ShopApp.swift"',
        'echo > "$SRCROOT/ModelKit/Generated/new"',
        'echo >> "$SRCROOT/ModelKit/edgegen.toml"',
        'mv "$SRCROOT/ModelKit/Generated/export.json" "$SRCROOT/ModelKit/Generated/gone"',
        'rm "$SRCROOT/sensor.pth"',
        'mount -o remount,rw "$SRCROOT"',
    ):
        assert phase.run("/bin/sh", command, {}, place / "scratch")[0] != 0, command


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("kind", ["added", "new"])
def test_up_to_date_it_does_nothing(shell: str, kind: str, place: Path) -> None:
    need(shell.split()[0])
    hello = Phase(place / "hello", place / "hello" / "ModelKit" / "Generated")
    phase, command = (added(place), ADDED) if kind == "added" else (hello, NEW)
    before = listing(phase.folder)
    times = [path.stat().st_mtime_ns for path in phase.outputs()]
    assert phase.run("/bin/sh", script(shell, command), environment(place), place / "scratch") == (0, "")
    assert listing(phase.folder) == before
    assert [path.stat().st_mtime_ns for path in phase.outputs()] == times
    assert is_tidy(place)


def test_changed_weights_are_exported_where_the_files_stand(place: Path) -> None:
    import torch

    phase = added(place)
    before = listing(phase.folder)
    weights = torch.load(phase.folder / "sensor.pth", weights_only=True)
    torch.save({key: value * 2 for key, value in weights.items()}, phase.folder / "sensor.pth")
    code, printed = phase.run("/bin/sh", ADDED, environment(place), place / "scratch")
    assert code == 0, printed
    after = listing(phase.folder)
    assert after.keys() == before.keys()
    changed = {phase.folder / name for name in after if after[name] != before[name]}
    assert changed - {phase.folder / "sensor.pth"} <= set(phase.outputs())
    assert any(path.name == "weight.bin" for path in changed)
    assert is_tidy(place)
    assert phase.run("/bin/sh", ADDED, environment(place), place / "scratch") == (0, "")
    module = phase.folder / "ModelKit"
    assert edgegen("export", "--check", "--project", module, cwd=place / "work").code == 0
    assert edgegen("diff", module, cwd=place / "work").stdout == ""


def test_a_new_project_is_exported_when_its_edgegen_toml_changes(place: Path) -> None:
    folder = place / "hello"
    phase = Phase(folder, folder / "ModelKit" / "Generated")
    with (folder / "edgegen.toml").open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    before = listing(folder)
    code, printed = phase.run("/bin/sh", NEW, environment(place), place / "scratch")
    assert code == 0, printed
    changed = {name for name, what in listing(folder).items() if what != before[name]}
    assert changed == {".edgegen/manifest.json", "ModelKit/Generated/export.json"}
    assert edgegen("export", "--check", "--project", folder, cwd=place / "work").code == 0


@pytest.mark.parametrize("shell", SHELLS)
def test_without_edgegen_the_committed_model_is_used(shell: str, place: Path) -> None:
    phase = added(place)
    (phase.folder / "sensor.pth").write_bytes(b"changed")
    before = listing(phase.folder)
    note = "note: edgegen is not installed here: the committed model is used\n"
    assert phase.run("/bin/sh", script(shell), {}, place / "scratch") == (0, note)
    said = "note: EDGEGEN_EXPORT is NO: the committed model is used\n"
    environ = {**environment(place), "EDGEGEN_EXPORT": "NO"}
    assert phase.run("/bin/sh", script(shell), environ, place / "scratch") == (0, said)
    assert listing(phase.folder) == before


@pytest.mark.parametrize("shell", SHELLS)
def test_an_edgegen_that_cannot_be_run_is_an_error_that_xcode_shows(shell: str, place: Path) -> None:
    code, printed = added(place).run("/bin/sh", script(shell), {"EDGEGEN": "/no/such edgegen"}, place / "scratch")
    assert code == 1
    assert printed.startswith("error: EDGEGEN is /no/such edgegen, which cannot be run. ")
    assert printed.count("\n") == 1


@pytest.mark.parametrize("shell", SHELLS)
def test_what_edgegen_says_is_the_error_of_the_build(shell: str, place: Path) -> None:
    phase = added(place)
    (phase.folder / "ModelKit" / "edgegen.toml").write_text("schema = 1\n[modell]\n", encoding="utf-8")
    before = listing(phase.folder)
    code, printed = phase.run("/bin/sh", script(shell), environment(place), place / "scratch")
    assert code == 3
    errors = [line for line in printed.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert "edgegen.toml" in errors[0]
    assert listing(phase.folder) == before
    assert is_tidy(place)


def test_it_is_found_where_package_managers_put_it(place: Path) -> None:
    folder = place / "scratch" / "home" / ".local" / "bin"
    folder.mkdir(parents=True)
    (folder / "edgegen").write_text('#!/bin/sh\necho "$1 $2 $3 $4"\n')
    (folder / "edgegen").chmod(0o755)
    phase = added(place)
    assert phase.run("/bin/sh", ADDED, {}, place / "scratch") == (
        0,
        f"export --if-changed --project {phase.folder}/ModelKit\n",
    )


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("by", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_it_leaves_nothing_behind(shell: str, by: signal.Signals, code: int, place: Path) -> None:
    """As Xcode stops a build: the whole group of processes gets the signal."""
    slow, begun = place / "slow", place / "scratch" / "begun"
    slow.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(begun))}\nexec sleep 60\n")
    slow.chmod(0o755)
    phase = added(place)
    before = listing(phase.folder)
    process = phase.start("/bin/sh", script(shell), {"EDGEGEN": str(slow)}, place / "scratch")
    wait_for(begun.parent, begun.name)
    assert not is_tidy(place)
    os.killpg(process.pid, by)
    process.communicate(timeout=20)
    assert process.returncode == code
    assert is_tidy(place)
    assert listing(phase.folder) == before


def test_an_export_that_is_interrupted_leaves_the_model_as_it_was(place: Path) -> None:
    phase = added(place)
    with (phase.folder / "ModelKit" / "edgegen.toml").open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    before = listing(phase.folder)
    process = phase.start("/bin/sh", ADDED, environment(place), place / "scratch")
    wait_for(place / "scratch", "edgegen-export.*/*")
    os.killpg(process.pid, signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 130, printed
    assert "Traceback" not in printed
    assert is_tidy(place)
    assert listing(phase.folder) == before
