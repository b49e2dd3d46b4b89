"""A project's Gradle scripts, evaluated for real: by Gradle's and AGP's own classes, without the two themselves.

ProjectBuilder and AGP 8.1 run build.gradle of both modules up to the variants and their tasks, so that a name that the
DSL does not have fails. Three things are not Gradle's own doing here: the `plugins` blocks, which would fetch plugins,
are read by `plugins_of`, and the plugins applied by their ids; `libs` is a stand-in that knows the catalogue's names
and no others; settings.gradle runs against Gradle's interfaces with nothing behind them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from edgegen.paths import data_dir
from edgegen.versions import GRADLE_WRAPPER
from tests.android import jars
from tests.android.build.programs import java
from tests.android.run import shims

Edit = tuple[str, str, str]
MODULES: Final = ("model", "app")
_SOURCES: Final = Path(__file__).parent / "java/gradle"
_PLUGIN: Final = data_dir("plugins") / "gradle/src/main"
_OPENED: Final = ("--add-opens", "java.base/java.lang=ALL-UNNAMED", "--add-opens", "java.base/java.util=ALL-UNNAMED")
# Gradle asks for these jars of its own by name, to compile the accessors of a catalogue; here they are all in one jar.
_MODULES: Final = ("base-services", "core-api", "core", "stdlib-java-extensions", "logging", "dependency-management")


@dataclass(frozen=True)
class Evaluated:
    """`said` is what settings.gradle calls ("settings") and what each module's script says, by the module's name.

    `error` is Gradle's complaint with its causes; None where there is none.
    """

    said: dict[str, Any]
    error: str | None


def evaluate_gradle(cases: Sequence[tuple[Path, Edit | None]], out: Path) -> list[Evaluated]:
    """Each project, with a text of one of its files (file, old, new) replaced, all in one JVM. Raises BuildError."""
    catalog = catalog_names(cases[0][0])
    trees = [_tree(project, edit, out / f"tree{number}") for number, (project, edit) in enumerate(cases)]
    modules = []
    for name in MODULES:
        texts = {(project / name / "build.gradle").read_text(encoding="utf-8") for project, _ in cases}
        (ids,) = {",".join(plugin_id(plugin, catalog) for plugin in plugins_of(text)) for text in texts}
        modules.append(f"{name}={ids}")
    listing = out / "catalog"
    listing.write_text("".join(f"{name}={value}\n" for name, value in catalog.items()), encoding="utf-8")
    gradle = [*jars.classpath("gradle-api"), *jars.classpath("agp")]
    path = [*_compiled(gradle), *_module_jars(out), *gradle]
    printed = java(path, "EvaluateGradle", listing, out / "home", *modules, "--", *trees, options=_OPENED)
    lines = [line for line in printed.splitlines() if line.startswith(("JSON ", "ERROR "))]
    pairs = zip(lines, trees, cases, strict=True)
    return [_result(line.replace(str(tree), str(project))) for line, tree, (project, _) in pairs]


def _tree(project: Path, edit: Edit | None, target: Path) -> Path:
    """A copy of what the scripts look at, without their plugins blocks."""
    shutil.copytree(project, target, ignore=shutil.ignore_patterns("*.npy", "kernels", "res", "photos"))
    for name in MODULES:
        script = target / name / "build.gradle"
        script.write_text(without_plugins(script.read_text(encoding="utf-8")), encoding="utf-8")
    if edit is not None:
        file, old, new = edit
        text = (target / file).read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        (target / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return target


def _result(line: str) -> Evaluated:
    kind, _, text = line.partition(" ")
    return Evaluated(json.loads(text), None) if kind == "JSON" else Evaluated({}, text)


_PLUGINS: Final = re.compile(r"^plugins \{\n(.*?)^\}\n", re.DOTALL | re.MULTILINE)


def plugins_of(script: str) -> list[str]:
    """What stands after `id` or in `alias(…)` in the `plugins` block: `com.android.library`, `libs.plugins.x`."""
    block = _PLUGINS.search(script)
    assert block is not None, "a script without a plugins block"
    lines = [line.strip() for line in block[1].splitlines() if line.strip()]
    found = [
        re.fullmatch(r"(?:id '([\w.-]+)'|alias\((libs\.plugins\.[\w.]+)\))(?: apply false)?", line) for line in lines
    ]
    assert all(found), f"a plugins block that Gradle would refuse: {lines}"
    return [match[1] or match[2] for match in found if match]


def plugin_id(plugin: str, catalog: dict[str, str]) -> str:
    """The id that `plugins_of` gave, directly or by the catalogue."""
    return catalog[plugin.removeprefix("libs.")].split(":")[0] if plugin.startswith("libs.") else plugin


def without_plugins(script: str) -> str:
    """A script with its `plugins` block blanked out; every line keeps its number."""
    return _PLUGINS.sub(lambda block: "\n" * block[0].count("\n"), script)


def catalog_names(project: Path) -> dict[str, str]:
    """What a script may write after `libs.`, and what it means."""
    document = tomllib.loads((project / "gradle/libs.versions.toml").read_text(encoding="utf-8"))
    versions: dict[str, str] = document.get("versions", {})
    found = {f"versions.{_accessor(name)}": version for name, version in versions.items()}

    def version_of(entry: dict[str, Any]) -> str:
        version = entry["version"]
        return versions[version["ref"]] if isinstance(version, dict) else str(version)

    for name, entry in document.get("libraries", {}).items():
        found[_accessor(name)] = f"{entry['module']}:{version_of(entry)}"
    for name, entry in document.get("plugins", {}).items():
        found[f"plugins.{_accessor(name)}"] = f"{entry['id']}:{version_of(entry)}"
    return found


def _accessor(alias: str) -> str:
    return re.sub(r"[-_]", ".", alias)


def _compiled(gradle: list[Path]) -> list[Path]:
    """The program that evaluates, and edgegen's plugin as `./gradlew` builds it."""
    program = sorted(_SOURCES.glob("*.java"))
    plugin = sorted(_PLUGIN.rglob("*.java"))

    def compile_all(folder: Path) -> None:
        quiet = ["-Xlint:all,-path,-processing,-classfile", "-proc:none", "-cp", os.pathsep.join(map(str, gradle))]
        shims.run([shims.tool("javac"), *quiet, "-d", folder / "program", *program])
        shims.run([shims.tool("javac"), "--release", "11", *quiet, "-d", folder / "plugin", *plugin])
        declared = folder / "plugin/META-INF/gradle-plugins/edgegen.properties"
        declared.parent.mkdir(parents=True)
        declared.write_text("implementation-class=edgegen.gradle.EdgegenPlugin\n", encoding="utf-8")

    folder = shims.built("gradle", [*program, *plugin], "", compile_all)
    return [folder / "program", folder / "plugin"]


def _module_jars(out: Path) -> list[Path]:
    made = []
    for module in _MODULES:
        made.append(out / f"gradle-{module}-{GRADLE_WRAPPER}.jar")
        with zipfile.ZipFile(made[-1], "w") as archive:
            archive.writestr(f"gradle-{module}-classpath.properties", "runtime=\nprojects=\n")
    return made
