"""Every file of a generated project that Xcode, SwiftPM or CocoaPods reads, and that mistakes in them are seen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ios.check import openstep
from tests.ios.check.project_graph import Project, problems
from tests.ios.check.project_paths import own_problems
from tests.ios.check.resources import problems as resource_problems
from tests.ios.check.variants import PRODUCT, VARIANTS, Projects
from tests.ios.projects import Projects as RealProjects
from tests.swift.toolchain import need_swift, run_swift

REAL = ("hostile", "demo-torchscript")


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_project_is_a_sound_graph(variant: str, rendered: Projects) -> None:
    project = Project.read(rendered.folder(variant) / f"{PRODUCT}.xcodeproj")
    assert problems(project) + own_problems(project) == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_xcode_reads_besides_is_sound(variant: str, rendered: Projects) -> None:
    assert resource_problems(rendered.folder(variant)) == []


@pytest.mark.parametrize("variant", REAL)
def test_what_edgegen_new_writes_is_sound(variant: str, ios: RealProjects) -> None:
    folder = ios.folder(variant)
    [bundle] = folder.glob("*.xcodeproj")
    project = Project.read(bundle)
    assert problems(project) + own_problems(project) + resource_problems(folder) == []


@pytest.mark.parametrize("variant", ["coreml", "onnx pods", "torchscript"])
def test_libplist_reads_the_same_project(variant: str, rendered: Projects, tmp_path: Path) -> None:
    need_swift()
    source = rendered.folder(variant) / f"{PRODUCT}.xcodeproj" / "project.pbxproj"
    shutil.copyfile(source, tmp_path / "project.pbxproj")
    done = run_swift(["plistutil", "-i", "project.pbxproj", "-f", "json", "-o", "out.json"], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out.json").read_text("utf-8")) == openstep.parse(source.read_text("utf-8"))


@pytest.mark.parametrize("variant", ["coreml", "executorch", "onnx many"])
def test_swiftpm_reads_the_package(variant: str, rendered: Projects, tmp_path: Path) -> None:
    need_swift()
    kit = tmp_path / "ModelKit"
    shutil.copytree(rendered.folder(variant) / "ModelKit", kit)
    done = run_swift(["swift", "package", "dump-package"], cwd=kit)
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr
    package = json.loads(done.stdout)
    assert [product["name"] for product in package["products"]] == ["ModelKit"]
    targets = {target["name"]: target for target in package["targets"]}
    assert {name: target["type"] for name, target in targets.items()} == {
        "ModelKit": "regular",
        "ModelKitTests": "test",
    }
    for target in targets.values():
        named = [*target["sources"], *target["exclude"], *(item["path"] for item in target["resources"])]
        assert [path for path in named if not (kit / (target["path"] or ".") / path).exists()] == []
    outside = {"coreml": 0, "executorch": 1, "onnx many": 1}[variant]
    assert len(package["dependencies"]) == outside


def test_swiftpm_describes_a_package_that_needs_no_other(rendered: Projects, tmp_path: Path) -> None:
    """Every source of the folder belongs to one of the two targets."""
    need_swift()
    kit = tmp_path / "ModelKit"
    shutil.copytree(rendered.folder("coreml") / "ModelKit", kit)
    done = run_swift(["swift", "package", "describe", "--type", "json"], cwd=kit)
    assert done.returncode == 0, done.stderr
    described = json.loads(done.stdout[done.stdout.index("{") :])
    sources = [source for target in described["targets"] for source in target["sources"]]
    swift = {path.relative_to(kit).as_posix() for path in kit.rglob("*.swift") if ".build" not in path.parts}
    assert len(sources) == len(set(sources))
    assert {name for name in swift - set(sources) if "Bundles/Pod.swift" not in name} == {"Package.swift"}


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        [path] = project.rglob(name)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def _json(name: str, change: Callable[[Any], object]) -> Callable[[Path], None]:
    def edit(project: Path) -> None:
        [path] = project.rglob(name)
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")

    return edit


def _small_icon(project: Path) -> None:
    from PIL import Image

    [path] = project.rglob("AppIcon.png")
    Image.open(path).convert("RGBA").resize((512, 512)).save(path)


APP = f"{PRODUCT}/PrivacyInfo.xcprivacy"
MISTAKES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a manifest that is no XML": (_edit(APP, "</dict>", ""), "no property list"),
    "a manifest without a key": (_edit(APP, "NSPrivacyTracking<", "NSPrivacyTrack<"), "NSPrivacyTracking is None"),
    "an API that is not declared": (
        _edit("Answer.swift", "import Foundation", "import Foundation\nlet a = UserDefaults.standard"),
        "UserDefaults is for",
    ),
    "a catalogue cut short": (_edit("Localizable.xcstrings", '"version"', "version"), "no catalogue of strings"),
    "a language without words": (
        _json("Localizable.xcstrings", lambda c: next(iter(c["strings"].values())).update(localizations={"de": {}})),
        "in de is {}",
    ),
    "an icon that is missing": (
        lambda project: next(project.rglob("AppIcon-dark.png")).unlink(),
        "AppIcon-dark.png is not there",
    ),
    "a picture that nobody names": (
        _json("AppIcon.appiconset/Contents.json", lambda c: c["images"].pop()),
        "is not named",
    ),
    "an icon too small": (_small_icon, "AppIcon.png has (512, 512)"),
    "an icon with alpha": (_small_icon, "AppIcon.png is RGBA"),
    "a colour that is none": (
        _json("AccentColor.colorset/Contents.json", lambda c: c.update(colors=[{"color": {}}])),
        "has the color",
    ),
    "a catalogue of unknown form": (_json("Assets.xcassets/Contents.json", lambda c: c.clear()), "has the info None"),
    "a setting without a value's sign": (
        _edit("App.xcconfig", "MARKETING_VERSION =", "MARKETING_VERSION"),
        "is no setting",
    ),
    "a setting twice": (
        _edit("App.xcconfig", "MARKETING_VERSION = 1.0", "MARKETING_VERSION = 1\nMARKETING_VERSION = 2"),
        "is set in line",
    ),
    "an address in a setting": (
        _edit("App.xcconfig", "MARKETING_VERSION = 1.0", "URL = https://example.com"),
        "is a comment",
    ),
    "a reference left open": (_edit("App.xcconfig", "MARKETING_VERSION = 1.0", "A = $(B"), "nothing closes"),
    "settings that are not there": (
        _edit("Debug.xcconfig", '"Project.xcconfig"', '"Projects.xcconfig"'),
        "Projects.xcconfig is not there",
    ),
    "a scheme of another target": (
        _edit(f"{PRODUCT}.xcscheme", 'BlueprintIdentifier = "', 'BlueprintIdentifier = "0'),
        "names the target",
    ),
    "a scheme with another configuration": (
        _edit(f"{PRODUCT}.xcscheme", '"Release"', '"Publish"'),
        "uses the configuration Publish",
    ),
    "a scheme of a package elsewhere": (
        _edit(f"{PRODUCT}.xcscheme", "container:ModelKit", "container:Kit"),
        "names Kit",
    ),
    "a workspace of another project": (
        _edit("contents.xcworkspacedata", "self:", "group:Other.xcodeproj"),
        "names group:Other",
    ),
    "an input that is not there": (
        _edit("inputs.xcfilelist", "/edgegen.toml", "/edgegen.tom"),
        "edgegen.tom is not there",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_seen(mistake: str, rendered: Projects, tmp_path: Path) -> None:
    change, said = MISTAKES[mistake]
    project = tmp_path / "project"
    shutil.copytree(rendered.folder("coreml"), project)
    change(project)
    found = resource_problems(project)
    assert any(said in problem for problem in found), found
