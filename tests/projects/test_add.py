"""`edgegen add`: a folder and two lines come into an app, or nothing does; then it is a project like any other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faults.folders import fill, listing
from tests.faults.in_process import Done, edgegen
from tests.projects.apps import GROOVY, KOTLIN, SHELF, add, app, remove


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the user's package, weights and labels."""
    return fill(tmp_path_factory.mktemp("add") / "work")


@pytest.fixture(scope="module")
def shop(work: Path) -> Path:
    """An app with the shelf's model in it; no test may change it."""
    folder = app(work.parent / "My Shop's app")
    done = add(work, folder, model=SHELF)
    assert done.code == 0, done.stderr
    assert f"Open:  {folder}/model/src/main/java/com/acme/shop/free/model/Classifier.java" in done.stderr
    assert "warning" not in done.stderr
    assert done.stdout.splitlines() == [
        '    implementation(project(":model"))    // build.gradle.kts',
        "    implementation project(':model')    // build.gradle",
    ]
    return folder


def test_the_module_is_whole_and_nothing_else_changed(shop: Path, tmp_path: Path) -> None:
    before, after = listing(app(tmp_path / "app")), listing(shop)
    others = {name: what for name, what in after.items() if name.split("/")[0] != "model"}
    assert others.keys() == before.keys()
    assert [name for name in before if before[name] != others[name]] == ["settings.gradle.kts"]
    module = shop / "model"
    present = {path.name for path in module.iterdir()}
    wanted = {
        "build.gradle",
        "edgegen.toml",
        "labels.txt",
        "NOTICE.md",
        "generated",
        "src",
        "edgegen-plugin",
        ".edgegen",
    }
    assert wanted <= present
    assert not {"model", "app", "photos", "gradlew", "settings.gradle", "README.md"} & present
    assert "manifest = file('./edgegen.toml')" in (module / "build.gradle").read_text()


def test_the_apps_own_id_names_the_package(shop: Path) -> None:
    assert (shop / "model/generated/java/com/acme/shop/free/model/ModelSpec.java").is_file()
    assert 'id = "com.acme.shop.free"' in (shop / "model/edgegen.toml").read_text(encoding="utf-8")
    assert 'name = "My Shop\'s app"' in (shop / "model/edgegen.toml").read_text(encoding="utf-8")


def test_the_module_is_a_project_that_can_be_exported_updated_and_verified(
    work: Path, shop: Path, tmp_path: Path
) -> None:
    module = shop / "model"
    assert edgegen("export", "--check", "--project", module, cwd=work).code == 0
    whole = listing(module)
    (module / "generated" / "export.json").unlink()
    done = edgegen("export", "--if-changed", "--project", module, cwd=work)
    assert done.code == 0, done.stderr
    stamps = {"generated/export.json", ".edgegen/manifest.json", ".edgegen/base.json.gz"}
    assert {k: v for k, v in listing(module).items() if k not in stamps} == {
        k: v for k, v in whole.items() if k not in stamps
    }
    assert edgegen("diff", module, cwd=work) == Done(0, "", "")
    done = edgegen("update", module, "--dry-run", cwd=work)
    assert (done.code, done.stdout) == (0, "nothing would change\n"), done.stderr


def test_a_dry_run_shows_the_diff_and_writes_nothing(work: Path, tmp_path: Path) -> None:
    folder = app(tmp_path / "app", GROOVY, "settings.gradle")
    before = listing(tmp_path)
    done = add(work, folder, "--dry-run")
    assert done.code == 0, done.stderr
    assert listing(tmp_path) == before
    assert "+pluginManagement {" in done.stdout
    assert "+include ':model'" in done.stdout
    assert "#   edgegen-plugin/build.gradle" in done.stdout
    document = json.loads(add(work, folder, "--dry-run", "--json").stdout)
    assert document["written"] is False
    assert document["dependency"]["groovy"] == "implementation project(':model')"
    assert "model/build.gradle" in document["files"]
    assert document["settings"]["diff"].startswith("--- a/settings.gradle\n+++ b/settings.gradle\n@@")
    assert listing(tmp_path) == before


def test_another_name_and_settings_that_name_it_already(work: Path, tmp_path: Path) -> None:
    pasted = 'pluginManagement {\n    includeBuild("vision/edgegen-plugin")\n}\ninclude(*all)\ninclude(":vision")\n'
    folder = app(tmp_path / "app", pasted)
    done = add(work, folder, "--module", "vision", "--json")
    assert done.code == 0, done.stderr
    assert json.loads(done.stdout)["settings"]["diff"] == ""
    assert (folder / "settings.gradle.kts").read_text() == pasted
    assert (folder / "vision" / "build.gradle").is_file()


def refused(work: Path, folder: Path, *options: str, code: int = 8) -> str:
    """The error of an `add` that must leave everything as it is."""
    before = listing(folder.parent)
    done = add(work, folder, *options)
    assert done.code == code, done.stderr
    assert listing(folder.parent) == before
    return done.error()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("include(*modules)\n", "computes which modules"),
        ('include(":app")\nif (a) {\n', "is never closed"),
        ('apply(from = "x.gradle.kts")\n', "applies another script"),
        ('include(":model")\nproject(":model").projectDir = file("x")\n', "in a folder it names"),
    ],
)
def test_settings_that_cannot_be_edited_are_refused_with_what_to_paste(
    work: Path, tmp_path: Path, settings: str, said: str
) -> None:
    error = refused(work, app(tmp_path / "app", settings))
    assert said in error
    assert 'includeBuild("model/edgegen-plugin")' in error


def test_what_is_in_the_way_is_named(work: Path, tmp_path: Path) -> None:
    folder = app(tmp_path / "app")
    (folder / "model").mkdir()
    (folder / "model" / "mine.txt").touch()
    assert "edgegen did not write it. Choose another name for the module with --module" in refused(work, folder)
    (folder / "model" / "mine.txt").unlink()
    (folder / "model").rmdir()
    (folder / "model").symlink_to("app")
    assert "is in the way" in refused(work, folder)


def test_a_second_model_is_refused_because_its_kernels_are_the_same_classes(work: Path, tmp_path: Path) -> None:
    folder = app(tmp_path / "app")
    assert add(work, folder).code == 0
    assert "model: is there already" in refused(work, folder)
    assert "can be in an app once" in refused(work, folder, "--module", "second")
    (folder / "model" / ".edgegen" / "settings.json").unlink()
    (folder / "model" / "src/main/java/edgegen/kernels").mkdir(parents=True)
    assert "can be in an app once" in refused(work, folder, "--module", "second")


@pytest.mark.parametrize("name", ["app", "a/b", "..", "", "1st", "src", "a b"])
def test_a_name_that_is_no_module_is_refused(work: Path, tmp_path: Path, name: str) -> None:
    assert "cannot be the name of the module" in refused(work, app(tmp_path / "app"), "--module", name, code=2)


def test_an_app_that_is_none(work: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "there is no settings.gradle" in refused(work, tmp_path / "empty")
    assert "there is no such folder" in refused(work, tmp_path / "nowhere")
    folder = app(tmp_path / "app")
    (folder / ".edgegen").mkdir()
    (folder / ".edgegen" / "manifest.json").write_text("{}")
    assert "is a project that edgegen wrote" in refused(work, folder)


def test_a_namespace_that_is_taken_is_refused(work: Path, tmp_path: Path) -> None:
    folder = app(tmp_path / "app")
    (folder / "lib").mkdir()
    (folder / "lib" / "build.gradle").write_text("android { namespace 'com.acme.shop.free.model' }\n")
    assert "has a module with the namespace com.acme.shop.free.model already" in refused(work, folder)
    assert add(work, folder, "--id", "org.acme.shop").code == 0


def test_an_app_whose_root_does_not_know_android_is_told_what_to_write(work: Path, tmp_path: Path) -> None:
    folder = app(tmp_path / "app")
    (folder / "build.gradle.kts").unlink()
    done = add(work, folder)
    assert done.code == 0
    assert "write your version of it behind id 'com.android.library'" in done.stderr
    assert done.stderr.rstrip().endswith("Model.java")


def test_a_model_that_cannot_be_used_leaves_the_app_as_it_was(work: Path, tmp_path: Path) -> None:
    folder = app(tmp_path / "app")
    before = listing(folder)
    done = add(work, folder, model=("--model", "shop.net:nothing"))
    assert done.code == 4
    assert listing(folder) == before


def test_settings_that_change_meanwhile_are_not_overwritten(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edgegen.projects import add as module

    folder = app(tmp_path / "app")
    write = module.write_files

    def edited_meanwhile(*arguments: object) -> object:
        (folder / "settings.gradle.kts").write_text(KOTLIN + "// mine\n")
        return write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "write_files", edited_meanwhile)
    done = add(work, folder)
    assert done.code == 8
    assert "was changed while the module was made" in done.error()
    assert (folder / "settings.gradle.kts").read_text() == KOTLIN + "// mine\n"
    assert sorted(path.name for path in folder.iterdir()) == [
        "app",
        "build.gradle.kts",
        "gradlew",
        "settings.gradle.kts",
    ]


def test_a_settings_file_that_cannot_be_written_takes_the_folder_back(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edgegen.projects import add as module

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "atomic_write", full)
    folder = app(tmp_path / "app")
    before = listing(folder)
    done = add(work, folder)
    assert done.code == 8
    assert "No space left on device" in done.error()
    assert listing(folder) == before


def test_what_an_interrupted_run_left_is_taken_up(work: Path, tmp_path: Path) -> None:
    folder = app(tmp_path / "app")
    assert add(work, folder).code == 0
    whole = listing(folder)
    # The folder in its place, the settings not yet; and a temporary file beside them.
    (folder / "settings.gradle.kts").write_text(KOTLIN)
    (folder / ".settings.gradle.kts.abc.edgegen-tmp").touch()
    done = add(work, folder)
    assert done.code == 0, done.stderr
    assert "was left by an interrupted run" in done.stderr
    assert listing(folder).keys() == whole.keys()
    assert listing(folder)["settings.gradle.kts"] == whole["settings.gradle.kts"]
    # With changes of the user's in it, it is theirs.
    (folder / "settings.gradle.kts").write_text(KOTLIN)
    (folder / "model" / "mine.txt").touch()
    assert "holds changes of yours" in refused(work, folder)
    assert remove(work, folder, "--force").code == 0
