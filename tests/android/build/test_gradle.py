"""The Gradle scripts of a generated project mean what they should, by Gradle's and AGP's own word."""

from __future__ import annotations

import hashlib
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from edgegen.spec.parse import load_spec
from edgegen.versions import AGP, GRADLE, GRADLE_SHA256, GRADLE_WRAPPER, JSPECIFY, JUNIT, RUNTIME_LIBRARIES
from tests.android import jars
from tests.android.build.gradle import Edit, Evaluated, catalog_names, evaluate_gradle, plugin_id, plugins_of
from tests.android.build.project import MIN_SDK, TARGET_SDK
from tests.android.projects import MANY, Projects

# Each a slip of the keyboard, and what Gradle has to say of it.
MISSPELT: list[tuple[Edit, str]] = [
    (("app/build.gradle", "compileSdk", "compileSdkk"), "compileSdkk"),
    (("app/build.gradle", "minifyEnabled", "minifyEnable"), "minifyEnable"),
    (("app/build.gradle", "applicationId", "aplicationId"), "aplicationId"),
    (("app/build.gradle", "noCompress.add", "noCompres.add"), "noCompres"),
    (("app/build.gradle", "implementation project", "implementaton project"), "implementaton"),
    (("app/build.gradle", "':model'", "':modell'"), "modell"),
    (("app/build.gradle", "libs.jspecify", "libs.jspecifi"), "jspecifi"),
    (("app/build.gradle", "addGeneratedSourceDirectory", "addGeneratedSourceDir"), "addGeneratedSourceDir"),
    (("app/build.gradle", "JavaVersion.VERSION_11", "JavaVersion.VERSION_11_"), "VERSION_11_"),
    (("model/build.gradle", "consumerProguardFiles", "consumerProguardFile1"), "consumerProguardFile1"),
    (("model/build.gradle", "namespace", "nameSpace"), "nameSpace"),
    (("model/build.gradle", "manifest = ", "manifests = "), "manifests"),
    (("model/build.gradle", "testImplementation", "testsImplementation"), "testsImplementation"),
    (("settings.gradle", "mavenCentral", "mavenCentrall"), "mavenCentrall"),
    (("settings.gradle", "includeBuild", "includeBuilds"), "includeBuilds"),
    (("settings.gradle", "FAIL_ON_PROJECT_REPOS", "FAIL_ON_REPOS"), "FAIL_ON_REPOS"),
    (("settings.gradle", "rootProject.name", "rootProject.nam"), "nam"),
    (("settings.gradle", "include ", "includes "), "includes"),
]


OTHERS = ["demo-onnx", "demo-torchscript", "numbers", "hostile", MANY]


@pytest.fixture(scope="module")
def evaluated(android: Projects, tmp_path_factory: pytest.TempPathFactory) -> list[Evaluated]:
    """The demo's scripts as they are, those of other projects, then the demo's with each misspelling."""
    jars.need("agp")
    jars.need("gradle-api")
    demo = android.folder("demo")
    cases: list[tuple[Path, Edit | None]] = [(demo, None), *((android.folder(name), None) for name in OTHERS)]
    return evaluate_gradle([*cases, *((demo, edit) for edit, _ in MISSPELT)], tmp_path_factory.mktemp("gradle"))


@pytest.fixture(scope="module")
def said(evaluated: list[Evaluated]) -> dict[str, Any]:
    assert evaluated[0].error is None
    return evaluated[0].said


@pytest.mark.parametrize("index", range(len(MISSPELT)), ids=lambda index: MISSPELT[index][1])
def test_a_misspelt_name_fails_and_is_named(evaluated: list[Evaluated], index: int) -> None:
    error = evaluated[1 + len(OTHERS) + index].error
    assert error is not None, f"Gradle took {MISSPELT[index][0]}"
    assert MISSPELT[index][1] in error


def test_settings_include_both_modules_and_the_plugin(said: dict[str, Any]) -> None:
    calls = said["settings"]
    assert calls.count("pluginManagement.includeBuild(model/edgegen-plugin)") == 1
    assert {"include([:app])", "include([:model])", "rootProject.setName(hello)"} <= set(calls)
    for block in ("pluginManagement", "dependencyResolutionManagement"):
        assert {f"{block}.repositories.google()", f"{block}.repositories.mavenCentral()"} <= set(calls)


def test_modules_agree_with_edgegen_toml_and_with_what_the_tests_build(android: Projects, said: dict[str, Any]) -> None:
    app_id = load_spec(android.folder("demo") / "edgegen.toml").app.id
    assert said["app"]["applicationId"] == said["app"]["namespace"] == app_id
    assert said["model"]["namespace"] == f"{app_id}.model"
    for module in ("app", "model"):
        assert (said[module]["minSdk"], said[module]["compileSdk"]) == (MIN_SDK, TARGET_SDK)
        assert said[module]["sourceCompatibility"] == said[module]["targetCompatibility"] == "11"
    assert said["app"]["targetSdk"] == TARGET_SDK
    assert (said["app"]["versionCode"], said["app"]["versionName"]) == (1, "1.0")


def test_dependencies_are_those_of_the_one_table(said: dict[str, Any]) -> None:
    model, app = said["model"]["dependencies"], said["app"]["dependencies"]
    assert model["implementation"] == [RUNTIME_LIBRARIES["executorch"]]
    assert model["compileOnly"] == app["compileOnly"] == [f"org.jspecify:jspecify:{JSPECIFY}"]
    assert model["testImplementation"] == [f"junit:junit:{JUNIT}"]
    assert app["implementation"] == [":model"]


def test_the_release_is_shrunk_with_the_rules_that_the_tests_shrink_with(
    android: Projects, said: dict[str, Any]
) -> None:
    app, project = said["app"], android.folder("demo")
    assert app["minifiedRelease"]
    assert app["shrunkRelease"]
    default, own = app["releaseRules"]
    assert Path(default).name == "proguard-android-optimize.txt-8.1.0"
    assert own == str(project / "app/proguard-rules.pro")
    assert said["model"]["consumerRules"] == [str(project / "model/consumer-rules.pro")]


def test_the_model_is_not_compressed_and_comes_for_64_bit_processors(said: dict[str, Any]) -> None:
    assert said["app"]["noCompress"] == ["pte"]
    assert said["app"]["abiFilters"] == ["arm64-v8a", "x86_64"]


def test_every_variant_exports_the_model_and_packs_the_notice(said: dict[str, Any]) -> None:
    """The plugin's task and the app's own stand in the graph of tasks, beside those that `edgegen build` calls."""
    assert {"assembleDebug", "assembleRelease", "bundleRelease", "noticeAsset"} <= set(said["app"]["tasks"])
    assert {"testDebugUnitTest", "bundleReleaseAar"} <= set(said["model"]["tasks"])
    assert {"exportEdgegenModel", "copyEdgegenTestSources"} <= set(said["model"]["tasks"])


@pytest.mark.parametrize("variant", OTHERS)
def test_other_projects_have_scripts_that_gradle_takes(
    android: Projects, evaluated: list[Evaluated], variant: str
) -> None:
    found = evaluated[1 + OTHERS.index(variant)]
    assert found.error is None
    spec = load_spec(android.folder(variant) / "edgegen.toml")
    assert found.said["model"]["dependencies"]["implementation"] == [RUNTIME_LIBRARIES[spec.export.runtime]]
    suffixes = {"executorch": "pte", "torchscript": "ptl", "onnx": "onnx"}
    assert found.said["app"]["noCompress"] == [suffixes[spec.export.runtime]]


def test_plugins_are_those_of_the_catalogue(android: Projects) -> None:
    """The root declares both of Android's with their version, the modules apply them without one."""
    project = android.folder("demo")
    catalog = catalog_names(project)
    texts = {name: (project / name / "build.gradle").read_text(encoding="utf-8") for name in (".", "app", "model")}
    ids = {name: [plugin_id(plugin, catalog) for plugin in plugins_of(text)] for name, text in texts.items()}
    assert ids["."] == ["com.android.application", "com.android.library"]
    assert ids["app"] == ["com.android.application"]
    assert ids["model"] == ["com.android.library", "edgegen"]
    assert all("apply false" in line for line in texts["."].splitlines() if "alias(" in line)


def test_the_catalogue_is_that_of_the_one_table(android: Projects) -> None:
    text = (android.folder("demo") / "gradle/libs.versions.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["versions"] == {"agp": AGP, "jspecify": JSPECIFY}
    assert catalog_names(android.folder("demo")) == {
        "versions.agp": AGP,
        "versions.jspecify": JSPECIFY,
        "jspecify": f"org.jspecify:jspecify:{JSPECIFY}",
        "plugins.android.application": f"com.android.application:{AGP}",
        "plugins.android.library": f"com.android.library:{AGP}",
    }


def test_the_wrapper_fetches_the_pinned_gradle_and_checks_its_sum(android: Projects) -> None:
    text = (android.folder("demo") / "gradle/wrapper/gradle-wrapper.properties").read_text(encoding="utf-8")
    properties = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    assert properties["distributionUrl"].endswith(f"/gradle-{GRADLE}-bin.zip")
    assert properties["distributionUrl"].startswith(r"https\://")
    assert properties["distributionSha256Sum"] == GRADLE_SHA256
    assert len(GRADLE_SHA256) == 64


def test_the_wrappers_jar_is_gradles_own(android: Projects) -> None:
    """Byte for byte the one in Gradle's jar of that version, with the program that gradlew starts."""
    (gradle,) = (path for path in jars.need("gradle-api") if path.name == f"gradle-api-{GRADLE_WRAPPER}.jar")
    with zipfile.ZipFile(gradle) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("gradle-wrapper.jar"))
        expected = hashlib.sha256(archive.read(name)).hexdigest()
    jar = android.folder("demo") / "gradle/wrapper/gradle-wrapper.jar"
    assert hashlib.sha256(jar.read_bytes()).hexdigest() == expected
    with zipfile.ZipFile(jar) as archive:
        assert "org/gradle/wrapper/GradleWrapperMain.class" in archive.namelist()
    gradlew = android.folder("demo") / "gradlew"
    assert gradlew.stat().st_mode & 0o111
    assert gradlew.read_bytes().startswith(b"#!/bin/sh\n")
    assert b"\r" not in gradlew.read_bytes()
