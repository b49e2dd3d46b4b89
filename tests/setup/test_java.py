"""scripts/setup/java.py and the jars it fetches. `mvn` is a stand-in that writes what the real one would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.android import jars

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "setup" / "java.py"

# Puts one jar into the repository that it is given and names it, as the dependency plugin does.
MVN = f"""#!{sys.executable}
import os, sys
print("mvn", *sys.argv[1:], file=open(os.environ["LOG"], "a"))
given = dict(word[2:].split("=", 1) for word in sys.argv if word.startswith("-D"))
pom = open(sys.argv[sys.argv.index("--file") + 1]).read()
if os.environ.get("OFFLINE"):
    sys.exit("[ERROR] Could not transfer artifact org.example:thing:jar:1 from/to central: no network")
if os.environ.get("KILLED"):
    os.kill(os.getppid(), 9)
artifact = pom.split("<artifactId>")[2].split("<")[0]
jar = os.path.join(given["maven.repo.local"], artifact, artifact + ".jar")
os.makedirs(os.path.dirname(jar), exist_ok=True)
if not os.path.exists(jar):
    open(jar, "w").write("content of " + artifact)
open(given["mdep.outputFile"], "w").write(os.pathsep.join([jar] if "aar" not in artifact else [jar[:-3] + "aar"]))
"""


@pytest.fixture
def maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """A stand-in for mvn and an empty cache; gives how often it was called."""
    program = tmp_path / "bin" / "mvn"
    program.parent.mkdir()
    program.write_text(MVN)
    program.chmod(0o755)
    log = tmp_path / "log"
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("LOG", str(log))
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(jars, "SETS", {"one": jars.JarSet(("org.example:thing:1",), alone=True)})
    return lambda: len(log.read_text().splitlines()) if log.exists() else 0


def script(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)


def test_jars_are_resolved_once_and_then_found_without_maven(maven: Callable[[], int], tmp_path: Path) -> None:
    assert jars.missing_sets() == ["one"]
    first = jars.jar("one")
    assert first == tmp_path / "cache/maven/repository/thing/thing.jar"
    assert jars.jar("one") == first
    assert jars.missing_sets() == []
    assert maven() == 1


def test_downloads_are_compared_with_the_repositorys_checksums(maven: Callable[[], int], tmp_path: Path) -> None:
    jars.classpath("one")
    assert maven() == 1
    assert "--strict-checksums" in (tmp_path / "log").read_text()


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_jar_is_fetched_anew(maven: Callable[[], int], damage: str) -> None:
    jar = jars.jar("one")
    whole = jar.read_text()
    if damage == "gone":
        jar.unlink()
    else:
        jar.write_text(whole[:5] if damage == "cut" else whole.upper())
        os.utime(jar, (0, 0))
    assert jars.jar("one").read_text() == whole
    assert maven() == 2


def test_a_jar_that_was_only_touched_is_kept(maven: Callable[[], int]) -> None:
    os.utime(jars.jar("one"), (0, 0))
    jars.jar("one")
    assert maven() == 1


def test_another_version_is_resolved_again(maven: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    jars.jar("one")
    monkeypatch.setitem(jars.SETS, "one", jars.JarSet(("org.example:thing:2",), alone=True))
    jars.jar("one")
    assert maven() == 2


def test_an_interrupted_run_is_taken_up_again(maven: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed while mvn works; the lock goes with the process, and no list vouches for what is not there."""
    code = "from tests.android import jars; jars.SETS['one'] = jars.JarSet(('org.example:thing:1',), True)"
    environment = {**os.environ, "KILLED": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = [sys.executable, "-c", f"{code}; jars.classpath('one')"]
    assert subprocess.run(killed, env=environment, check=False, cwd=SCRIPT.parents[2]).returncode == -9
    assert jars.missing_sets() == ["one"]
    assert jars.jar("one").is_file()


def test_what_cannot_be_fetched_is_said_in_mavens_words(
    maven: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFLINE", "1")
    with pytest.raises(jars.JarsUnavailableError, match=r"cannot resolve 'one': \[ERROR\] Could not transfer"):
        jars.classpath("one")


def test_no_maven_is_said(maven: Callable[[], int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(jars.JarsUnavailableError, match="mvn is not on this machine"):
        jars.classpath("one")


def test_an_android_library_is_given_as_the_classes_in_it(
    maven: Callable[[], int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(jars.SETS, "one", jars.JarSet(("org.example:aar:1",), alone=True))
    library = tmp_path / "cache/maven/repository/aar/aar.aar"
    library.parent.mkdir(parents=True)
    with zipfile.ZipFile(library, "w") as archive:
        archive.writestr("classes.jar", b"the classes")
    (library.parent / "aar.jar").touch()
    assert jars.jar("one").read_bytes() == b"the classes"


def test_the_script_says_what_is_missing_and_why_it_stays_so(maven: Callable[[], int]) -> None:
    """Its exit code is 0 where nothing can be fetched: the tests that need the jars say so."""
    checked = script("--check")
    assert (checked.returncode, maven()) == (1, 0)
    assert "java: android: missing" in checked.stdout
    done = script(OFFLINE="1")
    assert done.returncode == 0, done.stderr
    assert "java: mvn cannot resolve 'android'" in done.stdout
    assert "tests that need these jars are skipped or fail" in done.stdout


def test_the_script_fetches_every_set(maven: Callable[[], int], tmp_path: Path) -> None:
    assert script().returncode == 0
    assert script("--check").returncode == 0
    written = {path.stem for path in (tmp_path / "cache/maven/sets").glob("*.json")}
    assert {"android", "d8", "agp", "robolectric", "onnx"} <= written
    (document,) = (json.loads(path.read_text()) for path in (tmp_path / "cache/maven/sets").glob("onnx.json"))
    assert len(document["jars"][0]["sha256"]) == 64
