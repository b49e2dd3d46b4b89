"""When an exported model belongs to its inputs: each input counts, times are trusted only where that was asked for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from edgegen.projects import freshness
from tests.cli.running import ROOT
from tests.faults.folders import listing
from tests.faults.in_process import Done, edgegen

Change = Callable[[Path], object]


def appended(name: str, text: str = "\n") -> Change:
    """A file with a little more in it."""

    def change(work: Path) -> None:
        with (work / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def removed(name: str) -> Change:
    """Without a file."""
    return lambda work: (work / name).unlink()


def flipped(name: str) -> Change:
    """One bit of a file changed; its size and time stamp are as they were."""

    def change(work: Path) -> None:
        path = work / name
        status = path.stat()
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    return change


def made(name: str, text: str = "") -> Change:
    """A new file."""
    return lambda work: (work / name).write_text(text, encoding="utf-8")


def another_version(work: Path) -> None:
    """As if an older edgegen had exported it."""
    for project in ("sensor", "shelf"):
        stamp = work / project / "generated" / "export.json"
        document = json.loads(stamp.read_text(encoding="utf-8"))
        stamp.write_text(json.dumps({**document, "edgegen": "0.0.1"}), encoding="utf-8")


def check(work: Path, project: str) -> Done:
    """`export --check`, which changes nothing."""
    before = listing(work)
    done = edgegen("export", "--check", "--project", project, cwd=work)
    assert listing(work) == before
    return done


def test_a_new_project_is_fresh_and_so_is_its_copy(work: Path) -> None:
    for project in ("sensor", "shelf"):
        done = check(work, project)
        assert done.code == 0, done.stderr
        assert done.stdout.startswith("fresh")
        assert freshness.is_fresh(work / project)


STALE = [
    ("sensor", appended("sensor/edgegen.toml"), "edgegen.toml"),
    ("sensor", appended("sensor.pth"), "sensor.pth"),
    ("sensor", removed("sensor.pth"), "sensor.pth"),
    ("sensor", appended("shop/net.py"), "net.py"),
    ("sensor", appended("shop/data.py"), "data.py"),
    ("sensor", removed("shop/needs.py"), "needs.py"),
    ("sensor", made("shop/more.py"), "more.py"),
    ("shelf", made("shop/more.py"), "more.py"),
    ("shelf", appended("shelf/labels.txt"), "labels.txt"),
    ("shelf", made("photos/one more.jpg"), "photos"),
    ("shelf", removed("photos/1.jpg"), "photos"),
    ("shelf", lambda work: shutil.rmtree(work / "photos"), "photos"),
    ("shelf", lambda work: (work / "photos" / "1.jpg").rename(work / "photos" / "x.jpg"), "photos"),
    ("sensor", appended("sensor/generated/model.pte"), "model.pte"),
    ("sensor", removed("sensor/generated/model.pte"), "model.pte"),
    ("sensor", removed("sensor/generated/model_spec.h"), "model_spec.h"),
    ("sensor", lambda work: shutil.rmtree(work / "sensor" / "generated"), "export.json"),
    ("sensor", another_version, "0.0.1"),
]


@pytest.mark.parametrize(("project", "change", "named"), STALE, ids=[f"{p}: {n}" for p, _, n in STALE])
def test_each_input_and_output_counts(project: str, change: Change, named: str, work: Path) -> None:
    change(work)
    assert not freshness.is_fresh(work / project)
    done = check(work, project)
    assert done.code == 10
    assert named in done.error()
    assert f"edgegen export --project {project}" in done.error()


@pytest.mark.parametrize(
    ("project", "name"),
    [
        ("sensor", "sensor/edgegen.toml"),
        ("sensor", "sensor.pth"),
        ("sensor", "shop/net.py"),
        ("shelf", "shelf/labels.txt"),
        ("sensor", "sensor/generated/model.pte"),
        ("shelf", "shelf/generated/model_spec.cpp"),
    ],
)
def test_check_compares_content_where_size_and_time_are_the_same(project: str, name: str, work: Path) -> None:
    flipped(name)(work)
    assert freshness.is_fresh(work / project), "--if-changed trusts size and time"
    done = check(work, project)
    assert done.code == 10
    assert Path(name).name in done.error()


def test_a_new_time_stamp_alone_is_no_change(work: Path) -> None:
    for path in (work / "sensor.pth", work / "shop" / "net.py", work / "sensor" / "edgegen.toml"):
        os.utime(path)
    assert freshness.is_fresh(work / "sensor")
    assert check(work, "sensor").code == 0


@pytest.mark.parametrize(
    "change",
    [made("shop/notes.txt"), made("notes.py"), appended("sensor/README.md"), appended("sensor/src/main.cpp"),
     made("sensor/src/more.cpp"), made("four.txt", "x"), made("shop/__pycache__.py.txt")],
    ids=["text in the package", "module beside it", "README", "the user's main", "the user's file", "other labels",
         "no module"],
)  # fmt: skip
def test_what_is_no_input_does_not_count(change: Change, work: Path) -> None:
    change(work)
    assert freshness.is_fresh(work / "sensor")
    assert check(work, "sensor").code == 0


def test_a_project_inside_the_package_is_no_part_of_it(work: Path) -> None:
    arguments = ("--platform", "linux-arm", "--model", "shop.net:sensor", "--input", "x=1x16", "--output", "shop")
    assert edgegen("new", "inside", *arguments, cwd=work).code == 0
    assert check(work, "shop/inside").code == 0
    assert check(work, "sensor").code == 0


def test_a_virtual_environment_inside_the_package_is_no_part_of_it(work: Path) -> None:
    (work / "shop" / ".venv" / "lib").mkdir(parents=True)
    made("shop/.venv/lib/thing.py")(work)
    assert check(work, "sensor").code == 0


def test_an_up_to_date_export_imports_no_torch_and_not_the_package(work: Path) -> None:
    program = (
        "import sys\n"
        "sys.argv = ['edgegen', 'export', '--if-changed', '--project', 'sensor', '--json']\n"
        "from edgegen.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print('MODULES', *sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        check=True,
    )
    document, _, modules = done.stdout.partition("MODULES")
    assert json.loads(document) == {"fresh": True, "exported": False}
    assert not {name.partition(".")[0] for name in modules.split()} & {"torch", "numpy", "PIL", "shop", "executorch"}


def test_if_changed_does_nothing_or_exports(work: Path) -> None:
    before = listing(work)
    done = edgegen("export", "--if-changed", "--project", "sensor", "--json", cwd=work)
    assert json.loads(done.stdout) == {"fresh": True, "exported": False}
    assert listing(work) == before
    appended("shop/net.py", "\n# a comment\n")(work)
    done = edgegen("export", "--if-changed", "--project", "sensor", "--json", cwd=work)
    assert json.loads(done.stdout)["exported"] is True
    assert check(work, "sensor").code == 0


def test_damage_to_the_output_is_mended(work: Path) -> None:
    before = listing(work)
    removed("sensor/generated/model_spec.h")(work)
    appended("sensor/generated/model.pte")(work)
    made("sensor/generated/stray.txt")(work)
    done = edgegen("export", "--if-changed", "--project", "sensor", cwd=work)
    assert done.code == 0, done.stderr
    after = listing(work)
    assert after.keys() == before.keys()
    assert [name for name in after if after[name] != before[name]] in ([], ["sensor/generated/export.json"])
