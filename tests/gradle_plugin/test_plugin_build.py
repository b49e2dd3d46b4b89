"""The plugin's own build script, evaluated by Gradle: what it declares is what is there and what others name."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from edgegen.projects.gradle_settings import PLUGIN_FOLDER
from tests.android import jars
from tests.gradle_plugin.conftest import HERE, LINT, OPENS, PLUGIN, javac

TEMPLATES = PLUGIN.parents[1] / "templates" / "android"


def test_the_build_script_declares_what_is_there(plugin_classes: Path, gradle_classpath: str, tmp_path: Path) -> None:
    text = (PLUGIN / "build.gradle").read_text(encoding="utf-8")
    block = re.compile(r"^plugins \{\n((?:    id '[\w-]+'\n)+)\}\n", re.MULTILINE)
    match = block.search(text)
    assert match is not None
    script = tmp_path / "script.gradle"
    script.write_text(block.sub("", text), encoding="utf-8")
    javac([*LINT, "-classpath", gradle_classpath, "-d", str(tmp_path / "out"), str(HERE / "java" / "PluginBuild.java")])
    classpath = os.pathsep.join((str(tmp_path / "out"), gradle_classpath))
    ids = re.findall(r"id '([\w-]+)'", match[1])
    done = subprocess.run(
        ["java", *OPENS, "-Xmx512m", "-classpath", classpath, "PluginBuild", str(tmp_path), str(script), *ids],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    plugin, dependency, release = done.stdout.splitlines()
    name, implementation = plugin.split()
    assert name == "edgegen"
    assert (plugin_classes / (implementation.replace(".", "/") + ".class")).is_file()
    # Compiled here against the version that the script names.
    assert dependency.partition(":gradle-api:")[2] == jars.SETS["agp"].coordinates[0].rpartition(":")[2]
    assert release == "release 11"


def test_projects_and_documents_name_the_plugin_as_it_is() -> None:
    module = (TEMPLATES / "model" / "{{cookiecutter.slug}}" / "model" / "build.gradle").read_text(encoding="utf-8")
    settings = (TEMPLATES / "project" / "{{cookiecutter.slug}}" / "settings.gradle").read_text(encoding="utf-8")
    for text in (module, (PLUGIN / "README.md").read_text(encoding="utf-8")):
        assert "id 'edgegen'" in text
        assert "manifest = file('" in text
    assert f"includeBuild 'model/{PLUGIN_FOLDER}'" in settings
    assert f"rootProject.name = '{PLUGIN_FOLDER}'" in (PLUGIN / "settings.gradle").read_text(encoding="utf-8")
    for source in PLUGIN.rglob("*.java"):
        text = source.read_text(encoding="utf-8")
        assert text.startswith("// SPDX-License-Identifier: MIT-0\n"), source
        # Gradle's configuration cache forbids tasks that hold, or ask for, their project.
        assert source.name == "EdgegenPlugin.java" or "Project" not in text.replace("project", ""), source
