"""iOS projects that were damaged or edited into what cannot be, models that are none, apps that `add` cannot change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.cases import SENSOR, Case, case, check_failure, check_refused
from tests.faults.folders import listing
from tests.faults.in_process import edgegen
from tests.faults.test_bad_projects import Damage, Damaged, removed, toml, written
from tests.projects import xcode_apps
from tests.projects.xcode_samples import xcode_14

NEW = ("new", "hello", "--platform", "ios")
WEIGHTED = (*SENSOR, "--weights", "sensor.pth")
ADD = ("add", "--platform", "ios")
PACKAGE = "ModelKit/Generated/model.mlpackage"
DATA = f"{PACKAGE}/Data/com.apple.CoreML"
ID = 'id = "com.example.hello"'
# Permission denied: what `add`, which asks beforehand, is told of a read-only disk.
REASONS = ("No space left on device", "Read-only file system", "Permission denied")


@pytest.fixture(scope="session")
def app_work(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working folder with an iOS project `hello` and an app `Shop` with a model added; no test may change it."""
    work = shutil.copytree(folder, tmp_path_factory.mktemp("ios-faults") / "work", symlinks=True)
    xcode_apps.app(work / "Shop")
    for arguments in ((*NEW, *WEIGHTED), (*ADD, "Shop", *WEIGHTED)):
        done = edgegen(*arguments, cwd=work)
        assert done.code == 0, done.stderr
    return work


@pytest.fixture
def own_app_work(app_work: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(app_work, tmp_path / "work", symlinks=True)


def on(name: str, damage: Damage, code: int, *said: str, project: str = "hello") -> list[Damaged]:
    """A damage that `export` and `update` both refuse."""
    calls = (("export", "--project", project), ("update", project))
    return [Damaged(project, damage, case(f"{name}: {call[0]}", call, code, *said)) for call in calls]


def app_key(line: str) -> Damage:
    """A key of the table app, put behind the id."""
    return toml(ID, f"{ID}\n{line}")


MODULE = "Shop/ModelKit"
DAMAGED = [
    *on("no id", toml(ID, ""), 3, "app.id", "com.example.hello"),
    *on("an id of one part", toml(ID, 'id = "hello"'), 3, "app.id", "no dot"),
    *on("an id of Java's", toml(ID, 'id = "com.example.hello_world"'), 3, "app.id", "hello_world"),
    *on("a number for a team", app_key("team = 7"), 3, "app.team"),
    *on("no team", app_key('team = ""'), 3, "app.team", "empty"),
    *on("a team that is none", app_key('team = "us"'), 3, "app.team", "ten capital letters"),
    *on("an old system", app_key('deployment_target = "12.0"'), 3, "app.deployment_target", "16.0"),
    *on("a number for a system", app_key("deployment_target = 17"), 3, "app.deployment_target"),
    *on("a source that is none", app_key('dependencies = "carthage"'), 3, "app.dependencies", "cocoapods"),
    *on("pods for executorch", lambda project: (
        app_key('dependencies = "cocoapods"')(project),
        toml('runtime = "coreml"\nbackend = "mlprogram"', 'runtime = "executorch"\nbackend = "xnnpack"')(project)),
        3, "app.dependencies", "no pod"),
    *on("pictures of numbers", toml('backend = "mlprogram"', 'backend = "mlprogram"\nimage_input = true'), 3,
        "export.image_input", "picture"),
    *on("a word for pictures", toml('backend = "mlprogram"', 'backend = "mlprogram"\nimage_input = "yes"'), 3,
        "export.image_input"),
    *on("a precision that is none", toml('backend = "mlprogram"', 'backend = "mlprogram"\nprecision = "float8"'), 3,
        "export.precision", "float16"),
    *on("a mode that it has not", toml('mode = "none"', 'mode = "dynamic"'), 3, "export.quantize.mode", "coreml"),
    *on("another runtime's backend", toml('"mlprogram"', '"xnnpack"'), 3, "export.backend", "mlprogram"),
    *on("a board's platform", toml('"ios"', '"linux-arm"'), 3, "app.platform", "was written for ios"),
    *on("a hostile name", toml('name = "hello"', 'name = "../x"'), 3, "app.name", "path"),
    *on("no manifest", removed(".edgegen/manifest.json"), 8, "manifest.json"),
    *on("a module's platform", toml('"ios"', '"android"'), 3, "app.platform", "was written for ios", project=MODULE),
    *on("a module without a manifest", removed(".edgegen/manifest.json"), 8, "manifest.json", project=MODULE),
]  # fmt: skip


def emptied(name: str) -> Damage:
    """A folder without what was in it."""

    def damage(project: Path) -> None:
        shutil.rmtree(project / name)
        (project / name).mkdir()

    return damage


def cut(name: str) -> Damage:
    """The first half of a file."""

    def damage(project: Path) -> None:
        data = (project / name).read_bytes()
        (project / name).write_bytes(data[: len(data) // 2])

    return damage


def foreign(project: Path) -> None:
    """Another kind of model in the package: a neural network of Core ML's first format."""
    (project / DATA / "model.mlmodel").write_bytes(b"\x08\x01" + b"\x12\x00" + b"\xa2\x1f\x00")


def model(name: str, damage: Damage, *said: str) -> list[Damaged]:
    """A damaged package that `verify` and `inspect` both refuse."""
    calls = (("verify", "--project", "hello"), ("inspect", f"hello/{PACKAGE}"))
    return [Damaged("hello", damage, case(f"{name}: {call[0]}", call, 8, *said, "Export")) for call in calls]


MODELS = [
    *model("truncated", cut(f"{DATA}/model.mlmodel"), "model.mlpackage"),
    *model("empty program", written(f"{DATA}/model.mlmodel", b""), "model.mlpackage"),
    *model("no program", removed(f"{DATA}/model.mlmodel"), "model.mlpackage"),
    *model("truncated weights", cut(f"{DATA}/weights/weight.bin"), "model.mlpackage"),
    *model("no weights", removed(f"{DATA}/weights"), "model.mlpackage"),
    *model("emptied", emptied(PACKAGE), "model.mlpackage"),
    *model("no manifest", removed(f"{PACKAGE}/Manifest.json"), "Manifest.json"),
    *model("a broken manifest", written(f"{PACKAGE}/Manifest.json", "{"), "Manifest.json"),
    *model("foreign", foreign, "model.mlpackage"),
]
GONE = [
    Damaged("hello", removed(PACKAGE), case("gone: verify", ("verify", "--project", "hello"), 8, "model.mlpackage",
                                            "edgegen export")),
    Damaged("hello", removed(PACKAGE), case("gone: inspect", ("inspect", f"hello/{PACKAGE}"), 4, "model.mlpackage")),
    Damaged("hello", removed(PACKAGE), case("gone: check", ("export", "--check", "--project", "hello"), 10,
                                            "mlpackage", "edgegen export")),
    Damaged("hello", cut(f"{DATA}/weights/weight.bin"), case("cut: check", ("export", "--check", "--project", "hello"),
                                                              10, "weight.bin", "edgegen export")),
]  # fmt: skip


@pytest.mark.parametrize("fault", [*DAMAGED, *MODELS, *GONE], ids=str)
def test_it_is_refused(fault: Damaged, own_app_work: Path) -> None:
    fault.damage(own_app_work / fault.project)
    check_refused(fault.case, own_app_work)


@pytest.mark.parametrize("tool", ["Xcode", "CocoaPods", "SwiftPM", "XcodeGen"])
def test_a_project_of_another_tool_is_left_alone(tool: str, own_folder: Path) -> None:
    files = {
        "Xcode": ("Hello.xcodeproj/project.pbxproj", "Hello/HelloApp.swift"),
        "CocoaPods": ("Podfile", "Podfile.lock"),
        "SwiftPM": ("Package.swift", "Sources/Hello/Hello.swift"),
        "XcodeGen": ("project.yml",),
    }
    for name in files[tool]:
        (own_folder / "hello" / name).parent.mkdir(parents=True, exist_ok=True)
        (own_folder / "hello" / name).write_text("theirs", encoding="utf-8")
    check_refused(case(tool, (*NEW, *WEIGHTED), 8, "hello", "not empty", "--overwrite"), own_folder)
    for command in ("update", "diff"):
        check_refused(case(tool, (command, "hello"), 8, "hello", "edgegen.toml"), own_folder)
    said = "no project file" if tool == "Xcode" else "holds no .xcodeproj"
    check_refused(case(tool, (*ADD, "hello", *WEIGHTED), 8, "hello", said), own_folder)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((*ADD, "nowhere", *WEIGHTED), 8, ("nowhere", "there is no such project")),
        ((*ADD, "nowhere.xcodeproj", *WEIGHTED), 8, ("nowhere.xcodeproj",)),
        ((*ADD, "labels.txt", *WEIGHTED), 8, ("labels.txt", "is not a folder")),
        ((*ADD, "photos", *WEIGHTED), 8, ("photos", "holds no .xcodeproj")),
        ((*ADD, "hello", *WEIGHTED), 8, ("is a project that edgegen wrote",)),
        ((*ADD, "Shop", *WEIGHTED), 8, ("is there already",)),
        ((*ADD, "Shop", *WEIGHTED, "--target", "Stall"), 2, ("--target", "Shop")),
        ((*ADD, "Shop", *WEIGHTED, "--id", "com.example.a_b"), 2, ("'a_b'",)),
        ((*ADD, "Shop", *WEIGHTED, "--runtime", "torchscript", "--dependencies", "swiftpm"), 3, ("--dependencies",)),
        ((*ADD, "Shop", *WEIGHTED, "--module", "Vision"), 2, ("--module", "ModelKit")),
        (("add", "--platform", "android", "sensor", *WEIGHTED, "--target", "Shop"), 2, ("--target", "ios")),
        (("remove", "--platform", "ios", "nowhere"), 8, ("nowhere",)),
        (("remove", "--platform", "ios", "photos"), 8, ("photos",)),
        (("remove", "--platform", "ios", "hello"), 8, ("is a project that edgegen wrote",)),
        (("remove", "--platform", "ios", "Shop", "--module", "ModelKit"), 2, ("--module",)),
        (("remove", "--platform", "android", "Shop"), 8, ("settings.gradle",)),
    ],
    ids=lambda value: " ".join(value[:6]) if isinstance(value, tuple) and len(value) > 2 else "",
)
def test_add_and_remove_where_they_cannot(
    arguments: tuple[str, ...], code: int, said: tuple[str, ...], app_work: Path
) -> None:
    check_refused(Case("", arguments, code, said), app_work)


def refused_by_the_disk(arguments: tuple[str | Path, ...], where: Path, cwd: Path) -> None:
    """The call fails for want of room or rights, and `where` is as it was."""
    before = listing(where)
    done = edgegen(*arguments, cwd=cwd)
    check_failure(done, case("", (), 8, str(where)))
    assert any(reason in done.error() for reason in REASONS)
    assert listing(where) == before


def test_on_a_bad_disk(small_disk: Callable[[], None], app_work: Path, tmp_path: Path) -> None:
    """new, add, export, update: on one disk, because each leaves it as it was."""
    disk = tmp_path / "disk"
    app = xcode_apps.app(disk / "Kiosk", xcode_14())
    project = disk / "hello"
    shutil.copytree(app_work / "hello", project, ignore=shutil.ignore_patterns("photos", "*.png"))
    toml('path = ".."', f'path = "{app_work}"')(project)
    small_disk()
    refused_by_the_disk((*NEW, *WEIGHTED, "--output", disk / "new"), disk, app_work)
    refused_by_the_disk((*ADD, app, *WEIGHTED), disk, app_work)
    refused_by_the_disk(("export", "--project", project), disk, app_work)
    assert edgegen("diff", project, cwd=app_work).code == 0


def test_an_update_on_a_bad_disk(small_disk: Callable[[], None], app_work: Path, tmp_path: Path) -> None:
    project = tmp_path / "disk" / "hello"
    shutil.copytree(app_work / "hello", project, ignore=shutil.ignore_patterns("photos", "*.png"))
    for old, new in (('path = ".."', f'path = "{app_work}"'), (ID, 'id = "org.acme.shop"')):
        toml(old, new)(project)
    small_disk()
    refused_by_the_disk(("update", project), tmp_path / "disk", app_work)


def test_remove_on_a_read_only_disk(small_disk: Callable[[], None], app_work: Path, tmp_path: Path) -> None:
    app = shutil.copytree(app_work / "Shop", tmp_path / "disk" / "Shop")
    small_disk()
    before = listing(app)
    done = edgegen("remove", "--platform", "ios", app, cwd=app_work)
    if done.code == 0:  # A full disk may have room for one small file: what is removed makes more.
        assert not (app / "ModelKit").exists()
        return
    check_failure(done, case("", (), 8, str(tmp_path / "disk")))
    assert any(reason in done.error() for reason in REASONS)
    assert listing(app) == before
