"""The editor of settings against Groovy: what it wrote is run, and includes what was included before, and the module.

The settings are put together at random from pieces that real ones are made of; those the editor refuses do not count.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from edgegen.errors import ProjectError
from edgegen.projects.gradle_settings import plan, without
from tests.android import jars
from tests.gradle_plugin.conftest import HERE
from tests.toolchains import need

SEED, CASES = 20261122, 150
HEADS = [
    "",
    "// The build.\n",
    "/*\n * Licence\n */\n\n",
    "\n\n",
    "import java.util.Properties\n",
    "#!/usr/bin/env gradle\n",
]
BLOCKS = [
    "",
    "pluginManagement {\n    repositories {\n        google()\n    }\n}\n",
    "pluginManagement { repositories { google() } }\n",
    "pluginManagement {}\n",
    "pluginManagement { // where plugins are\n\tincludeBuild 'build-logic' // ours\n}\n",
    "pluginManagement {\n    /* nothing\n       yet */\n}\n",
]
STATEMENTS = [
    "rootProject.name = 'Shop'\n",
    "include ':app'\n",
    "include(':lib', ':core')\n",
    'include ":a",\n        ":b" // two\n',
    "include(\n    ':x',\n    ':y',\n)\n",
    "include 'plain'; rootProject.name = \"it's\"\n",
    "settings.include ':own'\n",
    "if (true) {\n    include ':inside'\n}\n",
    "// include ':commented'\n",
    "/* include ':blocked' { */\n",
    "def text = 'include \":model\" {{{'\n",
    'def more = "}}} ${ [1, 2].collect { "${it} }" } } \\" {"\n',
    "def lines = '''\ninclude ':model'\n{'''\n",
    "def slashy = 'a' =~ /[{\"']+/\n",
    "def dollar = $/ { ' $$ /$\n",
    "def half = 4 / 2\n",
    "plugins { id 'x' version '1' apply false }\n",
    "dependencyResolutionManagement {\n    repositories { maven { url = 'https://example.org' } }\n}\n",
    "[':p', ':q'].each { name -> file(name) }\n",
    "include ':z'; [1].each {\n    file('z')\n}\n",
    "enableFeaturePreview('X')\n\n\n",
]


def random_settings(draw: random.Random) -> str:
    """A settings.gradle; a file's last line may have no end."""
    parts = draw.choices(STATEMENTS, k=draw.randrange(6))
    defined = [part for part in parts if part.startswith("def ")]
    parts = [part for part in parts if part not in defined] + sorted(set(defined))  # A name is defined once.
    draw.shuffle(parts)
    text = draw.choice(HEADS) + draw.choice(BLOCKS) + "".join(parts)
    text = text.removesuffix("\n") if draw.random() < 0.3 else text
    return text.replace("\n", "\r\n") if draw.random() < 0.3 else text


@pytest.fixture(scope="module")
def groovy(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that runs settings."""
    classpath = os.pathsep.join(map(str, jars.need("gradle-api")))
    out = tmp_path_factory.mktemp("settings") / "classes"
    source = str(HERE / "java" / "EvaluateSettings.java")
    arguments = [need("javac"), "-Xlint:all,-processing,-path,-classfile", "-Werror", "-cp", classpath, "-d", str(out)]
    done = subprocess.run([*arguments, source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [need("java"), "-Xmx512m", "-cp", os.pathsep.join((str(out), classpath)), "EvaluateSettings"]


def test_what_was_edited_says_to_groovy_what_it_should(groovy: list[str], tmp_path: Path) -> None:
    draw = random.Random(SEED)
    cases: list[tuple[Path, Path]] = []
    for number in range(CASES):
        folder = tmp_path / str(number)
        folder.mkdir()
        original, edited = folder / "original.gradle", folder / "edited.gradle"
        original.write_bytes(random_settings(draw).encode())
        try:
            edit = plan(original, "model")
        except ProjectError:
            continue
        edited.write_bytes(edit.after)
        assert without(edited, "model", edit.insertions).after == edit.before
        cases.append((original, edited))
    assert len(cases) > CASES * 0.9
    paths = [str(path) for pair in cases for path in pair]
    done = subprocess.run([*groovy, *paths], capture_output=True, text=True, check=True, timeout=300)
    results: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    for (original, _), before, after in zip(cases, results[::2], results[1::2], strict=True):
        text = original.read_text()
        assert "error" not in before, (text, before)
        assert "error" not in after, (text, after)
        assert sorted(after["included"]) == sorted([*before["included"], ":model"]), text
        assert sorted(after["builds"]) == sorted([*before["builds"], "pluginManagement: model/edgegen-plugin"]), text
        assert after["blocks"][0] == "pluginManagement", text
