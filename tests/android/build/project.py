"""A generated Android project compiled without Gradle: manifests merged, resources linked, Java compiled.

What AGP does with a project, step by step, by the same or equal tools: its own manifest merger, aapt2, javac.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from edgegen.spec.parse import load_spec
from tests.android import jars
from tests.android.build.programs import BuildError, find, java, javac, run
from tests.android.run import shims

MIN_SDK: Final = 24
TARGET_SDK: Final = 36
ANDROID: Final = "http://schemas.android.com/apk/res/android"
MODEL_SUFFIXES: Final = ("pte", "ptl", "onnx")


@dataclass(frozen=True)
class Compiled:
    """What came out. `resources` is an APK without code; `classpath` is what the classes were compiled against."""

    project: Path
    app_id: str
    runtime: str
    folder: Path
    manifest: Path
    resources: Path
    assets: Path
    r_classes: Path
    model_classes: Path
    app_classes: Path
    classpath: tuple[Path, ...]

    @property
    def runtime_jars(self) -> list[Path]:
        """The runtime's classes, which are packed into the app."""
        return shims.classes(self.runtime)

    @property
    def classes(self) -> list[Path]:
        """The project's own classes, R among them."""
        return [self.app_classes, self.model_classes, self.r_classes]


def compile_project(project: Path, out: Path) -> Compiled:
    """Compiles `:model` and `:app` into `out`. Raises BuildError, JarsUnavailableError, RuntimeUnavailableError."""
    spec = load_spec(project / "edgegen.toml")
    app_id, runtime = spec.app.id, spec.export.runtime
    assert app_id is not None, "an Android project has an id"
    out.mkdir(parents=True, exist_ok=True)
    manifest = merge_manifests(project, app_id, out)
    assets = _assets(project, out)
    resources, r_sources = link_resources(project, app_id, manifest, assets, out)
    framework = [jars.android_jar()]
    compile_only = [*framework, *jars.classpath("jspecify")]
    r_classes = javac(sorted(r_sources.rglob("*.java")), framework, out / "r-classes")
    model_path = [*compile_only, *shims.classes(runtime), r_classes]
    model_classes = javac(model_sources(project), model_path, out / "model-classes")
    # `:model` names its runtime as `implementation`: the app must compile without it.
    app_path = [*compile_only, model_classes, r_classes]
    app_classes = javac(sorted((project / "app/src/main/java").rglob("*.java")), app_path, out / "app-classes")
    classpath = (*model_path, model_classes)
    return Compiled(
        project, app_id, runtime, out, manifest, resources, assets, r_classes, model_classes, app_classes, classpath
    )


def model_sources(project: Path) -> list[Path]:
    """The Java files of `:model`: the user's and edgegen's."""
    folders = [project / "model/src/main/java", project / "generated/java"]
    return [path for folder in folders for path in sorted(folder.rglob("*.java"))]


def merge_manifests(project: Path, app_id: str, out: Path) -> Path:
    """The manifest of the app with what `:model` adds, by AGP's own merger."""
    app = _prepared(project, "app", app_id, out)
    model = _prepared(project, "model", f"{app_id}.model", out)
    merged = out / "AndroidManifest.xml"
    properties = {"PACKAGE": app_id, "MIN_SDK_VERSION": MIN_SDK, "TARGET_SDK_VERSION": TARGET_SDK}
    properties |= {"VERSION_CODE": 1, "VERSION_NAME": "1.0"}
    options = [word for key, value in properties.items() for word in ("--property", f"{key}={value}")]
    files = ("--main", app, "--libs", model, "--out", merged)
    java(jars.classpath("agp"), "com.android.manifmerger.Merger", *files, *options)
    return merged


def _prepared(project: Path, module: str, namespace: str, out: Path) -> Path:
    """A module's manifest as AGP gives it to the merger: with what stands in build.gradle."""
    source = project / module / "src/main/AndroidManifest.xml"
    root = ElementTree.parse(source).getroot()
    if "package" in root.attrib:
        raise BuildError(f"{source}: AGP 8 takes the package from `namespace` in build.gradle and refuses it here")
    root.set("package", namespace)
    # A library without these would pass for one of Android 1.0, and bring the permissions that were implied then.
    versions = {f"{{{ANDROID}}}minSdkVersion": str(MIN_SDK), f"{{{ANDROID}}}targetSdkVersion": str(TARGET_SDK)}
    root.insert(0, ElementTree.Element("uses-sdk", versions))
    target = out / f"{module}-manifest.xml"
    ElementTree.register_namespace("android", ANDROID)
    ElementTree.register_namespace("tools", "http://schemas.android.com/tools")
    ElementTree.ElementTree(root).write(target, encoding="utf-8", xml_declaration=True)
    return target


def link_resources(project: Path, app_id: str, manifest: Path, assets: Path, out: Path) -> tuple[Path, Path]:
    """Compiles and links every resource; gives the APK without code and the folder of R's sources."""
    aapt2 = find("aapt2")
    compiled = []
    for module in ("model", "app"):  # The later one wins, as in Gradle.
        folder = project / module / "src/main/res"
        if folder.is_dir():
            compiled.append(out / f"{module}-resources.zip")
            run(aapt2, "compile", "--dir", folder, "-o", compiled[-1])
    linked, sources = out / "resources.apk", out / "r-sources"
    framework, rules = jars.jar("android-resources"), out / "aapt-rules.pro"
    options = ["--java", sources, "--extra-packages", f"{app_id}.model", "--proguard", rules, "-A", assets]
    options += ["--min-sdk-version", MIN_SDK, "--target-sdk-version", TARGET_SDK]
    options += [word for suffix in MODEL_SUFFIXES for word in ("-0", suffix)]
    overlays = [word for path in compiled for word in ("-R", path)]
    run(aapt2, "link", "-I", framework, "--manifest", manifest, "-o", linked, *options, *overlays, "--auto-add-overlay")
    return linked, sources


def _assets(project: Path, out: Path) -> Path:
    """The folder of assets as Gradle packs it: the model, the notice (app/build.gradle), and the modules' own."""
    folder = out / "assets"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for suffix in MODEL_SUFFIXES:
        for path in (project / "generated").glob(f"*.{suffix}"):
            shutil.copyfile(path, folder / path.name)
    shutil.copyfile(project / "NOTICE.md", folder / "NOTICE.md")
    for module in ("model", "app"):
        own = project / module / "src/main/assets"
        if own.is_dir():
            shutil.copytree(own, folder, dirs_exist_ok=True)
    return folder
