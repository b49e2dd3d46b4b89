"""`edgegen remove`: the app is what it was before `edgegen add`, byte for byte, and no file of the user's is lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.faults.folders import fill, listing
from tests.projects.apps import GROOVY, KOTLIN, add, app, remove


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the user's package and weights."""
    return fill(tmp_path_factory.mktemp("remove") / "work")


@pytest.fixture(scope="module")
def made(work: Path) -> Path:
    """An app with a model in it; no test may change it."""
    folder = app(work.parent / "made")
    done = add(work, folder)
    assert done.code == 0, done.stderr
    return folder


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """A copy of the app that a test may change."""
    return shutil.copytree(made, tmp_path / "own", symlinks=True)


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        (KOTLIN, "settings.gradle.kts"),
        (GROOVY, "settings.gradle"),
        ("\ufeff" + GROOVY.rstrip(), "settings.gradle"),
        ("pluginManagement { }", "settings.gradle"),
        ("", "settings.gradle"),
    ],
)
def test_add_and_remove_leave_every_byte_as_it_was(work: Path, tmp_path: Path, settings: str, name: str) -> None:
    folder = app(tmp_path / "app", settings, name)
    before = listing(tmp_path)
    assert add(work, folder).code == 0
    assert listing(tmp_path) != before
    done = remove(work, folder)
    assert done.code == 0, done.stderr
    assert listing(tmp_path) == before


def test_a_dry_run_shows_the_diff_and_removes_nothing(work: Path, own: Path) -> None:
    before = listing(own)
    done = remove(work, own, "--dry-run")
    assert done.code == 0, done.stderr
    assert '-include(":model")' in done.stdout
    assert listing(own) == before


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("model/src/main/AndroidManifest.xml", "src/main/AndroidManifest.xml (changed)"),
        ("model/edgegen.toml", "edgegen.toml (changed)"),
        ("model/notes.txt", "notes.txt (added)"),
        ("model/src/main/java/com/acme/build/Mine.java", "src/main/java/com/acme/build/Mine.java (added)"),
    ],
)
def test_the_users_own_files_are_named_and_kept_without_force(work: Path, own: Path, file: str, said: str) -> None:
    path = own / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as open_file:
        open_file.write("<!-- mine -->\n")
    before = listing(own)
    done = remove(work, own)
    assert done.code == 8
    assert said in done.error()
    assert "--force" in done.error()
    assert listing(own) == before
    done = remove(work, own, "--force", "--json")
    assert done.code == 0, done.stderr
    assert json.loads(done.stdout)["lost"] == [file.removeprefix("model/")]
    assert sorted(path.name for path in own.iterdir()) == ["app", "build.gradle.kts", "gradlew", "settings.gradle.kts"]
    assert (own / "settings.gradle.kts").read_text() == KOTLIN


def test_what_builds_leave_is_no_file_of_the_users(work: Path, own: Path) -> None:
    for name in ("build/x.class", "edgegen-plugin/.gradle/8.14/lock", "edgegen-plugin/build/a.jar", "model.iml"):
        (own / "model" / name).parent.mkdir(parents=True, exist_ok=True)
        (own / "model" / name).touch()
    (own / "model" / "generated" / "model.pte").write_bytes(b"edited")
    assert remove(work, own).code == 0
    assert not (own / "model").exists()


def test_settings_that_the_user_went_on_editing_keep_their_edits(work: Path, own: Path) -> None:
    settings = own / "settings.gradle.kts"
    settings.write_text(settings.read_text().replace('include(":model")', '// two\ninclude(":model")\ninclude(":lib")'))
    assert remove(work, own).code == 0
    assert settings.read_text() == KOTLIN + '// two\ninclude(":lib")\n'


def test_a_line_that_says_more_is_left_to_the_user(work: Path, own: Path) -> None:
    settings = own / "settings.gradle.kts"
    settings.write_text(settings.read_text().replace('include(":app")\ninclude(":model")', 'include(":app", ":model")'))
    before = listing(own)
    done = remove(work, own)
    assert done.code == 8
    assert 'Take :model and "model/edgegen-plugin" out of it by hand' in done.error()
    assert listing(own) == before


def test_the_app_that_still_uses_the_module_is_named(work: Path, own: Path) -> None:
    build = own / "app" / "build.gradle.kts"
    build.write_text(build.read_text() + 'dependencies { implementation(project(":model")) }\n')
    done = remove(work, own, "--json")
    assert done.code == 0
    assert json.loads(done.stdout)["still_used_by"] == ["app/build.gradle.kts"]
    assert "build.gradle.kts still depends on :model" in done.stderr


def test_half_of_it_gone_already_is_no_obstacle(work: Path, own: Path, tmp_path: Path) -> None:
    without_folder = shutil.copytree(own, tmp_path / "without folder")
    shutil.rmtree(without_folder / "model")
    assert remove(work, without_folder).code == 0
    assert (without_folder / "settings.gradle.kts").read_text() == KOTLIN
    (own / "settings.gradle.kts").write_text(KOTLIN)  # As after a kill between the two.
    assert remove(work, own).code == 0
    assert listing(own) == listing(without_folder)


def test_where_there_is_nothing_of_edgegens(work: Path, tmp_path: Path) -> None:
    folder = app(tmp_path / "app")
    assert "there is no module :model of edgegen's" in remove(work, folder).error()
    (folder / "model").mkdir()
    (folder / "model" / "mine").touch()
    before = listing(folder)
    assert "was not put here by edgegen add" in remove(work, folder).error()
    assert listing(folder) == before


def test_a_folder_that_cannot_be_moved_leaves_the_settings(
    work: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = listing(own)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "model":
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    done = remove(work, own)
    assert done.code == 8
    assert "Permission denied" in done.error()
    assert listing(own) == before
