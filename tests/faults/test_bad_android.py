"""What can be wrong with an Android app: its id, what stands in its place, its runtime, its tools, the app it joins."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.cli.running import ROOT, error_line
from tests.faults.cases import SENSOR, Case, case, check_failure, check_refused
from tests.faults.folders import listing
from tests.faults.in_process import edgegen
from tests.faults.test_bad_projects import Damage, Damaged, removed, toml
from tests.projects import apps
from tests.toolchains import need

NEW = ("new", "hello", "--platform", "android")
ADD = ("add", "--platform", "android", "shop")
WEIGHTED = (*SENSOR, "--weights", "sensor.pth")


def bad_id(app_id: str, *said: str) -> Case:
    """`new --id APP_ID`, refused before the model is loaded."""
    return case(f"id {app_id[:30]!r}", (*NEW, *WEIGHTED, "--id", app_id), 2, "--id", *said, "com.example.hello")


IDS = [
    bad_id("hello", "'hello' has no dot"),
    bad_id("", "no dot"),
    bad_id("com", "no dot"),
    bad_id("com.", "''"),
    bad_id(".com", "''"),
    bad_id("com..shop", "''"),
    bad_id("com.1st.shop", "'1st'"),
    bad_id("com._.shop", "'_'"),
    bad_id("com.exämple.shop", "'exämple'"),
    bad_id("com.例え.shop", "'例え'"),
    bad_id("com.example.hello-world", "'hello-world'"),
    bad_id("com.example.hello world", "'hello world'"),
    bad_id("com.example.hello ", "'hello '"),
    bad_id("com.example.hello\n", "no part of a Java package"),
    bad_id("com/example/hello", "no dot"),
    bad_id("../../etc.passwd", "''"),
    bad_id("com.example.$(touch x)", "'$(touch x)'"),
    bad_id("com.class.shop", "'class'", "keyword of Java"),
    bad_id("com.example.new", "'new'", "keyword of Java"),
    bad_id("com.true.shop", "'true'", "keyword of Java"),
    bad_id("java.lang.shop", "'java'"),
    bad_id("android.app", "'android'"),
    bad_id("edgegen.kernels", "'edgegen'"),
    bad_id(f"com.example.{'a' * 100}", "112 characters", "at most 100"),
]

OPTIONS = [
    case("an id for a board", ("new", "hello", "--platform", "linux-arm", *WEIGHTED, "--id", "com.example.hello"), 2,
         "--id", "linux-arm"),
    case("unknown runtime", (*NEW, *WEIGHTED, "--runtime", "tflite"), 2, "tflite", "executorch", "torchscript", "onnx"),
    case("a runtime of iOS", (*NEW, *WEIGHTED, "--runtime", "coreml"), 2, "coreml", "onnx"),
    case("a backend of another runtime", (*NEW, *WEIGHTED, "--runtime", "onnx", "--set", "export.backend=xnnpack"), 3,
         "export.backend", "onnx has no backend 'xnnpack'", "cpu"),
    case("an unknown backend", (*NEW, *WEIGHTED, "--set", "export.backend=vulkan"), 3, "export.backend", "xnnpack"),
    case("a mode that no runtime has", (*NEW, *WEIGHTED, "--runtime", "onnx", "--quantize", "int4"), 2, "int4", "int8"),
    case("int8 without pictures", (*NEW, *WEIGHTED, "--runtime", "torchscript", "--quantize", "int8"), 2,
         "--quantize int8", "--calibration"),
    case("a script in int8", (*NEW, *WEIGHTED, "--runtime", "torchscript", "--script", "--quantize", "dynamic"), 3,
         "export.script", "cannot be quantised"),
    case("a script for executorch", (*NEW, *WEIGHTED, "--script"), 3, "export.script", "torchscript"),
    case("an opset for torchscript", (*NEW, *WEIGHTED, "--runtime", "torchscript", "--opset", "18"), 3, "export.opset",
         "onnx"),
    case("an opset of long ago", (*NEW, *WEIGHTED, "--runtime", "onnx", "--opset", "7"), 2, "--opset", "18"),
    case("an axis that is none", (*NEW, *WEIGHTED, "--runtime", "onnx", "--dynamic-axis", "x:7=batch"), 3, "axis 7"),
    case("an axis of no input", (*NEW, *WEIGHTED, "--runtime", "onnx", "--dynamic-axis", "y:0=batch"), 3,
         "no such input"),
    case("an axis without a name", (*NEW, *WEIGHTED, "--runtime", "onnx", "--dynamic-axis", "x:0"), 2, "--dynamic-axis",
         "x:0"),
]  # fmt: skip


def model(name: str, *options: str) -> tuple[str, ...]:
    """`new` of a model of shop/net.py that takes sixteen numbers."""
    return (*NEW, "--model", f"shop.net:{name}", "--input", "x=1x16", *options)


ONNX, TORCHSCRIPT = ("--runtime", "onnx"), ("--runtime", "torchscript")
MODELS = [
    case("a decision lost in a trace", model("DecidesByValue", *TORCHSCRIPT), 6, "decides by a value", "--script"),
    case("a decision in onnx", model("DecidesByValue", *ONNX), 6, "net.py:"),
    case("no operator in onnx", model("Unsupported", *ONNX), 6, "ONNX has no counterpart", "linalg_qr", "net.py:"),
    case("text from onnx", model("ReturnsText", *ONNX), 4, "is a str", "tensors only"),
    case("text from torchscript", model("ReturnsText", *TORCHSCRIPT), 4, "is a str", "tensors only"),
    case("random numbers in torchscript", model("Noisy", *TORCHSCRIPT), 6, "random"),
    case("random numbers in onnx", model("Noisy", *ONNX), 6, "random"),
    case("over budget", (*NEW, *WEIGHTED, *ONNX, "--set", "budget.model_mb=0.0001"), 7, "budget.model_mb"),
]


@pytest.mark.parametrize("fault", [*IDS, *OPTIONS, *MODELS], ids=str)
def test_it_is_refused(fault: Case, folder: Path) -> None:
    check_refused(fault, folder)


def other_tools_project(tool: str, folder: Path) -> None:
    """Somebody else's project where `hello` would be written."""
    files = {
        "android studio": ("settings.gradle.kts", "gradlew", "app/build.gradle.kts"),
        "flutter": ("pubspec.yaml", "android/settings.gradle", "lib/main.dart"),
        "react native": ("package.json", "android/settings.gradle", "index.js"),
        "cargo": ("Cargo.toml", "src/main.rs"),
        "git": (".git/HEAD",),
    }
    for name in files[tool]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("theirs", encoding="utf-8")


@pytest.mark.parametrize("tool", ["android studio", "flutter", "react native", "cargo", "git"])
def test_a_project_of_another_tool_is_left_alone(tool: str, own_folder: Path) -> None:
    other_tools_project(tool, own_folder / "hello")
    check_refused(case(tool, (*NEW, *WEIGHTED), 8, "hello", "not empty", "--overwrite"), own_folder)
    for command in ("update", "diff"):
        check_refused(case(tool, (command, "hello"), 8, "hello", "edgegen.toml"), own_folder)
    if tool != "android studio":
        check_refused(case(tool, ("add", "--platform", "android", "hello", *WEIGHTED), 8, "hello", "settings.gradle"),
                      own_folder)  # fmt: skip


SETTINGS = [
    ("a computed include", "include(*modules)\n", "computes which modules"),
    ("a brace too few", 'include(":app")\nif (a) {\n', "never closed"),
    ("another script", 'apply(from = "modules.gradle.kts")\n', "applies another script"),
    ("a model of its own", 'include(":model")\nproject(":model").projectDir = file("x")\n', "in a folder it names"),
    ("a text that does not end", 'include(":app\n', "settings.gradle.kts:1"),
]


@pytest.mark.parametrize(("settings", "said"), [row[1:] for row in SETTINGS], ids=[row[0] for row in SETTINGS])
def test_settings_that_cannot_be_edited_safely(settings: str, said: str, own_folder: Path) -> None:
    """A clear word, and what to paste."""
    apps.app(own_folder / "shop-app", settings)
    arguments = ("add", "--platform", "android", "shop-app", *WEIGHTED)
    check_refused(
        case("", arguments, 8, "settings.gradle.kts", said, 'includeBuild("model/edgegen-plugin")'), own_folder
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("add", "--platform", "android", "nowhere", *WEIGHTED), 8, "nowhere"),
        (("add", "--platform", "android", "photos", *WEIGHTED), 8, "settings.gradle"),
        (("add", "--platform", "linux-arm", "sensor", *WEIGHTED), 2, "linux-arm"),
        (("add", "--platform", "android", "photos", *WEIGHTED, "--id", "com.class.x"), 2, "'class'"),
        (("remove", "--platform", "android", "nowhere"), 8, "nowhere"),
        (("remove", "--platform", "android", "photos"), 8, "photos"),
    ],
)
def test_add_and_remove_where_there_is_no_app(arguments: tuple[str, ...], code: int, said: str, folder: Path) -> None:
    check_refused(case("", arguments, code, said), folder)


@pytest.fixture(scope="session")
def app_work(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working folder with an Android project `hello` in it; no test may change it."""
    work = shutil.copytree(folder, tmp_path_factory.mktemp("android-faults") / "work", symlinks=True)
    done = edgegen(*NEW, *WEIGHTED, cwd=work)
    assert done.code == 0, done.stderr
    return work


@pytest.fixture
def own_app_work(app_work: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(app_work, tmp_path / "work", symlinks=True)


def on(name: str, damage: Damage, code: int, *said: str) -> list[Damaged]:
    """A damage that `export` and `update` both refuse."""
    calls = (("export", "--project", "hello"), ("update", "hello"))
    return [Damaged("hello", damage, case(f"{name}: {call[0]}", call, code, *said)) for call in calls]


ID = 'id = "com.example.hello"'
DAMAGED = [
    *on("no id", toml(ID, ""), 3, "app.id", "com.example.hello"),
    *on("an id of one part", toml(ID, 'id = "hello"'), 3, "app.id", "no dot"),
    *on("a keyword", toml(ID, 'id = "com.class.hello"'), 3, "app.id", "keyword of Java"),
    *on("an id that leads out", toml(ID, 'id = "../../x.y"'), 3, "app.id"),
    *on("a number for an id", toml(ID, "id = 7"), 3, "app.id"),
    *on("a board's platform", toml('"android"', '"linux-arm"'), 3, "app.platform", "was written for android"),
    *on("an unknown platform", toml('"android"', '"andriod"'), 3, "app.platform", "android"),
    *on("an unknown runtime", toml('"executorch"', '"tflite"'), 3, "export.runtime", "torchscript"),
    *on("another runtime's backend", toml('"executorch"', '"onnx"'), 3, "export.backend", "cpu"),
    *on("a hostile name", toml('name = "hello"', 'name = "../x"'), 3, "app.name", "path"),
    *on("no manifest", removed(".edgegen/manifest.json"), 8, "manifest.json"),
]  # fmt: skip


@pytest.mark.parametrize("fault", DAMAGED, ids=str)
def test_a_damaged_app_is_refused(fault: Damaged, own_app_work: Path) -> None:
    fault.damage(own_app_work / fault.project)
    check_refused(fault.case, own_app_work)


def test_another_id_needs_an_update(own_app_work: Path) -> None:
    """`export` writes generated/ only; the sources around it would still be of the old package."""
    toml(ID, 'id = "org.acme.shop"')(own_app_work / "hello")
    arguments = ("export", "--project", "hello")
    check_refused(case("", arguments, 3, "needs other files", "edgegen update"), own_app_work)


NO_TOOLS = {"PATH": "/nowhere", "JAVA_HOME": "/nowhere", "ANDROID_HOME": "/nowhere", "ANDROID_SDK_ROOT": "/nowhere"}


@pytest.mark.parametrize(("command", "tool"), [("build", "no JDK was found"), ("run", "was not found")])
def test_without_java_nothing_is_begun(command: str, tool: str, app_work: Path) -> None:
    check_refused(Case("", (command, "hello"), 9, (tool, "Install"), NO_TOOLS), app_work)


def test_doctor_says_what_an_app_needs_and_how_to_get_it(app_work: Path) -> None:
    """Without a tool and without a network: it looks at this machine only."""
    before = listing(app_work)
    done = edgegen("doctor", "--platform", "android", cwd=app_work, env=NO_TOOLS)
    assert done.code == 9
    assert "JDK" in done.error()
    missing = [line for line in done.stdout.splitlines() if line.startswith("MISS")]
    assert len(missing) >= 2
    assert listing(app_work) == before


def harness(work: Path, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`python tests/harness/android.py ARGUMENTS…` in the folder `work`, with nothing fetched yet."""
    import numpy as np

    np.save(work / "numbers.npy", np.zeros((1, 16), np.float32))
    command = [sys.executable, str(ROOT / "tests" / "harness" / "android.py"), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator"), "EDGEGEN_CACHE": str(work.parent / "empty")}
    return subprocess.run(
        command, cwd=work, env={**environment, **(env or {})}, capture_output=True, text=True, check=False
    )


def unbuilt(work: Path) -> dict[str, str]:
    """What is in the folder, without the project's build/, which is a build's to write, and the numbers to run on."""
    built = ("hello/build/", "numbers.npy/")
    return {name: what for name, what in listing(work).items() if not f"{name}/".startswith(built)}


NUMBERS = ("--input", "x=numbers.npy")


@pytest.mark.parametrize(
    ("arguments", "env", "code", "said"),
    [
        (("hello", *NUMBERS), NO_TOOLS, 9, "not on this machine"),
        (("nowhere", *NUMBERS), {}, 8, "nowhere"),
        (("photos", *NUMBERS), {}, 8, "edgegen.toml"),
    ],
    ids=["no Java", "no folder", "no project"],
)
def test_the_harness_says_what_it_lacks(
    arguments: tuple[str, ...], env: dict[str, str], code: int, said: str, own_app_work: Path
) -> None:
    before = unbuilt(own_app_work)
    done = harness(own_app_work, *arguments, env=env)
    assert done.returncode == code, done.stderr
    assert said in error_line(done)
    assert done.stdout == ""
    assert unbuilt(own_app_work) == before


def test_the_harness_without_a_network(own_app_work: Path) -> None:
    """The jars are not here yet, and Maven cannot reach where they are."""
    need("mvn")
    tools = own_app_work.parent / "bin"
    tools.mkdir()
    (tools / "mvn").write_text("#!/bin/sh\necho '[ERROR] Unknown host' >&2\nexit 1\n")
    (tools / "mvn").chmod(0o755)
    before = unbuilt(own_app_work)
    path = {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    done = harness(own_app_work, "hello", *NUMBERS, env=path)
    assert done.returncode == 9, done.stderr
    assert done.stdout == ""
    assert error_line(done)
    assert unbuilt(own_app_work) == before


# Permission denied: what `add`, which asks beforehand, is told of a read-only disk.
REASONS = ("No space left on device", "Read-only file system", "Permission denied")


def refused_by_the_disk(arguments: tuple[str | Path, ...], where: Path, cwd: Path) -> None:
    """The call fails for want of room, and `where` is as it was."""
    before = listing(where)
    done = edgegen(*arguments, cwd=cwd)
    check_failure(done, case("", (), 8, str(where)))
    assert any(reason in done.error() for reason in REASONS)
    assert listing(where) == before


def test_new_on_a_bad_disk(small_disk: Callable[[], None], folder: Path, tmp_path: Path) -> None:
    small_disk()
    refused_by_the_disk((*NEW, *WEIGHTED, "--output", tmp_path / "disk"), tmp_path / "disk", folder)


def test_add_on_a_bad_disk(small_disk: Callable[[], None], folder: Path, tmp_path: Path) -> None:
    app = apps.app(tmp_path / "disk" / "shop")
    small_disk()
    refused_by_the_disk(("add", "--platform", "android", app, *WEIGHTED), tmp_path / "disk", folder)


def test_an_app_is_updated_on_a_bad_disk(small_disk: Callable[[], None], app_work: Path, tmp_path: Path) -> None:
    project = shutil.copytree(app_work / "hello", tmp_path / "disk" / "hello")
    for old, new in (('path = ".."', f'path = "{app_work}"'), (ID, 'id = "org.acme.shop"')):
        toml(old, new)(project)
    small_disk()
    refused_by_the_disk(("update", project), tmp_path / "disk", app_work)
    assert edgegen("diff", project, cwd=app_work).code == 0
