"""`edgegen add --platform ios`: a folder and a few objects come into an Xcode project, or nothing does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from edgegen.projects.xcode_project import read_project
from tests.faults.folders import fill, listing
from tests.faults.in_process import Done, edgegen
from tests.projects.xcode_apps import PROJECT, SHELF, add, app, check_graph, remove, two_apps
from tests.projects.xcode_samples import xcode_14, xcode_15, xcode_16
from tests.swift.toolchain import need_swift, run_swift


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the user's package, weights and labels."""
    return fill(tmp_path_factory.mktemp("add-ios") / "work")


@pytest.fixture(scope="module")
def shop(work: Path) -> Path:
    """The .xcodeproj of an app with the shelf's model beside it; no test may change it."""
    project = app(work.parent / "My Shop's app")
    done = add(work, project, model=SHELF)
    assert done.code == 0, done.stderr
    assert f"Open:  {project.parent}/ModelKit/Sources/ModelKit/Classifier.swift" in done.stderr
    assert "warning" not in done.stderr
    assert done.stdout.splitlines() == ["    import ModelKit", "    let classifier = try await Classifier.load()"]
    return project


def test_the_module_is_whole_and_nothing_else_changed(shop: Path, tmp_path: Path) -> None:
    before, after = listing(app(tmp_path / "app").parent), listing(shop.parent)
    others = {name: what for name, what in after.items() if name.split("/")[0] != "ModelKit"}
    assert others.keys() == before.keys()
    assert [name for name in before if before[name] != others[name]] == [PROJECT]
    present = {path.name for path in (shop.parent / "ModelKit").iterdir()}
    assert present == {
        *("Package.swift", "ModelKit.podspec", "Sources", "Tests", "Generated", "edgegen"),
        *("edgegen.toml", "labels.txt", "NOTICE.md", ".edgegen", ".swift-format"),
    }


def test_the_project_is_whole(shop: Path, tmp_path: Path) -> None:
    check_graph(shop)
    shutil.copyfile(shop / "project.pbxproj", tmp_path / "project.pbxproj")
    need_swift()
    done = run_swift(["plistutil", "-i", "project.pbxproj", "-f", "json", "-o", "out.json"], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    objects = json.loads((tmp_path / "out.json").read_text())["objects"]
    assert [item["relativePath"] for item in objects.values() if "relativePath" in item] == ["ModelKit"]


def test_the_package_is_whole(shop: Path, tmp_path: Path) -> None:
    """SwiftPM finds every file that Package.swift names, and none that it does not."""
    package = shutil.copytree(shop.parent / "ModelKit", tmp_path / "ModelKit")
    need_swift()
    done = run_swift(["swift", "package", "describe", "--type", "json"], cwd=package)
    assert (done.returncode, done.stderr) == (0, "")
    assert {target["name"] for target in json.loads(done.stdout)["targets"]} == {"ModelKit", "ModelKitTests"}


@pytest.mark.parametrize("list_name", ["inputs", "outputs"])
def test_the_phase_declares_files_that_are_there(shop: Path, list_name: str) -> None:
    lines = (
        (shop.parent / "ModelKit" / "Generated" / f"{list_name}.xcfilelist").read_text(encoding="utf-8").splitlines()
    )
    assert all(line.startswith("$(SRCROOT)/ModelKit/") for line in lines[1:])
    assert all(Path(line.replace("$(SRCROOT)", str(shop.parent))).exists() for line in lines[1:])


def test_the_apps_own_name_and_id(shop: Path) -> None:
    text = (shop.parent / "ModelKit" / "edgegen.toml").read_text(encoding="utf-8")
    assert 'name = "Shop"' in text
    assert 'id = "org.example.shop"' in text


def test_a_bundle_id_that_is_computed_is_not_taken(work: Path, tmp_path: Path) -> None:
    computed = xcode_16().replace("= org.example.shop;", '= "$(PREFIX).shop";')
    done = add(work, app(tmp_path / "app", computed), "--dry-run")
    assert 'id = "com.example.shop"' in done.stdout
    done = add(work, app(tmp_path / "other", computed), "--dry-run", "--id", "org.mine.shop")
    assert 'id = "org.mine.shop"' in done.stdout


def test_the_module_is_a_project_that_can_be_exported_updated_verified_and_looked_into(
    work: Path, shop: Path, tmp_path: Path
) -> None:
    module = shop.parent / "ModelKit"
    assert edgegen("export", "--check", "--project", module, cwd=work).code == 0
    whole = listing(module)
    (module / "Generated" / "export.json").unlink()
    done = edgegen("export", "--if-changed", "--project", module, cwd=work)
    assert done.code == 0, done.stderr
    stamps = {"Generated/export.json", ".edgegen/manifest.json", ".edgegen/base.json.gz"}
    assert {k: v for k, v in listing(module).items() if k not in stamps} == {
        k: v for k, v in whole.items() if k not in stamps
    }
    assert edgegen("diff", module, cwd=work) == Done(0, "", "")
    done = edgegen("update", module, "--dry-run", cwd=work)
    assert (done.code, done.stdout) == (0, "nothing would change\n"), done.stderr
    assert edgegen("verify", "--project", module, cwd=work).code == 0
    done = edgegen("inspect", module / "Generated" / "model.mlpackage", cwd=work)
    assert (done.code, "1x3x32x32" in done.stdout) == (0, True), done.stderr


def test_a_dry_run_shows_the_diff_and_writes_nothing(work: Path, tmp_path: Path) -> None:
    project = app(tmp_path / "app")
    before = listing(tmp_path)
    done = add(work, project, "--dry-run")
    assert done.code == 0, done.stderr
    assert listing(tmp_path) == before
    assert f"+++ b/{PROJECT}" in done.stdout
    assert '+			shellScript = "exec /bin/sh' in done.stdout
    assert "#   Package.swift" in done.stdout
    document = json.loads(add(work, project, "--dry-run", "--json").stdout)
    assert listing(tmp_path) == before
    assert (document["module"], document["written"]) == ("ModelKit", False)
    assert document["project"]["file"] == PROJECT
    assert document["project"]["diff"].startswith(f"--- a/{PROJECT}\n+++ b/{PROJECT}\n@@")
    assert (document["import"], document["podfile"], document["to_do"]) == ("ModelKit", None, [])
    assert "ModelKit/Package.swift" in document["files"]


def test_which_app_of_several(work: Path, tmp_path: Path) -> None:
    project = app(tmp_path / "app", two_apps())
    assert "there are several apps: Shop, Kiosk. Give --target" in refused(work, project, code=2)
    assert "Use one of: Shop, Kiosk" in refused(work, project, "--target", "Stall", code=2)
    assert add(work, project, "--target", "Kiosk").code == 0
    read = read_project(project)
    assert len(read.application("Kiosk").object.texts("packageProductDependencies")) == 1
    assert read.application("Shop").object.texts("packageProductDependencies") == []
    assert 'name = "Kiosk"' in (project.parent / "ModelKit" / "edgegen.toml").read_text(encoding="utf-8")


def test_a_folder_with_one_project_will_do(work: Path, tmp_path: Path) -> None:
    project = app(tmp_path / "app")
    assert add(work, project.parent, "--dry-run").code == 0
    app(tmp_path / "Kiosk").rename(project.parent / "Kiosk.xcodeproj")
    assert "holds several projects: Kiosk.xcodeproj, Shop.xcodeproj" in refused(work, project.parent)


def test_pods_get_a_line_for_the_podfile_and_no_package(work: Path, tmp_path: Path) -> None:
    project = app(tmp_path / "app")
    done = add(work, project, "--dependencies", "cocoapods")
    assert done.code == 0, done.stderr
    assert done.stdout == "    pod 'ModelKit', :path => 'ModelKit'\n"
    text = (project / "project.pbxproj").read_text(encoding="utf-8")
    assert "XCLocalSwiftPackageReference" not in text
    assert "PBXAggregateTarget" in text
    check_graph(project)


def test_what_the_app_has_to_set_itself_is_said(work: Path, tmp_path: Path) -> None:
    executorch = ("--runtime", "executorch")
    project = app(tmp_path / "app")
    done = add(work, project, *executorch)
    assert done.code == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith("warning: ")]
    assert len(said) == 2
    assert "ModelKit needs iOS 17.0, the target 'Shop' runs on iOS 16.4" in said[0]
    assert "add -all_load to the Other Linker Flags (OTHER_LDFLAGS) of the target 'Shop'" in said[1]
    ready = (
        xcode_16()
        .replace("= 16.4;", "= 17.0;")
        .replace(
            "\t\t\t\tPRODUCT_NAME",
            '\t\t\t\tOTHER_LDFLAGS = (\n\t\t\t\t\t"$(inherited)",\n\t\t\t\t\t"-all_load",\n\t\t\t\t);\n'
            "\t\t\t\tPRODUCT_NAME",
        )
    )
    done = add(work, app(tmp_path / "ready", ready), *executorch)
    assert (done.code, "warning" in done.stderr) == (0, False), done.stderr
    # In one configuration only, or set elsewhere: what is not certain is said.
    done = add(work, app(tmp_path / "half", ready.replace('"-all_load"', '"-ObjC"', 1)), *executorch, "--dry-run")
    assert "add -all_load" in done.stderr
    unknown = ready.replace("IPHONEOS_DEPLOYMENT_TARGET = 17.0;", "")
    done = add(work, app(tmp_path / "unknown", unknown), *executorch, "--dry-run")
    assert "ModelKit needs iOS 17.0, the target 'Shop' may run on an older one" in done.stderr


def refused(work: Path, project: Path, *options: str, code: int = 8) -> str:
    """The error of an `add` that must leave everything as it is."""
    folder = project if project.suffix != ".xcodeproj" else project.parent
    before = listing(folder.parent)
    done = add(work, project, *options)
    assert done.code == code, done.stderr
    assert listing(folder.parent) == before
    return done.error()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "too early"),
        ('{"archiveVersion": 1}', "no project file"),
        (xcode_14().replace("objectVersion = 56", "objectVersion = 42"), "older than edgegen knows"),
        (xcode_14().replace('projectDirPath = ""', "projectDirPath = Sources"), "projectDirPath"),
        (xcode_15().replace("productName = Collections", "productName = ModelKit"), "package ModelKit already"),
        (xcode_16().replace("path = Shop;", 'path = "../app";'), "compiles whatever is in the folder '../app'"),
    ],
)
def test_a_project_that_is_not_understood_is_left_alone(work: Path, tmp_path: Path, text: str, said: str) -> None:
    project = app(tmp_path / "app", text)
    error = refused(work, project)
    assert said in error
    assert "edgegen add --no-edit" in error
    # And that is the way by hand.
    done = add(work, project, "--no-edit")
    assert done.code == 0, done.stderr
    assert "In Xcode: File > Add Package Dependencies > Add Local" in done.stderr
    assert (project / "project.pbxproj").read_bytes() == text.encode()
    assert (project.parent / "ModelKit" / "Package.swift").is_file()


def test_what_is_in_the_way_is_named(work: Path, tmp_path: Path) -> None:
    project = app(tmp_path / "app")
    (project.parent / "ModelKit").mkdir()
    (project.parent / "ModelKit" / "Package.swift").touch()
    assert "edgegen did not write it. Move it away" in refused(work, project)
    shutil.rmtree(project.parent / "ModelKit")
    (project.parent / "ModelKit").symlink_to("Shop")
    assert "is in the way" in refused(work, project)
    (project.parent / "ModelKit").unlink()
    (project / "project.pbxproj").rename(tmp_path / "elsewhere")
    (project / "project.pbxproj").symlink_to(tmp_path / "elsewhere")
    assert "is a link to another file" in refused(work, project)


def test_twice_is_once(work: Path, tmp_path: Path) -> None:
    project = app(tmp_path / "app")
    assert add(work, project).code == 0
    assert "ModelKit: is there already" in refused(work, project)
    shutil.copytree(project, project.with_name("Kiosk.xcodeproj"))
    (project.with_name("Kiosk.xcodeproj") / "project.pbxproj").write_text(xcode_16())
    assert "was added to Shop.xcodeproj. Only one project" in refused(
        work, project.with_name("Kiosk.xcodeproj"), code=2
    )
    # With the folder gone, the next `add` writes it and finds the rest in place.
    edited = (project / "project.pbxproj").read_bytes()
    shutil.rmtree(project.parent / "ModelKit")
    assert add(work, project).code == 0
    assert (project / "project.pbxproj").read_bytes() == edited


def test_an_app_that_is_none(work: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no .xcodeproj" in refused(work, tmp_path / "empty")
    assert "there is no such project" in refused(work, tmp_path / "nowhere")
    project = app(tmp_path / "app")
    (project.parent / ".edgegen").mkdir()
    (project.parent / ".edgegen" / "manifest.json").write_text("{}")
    assert "is a project that edgegen wrote" in refused(work, project)
    for option in (("--module", "vision"), ("--platform", "android", "--target", "Shop")):
        assert option[-2] in refused(work, project, *option, code=2)


def test_a_model_that_cannot_be_used_leaves_the_app_as_it_was(work: Path, tmp_path: Path) -> None:
    project = app(tmp_path / "app")
    before = listing(project.parent)
    assert add(work, project, model=("--model", "shop.net:nothing")).code == 4
    assert listing(project.parent) == before


@pytest.mark.parametrize("by", ["an editor", "another add"])
def test_a_project_that_changes_meanwhile_is_not_overwritten(
    by: str, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edgegen.projects import add as module

    project = app(tmp_path / "app")
    mine = xcode_16().replace("LastUpgradeCheck = 1430", "LastUpgradeCheck = 1600")
    write = module.write_files

    def meanwhile(*arguments: object) -> object:
        if by == "an editor":
            (project / "project.pbxproj").write_text(mine)
        else:
            (project.parent / "ModelKit").mkdir()
            (project.parent / "ModelKit" / "theirs").touch()
        return write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "write_files", meanwhile)
    done = add(work, project)
    assert done.code == 8
    if by == "an editor":
        assert "was changed while the module was made" in done.error()
        assert (project / "project.pbxproj").read_text() == mine
        assert sorted(path.name for path in project.parent.iterdir()) == ["Shop", "Shop.xcodeproj"]
    else:
        assert "is in the way" in done.error()
        assert (project / "project.pbxproj").read_text() == xcode_16()
        assert sorted(path.name for path in (project.parent / "ModelKit").iterdir()) == ["theirs"]


def test_a_project_that_cannot_be_written_takes_the_folder_back(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edgegen.projects import add as module

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "atomic_write", full)
    project = app(tmp_path / "app")
    before = listing(project.parent)
    done = add(work, project)
    assert done.code == 8
    assert "No space left on device" in done.error()
    assert listing(project.parent) == before


def test_what_an_interrupted_run_left_is_taken_up(work: Path, tmp_path: Path) -> None:
    project = app(tmp_path / "app")
    assert add(work, project).code == 0
    whole = listing(project.parent)
    # The folder in its place, the project not yet; and a temporary file beside that.
    (project / "project.pbxproj").write_text(xcode_16())
    (project / ".project.pbxproj.abc.edgegen-tmp").touch()
    done = add(work, project)
    assert done.code == 0, done.stderr
    assert "was left by an interrupted run" in done.stderr
    assert listing(project.parent).keys() == whole.keys()
    assert listing(project.parent)[PROJECT] == whole[PROJECT]
    # With changes of the user's in it, it is theirs.
    (project / "project.pbxproj").write_text(xcode_16())
    (project.parent / "ModelKit" / "mine.txt").touch()
    assert "holds changes of yours" in refused(work, project)
    assert remove(work, project, "--force").code == 0
    assert listing(project.parent) == listing(app(tmp_path / "new").parent)
