"""The plugin with the real Android Gradle Plugin: what each variant compiles and packages, which edgegen is called."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from edgegen.render.filters import properties_value
from edgegen.version import __version__
from tests.faults.folders import fill
from tests.gradle_plugin.conftest import Agp, Build, Result, make_edgegen, make_project
from tests.projects.apps import SHELF, add, app

REPOSITORY = Path(__file__).resolve().parents[2]


def build(folder: Path, properties: str = "", *, exported: bool = True) -> Build:
    """A build with the module `model`, whose edgegen.toml is in it."""
    module = make_project(folder / "model")
    # What edgegen would not read is not read here either.
    stamp = "" if "edgegen.export=false" in properties else "{}"
    if exported:
        for name, text in (("model.pte", "committed"), ("java/A.java", "// A"), ("export.json", stamp)):
            (module / "generated" / name).parent.mkdir(parents=True, exist_ok=True)
            (module / "generated" / name).write_text(text)
    if properties:
        (folder / "local.properties").write_text(properties, encoding="latin-1")
    return Build(folder, module, module / "edgegen.toml")


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Build]:
    """All builds of the one JVM, by what they are for."""
    root = tmp_path_factory.mktemp("a 'Größe' \"x\" $y")
    work = fill(root / "work")
    shop = app(root / "shop")
    done = add(work, shop, model=SHELF)
    assert done.code == 0, done.stderr
    with (shop / "model" / "edgegen.toml").open("a", encoding="utf-8") as manifest:
        manifest.write("# A change, so that there is something to do.\n")
    (shop / "local.properties").write_text(f"edgegen.python={properties_value(sys.executable)}\n")
    named = make_edgegen(root / "named one")
    wrong = build(root / "failing", f"edgegen.executable={properties_value(str(named))}\n")
    wrong.manifest.write_text("wrong = 1\n")
    other = build(root / "other name")
    return {
        "real": Build(shop, shop / "model", shop / "model" / "edgegen.toml"),
        "named": build(root / "named", "sdk.dir=/sdk\nedgegen.executable=../named one/edgegen\n"),
        "path": build(root / "path", exported=False),
        "application": replace(
            build(root / "application", "edgegen.export=false\n"), android="com.android.application"
        ),
        "missing": build(root / "missing", "edgegen.executable=no/such/edgegen\n"),
        "no edgegen in it": build(root / "python", "edgegen.python=/bin/true\n"),
        "failing": wrong,
        "off": build(root / "off", "edgegen.export=false\nedgegen.python=/bin/true\n"),
        "no model": build(root / "no model", "edgegen.export=false\n", exported=False),
        "other name": Build(other.root, other.module, other.manifest.with_name("other.toml")),
    }


@pytest.fixture(scope="module")
def results(agp: Agp, builds: dict[str, Build], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """What came of each."""
    shutil.copyfile(builds["other name"].module / "edgegen.toml", builds["other name"].manifest)
    on_path = make_edgegen(tmp_path_factory.mktemp("path") / "bin")
    env = {
        "PATH": os.pathsep.join((str(on_path.parent), os.environ["PATH"])),
        "PYTHONPATH": str(REPOSITORY / "generator"),
    }
    return dict(zip(builds, agp.run(list(builds.values()), env), strict=True))


def generated(paths: list[str]) -> list[str]:
    """Those in a folder that AGP gave one of the tasks, as they are named in it."""
    found = [
        path.partition(f"/{task}/")[2] for path in paths for task in ("exportEdgegenModel", "copyEdgegenTestSources")
    ]
    return sorted(filter(None, found))


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def error(result: Result) -> str:
    """All messages of the failure, as Gradle prints them one below the other."""
    return "\n".join(result.found["error"])


def test_the_real_edgegen_exports_and_every_variant_gets_it(
    builds: dict[str, Build], results: dict[str, Result]
) -> None:
    result, module = results["real"], builds["real"].module
    assert "error" not in result.found, result
    assert result.found["version"] == __version__
    # The manifest had changed, so it was exported, and edgegen's steps were shown.
    assert any(line.startswith("  export ") for line in result.logged), result.logged
    assert '"sha256"' in (module / "generated" / "export.json").read_text()
    for variant in ("debug", "release"):
        found: dict[str, Any] = result.found[variant]
        assert generated(found["assets"]) == ["model.pte"]
        assert generated(found["java"]) == files(module / "generated" / "java")
        assert any(path.endswith("/src/main/java/com/acme/shop/free/model/Classifier.java") for path in found["java"])
        assert generated(found["testJava"]) == files(module / "generated" / "test" / "java")
        assert Path(found["assets"][0]).read_bytes() == (module / "generated" / "model.pte").read_bytes()
        test_data = Path(result.found[f"test{variant.capitalize()}UnitTest"])
        assert files(test_data / "goldens") == files(module / "generated" / "goldens")
    assert result.found["compilingWaits"] is True


def test_the_inputs_are_those_of_the_last_export(builds: dict[str, Build], results: dict[str, Result]) -> None:
    names = {Path(path).name for path in results["real"].found["sources"]}
    assert {"labels.txt", "net.py", "data.py", "__init__.py"} <= names
    assert "edgegen.toml" not in names
    assert not any("__pycache__" in path for path in results["real"].found["sources"])


def test_an_application_gets_the_model_as_a_library_does(results: dict[str, Result]) -> None:
    found = results["application"].found
    assert "error" not in found, found
    for variant in ("debug", "release"):
        assert generated(found[variant]["assets"]) == ["model.pte"]
        assert generated(found[variant]["java"]) == ["A.java"]


def test_local_properties_come_first_then_the_path(builds: dict[str, Build], results: dict[str, Result]) -> None:
    for name in ("named", "path"):
        assert "error" not in results[name].found, results[name]
        assert results[name].found["version"] == "0.1.0"
        model = Path(results[name].found["release"]["assets"][0])
        assert model.read_text() == "first"
        assert "  export     anew" in results[name].logged
    calls = (builds["named"].root.parent / "named one" / "calls.log").read_text(encoding="utf-8")
    assert f"export --project {builds['named'].module} --if-changed" in calls


def test_what_is_named_and_does_not_work_is_an_error_of_one_line(results: dict[str, Result]) -> None:
    assert "local.properties: edgegen.executable: " in error(results["missing"])
    assert "no/such/edgegen is no working edgegen (" in error(results["missing"])
    assert "set edgegen.export=false in local.properties" in error(results["missing"])
    assert "local.properties: edgegen.python: /bin/true is no working edgegen" in error(results["no edgegen in it"])


def test_a_failing_export_shows_edgegens_own_line(results: dict[str, Result]) -> None:
    assert results["failing"].found["error"] == [
        "edgegen.toml: unknown key 'wrong', as in “größe”. Remove it.\n  log: some.log"
    ]
    assert "warning: this is no good" in results["failing"].logged


def test_without_an_export_the_committed_model_is_used_and_one_line_says_so(
    builds: dict[str, Build], results: dict[str, Result]
) -> None:
    off = results["off"]
    assert [line for line in off.logged if "edgegen" in line] == [
        f"edgegen.export is false; using the model in {builds['off'].module}/generated as it is"
    ]
    assert Path(off.found["debug"]["assets"][0]).read_text() == "committed"
    assert generated(off.found["debug"]["java"]) == ["A.java"]
    assert "Make it with: edgegen export --project" in error(results["no model"])


def test_the_manifest_must_have_its_name(results: dict[str, Result]) -> None:
    assert "it must be a file named edgegen.toml" in error(results["other name"])


def test_a_machine_without_edgegen_builds_from_the_committed_model(
    agp: Agp, builds: dict[str, Build], results: dict[str, Result], tmp_path: Path
) -> None:
    del results  # First, what "path" exported is there.
    stale = Build(tmp_path, shutil.copytree(builds["path"].module, tmp_path / "model"), tmp_path / "model/edgegen.toml")
    (stale.module / "labels.txt").write_text("// pear\n")
    java = Path(shutil.which("java") or "java")
    fresh, changed = agp.run([builds["path"], stale], {"PATH": str(java.parent)} if java.name == "java" else {})
    note = f"edgegen is not on this machine; using the model in {builds['path'].module}/generated as it is"
    assert note in fresh.logged
    assert fresh.found["version"] == ""
    assert Path(fresh.found["release"]["assets"][0]).read_text() == "first"
    assert (
        f"edgegen is not on this machine; using the model in {stale.module}/generated, which is older than labels.txt"
        in changed.logged
    )
