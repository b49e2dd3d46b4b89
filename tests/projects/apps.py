"""Small Android apps, as Android Studio writes them, for `edgegen add` to be tried on."""

from __future__ import annotations

from pathlib import Path

from tests.faults.in_process import Done, edgegen

KOTLIN = """\
pluginManagement {
    repositories {
        google()
        gradlePluginPortal()
    }
}
dependencyResolutionManagement {
    repositories {
        google()
        mavenCentral()
    }
}

rootProject.name = "Shop"
include(":app")
"""

GROOVY = "rootProject.name = 'Shop'\r\ninclude ':app' // the app\r\n"

BUILD_KTS = """\
plugins { alias(libs.plugins.android.application) }
android {
    namespace = "com.acme.shop"
    defaultConfig { applicationId = "com.acme.shop.free" }
}
"""

SENSOR = ("--model", "shop.net:sensor", "--weights", "sensor.pth", "--input", "x=1x16")
SHELF = ("--model", "shop.net:shelf", "--transforms", "shop.data:evaluation", "--labels", "labels.txt")


def app(folder: Path, settings: str = KOTLIN, name: str = "settings.gradle.kts") -> Path:
    """An app without a model, in a new folder."""
    (folder / "app" / "src").mkdir(parents=True)
    (folder / name).write_bytes(settings.encode())
    (folder / "app" / "build.gradle.kts").write_text(BUILD_KTS, encoding="utf-8")
    (folder / "build.gradle.kts").write_text("plugins { alias(libs.plugins.android.application) apply false }\n")
    (folder / "gradlew").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "gradlew").chmod(0o755)
    return folder


def add(work: Path, folder: Path, *options: str, model: tuple[str, ...] = SENSOR) -> Done:
    """`edgegen add` of a model of the working folder's."""
    return edgegen("add", "--platform", "android", str(folder), *model, *options, cwd=work)


def remove(work: Path, folder: Path, *options: str) -> Done:
    """`edgegen remove`."""
    return edgegen("remove", "--platform", "android", str(folder), *options, cwd=work)
