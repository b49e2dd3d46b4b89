"""`:app` for every kind of spec: the screens that it needs, nothing that it does not, and files read as NumPy wrote."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from xml.etree import ElementTree

import numpy as np
import pytest

from edgegen.paths import data_dir
from edgegen.platforms import ProjectFacts, android_app, android_project
from edgegen.platforms.android_project import gradle_name
from edgegen.render.engine import render
from edgegen.spec.model_spec import (
    Activation,
    AppSection,
    ClassificationOutput,
    ImageInput,
    Input,
    ModelSection,
    ModelSpec,
    Output,
    TensorInput,
    TensorOutput,
)
from edgegen.spec.steps import Filter, Resize
from tests.android import jars
from tests.android.build.programs import java, javac
from tests.toolchains import need

HOSTILE = 'Tom & Jerry\'s "Ünïcode" \\u0041 */ <b> %d'
ANDROID = "{http://schemas.android.com/apk/res/android}"
PHOTO = ImageInput("photo", (1, 3, 24, 24), steps=(Resize((24, 24), Filter.BOX),))
NUMBERS = TensorInput("n", (1, 5))
SCORES = ClassificationOutput("scores")
VALUES = TensorOutput("values", (1, 4))

KINDS: dict[str, tuple[tuple[Input, ...], tuple[Output, ...]]] = {
    "classifier": ((PHOTO,), (SCORES,)),
    "numbers": ((NUMBERS,), (VALUES,)),
    "numbers ranked": ((NUMBERS,), (SCORES,)),
    "picture to numbers": ((PHOTO,), (VALUES,)),
    "everything": ((NUMBERS, PHOTO), (VALUES, SCORES)),
}


def spec_of(inputs: tuple[Input, ...], outputs: tuple[Output, ...]) -> ModelSpec:
    return ModelSpec(ModelSection("nets:any"), inputs, outputs, AppSection("android", HOSTILE, "com.example.app"))


def written(kind: str, folder: Path) -> Path:
    """The Gradle root and `:app` of a project of that kind."""
    spec = spec_of(*KINDS[kind])
    facts = cast(
        ProjectFacts,
        SimpleNamespace(name=HOSTILE, slug="some-app", labels=None, model_title=HOSTILE, model_licence="any"),
    )
    context: dict[str, Any] = {
        "slug": "some-app",
        "name": HOSTILE,
        "package": "com.example.app",
        "app_id": "com.example.app",
        "package_path": "com/example/app",
        "model_package": "com.example.app.model",
        "edgegen_version": "0",
        "model_file": "model.pte",
        "model_suffix": "pte",
        "runtime_library": "any",
        "min_sdk": 24,
        "compile_sdk": 36,
        "target_sdk": 36,
        **android_project.context(spec, facts),
        **android_app.context(spec, facts),
    }
    names = ["project", *android_app.overlays(spec)]
    render([data_dir("templates") / "android" / name for name in names], context, {}, folder)
    return folder


def texts(folder: Path, *suffixes: str) -> str:
    """All of the app's own files of a kind, one after the other."""
    files = [path for path in sorted((folder / "app/src").rglob("*")) if path.suffix in suffixes]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def defined(folder: Path) -> set[str]:
    """Every resource that the app defines, as `string/name`."""
    res = folder / "app/src/main/res"
    found = {
        f"{path.parent.name.split('-')[0]}/{path.stem}"
        for path in res.rglob("*.xml")
        if not path.parent.name.startswith("values")
    }
    for path in res.rglob("values*/*.xml"):
        found |= {f"{item.tag}/{item.get('name')}" for item in ElementTree.parse(path).getroot()}
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_resource_of_a_project_is_used_in_it(kind: str, tmp_path: Path) -> None:
    folder = written(kind, tmp_path / "p")
    everything = texts(folder, ".java", ".xml")
    used = {f"{kind}/{name}" for kind, name in re.findall(r"R\.(\w+)\.(\w+)", everything)}
    used |= set(re.findall(r"@(\w+/[\w.]+)", everything))
    used |= {f"style/{name}" for name in re.findall(r'parent="(Theme\.App[\w.]*)"', everything)}
    assert defined(folder) - used == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_class_of_a_project_is_used_in_it(kind: str, tmp_path: Path) -> None:
    folder = written(kind, tmp_path / "p")
    names = {path.stem for path in (folder / "app/src").rglob("*.java")} - {"package-info"}
    others = {
        path: path.read_text(encoding="utf-8")
        for path in (folder / "app/src").rglob("*")
        if path.suffix in {".java", ".xml"}
    }
    for name in names:
        assert any(name in text for path, text in others.items() if path.stem != name), f"nothing uses {name}"


@pytest.mark.parametrize("kind", KINDS)
def test_words_are_in_resources_and_every_field_that_can_be_touched_has_some(kind: str, tmp_path: Path) -> None:
    folder = written(kind, tmp_path / "p")
    for path in (folder / "app/src/main/res").rglob("layout*/*.xml"):
        for view in ElementTree.parse(path).getroot().iter():
            for attribute in ("text", "contentDescription", "hint", "title"):
                value = view.get(ANDROID + attribute, "@string/")
                assert value.startswith("@string/"), f"{path.name}: {attribute} is {value!r}"
            if view.tag == "ImageView":
                assert view.get(ANDROID + "contentDescription"), f"{path.name}: TalkBack has nothing to say"


def test_the_camera_is_asked_for_by_the_app_that_has_one_alone(tmp_path: Path) -> None:
    for kind in KINDS:
        manifest = ElementTree.parse(written(kind, tmp_path / kind) / "app/src/main/AndroidManifest.xml").getroot()
        asked = [item.get(f"{ANDROID}name") for item in manifest.iter("uses-permission")]
        assert asked == ["android.permission.CAMERA"] * (kind == "classifier")
        for feature in manifest.iter("uses-feature"):
            assert feature.get(f"{ANDROID}required") == "false", "a device without a camera can have the app"
        for part in ("activity", "provider"):
            for item in manifest.iter(part):
                opened = item.find("intent-filter") is not None
                assert item.get(f"{ANDROID}exported") == str(opened).lower()


@pytest.mark.parametrize(("activation", "form", "bar"), [("softmax", "Percent", "visible"), ("none", "Number", "gone")])
def test_only_probabilities_are_shown_as_shares(activation: Activation, form: str, bar: str) -> None:
    spec = spec_of((PHOTO,), (ClassificationOutput("scores", None, activation),))
    context = android_app.context(spec, cast(ProjectFacts, None))
    assert context["score_format"] == f"get{form}Instance"
    assert context["score_bar"] == bar


def test_a_model_that_looks_closer_gets_larger_frames() -> None:
    large = ImageInput("photo", (1, 3, 600, 800), steps=(Resize((600, 800), Filter.BOX),))
    frames = [android_app.context(spec_of((image,), (SCORES,)), cast(ProjectFacts, None)) for image in (PHOTO, large)]
    assert [frame["frame_px"] for frame in frames] == [480, 600]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (HOSTILE, "Tom & Jerry's Ünïcode u0041  b %d"),
        (" ..hello.. ", "hello"),
        ("???", "slug"),
    ],
)
def test_gradle_gets_a_name_that_it_takes(name: str, expected: str) -> None:
    assert gradle_name(name, "slug") == expected


def test_the_typed_name_stays_what_it_is(tmp_path: Path) -> None:
    folder = written("classifier", tmp_path / "p")
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert readme.startswith('# Tom \\& Jerry\'s "Ünïcode" \\\\u0041 \\*/ \\<b\\> %d\n')
    settings = (folder / "settings.gradle").read_text(encoding="utf-8")
    assert "rootProject.name = 'Tom & Jerry\\'s Ünïcode u0041  b %d'" in settings
    assert "## Tom \\& Jerry's" in (folder / "NOTICE.md").read_text(encoding="utf-8")


def test_the_wrapper_runs_and_refuses_another_gradle(tmp_path: Path) -> None:
    """gradlew finds java and its jar through links and blanks, and the jar compares what it fetched with the sum."""
    need("java")
    folder = written("numbers", tmp_path / "a folder $HOME")
    junk = tmp_path / "gradle-0-bin.zip"
    junk.write_bytes(b"no Gradle")
    properties = folder / "gradle/wrapper/gradle-wrapper.properties"
    text = properties.read_text(encoding="utf-8")
    properties.write_text(re.sub(r"distributionUrl=.*", f"distributionUrl=file\\\\:{junk}", text), encoding="utf-8")
    link = tmp_path / "link"
    link.symlink_to(folder / "gradlew")
    home = {"GRADLE_USER_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([link, "tasks"], cwd=tmp_path, env=home, capture_output=True, text=True)
    assert done.returncode != 0
    assert "Verification of Gradle distribution failed" in done.stdout + done.stderr, done


def test_gradlew_says_what_is_wrong_with_java(tmp_path: Path) -> None:
    gradlew = written("numbers", tmp_path / "p") / "gradlew"
    without = subprocess.run([gradlew], env={"JAVA_HOME": str(tmp_path)}, capture_output=True, text=True)
    assert without.returncode == 1
    assert without.stderr == (f"error: JAVA_HOME is {tmp_path}, which has no bin/java: set it to a JDK 17 or later\n")


ARRAYS: dict[str, tuple[Any, str]] = {
    "fits": (np.arange(6, dtype="<f4").reshape(2, 3), "0.0 1.0 2.0 3.0 4.0 5.0"),
    "other dtype": (np.zeros((2, 3)), "npy_dtype <f8 float32"),
    "big-endian": (np.zeros((2, 3), ">f4"), "npy_dtype >f4 float32"),
    "other shape": (np.zeros((3, 2), "<f4"), "npy_shape [3, 2] 2x3 float32"),
    "no axis": (np.float32(1), "npy_shape [] 2x3 float32"),
    "Fortran order": (np.asfortranarray(np.zeros((2, 3), "<f4")), "npy_fortran"),
    "objects": (np.array([{}], object), "npy_dtype |O float32"),
    "a record": (np.zeros(2, [("a", "<f4"), ("b", "<i4")]), "npy_other"),
}


def test_arrays_are_read_as_numpy_wrote_them(tmp_path: Path) -> None:
    """NpyFile, outside Android: its words are the names of the string resources."""
    folder = written("numbers", tmp_path / "p")
    cases: dict[str, bytes | str] = {}
    for name, (array, expected) in ARRAYS.items():
        np.save(tmp_path / f"{name}.npy", array, allow_pickle=True)
        cases[name] = expected
    good = (tmp_path / "fits.npy").read_bytes()
    damaged = {
        "empty": (b"", "npy_too_short"),
        "no array": (b"PK\x03\x04 a zip file", "npy_other"),
        "cut header": (good[:40], "npy_too_short"),
        "cut numbers": (good[:-1], "npy_too_short"),
        "two arrays": (good + good, "npy_too_long"),
        "version 9": (good[:6] + b"\x09" + good[7:], "npy_other"),
        "endless header": (good[:6] + b"\x02\x00\xff\xff\xff\x7f" + good[10:], "npy_other"),
        "endless side": (good.replace(b"(2, 3), }" + b" " * 20, b"(99999999999999999999,), }".ljust(29)), "npy_other"),
    }
    for name, (content, expected) in damaged.items():
        (tmp_path / f"{name}.npy").write_bytes(content)
        cases[name] = expected
    for version in ((2, 0), (3, 0)):
        with (tmp_path / f"version {version[0]}.npy").open("wb") as file:
            np.lib.format.write_array(file, ARRAYS["fits"][0], version=version)
        cases[f"version {version[0]}"] = ARRAYS["fits"][1]
    printed = read_in_java(folder, tmp_path, [tmp_path / f"{name}.npy" for name in cases])
    assert dict(zip(cases, printed, strict=True)) == cases


def read_in_java(project: Path, folder: Path, files: list[Path]) -> list[str]:
    """What the project's NpyFile makes of each file for an input of 2x3 float32: its numbers, or its words."""
    need("javac")
    jars.need("jspecify")
    here = Path(__file__).parent / "java"
    model = folder / "model"
    package = {"model_package": "com.example.app.model"}
    source = data_dir("templates") / "android/model/{{cookiecutter.slug}}/model/src/main/java"
    for name in ("Tensor", "TensorInfo", "DType"):
        text = (source / "{{cookiecutter.model_package_path}}" / f"{name}.java").read_text(encoding="utf-8")
        target = model / f"{name}.java"
        target.parent.mkdir(exist_ok=True)
        target.write_text(text.replace("{{ cookiecutter.model_package }}", package["model_package"]), encoding="utf-8")
    strings = ElementTree.parse(project / "app/src/main/res/values/strings_npy.xml").getroot()
    names = [str(item.get("name")) for item in strings]
    fields = "".join(f"        static final int {name} = {number};\n" for number, name in enumerate(names))
    r_class = model / "R.java"
    r_class.write_text(f"package com.example.app;\nclass R {{\n    static class string {{\n{fields}    }}\n}}\n")
    npy = project / "app/src/main/java/com/example/app/NpyFile.java"
    sources = [npy, *model.glob("*.java"), *here.rglob("*.java")]
    classes = javac(sources, jars.classpath("jspecify"), folder / "classes")
    output = java([classes, *jars.classpath("jspecify")], "com.example.app.model.ReadNpy", ",".join(names), *files)
    return output.splitlines()
