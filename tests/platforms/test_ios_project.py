"""The Xcode project for every kind of spec: what Xcode, CocoaPods and the person who opens it find in it."""

from __future__ import annotations

import plistlib
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from xml.etree import ElementTree

import pytest

from edgegen.paths import data_dir
from edgegen.platforms import ProjectFacts, ios_project
from edgegen.platforms.ios import product_of
from edgegen.platforms.ios_xcodeproj import XcodeProject, project_text
from edgegen.render.engine import render
from edgegen.spec.model_spec import (
    AppSection,
    ClassificationOutput,
    Dependencies,
    ExportSection,
    ImageInput,
    Input,
    ModelSection,
    ModelSpec,
    TensorInput,
)
from tests.swift.toolchain import need_swift, run_swift

HOSTILE = 'Tom & Jerry\'s "Ünïcode" 🐱 $(HOME) #{1} \\(2) */ <b>;'
PHOTO = ImageInput("photo", (1, 3, 24, 24))
NUMBERS = TensorInput("n", (1, 5))
VARIANTS: tuple[tuple[str, Dependencies], ...] = (
    ("coreml", "swiftpm"),
    ("coreml", "cocoapods"),
    ("executorch", "swiftpm"),
    ("onnx", "swiftpm"),
    ("onnx", "cocoapods"),
    ("torchscript", "cocoapods"),
)


def spec_of(
    inputs: tuple[Input, ...] = (PHOTO,),
    runtime: str = "coreml",
    dependencies: Dependencies | None = None,
    team: str | None = None,
) -> ModelSpec:
    return ModelSpec(
        ModelSection("nets:any"),
        inputs,
        (ClassificationOutput("scores"),),
        AppSection("ios", HOSTILE, "org.some-where.app", team=team, dependencies=dependencies),
        ExportSection(runtime),
    )


def rendered(spec: ModelSpec, into: Path, name: str = HOSTILE, slug: str = "tom") -> Path:
    """The files of the project alone: no app, no ModelKit."""
    facts = SimpleNamespace(name=name, slug=slug, labels=("a",), model_title=name, model_licence="MIT")
    product = product_of(slug)
    context: dict[str, Any] = {
        "name": name,
        "slug": slug,
        "product": product,
        "app_id": spec.app.id,
        "deployment_target": "16.0",
        "edgegen_version": "1.2.3",
        "model_file": "model.any",
        **ios_project.context(spec, cast(ProjectFacts, facts), product),
    }
    folders = [data_dir("templates") / "ios" / name for name in ios_project.overlays(spec)]
    render(folders, context, {}, into)
    return into


def settings(file: Path) -> dict[str, str]:
    """The settings of an xcconfig file, by the rules of Xcode's build system."""
    found: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("//")[0].partition("=")
        if equals and not line.startswith("#"):
            found[name.strip()] = expanded(value.strip().removesuffix(";").rstrip())
    return found


def expanded(text: str) -> str:
    """A setting's value or a text of Info.plist: `$$` is a dollar, and `$()` nothing."""
    return re.sub(r"\$(\$|\(\))", lambda match: "$" if match[1] == "$" else "", text)


@pytest.mark.parametrize(("runtime", "dependencies"), VARIANTS)
def test_only_what_the_runtime_needs_is_in_the_project(
    runtime: str, dependencies: Dependencies, tmp_path: Path
) -> None:
    project = rendered(spec_of(runtime=runtime, dependencies=dependencies), tmp_path)
    app = settings(project / "Config/App.xcconfig")
    assert app.get("OTHER_LDFLAGS") == ("$(inherited) -all_load" if runtime == "executorch" else None)
    pods = dependencies == "cocoapods"
    assert (project / "Podfile").exists() == pods
    assert ("XCLocalSwiftPackageReference" in (project / "Tom.xcodeproj/project.pbxproj").read_text()) != pods
    readme = (project / "README.md").read_text(encoding="utf-8")
    assert ("pod install" in readme) == pods
    assert ("2 December 2026" in readme) == pods
    titles = {"coreml": "Core ML", "executorch": "ExecuTorch", "onnx": "ONNX Runtime", "torchscript": "TorchScript"}
    assert [title for title in titles.values() if f"\n## {title}\n" in readme] == [titles[runtime]]


def test_executorch_s_backend_is_named_by_its_own_name(tmp_path: Path) -> None:
    spec = spec_of(runtime="executorch")
    delegated = replace(spec, export=replace(spec.export, backend="coreml"))
    notices = [
        (rendered(each, tmp_path / str(n)) / "NOTICE.md").read_text() for n, each in enumerate((spec, delegated))
    ]
    assert ["XNNPACK" in notice for notice in notices] == [True, False]
    assert ["Core ML" in notice for notice in notices] == [False, True]


def test_a_name_that_a_person_typed_is_right_everywhere(tmp_path: Path) -> None:
    project = rendered(spec_of(), tmp_path)
    app = settings(project / "Config/App.xcconfig")
    # Xcode makes Info.plist of the expanded settings, and then expands Info.plist.
    assert expanded(app["INFOPLIST_KEY_CFBundleDisplayName"]) == HOSTILE
    assert app["PRODUCT_BUNDLE_IDENTIFIER"] == "org.some-where.app"
    title = (project / "README.md").read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    assert re.sub(r"\\([\\`*_\[\]<>#|&])", r"\1", title) == HOSTILE
    assert HOSTILE not in (project / "Tom.xcodeproj/project.pbxproj").read_text(encoding="utf-8")


def test_a_team_is_there_when_it_was_given(tmp_path: Path) -> None:
    with_team = rendered(spec_of(team="ABCDE12345"), tmp_path / "with")
    without = rendered(spec_of(), tmp_path / "without")
    assert settings(with_team / "Config/App.xcconfig")["DEVELOPMENT_TEAM"] == "ABCDE12345"
    assert settings(without / "Config/App.xcconfig")["DEVELOPMENT_TEAM"] == ""
    assert "DEVELOPMENT_TEAM" not in (with_team / "Tom.xcodeproj/project.pbxproj").read_text(encoding="utf-8")


def test_swift_is_strict_and_scripts_are_in_a_sandbox(tmp_path: Path) -> None:
    project = rendered(spec_of(), tmp_path)
    common = settings(project / "Config/Project.xcconfig")
    assert common["SWIFT_VERSION"] == "6.0"
    assert common["SWIFT_STRICT_CONCURRENCY"] == "complete"
    assert common["ENABLE_USER_SCRIPT_SANDBOXING"] == "YES"
    for name in ("Debug", "Release"):
        assert '#include "Project.xcconfig"' in (project / f"Config/{name}.xcconfig").read_text()
    assert "ENABLE_USER_SCRIPT_SANDBOXING" not in settings(project / "Config/App.xcconfig")


def test_what_is_asked_of_the_user_is_explained_and_nothing_else(tmp_path: Path) -> None:
    photo = settings(rendered(spec_of(), tmp_path / "photo") / "Config/App.xcconfig")
    numbers = settings(rendered(spec_of((NUMBERS,)), tmp_path / "numbers") / "Config/App.xcconfig")
    usage = {"INFOPLIST_KEY_NSCameraUsageDescription", "INFOPLIST_KEY_NSPhotoLibraryUsageDescription"}
    assert {name for name in photo if "UsageDescription" in name} == usage
    assert not any("UsageDescription" in name for name in numbers)


def test_an_info_plist_is_used_where_there_is_one_and_is_no_resource(tmp_path: Path) -> None:
    photo = rendered(spec_of(), tmp_path / "photo")
    numbers = rendered(spec_of((NUMBERS,)), tmp_path / "numbers")
    assert "INFOPLIST_FILE" not in settings(photo / "Config/App.xcconfig")
    assert settings(numbers / "Config/App.xcconfig")["INFOPLIST_FILE"] == "Tom/Info.plist"
    exception = "PBXFileSystemSynchronizedBuildFileExceptionSet"
    assert exception not in (photo / "Tom.xcodeproj/project.pbxproj").read_text(encoding="utf-8")
    text = (numbers / "Tom.xcodeproj/project.pbxproj").read_text(encoding="utf-8")
    assert re.search(rf"isa = {exception};\s*membershipExceptions = \(\s*Info.plist,\s*\);\s*target = ", text)


def test_the_scheme_names_targets_that_exist(tmp_path: Path) -> None:
    project = rendered(spec_of(), tmp_path)
    scheme = ElementTree.parse(project / "Tom.xcodeproj/xcshareddata/xcschemes/Tom.xcscheme")
    references = list(scheme.iter("BuildableReference"))
    text = (project / "Tom.xcodeproj/project.pbxproj").read_text(encoding="utf-8")
    for reference in references:
        if reference.get("ReferencedContainer") == "container:Tom.xcodeproj":
            assert f"{reference.get('BlueprintIdentifier')} /* {reference.get('BlueprintName')} */ = {{" in text
    tests = [item.get("BlueprintIdentifier") for item in scheme.findall("TestAction//BuildableReference")]
    assert tests == ["ModelKitTests"]
    pods = rendered(spec_of(dependencies="cocoapods"), tmp_path / "pods")
    pod_scheme = ElementTree.parse(pods / "Tom.xcodeproj/xcshareddata/xcschemes/Tom.xcscheme")
    assert pod_scheme.findall("TestAction//BuildableReference") == []


def test_with_pods_each_configuration_has_cocoapods_settings(tmp_path: Path) -> None:
    project = rendered(spec_of(dependencies="cocoapods"), tmp_path)
    for name in ("debug", "release"):
        text = (project / f"Config/App.{name}.xcconfig").read_text(encoding="utf-8")
        included = re.findall(r'#include\?? "(.*)"', text)
        assert included == [f"../Pods/Target Support Files/Pods-Tom/Pods-Tom.{name}.xcconfig", "App.xcconfig"]
    pbxproj = (project / "Tom.xcodeproj/project.pbxproj").read_text(encoding="utf-8")
    assert len(re.findall(r"baseConfigurationReference = \w+ /\* App\.(debug|release)\.xcconfig \*/", pbxproj)) == 2


@pytest.mark.parametrize("pods", [False, True])
@pytest.mark.parametrize("info_plist", [False, True])
def test_libplist_reads_the_project(pods: bool, info_plist: bool, tmp_path: Path) -> None:
    need_swift()
    text = project_text(XcodeProject("Tom", "tom", ("README.md", "NOTICE.md"), pods, info_plist))
    (tmp_path / "project.pbxproj").write_text(text, encoding="utf-8")
    done = run_swift(["plistutil", "-i", "project.pbxproj", "-f", "xml", "-o", "out.plist"], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    project = plistlib.loads((tmp_path / "out.plist").read_bytes())
    objects = project["objects"]
    targets = [objects[identifier] for identifier in objects[project["rootObject"]]["targets"]]
    assert [(target["isa"], target["name"]) for target in targets] == [
        ("PBXNativeTarget", "Tom"),
        ("PBXAggregateTarget", "Export model"),
    ]
    # The app waits for the export; the export's phase is in no target that waits for ModelKit.
    assert [objects[item]["target"] for item in targets[0]["dependencies"]] == objects[project["rootObject"]][
        "targets"
    ][1:]
    assert [objects[item]["isa"] for item in targets[1]["buildPhases"]] == ["PBXShellScriptBuildPhase"]
    assert [objects[item]["isa"] for item in targets[0]["buildPhases"]] == [
        "PBXSourcesBuildPhase",
        "PBXFrameworksBuildPhase",
        "PBXResourcesBuildPhase",
    ]
    products = [objects[item] for item in targets[0]["packageProductDependencies"]]
    assert [objects[item["package"]]["relativePath"] for item in products] == ([] if pods else ["ModelKit"])


def test_the_same_names_give_the_same_bytes_and_others_other_ids() -> None:
    project = XcodeProject("Tom", "tom", ("NOTICE.md",), pods=False, info_plist=False)
    other = XcodeProject("Tom", "jerry", ("NOTICE.md",), pods=False, info_plist=False)
    assert project_text(project) == project_text(project)
    ids = [set(re.findall(r"^\t\t(\w{24}) ", project_text(each), re.M)) for each in (project, other)]
    assert len(ids[0]) == len(ids[1])
    assert not ids[0] & ids[1]


def test_ruby_reads_the_podfile(tmp_path: Path) -> None:
    need_swift()  # Ruby stands beside it.
    project = rendered(spec_of(dependencies="cocoapods"), tmp_path)
    recorder = (
        "calls = []\n"
        "%i[platform project use_frameworks! pod].each { |n| define_method(n) { |*a| calls << [n, *a] } }\n"
        "define_method(:target) { |n, &b| calls << [:target, n]; b.call }\n"
        "eval File.read('Podfile', encoding: 'UTF-8')\n"
        "p calls\n"
    )
    done = run_swift(["ruby", "-e", recorder], cwd=project)
    assert done.returncode == 0, done.stderr
    assert '[:platform, :ios, "16.0"]' in done.stdout
    assert '[:target, "Tom"]' in done.stdout
    assert re.search(r'\[:pod, "ModelKit", \{(:path=>|path: )"ModelKit"', done.stdout)
    old = run_swift(["ruby", "-e", f"module Pod; VERSION = '1.15.2'; end\n{recorder}"], cwd=project)
    assert "1.16 or newer" in old.stderr


def test_the_readme_s_commands_fit_the_project(tmp_path: Path) -> None:
    swiftpm = (rendered(spec_of(), tmp_path / "spm") / "README.md").read_text(encoding="utf-8")
    assert "\nopen Tom.xcodeproj\nxcodebuild test -project Tom.xcodeproj -scheme Tom -destination" in swiftpm
    pods = (rendered(spec_of(dependencies="cocoapods"), tmp_path / "pods") / "README.md").read_text(encoding="utf-8")
    assert "open Tom.xcworkspace\nxcodebuild test -workspace Tom.xcworkspace -scheme ModelKit-Unit-Tests " in pods


@pytest.mark.parametrize("inputs", [(PHOTO,), (NUMBERS,), (PHOTO, NUMBERS)])
def test_nothing_is_left_unsaid_in_the_documents(inputs: tuple[Input, ...], tmp_path: Path) -> None:
    project = rendered(spec_of(inputs), tmp_path)
    for name in ("README.md", "NOTICE.md"):
        text = (project / name).read_text(encoding="utf-8")
        assert "{{" not in text
        assert not re.search(r"^\s*None|\{[a-z_]+\}", text, re.M)
