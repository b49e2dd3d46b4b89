"""The jars that tests of Android projects need, from Maven Central by `mvn`, kept in edgegen's cache.

    classpath("robolectric")   the jars of a named set, resolved the first time and without a network from then on
    jar("jspecify")            the one jar of a set that has one
    android_jar()              the Android framework to compile against, as this JDK can read it
    need("robolectric")        classpath() for a test that is skipped where the jars cannot be had

A set is a pom of a few lines that `mvn` resolves into `cache_dir()/maven/repository`, each download checked against the
repository's own checksum (`--strict-checksums`). What came out is written down last, with sizes and SHA-256, in
`cache_dir()/maven/sets/NAME.json`: a killed run leaves no list and is taken up again, and a file that has changed since
is thrown away and fetched anew. Several processes may ask at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from edgegen.paths import atomic_write, cache_dir, file_sha256
from edgegen.versions import GRADLE_WRAPPER, JSPECIFY, JUNIT, ONNXRUNTIME_JAVA

DEPENDENCY_PLUGIN: Final = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath"
RESOLVE_SECONDS: Final = 900


class JarsUnavailableError(Exception):
    """Jars that are not in the cache cannot be fetched: no `mvn`, no network, or Central does not have them."""


@dataclass(frozen=True)
class JarSet:
    """`coordinates` as Maven writes them, `group:artifact:version[:type]`; `alone`: without what they depend on."""

    coordinates: tuple[str, ...]
    alone: bool = False


JUNIT_JAR: Final = f"junit:junit:{JUNIT}"
ROBOLECTRIC: Final = "org.robolectric:robolectric:4.16"

SETS: Final[dict[str, JarSet]] = {
    # API 36, the compileSdk of generated projects. Its classes are Java 21's: compile against android_jar().
    "android": JarSet(("org.robolectric:android-all:16-robolectric-13921718-2",), alone=True),
    # Debian's aapt2 cannot read the resource table of 15 and newer.
    "android-resources": JarSet(("org.robolectric:android-all:14-robolectric-10818077",), alone=True),
    # The public API of minSdk 24, java.* included, and the program that compares class files with it.
    "api-24": JarSet(("net.sf.androidscents.signature:android-api-level-24:7.0_r2:signature",), alone=True),
    "animal-sniffer": JarSet(("org.codehaus.mojo:animal-sniffer:1.27",)),
    # D8 and R8 lie in AGP's builder.
    "d8": JarSet(("com.android.tools.build:builder:8.1.0",), alone=True),
    "junit": JarSet((JUNIT_JAR,)),
    "jspecify": JarSet((f"org.jspecify:jspecify:{JSPECIFY}",)),
    # The desktop's, whose Java API is the same as Android's.
    "onnx": JarSet((f"com.microsoft.onnxruntime:onnxruntime:{ONNXRUNTIME_JAVA}",)),
    "robolectric": JarSet((ROBOLECTRIC, JUNIT_JAR)),
    # What Robolectric runs on when it is told where (robolectric.dependency.dir): Android 14 and its real graphics.
    "robolectric-android": JarSet(("org.robolectric:android-all-instrumented:14-robolectric-10818077-i7",), alone=True),
    "gradle-api": JarSet((f"dev.gradleplugins:gradle-api:{GRADLE_WRAPPER}",)),
    "agp": JarSet(("com.android.tools.build:gradle:8.1.0",)),
}


# Parts of the framework and of the JDK that no generated app uses: D8 and R8 are not told of them.
LEFT_OUT: Final = (
    *("android.adservices", "android.app.admin", "android.app.appsearch", "android.app.sdksandbox"),
    *("android.bluetooth", "android.car", "android.companion", "android.devicelock", "android.federatedcompute"),
    *("android.hardware.audio", "android.hardware.biometrics", "android.hardware.broadcastradio"),
    *("android.hardware.contexthub", "android.hardware.gnss", "android.hardware.hdmi", "android.hardware.location"),
    *("android.hardware.radio", "android.hardware.security", "android.hardware.soundtrigger", "android.hardware.tv"),
    *("android.hardware.usb", "android.health", "android.icu", "android.location", "android.media.audio"),
    *("android.media.internal", "android.media.tv", "android.net.connectivity", "android.net.ipsec"),
    *("android.net.wifi", "android.nfc", "android.ondevicepersonalization", "android.print", "android.providers"),
    *("android.renderscript", "android.safetycenter", "android.security", "android.service", "android.telecom"),
    *("android.telephony", "android.uwb", "android.webkit"),
    *("com.android.internal", "jdk", "libcore", "org.apache", "org.tukaani", "sun"),
)


def classpath(name: str) -> list[Path]:
    """The jars of a set, in Maven's order; an AAR is given as the classes.jar in it. Raises JarsUnavailableError."""
    jars = _read_list(name)
    if jars is None:
        with _lock():
            jars = _read_list(name) or _resolve(name)  # Another process may have been faster.
    return [_classes_of(path) if path.suffix == ".aar" else path for path in jars if path.suffix != ".pom"]


def jar(name: str) -> Path:
    """The only jar of a set. Raises JarsUnavailableError."""
    (path,) = classpath(name)
    return path


def android_jar() -> Path:
    """android-all with class files that any JDK from 11 can read.

    The class files say Java 21, which javac 17 refuses by the number alone. Only signatures are read from them, so the
    number is lowered; they cannot be run. An annotation that Android's own build leaves out is put back: without it
    javac warns of every class that bears it. Raises JarsUnavailableError.
    """
    return _derived(jar("android"), "signatures", _make_signatures)


def library_jar() -> Path:
    """What D8 and R8 are told of Android and of Java, without LEFT_OUT. Raises JarsUnavailableError.

    They read every class of it: with all 75,000 of Android 16 and the JDK, R8 takes twice as long.
    """
    return _derived(android_jar(), "d8", _make_library)


def missing_sets() -> list[str]:
    """The sets that are not in the cache, as they must be for a run without a network."""
    return [name for name in SETS if _read_list(name) is None]


def need(name: str) -> list[Path]:
    """`classpath` for a test: where the jars cannot be had it is skipped, or fails where every tool is required."""
    try:
        return classpath(name)
    except JarsUnavailableError as error:
        from tests.toolchains import missing  # The harness uses this module where there is no pytest.

        missing(str(error))


def _home() -> Path:
    return cache_dir() / "maven"


def _list_file(name: str) -> Path:
    return _home() / "sets" / f"{name}.json"


@contextlib.contextmanager
def _lock() -> Iterator[None]:
    """One process at a time fetches; the lock goes with the process."""
    import fcntl

    _home().mkdir(parents=True, exist_ok=True)
    with (_home() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _pom(wanted: JarSet) -> str:
    alone = "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>"
    dependencies = []
    for coordinate in wanted.coordinates:
        group, artifact, version, *kind = coordinate.split(":")
        parts = [f"<groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>"]
        parts += [f"<type>{name}</type>" for name in kind]
        parts += [alone] * wanted.alone
        dependencies.append(f"<dependency>{''.join(parts)}</dependency>")
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        "<groupId>edgegen</groupId><artifactId>tests</artifactId><version>1</version><packaging>pom</packaging>"
        f"<dependencies>{''.join(dependencies)}</dependencies></project>\n"
    )


def _read_list(name: str) -> list[Path] | None:
    """The jars of a set that was resolved before; None where it was not, was another, or a file is not as it was."""
    try:
        document = json.loads(_list_file(name).read_text(encoding="utf-8"))
        entries: list[dict[str, Any]] = document["jars"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if document.get("pom") != _pom(SETS[name]):
        return None
    paths = [_home() / entry["path"] for entry in entries]
    if all(_is_as_it_was(path, entry) for path, entry in zip(paths, entries, strict=True)):
        return paths
    return None


def _is_as_it_was(path: Path, entry: dict[str, Any]) -> bool:
    """Whether a file still has its content; size and time stamp are trusted, as hashing 400 MB takes a second."""
    try:
        found = path.stat()
    except OSError:
        return False
    if found.st_size == entry["size"] and found.st_mtime_ns == entry["mtime_ns"]:
        return True
    if found.st_size == entry["size"] and file_sha256(path) == entry["sha256"]:
        return True
    path.unlink()  # Maven trusts what it finds.
    return False


def _resolve(name: str) -> list[Path]:
    maven = shutil.which("mvn")
    if maven is None:
        raise JarsUnavailableError(f"the jars of {name!r} are not in the cache and mvn is not on this machine")
    folder = _home() / "sets"
    folder.mkdir(parents=True, exist_ok=True)
    pom, listing = folder / f"{name}.pom.xml", folder / f"{name}.classpath"
    pom.write_text(_pom(SETS[name]), encoding="utf-8")
    listing.unlink(missing_ok=True)
    command = [maven, "--batch-mode", "--quiet", "--no-transfer-progress", "--strict-checksums", "--update-snapshots"]
    command += ["--file", str(pom), f"-Dmaven.repo.local={_home() / 'repository'}", DEPENDENCY_PLUGIN]
    command += [f"-Dmdep.outputFile={listing}", f"-Dmdep.pathSeparator={os.pathsep}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=RESOLVE_SECONDS)
    if done.returncode != 0 or not listing.is_file():
        lines = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line]
        raise JarsUnavailableError(f"mvn cannot resolve {name!r}: {lines[0] if lines else done.stdout[-500:]}")
    paths = [Path(part) for part in listing.read_text(encoding="utf-8").strip().split(os.pathsep) if part]
    entries = [_entry(path) for path in paths]
    atomic_write(_list_file(name), json.dumps({"pom": _pom(SETS[name]), "jars": entries}, indent=1))
    return paths


def _entry(path: Path) -> dict[str, Any]:
    found = path.stat()
    relative = path.relative_to(_home()).as_posix()
    return {"path": relative, "size": found.st_size, "mtime_ns": found.st_mtime_ns, "sha256": file_sha256(path)}


def _derived(source: Path, what: str, make: Callable[[Path, Path], None]) -> Path:
    """A file made from a jar once: by its path, size and time stamp, which `_read_list` has just checked."""
    found = source.stat()
    key = hashlib.sha256(f"{source.name} {found.st_size} {found.st_mtime_ns}".encode()).hexdigest()[:12]
    target = _home() / "derived" / f"{source.stem}-{what}-{key}.jar"
    if not target.is_file():
        with _lock():
            if not target.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                scratch = target.with_suffix(".tmp")
                make(source, scratch)
                scratch.replace(target)
    return target


def _classes_of(aar: Path) -> Path:
    """The classes.jar of an Android library, which Maven does not unpack."""

    def unpack(source: Path, target: Path) -> None:
        with zipfile.ZipFile(source) as archive:
            target.write_bytes(archive.read("classes.jar"))

    return _derived(aar, "classes", unpack)


_FRAMEWORK: Final = ("android/", "com/android/internal/", "dalvik/", "org/", "java/", "javax/", "libcore/")
_ANNOTATION: Final = """package android.compat.annotation;
public @interface UnsupportedAppUsage {
    long trackingBug() default 0;
    int maxTargetSdk() default 0;
    String publicAlternatives() default "";
    String expectedSignature() default "";
    String overrideSourcePosition() default "";
    String implicitMember() default "";
}
"""


def _make_library(source: Path, target: Path) -> None:
    """The framework without what lies far from a demo app, and what it needs of this JDK's classes."""
    modules = Path(_javac()).resolve().parents[1] / "jmods"
    left_out = tuple(f"{name.replace('.', '/')}/" for name in LEFT_OUT)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
        with zipfile.ZipFile(source) as framework:
            for name in framework.namelist():
                if not name.startswith(left_out):
                    out.writestr(name, framework.read(name))
        for module in ("java.base", "java.logging"):
            with zipfile.ZipFile(modules / f"{module}.jmod") as classes:
                for name in classes.namelist():
                    if name.startswith("classes/java/"):
                        out.writestr(name.removeprefix("classes/"), classes.read(name))


def _make_signatures(source: Path, target: Path) -> None:
    """Copies the framework's classes as class files of Java 11; stored, so that the jar opens fast."""
    java_11 = (55).to_bytes(2, "big")
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
        for name in archive.namelist():
            if name.endswith(".class") and name.startswith(_FRAMEWORK):
                content = archive.read(name)
                out.writestr(name, content[:6] + java_11 + content[8:])
        with tempfile.TemporaryDirectory() as folder:
            source_file = Path(folder) / "UnsupportedAppUsage.java"
            source_file.write_text(_ANNOTATION, encoding="utf-8")
            subprocess.run(
                [_javac(), "--release", "11", "-d", folder, str(source_file)], check=True, capture_output=True
            )
            name = "android/compat/annotation/UnsupportedAppUsage.class"
            out.write(Path(folder) / name, name)


def _javac() -> str:
    javac = shutil.which("javac")
    if javac is None:
        raise JarsUnavailableError("javac is not on this machine; `make setup` installs it where it can")
    return javac
