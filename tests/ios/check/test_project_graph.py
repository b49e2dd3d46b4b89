"""The checker of `project.pbxproj` sees each kind of mistake, and has nothing against what Xcode 9, 15 and 16 write."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ios.check import openstep
from tests.ios.check.project_graph import Project, ProjectError, problems
from tests.ios.check.project_paths import own_problems

SAMPLES = Path(__file__).parent / "samples"
APP, TESTS, ROOT = (f"AA00000000000000000000{number}" for number in ("41", "42", "90"))
Objects = dict[str, Any]


def key(number: int) -> str:
    return f"AA{number:022d}"


def sample(name: str = "xcode16") -> Project:
    return Project.parse((SAMPLES / f"{name}.pbxproj").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["xcode9", "xcode15", "xcode16"])
def test_what_xcode_writes_is_accepted(name: str) -> None:
    assert problems(sample(name)) == []


def put(*path: Any) -> Callable[[Objects], None]:
    """A change: the last of `path` is the value to put where the others lead."""
    *where, last, value = path

    def change(objects: Objects) -> None:
        at: Any = objects
        for step in where:
            at = at[step]
        at[last] = value

    return change


def drop(*path: Any) -> Callable[[Objects], None]:
    *where, last = path

    def change(objects: Objects) -> None:
        at: Any = objects
        for step in where:
            at = at[step]
        del at[last]

    return change


def append(*path: Any) -> Callable[[Objects], None]:
    *where, value = path

    def change(objects: Objects) -> None:
        at: Any = objects
        for step in where:
            at = at[step]
        at.append(value)

    return change


def new(number: int, **fields: Any) -> Callable[[Objects], None]:
    return put(key(number), fields)


def both(*changes: Callable[[Objects], None]) -> Callable[[Objects], None]:
    def change(objects: Objects) -> None:
        for one in changes:
            one(objects)

    return change


MUTATIONS = {
    "a class that is not known": ("isa: ", put(key(21), "isa", "PBXFile")),
    "an object without a class": ("isa: ", drop(key(21), "isa")),
    "a target without a name": ("required: ", drop(APP, "name")),
    "a script without a shell": ("required: ", drop(key(34), "shellPath")),
    "a group without a sourceTree": ("required: ", drop(key(28), "sourceTree")),
    "phases that are no list": ("list: ", put(APP, "buildPhases", key(32))),
    "a phase that is not there": ("reference: ", append(APP, "buildPhases", key(99))),
    "a file removed, its product reference left": ("reference: ", drop(key(21))),
    "a package removed, its product left": ("reference: ", drop(key(71))),
    "a group where a list of configurations belongs": ("class: ", put(APP, "buildConfigurationList", key(28))),
    "a target among the groups": ("class: ", append(key(28), "children", APP)),
    "a file that no group has": (
        "orphan: ",
        new(99, isa="PBXFileReference", path="a", sourceTree="<group>", lastKnownFileType="text"),
    ),
    "a build file in no phase": ("build file: ", drop(key(31), "files", 1)),
    "a build file in two phases": ("build file: ", append(key(32), "files", key(1))),
    "a build file of nothing": ("build file: ", drop(key(1), "productRef")),
    "a build file of two things": ("build file: ", put(key(1), "fileRef", key(21))),
    "a phase in two targets": ("phase: ", append(TESTS, "buildPhases", key(34))),
    "a phase in no target": ("phase: ", drop(APP, "buildPhases", 0)),
    "two phases of sources in one target": (
        "phase: ",
        both(new(99, isa="PBXSourcesBuildPhase", files=[]), append(APP, "buildPhases", key(99))),
    ),
    "inputs of a script that are no list": ("script: ", put(key(34), "inputPaths", "a")),
    "a file in two groups": ("tree: ", append(key(28), "children", key(23))),
    "a file in one group twice": ("tree: ", append(key(28), "children", key(21))),
    "a group inside itself": ("tree: ", append(key(28), "children", key(28))),
    "the main group inside another": ("tree: ", append(key(28), "children", key(27))),
    "a sourceTree that Xcode does not know": ("tree: ", put(key(28), "sourceTree", "group")),
    "a default configuration that is not there": (
        "configurations: ",
        put(key(51), "defaultConfigurationName", "Release"),
    ),
    "a configuration that only the project has": ("configurations: ", put(key(83), "name", "Release")),
    "a configuration twice in its list": ("configurations: ", append(key(51), "buildConfigurations", key(81))),
    "a configuration in two lists": ("configurations: ", append(key(52), "buildConfigurations", key(81))),
    "one list for two targets": ("configurations: ", put(TESTS, "buildConfigurationList", key(51))),
    "settings that are no dictionary": ("configurations: ", put(key(81), "buildSettings", "a")),
    "an app as a base of settings": ("configurations: ", put(key(81), "baseConfigurationReference", key(21))),
    "two targets of one name": ("target: ", put(TESTS, "name", "Sample")),
    "a target that the project does not list": (
        "target: ",
        both(drop(ROOT, "targets", 1), drop(ROOT, "attributes", "TargetAttributes", TESTS)),
    ),
    "a target that the project lists twice": ("target: ", append(ROOT, "targets", APP)),
    "a type of product that is none": ("target: ", put(APP, "productType", "application")),
    "a product without a file type": ("target: ", drop(key(21), "explicitFileType")),
    "two targets with one product": ("target: ", put(TESTS, "productReference", key(21))),
    "a dependency of two targets": ("dependency: ", append(APP, "dependencies", key(43))),
    "a dependency on nothing": ("dependency: ", both(drop(key(43), "target"), drop(key(43), "targetProxy"))),
    "a target that depends on itself": (
        "dependency: ",
        both(put(key(43), "target", TESTS), put(key(11), "remoteGlobalIDString", TESTS)),
    ),
    "a proxy of another target": ("dependency: ", put(key(11), "remoteGlobalIDString", TESTS)),
    "a proxy of a target that is not there": ("dependency: ", put(key(11), "remoteGlobalIDString", key(99))),
    "a proxy of an unknown type": ("dependency: ", put(key(11), "proxyType", "3")),
    "a package that the project does not list": ("package: ", drop(ROOT, "packageReferences", 1)),
    "a package that the project lists twice": ("package: ", append(ROOT, "packageReferences", key(72))),
    "a package without a requirement": ("package: ", put(key(72), "requirement", {"kind": "newest"})),
    "a requirement without its version": ("package: ", drop(key(72), "requirement", "minimumVersion")),
    "an address that is none": ("package: ", put(key(72), "repositoryURL", "swift-algorithms")),
    "a product of a package in two targets": (
        "package: ",
        put(TESTS, "packageProductDependencies", [key(61)]),
    ),
    "a synchronized folder in no group": ("synchronized: ", drop(key(27), "children", 2)),
    "exceptions of two folders": ("synchronized: ", put(key(26), "exceptions", [key(24)])),
    "attributes of a target that is not there": (
        "attributes: ",
        put(ROOT, "attributes", "TargetAttributes", key(99), {}),
    ),
    "a language that is not listed": ("attributes: ", put(ROOT, "developmentRegion", "fr")),
}


@pytest.mark.parametrize("mistake", MUTATIONS)
def test_a_broken_project_is_seen(mistake: str) -> None:
    """Each mistake is told by its own rule, whatever other rules say of it besides."""
    rule, change = MUTATIONS[mistake]
    project = sample()
    objects = copy.deepcopy(project.objects)
    change(objects)
    found = problems(Project(objects, project.root, project.object_version, None))
    assert any(problem.startswith(rule) for problem in found), found


def test_synchronized_folders_need_xcode_16() -> None:
    project = sample()
    found = problems(Project(project.objects, project.root, 60, None))
    assert [problem.split(":")[0] for problem in found] == ["synchronized"]


def test_the_root_has_to_be_a_project() -> None:
    project = sample()
    assert problems(Project(project.objects, APP, 77, None))[0].startswith("root: ")


TEXTS = {
    "a key twice": ("objectVersion = 77;", "objectVersion = 77; objectVersion = 77;", "each key once"),
    "no semicolon": ("objectVersion = 77;", "objectVersion = 77", "';' after the value of objectVersion"),
    "no comma": ("\t\t\t\ten,\n", "\t\t\t\ten\n", "',' after an element"),
    "a string left open": ('projectRoot = "";', 'projectRoot = ";', "expected"),
    "a bare string with a bracket": ("name = Sample;", "name = Sample[0];", "';' after"),
    "more behind the end": ("/* Project object */;\n}\n", "/* Project object */;\n}\n}\n", "the end of the file"),
}


@pytest.mark.parametrize("mistake", TEXTS)
def test_text_that_is_no_property_list_is_refused_with_its_line(mistake: str) -> None:
    old, other, said = TEXTS[mistake]
    text = (SAMPLES / "xcode16.pbxproj").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(openstep.OpenStepError, match=r"line \d+") as caught:
        Project.parse(text.replace(old, other, 1))
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["", "{}", "// !$*UTF8*$!\n{ objects = (); }", "// !$*UTF8*$!\n()"])
def test_what_is_no_project_is_refused(text: str) -> None:
    with pytest.raises(ProjectError):
        Project.parse(text)


def test_strings_are_read_as_xcode_means_them() -> None:
    read = openstep.parse(r"""{ a = "it's \"\\\n\t\U00e9"; b = 'x "y"'; c = a/b.c-$d; d = <0f 10>; e = (1, (2),); }""")
    assert read == {"a": "it's \"\\\n\té", "b": 'x "y"', "c": "a/b.c-$d", "d": "0f10", "e": ["1", ["2"]]}


@pytest.fixture
def ours(tmp_path: Path) -> Project:
    """The sample with everything on disk that it names."""
    for file in ("App.xcconfig", "inputs.xcfilelist", "Sample/Info.plist", "SampleTests/T.swift", "Kit/Package.swift"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()
    (tmp_path / "Kit/Package.swift").write_text('products: [.library(name: "Kit", targets: ["Kit"])]')
    project = sample()
    return Project(copy.deepcopy(project.objects), project.root, project.object_version, tmp_path)


def test_a_project_with_its_files_is_accepted(ours: Project) -> None:
    assert problems(ours) + own_problems(ours) == []


MISSING = {
    "App.xcconfig": "path: ",
    "SampleTests/T.swift": "path: ",
    "Sample/Info.plist": "synchronized: ",
    "Kit/Package.swift": "package: ",
    "inputs.xcfilelist": "script: ",
}


@pytest.mark.parametrize("file", MISSING)
def test_a_file_that_is_not_there_is_seen(ours: Project, file: str) -> None:
    assert ours.folder is not None
    (ours.folder / file).unlink()
    if file.startswith("SampleTests"):
        (ours.folder / "SampleTests").rmdir()
    assert [problem for problem in own_problems(ours) if problem.startswith(MISSING[file])]


OWN = {
    "an id in small letters": ("id: ", put(key(99)[:-1] + "f", {"isa": "PBXGroup"})),
    "a product that does not name its package": ("package: ", drop(key(61), "package")),
    "a product that is not linked": ("package: ", drop(key(1))),
    "a product that the package does not have": ("package: ", put(key(61), "productName", "Kin")),
    "a folder of no target": ("synchronized: ", drop(TESTS, "fileSystemSynchronizedGroups")),
    "exceptions that except nothing": ("synchronized: ", put(key(24), "membershipExceptions", [])),
    "a script without inputs": (
        "script: ",
        both(drop(key(34), "inputFileListPaths"), drop(key(34), "outputPaths")),
    ),
    "a script that reads elsewhere": ("script: ", append(key(34), "inputPaths", "/tmp/a")),
    "a product that is shown nowhere": ("target: ", drop(key(28), "children", 1)),
    "a target without sources": ("target: ", drop(TESTS, "buildPhases", 0)),
    "a list without a default": ("configurations: ", drop(key(51), "defaultConfigurationName")),
    "a file without a type": ("path: ", drop(key(23), "lastKnownFileType")),
}


@pytest.mark.parametrize("mistake", OWN)
def test_what_we_hold_ourselves_to_besides_is_seen(ours: Project, mistake: str) -> None:
    rule, change = OWN[mistake]
    change(ours.objects)
    assert any(problem.startswith(rule) for problem in own_problems(ours)), own_problems(ours)
