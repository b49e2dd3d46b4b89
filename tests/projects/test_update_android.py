"""`update` and `diff` on an Android app, and on the module that `edgegen add` put into somebody else's."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.folders import listing
from tests.faults.in_process import Done, edgegen
from tests.projects import apps
from tests.toolchains import need

JAVA = "app/src/main/java"
STAMPS = ("generated/export.json", ".edgegen/manifest.json")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, finished: Path) -> Path:
    """The working folder with an Android app `hello`, and an app `shop` that `edgegen add` put a model into."""
    work = shutil.copytree(finished, tmp_path_factory.mktemp("android") / "work")
    done = edgegen("new", "hello", "--platform", "android", *apps.SENSOR, cwd=work)
    assert done.code == 0, done.stderr
    apps.app(work / "shop")
    done = apps.add(work, work / "shop")
    assert done.code == 0, done.stderr
    return work


@pytest.fixture
def work(written: Path, tmp_path: Path) -> Path:
    """A copy that the test may change."""
    return shutil.copytree(written, tmp_path / "work", symlinks=True)


def update(work: Path, project: str) -> Done:
    """`edgegen update PROJECT --json`, which ends well."""
    done = edgegen("update", project, "--json", cwd=work)
    assert done.code == 0, done.stderr
    return done


def contents(project: Path) -> dict[str, bytes]:
    """The files of a project, without its stamps and records."""
    files = [path for path in project.rglob("*") if path.is_file() and path.parent.name != ".edgegen"]
    found = {path.relative_to(project).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in found.items() if name not in STAMPS}


def write_over(path: Path, old: str, new: str) -> None:
    """Replaces a text that is known to be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("project", ["hello", "shop/model"])
def test_as_it_was_written_there_is_nothing_to_do(project: str, work: Path) -> None:
    before = listing(work)
    assert edgegen("diff", project, cwd=work).stdout == ""
    document = json.loads(update(work, project).stdout)
    assert not any(document[key] for key in ("updated", "merged", "added", "removed", "conflicts", "kept", "moved"))
    after = listing(work)
    assert {name for name in after if after[name] != before[name]} <= {f"{project}/{name}" for name in STAMPS}
    assert after.keys() == before.keys()


def test_another_application_id_moves_the_sources_and_their_edits(work: Path) -> None:
    main = f"{JAVA}/com/example/hello/MainActivity.java"
    with (work / "hello" / main).open("a") as file:
        file.write("// mine\n")
    mine = work / "hello" / JAVA / "com/example/hello/Mine.java"
    mine.write_text("package com.example.hello;\n")
    write_over(work / "hello" / "edgegen.toml", "com.example.hello", "org.acme.shop")
    refused = edgegen("export", "--project", "hello", cwd=work)
    assert refused.code == 3
    assert "edgegen update" in refused.error()
    shown = edgegen("update", "hello", "--dry-run", cwd=work).stdout
    assert f"rename from {main}\n" in shown
    applied = shutil.copytree(work / "hello", work / "applied")
    need("git")
    subprocess.run(["git", "apply", "-"], cwd=applied, input=shown, text=True, check=True)
    done = update(work, "hello")
    document = json.loads(done.stdout)
    assert contents(applied) == contents(work / "hello")
    assert {"from": main, "to": f"{JAVA}/org/acme/shop/MainActivity.java"} in document["moved"]
    assert document["added"] == document["removed"] == document["kept"] == document["conflicts"] == []
    text = (work / "hello" / JAVA / "org/acme/shop/MainActivity.java").read_text()
    assert "package org.acme.shop;" in text
    assert text.endswith("// mine\n")
    assert f"warning: {JAVA}/com/example/hello/ holds files of yours" in done.stderr
    java = [path for path in (work / "hello").rglob("*.java") if "com.example.hello" in path.read_text()]
    assert java == [mine], "nothing else speaks of the old package"
    stat = edgegen("diff", "hello", "--json", cwd=work)
    changed = [entry["path"] for entry in json.loads(stat.stdout)["changed"]]
    assert changed == [f"{JAVA}/org/acme/shop/MainActivity.java"]


def test_another_runtime_brings_its_files_and_takes_the_other_s(work: Path) -> None:
    """The app is the same, so its edits are as well; only `:model` speaks of the runtime."""
    with (work / "hello" / JAVA / "com/example/hello/MainActivity.java").open("a") as file:
        file.write("// mine\n")
    runner = "model/src/main/java/com/example/hello/model/ModelRunner.java"
    before = (work / "hello" / runner).read_text()
    assert "executorch" in before
    for old, new in (("executorch", "torchscript"), ("xnnpack", "cpu")):
        write_over(work / "hello" / "edgegen.toml", f'"{old}"', f'"{new}"')
    done = update(work, "hello")
    document = json.loads(done.stdout)
    assert runner in document["updated"]
    assert document["conflicts"] == []
    assert "executorch" not in (work / "hello" / runner).read_text()
    assert (work / "hello" / JAVA / "com/example/hello/MainActivity.java").read_text().endswith("// mine\n")
    assert [path.name for path in (work / "hello" / "generated").glob("model.*")] == ["model.ptl"]


def test_a_module_is_updated_where_it_stands(work: Path) -> None:
    """Only inside its folder: the app around it is somebody else's."""
    model = work / "shop" / "model"
    library = next(model.glob("src/main/java/**/Model.java"))
    with library.open("a") as file:
        file.write("// mine\n")
    write_over(model / "edgegen.toml", "com.acme.shop.free", "com.acme.shop.paid")
    before = listing(work / "shop")
    document = json.loads(update(work, "shop/model").stdout)
    after = listing(work / "shop")
    assert document["moved"]
    touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert all(name.startswith("model/") for name in touched)
    moved = next(model.glob("src/main/java/**/paid/**/Model.java"))
    assert moved.read_text().endswith("// mine\n")
    assert not library.exists()
    shown = edgegen("diff", "model", "--stat", cwd=work / "shop")
    assert shown.stdout.splitlines()[-1] == "1 changed, 0 deleted, 0 added; lines: +1 -0"


def test_another_platform_is_another_project(work: Path) -> None:
    write_over(work / "hello" / "edgegen.toml", 'platform = "android"', 'platform = "linux-arm"')
    before = listing(work)
    for command in (("update", "hello"), ("export", "--project", "hello")):
        done = edgegen(*command, cwd=work)
        assert done.code == 3
        assert "was written for android" in done.error()
    assert listing(work) == before
