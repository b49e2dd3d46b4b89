"""`edgegen diff`: what the user changed in edgegen's own files, and nothing that they did not."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from edgegen.render.base import BASE
from tests.cli.running import ROOT
from tests.faults.folders import listing
from tests.faults.in_process import edgegen
from tests.toolchains import missing


@pytest.fixture
def sensor(work: Path) -> Path:
    """The finished project `sensor`."""
    return work / "sensor"


def diff(project: Path, *options: str) -> list[str]:
    """The lines that `edgegen diff` prints; it changes nothing."""
    before = listing(project)
    done = edgegen("diff", project.name, *options, cwd=project.parent)
    assert done.code == 0, done.stderr
    assert listing(project) == before
    return done.stdout.splitlines()


def document(project: Path) -> dict[str, list[str]]:
    """The paths of the JSON document."""
    found = json.loads("\n".join(diff(project, "--json")))
    return {
        key: [e["path"] if isinstance(e, dict) else e for e in found[key]] for key in ("changed", "deleted", "added")
    }


def test_a_new_project_has_no_difference(sensor: Path) -> None:
    assert diff(sensor) == []
    assert diff(sensor, "--stat") == ["0 changed, 0 deleted, 0 added; lines: +0 -0"]


def test_changed_deleted_and_added(sensor: Path) -> None:
    main = sensor / "src" / "main.cpp"
    lines = main.read_text().splitlines(keepends=True)
    main.write_text("".join(["// mine\n", *lines[1:-1], lines[-1], "// more\n"]))
    (sensor / "README.md").unlink()
    (sensor / "src" / "mine.cpp").write_text("// mine\n")
    printed = diff(sensor)
    assert printed[:4] == ["--- a/src/main.cpp", "+++ b/src/main.cpp", "@@ -1,4 +1,4 @@", f"-{lines[0].rstrip()}"]
    assert printed[-2:] == ["deleted: README.md", "added: src/mine.cpp"]
    assert "+// more" in printed
    assert diff(sensor, "--stat") == [
        "src/main.cpp  +2 -1",
        "deleted: README.md",
        "added: src/mine.cpp",
        "1 changed, 1 deleted, 1 added; lines: +2 -1",
    ]


def test_git_takes_the_diff_back(sensor: Path) -> None:
    if shutil.which("git") is None:
        missing("git is not on this machine")
    before = (sensor / "src" / "main.cpp").read_bytes()
    (sensor / "src" / "main.cpp").write_bytes(before.replace(b"main", b"other", 3).rstrip(b"\n"))
    patch = "\n".join([*diff(sensor), ""])
    subprocess.run(["git", "apply", "--reverse", "-"], cwd=sensor, input=patch, text=True, check=True)
    assert (sensor / "src" / "main.cpp").read_bytes() == before
    assert diff(sensor) == []


def test_what_is_the_users_or_generated_is_not_compared(sensor: Path) -> None:
    (sensor / "edgegen.toml").write_text("# mine\n" + (sensor / "edgegen.toml").read_text())
    (sensor / "generated" / "more.txt").write_text("more")
    for name in (".git/config", "build/native/program.o", ".idea/x.xml", "src/__pycache__/a.pyc", "sub/.git/config"):
        (sensor / name).parent.mkdir(parents=True, exist_ok=True)
        (sensor / name).write_text("x")
    assert document(sensor) == {"changed": [], "deleted": [], "added": []}


def test_gitignore_is_asked(sensor: Path) -> None:
    for name in ("out/a.txt", "src/b.log", "src/out", "src/c.txt"):
        (sensor / name).parent.mkdir(exist_ok=True)
        (sensor / name).write_text("x")
    with (sensor / ".gitignore").open("a") as file:
        file.write("# a remark\n/out/\n*.log\n")
    assert document(sensor) == {"changed": [".gitignore"], "deleted": [], "added": ["src/c.txt", "src/out"]}


def test_line_ends_alone_are_no_change(sensor: Path) -> None:
    main = sensor / "src" / "main.cpp"
    main.write_bytes(main.read_bytes().replace(b"\n", b"\r\n"))
    assert diff(sensor) == []
    main.write_bytes(main.read_bytes() + b"// mine\r\n")
    assert diff(sensor, "--stat")[0] == "src/main.cpp  +1 -0"


def test_modes_links_and_files_that_are_no_text(sensor: Path) -> None:
    (sensor / "src" / "main.cpp").chmod(0o755)
    (sensor / "README.md").unlink()
    (sensor / "README.md").symlink_to("src/main.cpp")
    (sensor / "CMakeLists.txt").write_bytes(b"\0")
    (sensor / "NOTICE.md").unlink()
    (sensor / "NOTICE.md").mkdir()
    printed = diff(sensor)
    assert "Binary files a/CMakeLists.txt and b/CMakeLists.txt differ" in printed
    assert [line for line in printed if line.startswith("changed: ")] == [
        "changed: CMakeLists.txt: is no text any more",
        "changed: NOTICE.md: is a folder now",
        "changed: README.md: is a symbolic link now",
        "changed: src/main.cpp: is executable now",
    ]


def test_without_a_base_the_files_are_named(sensor: Path) -> None:
    (sensor / BASE).unlink()
    (sensor / "src" / "main.cpp").write_text("// mine\n")
    done = edgegen("diff", "sensor", cwd=sensor.parent)
    assert done.stdout == "changed: src/main.cpp: is not what edgegen wrote\n"
    assert "warning: .edgegen/base.json.gz is missing" in done.stderr


def test_it_imports_no_torch(sensor: Path) -> None:
    """It is called while one works; a second of imports would be felt."""
    program = (
        "import sys; sys.argv = ['edgegen', 'diff', sys.argv[1]]\n"
        "from edgegen.cli.main import _run\nassert _run() == 0\n"
        "assert not {'torch', 'numpy', 'PIL', 'jinja2', 'cookiecutter'} & sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", program, str(sensor)], cwd=ROOT / "generator", check=False)
    assert done.returncode == 0
