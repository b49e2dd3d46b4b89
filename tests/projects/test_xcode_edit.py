"""ModelKit and the target that exports the model, put into project files of several kinds and taken out again."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from edgegen.errors import ProjectError, UsageError
from edgegen.projects.text_edit import Edit
from edgegen.projects.xcode_edit import our_ids, plan, without
from edgegen.projects.xcode_plist import Dictionary
from edgegen.projects.xcode_project import XcodeProject, parse_project
from tests.ios.check.project_graph import Project, problems
from tests.projects.xcode_samples import SAMPLES, xcode_11, xcode_14, xcode_15, xcode_16

PATH = Path("Shop.xcodeproj", "project.pbxproj")
CHECKED = Path(__file__).parents[1] / "ios" / "check" / "samples"
SHOP = "A10000000000000000000050"


def project_of(text: str) -> XcodeProject:
    return parse_project(PATH, text.encode())


def planned(text: str, *, package: bool = True) -> Edit:
    project = project_of(text)
    return plan(project, project.application(None), package=package)


def objects_of(project: XcodeProject, isa: str) -> dict[str, Dictionary]:
    found = {entry.key.text: entry.value for entry in project.objects.entries}
    return {key: item for key, item in found.items() if isinstance(item, Dictionary) and item.text("isa") == isa}


@pytest.fixture(params=sorted(SAMPLES))
def sample(request: pytest.FixtureRequest) -> str:
    return SAMPLES[request.param]()


@pytest.mark.parametrize("package", [True, False])
def test_out_again_gives_every_byte_back(sample: str, package: bool) -> None:
    edit = planned(sample, package=package)
    assert edit.before == sample.encode()
    assert without(parse_project(PATH, edit.after), edit.made) == edit.before


def test_nothing_of_the_users_changes(sample: str) -> None:
    after = planned(sample).after.decode()
    matcher = difflib.SequenceMatcher(None, sample.splitlines(), after.splitlines(), autojunk=False)
    changed = [operation for operation in matcher.get_opcodes() if operation[0] not in ("equal", "insert")]
    if sample == SAMPLES["on_few_lines"]():
        changed = [operation for operation in changed if operation[2] - operation[1] > 2]
    assert changed == []


def test_the_app_links_the_package(sample: str) -> None:
    project = parse_project(PATH, planned(sample).after)
    ((product_id, product),) = (
        (key, item)
        for key, item in objects_of(project, "XCSwiftPackageProductDependency").items()
        if item.text("productName") == "ModelKit"
    )
    app = project.application(None).object
    assert product_id in app.texts("packageProductDependencies")
    builds = [key for key, item in objects_of(project, "PBXBuildFile").items() if item.text("productRef") == product_id]
    phases = [project.object(key) for key in app.texts("buildPhases")]
    frameworks = [phase for phase in phases if phase and phase.text("isa") == "PBXFrameworksBuildPhase"]
    assert [phase.texts("files") for phase in frameworks] == [builds]
    if project.object_version >= 60:
        (reference,) = objects_of(project, "XCLocalSwiftPackageReference")
        assert product.text("package") == reference
        assert reference in project.project.texts("packageReferences")
    else:
        assert product.text("package") is None
        group = project.object(project.project.text("mainGroup") or "")
        folders = {
            key: item
            for key, item in objects_of(project, "PBXFileReference").items()
            if item.text("path") == "ModelKit"
        }
        assert group is not None
        assert set(folders) <= set(group.texts("children"))
        assert [(item.text("lastKnownFileType"), item.text("sourceTree")) for item in folders.values()] == [
            ("wrapper", "SOURCE_ROOT")
        ]


def test_the_app_waits_for_the_export(sample: str) -> None:
    project = parse_project(PATH, planned(sample).after)
    ((target, item),) = objects_of(project, "PBXAggregateTarget").items()
    assert target in project.project.texts("targets")
    waits = [project.object(key) for key in project.application(None).object.texts("dependencies")]
    assert [found.text("target") for found in waits if found] == [target]
    assert [name for name, _ in project.configurations(item)] == ["Debug", "Release"]
    (phase,) = item.texts("buildPhases")
    script = project.object(phase)
    assert script
    assert script.text("shellScript") == (
        'exec /bin/sh "$SRCROOT/ModelKit/edgegen/export-model.sh" "$SRCROOT/ModelKit"\n'
    )
    assert script.texts("outputFileListPaths") == ["$(SRCROOT)/ModelKit/Generated/outputs.xcfilelist"]


def test_a_pod_is_no_package(sample: str) -> None:
    project = parse_project(PATH, planned(sample, package=False).after)
    assert "ModelKit" not in {item.text("productName") for item in objects_of(project, "PBXBuildFile").values()}
    assert objects_of(project, "XCLocalSwiftPackageReference") == {}
    assert len(objects_of(project, "PBXAggregateTarget")) == 1


def test_twice_is_once(sample: str) -> None:
    first = planned(sample)
    project = parse_project(PATH, first.after)
    again = plan(project, project.application(None), package=True)
    assert again.insertions == ()
    assert again.after == first.after
    assert our_ids(project_of(sample)) == set()
    assert len(our_ids(project)) == (10 if b"PBXFrameworks" in first.before else 11)


def test_what_the_user_added_in_between_stays() -> None:
    edit = planned(xcode_16())
    mine = edit.after.decode().replace(
        "packageReferences = (\n",
        'packageReferences = (\n				B1 /* XCLocalSwiftPackageReference "Mine" */,\n',
    )
    left = without(parse_project(PATH, mine.encode()), edit.made).decode()
    assert "B1 /* XCLocalSwiftPackageReference" in left
    assert "ModelKit" not in left


def test_frameworks_of_the_users_in_a_phase_that_was_made_stay() -> None:
    """Xcode puts what an app links into the one phase there is, whoever made it."""
    edit = planned(xcode_11())
    product = "/* ModelKit in Frameworks */,\n"
    mine = edit.after.decode().replace(product, f"{product}\t\t\t\tA1B1 /* Vision in Frameworks */,\n")
    left = parse_project(PATH, without(parse_project(PATH, mine.encode()), edit.made))
    (phase,) = objects_of(left, "PBXFrameworksBuildPhase").items()
    assert phase[1].texts("files") == ["A1B1"]
    assert phase[0] in left.application(None).object.texts("buildPhases")
    assert "ModelKit" not in left.text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "too early"),
        ('<?xml version="1.0" encoding="UTF-8"?><plist/>', "no project file as Xcode writes it"),
        ('{"archiveVersion": 1}', "no project file"),
        (xcode_14().replace("/* Begin PBXGroup", "<<<<<<< HEAD\n/* Begin PBXGroup", 1), "no project file"),
        (xcode_14().replace("rootObject = A1", "rootObject = B1"), "no project in it"),
        (xcode_14().replace("isa = PBXGroup;", "", 1), "an object without a class"),
        (xcode_14().replace("A10000000000000000000021 /* Shop.app */ = {", "A10000000000000000000020 = {"), "one id"),
        (xcode_14().replace("type.application", "type.framework"), "no application target"),
        (xcode_14().replace("objectVersion = 56", "objectVersion = 42"), "older than edgegen knows"),
        (xcode_14().replace('projectDirPath = ""', "projectDirPath = Sources"), "projectDirPath"),
        (xcode_15().replace("productName = Collections", "productName = ModelKit"), "package ModelKit already"),
        (xcode_14().replace("mainGroup = A1", "mainGroup = B1"), "which is not in it"),
    ],
)
def test_a_project_that_is_not_understood_is_left_alone(text: str, problem: str) -> None:
    with pytest.raises(ProjectError, match=problem) as caught:
        planned(text)
    assert "Add Package Dependencies" in caught.value.hint


def test_which_app() -> None:
    second = xcode_14().replace(
        "				A10000000000000000000050 /* Shop */,\n",
        "				A10000000000000000000050,\n				A10000000000000000000051,\n",
    )
    target = second[second.index(f"		{SHOP} /* Shop */ = {{") : second.index("/* End PBXNativeTarget")]
    second = second.replace(
        target, target + target.replace(SHOP, f"{SHOP[:-1]}1").replace("name = Shop", "name = Kiosk")
    )
    project = project_of(second)
    with pytest.raises(UsageError, match="several apps: Shop, Kiosk"):
        project.application(None)
    with pytest.raises(UsageError, match="no app 'Stall'"):
        project.application("Stall")
    edit = plan(project, project.application("Kiosk"), package=True)
    after = parse_project(PATH, edit.after)
    assert after.application("Shop").object.texts("dependencies") == []
    assert len(after.application("Kiosk").object.texts("dependencies")) == 1
    assert without(after, edit.made) == edit.before


def test_what_the_project_says_of_its_app() -> None:
    project = project_of(xcode_14())
    shop = project.application("Shop")
    assert project.setting(shop, "PRODUCT_BUNDLE_IDENTIFIER") == "org.example.shop"
    assert project.setting(shop, "IPHONEOS_DEPLOYMENT_TARGET") == "16.4"
    assert project.setting(shop, "PRODUCT_NAME") is None
    assert project.setting(shop, "NOT_THERE") is None


@pytest.mark.parametrize("name", ["xcode9", "xcode15", "xcode16"])
@pytest.mark.parametrize("package", [True, False])
def test_projects_as_xcode_wrote_them_stay_whole(name: str, package: bool) -> None:
    data = (CHECKED / f"{name}.pbxproj").read_bytes()
    project = parse_project(PATH, data)
    edit = plan(project, project.application(None), package=package)
    assert problems(Project.parse(edit.after.decode())) == problems(Project.parse(data.decode())) == []
    assert without(parse_project(PATH, edit.after), edit.made) == data
