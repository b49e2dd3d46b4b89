"""A compiled project shrunk by R8 with the rules that it ships, as `minifyEnabled true` does it."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.android import jars
from tests.android.build.apk import program_files
from tests.android.build.programs import java
from tests.android.build.project import MIN_SDK, Compiled


@dataclass(frozen=True)
class Minified:
    """`classes` is a jar of what is left, the runtime's classes included, for a JVM.

    `usage` names what was removed, `mapping` what was renamed.
    """

    classes: Path
    usage: Path
    mapping: Path


def rule_files(compiled: Compiled) -> list[Path]:
    """AGP's default rules, those of the app, those that `:model` hands to its users, and aapt2's."""
    project = compiled.project
    own = [project / "app/proguard-rules.pro", project / "model/consumer-rules.pro"]
    return [_default_rules(compiled.folder), *own, compiled.folder / "aapt-rules.pro"]


def minify(compiled: Compiled, out: Path, rules: Sequence[Path] | None = None) -> Minified:
    """Runs R8 with `rule_files` (or `rules`), for this JVM. Raises BuildError."""
    out.mkdir(parents=True, exist_ok=True)
    result = Minified(out / "minified.jar", out / "usage.txt", out / "mapping.txt")
    reports = out / "reports.pro"
    reports.write_text(f'-printusage "{result.usage}"\n-printmapping "{result.mapping}"\n', encoding="utf-8")
    rules = rule_files(compiled) if rules is None else rules
    _r8(compiled, [*rules, reports], result.classes, "--classfile")
    return result


def minified_dex(compiled: Compiled, into: Path) -> Path:
    """Runs R8 as `minify`, for Android: the folder of classes.dex files that a release's APK has. Raises BuildError."""
    into.mkdir(parents=True, exist_ok=True)
    _r8(compiled, rule_files(compiled), into, "--min-api", str(MIN_SDK))
    return into


def _r8(compiled: Compiled, rules: Sequence[Path], output: Path, *options: str) -> None:
    names = output.with_name(f"{output.name}.programs")
    names.write_text("".join(f"{path}\n" for path in program_files(compiled)), encoding="utf-8")
    given = [word for path in rules for word in ("--pg-conf", path)]
    # What only javac sees, such as JSpecify, is not there in Gradle's run of R8 either.
    fixed = ("--release", "--lib", jars.library_jar(), "--output", output, f"@{names}")
    java(jars.classpath("d8"), "com.android.tools.r8.R8", *options, *given, *fixed)


def _default_rules(folder: Path) -> Path:
    """AGP's proguard-android-optimize.txt, from AGP."""
    target = folder / "proguard-android-optimize.pro"
    (plugin,) = (path for path in jars.classpath("agp") if path.name.startswith("gradle-8"))
    with zipfile.ZipFile(plugin) as archive:
        parts = [f"com/android/build/gradle/proguard-{name}.txt" for name in ("header", "optimizations", "common")]
        rules = [archive.read(part).decode("utf-8") for part in parts]
    # Only so that R8 does not miss in the framework itself what the tests did not tell it of.
    rules += [f"-dontwarn {name}.**" for name in jars.LEFT_OUT]
    target.write_text("\n".join(rules) + "\n", encoding="utf-8")
    return target
