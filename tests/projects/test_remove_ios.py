"""`edgegen remove --platform ios`: the project is what it was before `edgegen add`; no file of the user's is lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from edgegen.projects.xcode_plist import Array, Dictionary, String, Value, read
from tests.faults.folders import fill, listing
from tests.projects.xcode_apps import add, app, check_graph, remove
from tests.projects.xcode_samples import xcode_11, xcode_15, xcode_16

PODS = ("--dependencies", "cocoapods")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the user's package and weights."""
    return fill(tmp_path_factory.mktemp("remove-ios") / "work")


@pytest.fixture(scope="module")
def made(work: Path) -> Path:
    """The .xcodeproj of an app with a model in it; no test may change it."""
    project = app(work.parent / "made")
    done = add(work, project)
    assert done.code == 0, done.stderr
    return project


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """A copy of the app that a test may change."""
    return shutil.copytree(made.parent, tmp_path / "own", symlinks=True) / made.name


@pytest.mark.parametrize(
    ("text", "options"),
    [(xcode_16(), ()), (xcode_15(), PODS), (xcode_11().replace("\n", "\r\n"), ())],
    ids=["Xcode 16", "Xcode 15 with pods", "Xcode 11 from Windows"],
)
def test_add_and_remove_leave_every_byte_as_it_was(
    work: Path, tmp_path: Path, text: str, options: tuple[str, ...]
) -> None:
    project = app(tmp_path / "app", text)
    before = listing(tmp_path)
    assert add(work, project, *options).code == 0
    assert listing(tmp_path) != before
    done = remove(work, project)
    assert done.code == 0, done.stderr
    assert listing(tmp_path) == before


def resaved(text: str, mine: str = "") -> str:
    """The project as another program writes it that reads and writes the format: order, quotes, comments, lines.

    `mine` is put into the attributes of the project, as Xcode notes there what it knows of targets.
    """

    def written(value: Value) -> str:
        if isinstance(value, String):
            escaped = value.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return f'"{escaped}"'
        if isinstance(value, Array):
            return f"({', '.join(map(written, value.items))})"
        entries = sorted(value.entries, key=lambda entry: entry.key.text)
        return "{" + " ".join(f"{written(entry.key)} = {written(entry.value)};" for entry in entries) + "}"

    root = read(text)
    objects = root.get("objects")
    assert isinstance(objects, Dictionary)
    lines = "".join(f"\t\t{entry.key.text} = {written(entry.value)};\n" for entry in reversed(objects.entries))
    lines = lines.replace('"attributes" = {', f'"attributes" = {{{mine}')
    return (
        "// !$*UTF8*$!\n{\n\tarchiveVersion = 1;\n\tclasses = {\n\t};\n"
        f"\tobjectVersion = {root.text('objectVersion')};\n\tobjects = {{\n{lines}\t}};\n"
        f"\trootObject = {root.text('rootObject')};\n}}\n"
    )


def plain(value: Value) -> object:
    """A tree without places."""
    if isinstance(value, String):
        return value.text
    if isinstance(value, Array):
        return [plain(item) for item in value.items]
    return {entry.key.text: plain(entry.value) for entry in value.entries}


def test_a_project_that_xcode_saved_anew_loses_what_is_edgegens(work: Path, own: Path) -> None:
    file = own / "project.pbxproj"
    before = file.read_text(encoding="utf-8")
    target = before.split(" /* Export model */ = {\n\t\t\tisa = PBXAggregateTarget")[0].split()[-1]
    mine = f'"TargetAttributes" = {{{target} = {{CreatedOnToolsVersion = 16.0;}};}};'
    file.write_text(resaved(before, mine), encoding="utf-8")
    done = remove(work, own)
    assert done.code == 0, done.stderr
    left = plain(read(file.read_text(encoding="utf-8").replace('"TargetAttributes" = {};', "")))
    assert left == plain(read(xcode_16()))
    check_graph(own)


def test_another_target_that_uses_the_package_is_named(work: Path, own: Path) -> None:
    """Xcode gives it a product of its own, of edgegen's package: it would point to nothing."""
    file = own / "project.pbxproj"
    text = file.read_text(encoding="utf-8")
    package = text.split(' /* XCLocalSwiftPackageReference "ModelKit" */ = {')[0].split()[-1]
    fields = f"isa = XCSwiftPackageProductDependency; package = {package}; productName = ModelKit;"
    product = f"\t\tB1 /* ModelKit */ = {{{fields} }};\n"
    end = "/* End XCSwiftPackageProductDependency section */"
    listed = "\t\t\tpackageProductDependencies = (\n"
    text = text.replace(end, product + end)
    at = text.index(listed, text.index("/* Begin PBXNativeTarget")) + len(listed)
    file.write_text(f"{text[:at]}\t\t\t\tB1 /* ModelKit */,\n{text[at:]}", encoding="utf-8")
    before = listing(own.parent)
    done = remove(work, own)
    assert done.code == 8
    assert "uses ModelKit in Shop, too. Take it out of there in Xcode" in done.error()
    assert listing(own.parent) == before


def test_a_dry_run_shows_the_diff_and_removes_nothing(work: Path, own: Path) -> None:
    before = listing(own.parent)
    done = remove(work, own, "--dry-run")
    assert done.code == 0, done.stderr
    assert "-\t\t\tisa = XCLocalSwiftPackageReference;" in done.stdout
    assert listing(own.parent) == before


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("Sources/ModelKit/Model.swift", "Sources/ModelKit/Model.swift (changed)"),
        ("edgegen.toml", "edgegen.toml (changed)"),
        ("Sources/ModelKit/Mine.swift", "Sources/ModelKit/Mine.swift (added)"),
    ],
)
def test_the_users_own_files_are_named_and_kept_without_force(work: Path, own: Path, file: str, said: str) -> None:
    with (own.parent / "ModelKit" / file).open("a", encoding="utf-8") as open_file:
        open_file.write("// mine\n")
    before = listing(own.parent)
    done = remove(work, own)
    assert done.code == 8
    assert said in done.error()
    assert "--force" in done.error()
    assert listing(own.parent) == before
    done = remove(work, own, "--force", "--json")
    assert done.code == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["lost"], document["removed"]) == ([file], True)
    assert document["project"]["file"] == "Shop.xcodeproj/project.pbxproj"
    assert sorted(path.name for path in own.parent.iterdir()) == ["Shop", "Shop.xcodeproj"]


def test_what_xcode_leaves_is_no_file_of_the_users(work: Path, own: Path) -> None:
    for name in (".build/debug/x", ".swiftpm/xcode/y", "Package.resolved", "Sources/xcuserdata/z", ".DS_Store"):
        path = own.parent / "ModelKit" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (own.parent / "ModelKit" / "Generated" / "edited").touch()
    done = remove(work, own)
    assert done.code == 0, done.stderr
    assert not (own.parent / "ModelKit").exists()


def test_the_code_that_still_uses_the_module_is_named(work: Path, own: Path) -> None:
    folder = own.parent
    (folder / "Shop" / "View.swift").write_text("import SwiftUI\n@preconcurrency import ModelKit\n")
    (folder / "Shop" / "Other.swift").write_text("// import ModelKit\nimport ModelKitchen\n")
    (folder / "Pods").mkdir()
    (folder / "Pods" / "Theirs.swift").write_text("import ModelKit\n")
    (folder / "Podfile").write_text("target 'Shop' do\n  pod 'ModelKit', :path => 'ModelKit'\nend\n")
    done = remove(work, own, "--json")
    assert done.code == 0
    assert json.loads(done.stdout)["still_used_by"] == ["Podfile", "Shop/View.swift"]
    assert "View.swift still imports ModelKit; take that line out" in done.stderr


def test_half_of_it_gone_already_is_no_obstacle(work: Path, own: Path, tmp_path: Path) -> None:
    without_folder = shutil.copytree(own.parent, tmp_path / "without folder") / own.name
    shutil.rmtree(without_folder.parent / "ModelKit")
    assert remove(work, without_folder).code == 0
    # The lists that `add` had to make are noted in the folder: empty ones may be left now.
    check_graph(without_folder)
    assert "ModelKit" not in (without_folder / "project.pbxproj").read_text()
    (own / "project.pbxproj").write_text(xcode_16())  # As after a kill between the two.
    assert remove(work, own).code == 0
    assert listing(own.parent) == listing(app(tmp_path / "new").parent)


def test_where_there_is_nothing_of_edgegens(work: Path, own: Path, tmp_path: Path) -> None:
    project = app(tmp_path / "app")
    assert "there is no module ModelKit of edgegen's. Give the .xcodeproj" in remove(work, project).error()
    (project.parent / "ModelKit").mkdir()
    (project.parent / "ModelKit" / "Package.swift").touch()
    before = listing(project.parent)
    assert "was not put here by edgegen add" in remove(work, project).error()
    assert listing(project.parent) == before
    other = shutil.copytree(own, own.with_name("Kiosk.xcodeproj"))
    (other / "project.pbxproj").write_text(xcode_16())
    before = listing(own.parent)
    assert "was added to Shop.xcodeproj. Take it out of that one" in remove(work, other).error()
    assert listing(own.parent) == before


def test_a_module_that_was_added_by_hand_goes_without_the_project(work: Path, tmp_path: Path) -> None:
    project = app(tmp_path / "app")
    before = listing(project.parent)
    assert add(work, project, "--no-edit").code == 0
    assert remove(work, project).code == 0
    assert listing(project.parent) == before


def test_a_folder_that_cannot_be_moved_leaves_the_project(
    work: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = listing(own.parent)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "ModelKit":
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    done = remove(work, own)
    assert done.code == 8
    assert "Permission denied" in done.error()
    assert listing(own.parent) == before


def test_a_project_that_cannot_be_read_is_left_alone(work: Path, own: Path) -> None:
    text = (own / "project.pbxproj").read_text()
    (own / "project.pbxproj").write_text(f"<<<<<<< HEAD\n{text}")
    before = listing(own.parent)
    error = remove(work, own).error()
    assert "is no project file as Xcode writes it" in error
    assert "Open it in Xcode" in error
    assert listing(own.parent) == before
