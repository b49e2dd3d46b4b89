"""Building and starting an Android project, with stand-ins for the JDK, Gradle's wrapper and adb."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from edgegen.boards.android import build_app, failure, run_app
from edgegen.errors import EdgegenError, ProjectError, ToolError, UsageError
from tests.boards.test_dispatch import TOML

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts")

APK = "app/build/outputs/apk/debug/app-debug.apk"
GRADLEW = f"""#!/bin/sh
echo "gradlew $* ANDROID_HOME=$ANDROID_HOME" >> "$LOG"
[ -n "$GRADLE_SAYS" ] && {{ printf '%b' "$GRADLE_SAYS"; exit 1; }}
mkdir -p {Path(APK).parent} && : > {APK}
"""
ADB = """#!/bin/sh
echo "adb $*" >> "$LOG"
case "$*" in
  version) echo "Android Debug Bridge version 1.0.41" ;;
  devices) printf "List of devices attached\\n$DEVICES\\n" ;;
  *" install "*) [ -z "$INSTALL_SAYS" ] || { echo "$INSTALL_SAYS" >&2; exit 1; } ;;
  *" am start "*) echo "$START_SAYS" ;;
esac
"""


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project on a machine with a JDK, an SDK and one phone."""
    program(tmp_path / "bin/javac", "#!/bin/sh\necho javac ${JDK_VERSION:-17.0.2}\n")
    program(tmp_path / "bin/adb", ADB)
    (tmp_path / "sdk/platforms/android-36").mkdir(parents=True)
    folder = tmp_path / "my app"
    program(folder / "gradlew", GRADLEW)
    text = TOML.format(platform="android") + 'id = "com.example.hello"\n'
    (folder / "edgegen.toml").write_text(text)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setattr("sys.executable", str(tmp_path / "venv/python"))
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    monkeypatch.setenv("ANDROID_HOME", str(tmp_path / "sdk"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("JAVA_HOME", "ANDROID_SDK_ROOT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DEVICES", "emulator-5554\\tdevice")
    return folder


@pytest.fixture
def calls(project: Path) -> Callable[[], list[str]]:
    """The stand-ins' calls so far."""
    log = project.parent / "log"
    return lambda: log.read_text().splitlines() if log.exists() else []


def test_a_build_is_gradles_and_gives_the_apk(project: Path, calls: Callable[[], list[str]]) -> None:
    built = build_app(project)
    assert built.program == project / APK
    assert calls() == [f"gradlew --console=plain :app:assembleDebug ANDROID_HOME={project.parent / 'sdk'}"]


def test_the_projects_own_sdk_comes_first(project: Path, calls: Callable[[], list[str]]) -> None:
    own = project.parent / "own sdk"
    (own / "licenses").mkdir(parents=True)
    (project / "local.properties").write_text(f"# Android Studio\nsdk.dir={own}\n")
    build_app(project)
    assert calls()[0].endswith(f"ANDROID_HOME={own}")


def without_jdk(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.parent / "bin/javac").unlink()
    monkeypatch.setenv("PATH", f"{project.parent / 'bin'}")


def with_old_jdk(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JDK_VERSION", "11.0.2")


def with_wrong_java_home(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gradle's wrapper would not look any further either."""
    monkeypatch.setenv("JAVA_HOME", str(project))


def without_sdk(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANDROID_HOME")


def with_wrong_sdk(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "local.properties").write_text("sdk.dir=/nowhere\n")


def without_wrapper(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "gradlew").unlink()


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (without_jdk, ToolError, "no JDK was found; it runs Gradle, which builds the app. Install a JDK from 17 to 24"),
        (with_old_jdk, ToolError, "JDK 11.0.2 cannot run Gradle"),
        (with_wrong_java_home, ToolError, "JAVA_HOME="),
        (without_sdk, ToolError, "the Android SDK was not found"),
        (with_wrong_sdk, ToolError, "local.properties: is not the folder of an Android SDK: /nowhere"),
        (without_wrapper, ProjectError, "there is no gradlew in this folder"),
    ],
)
def test_what_is_missing_is_said_before_gradle_starts(
    project: Path,
    calls: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path, pytest.MonkeyPatch], None],
    error: type[EdgegenError],
    said: str,
) -> None:
    change(project, monkeypatch)
    with pytest.raises(error) as caught:
        build_app(project)
    assert said in caught.value.message()
    assert calls() == []


COMPILER = "/p/app/src/main/java/A.java:7: error: cannot find symbol"
GRADLE = "FAILURE: Build failed with an exception.\n\n* What went wrong:\n{}\n\n* Try:\n> Run with --stacktrace\n"


@pytest.mark.parametrize(
    ("output", "problem", "remedy"),
    [
        (
            f"> Task :app:compile FAILED\n{COMPILER}\n" + GRADLE.format("Execution failed."),
            COMPILER,
            "Correct the file",
        ),
        (
            GRADLE.format("Failed to install the following SDK packages as some licences have not been accepted."),
            "Failed to install the following SDK packages as some licences have not been accepted",
            "sdkmanager --licenses",
        ),
        (
            GRADLE.format(
                "A problem occurred configuring root project 'x'.\n> Could not resolve all files.\n  > Gone."
            ),
            "A problem occurred configuring root project 'x': Gone.",
            "repositories can be reached",
        ),
        (
            'Exception in thread "main" java.net.UnknownHostException: services.example\n\tat java.base/a.b(c)',
            'Exception in thread "main" java.net.UnknownHostException: services.example',
            "Check the network",
        ),
        (GRADLE.format("java.io.IOException: No space left on device"), "No space left on device", "Free some space"),
        (
            GRADLE.format("Execution failed for task ':model:exportModel'.\n> edgegen.toml: inputs: missing"),
            "Execution failed for task ':model:exportModel': edgegen.toml: inputs: missing",
            "Correct the file",
        ),
        ("nothing that is known", "nothing that is known", "Correct the file"),
        ("", "", "Correct the file"),
    ],
)
def test_a_failed_build_is_one_line_and_what_to_do(output: str, problem: str, remedy: str) -> None:
    said, advice = failure(output, "")
    assert problem in said
    assert "\n" not in said
    assert remedy in advice


def test_a_failed_build_ends_the_command(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADLE_SAYS", COMPILER)
    with pytest.raises(ToolError, match=r"the build failed: .*A\.java:7: error: cannot find symbol"):
        build_app(project)


def test_the_app_is_installed_and_started_with_the_photo(project: Path, calls: Callable[[], list[str]]) -> None:
    photo = project / "my photo.JPG"
    photo.touch()
    document = run_app(project, [photo], [], None, [])
    assert document == {"app": "com.example.hello", "device": "emulator-5554", "shown": str(photo), "results": []}
    device, there = "adb -s emulator-5554", "/data/local/tmp/edgegen/shown.jpg"
    assert [call for call in calls() if call.startswith(device)] == [
        f"{device} install -r {project / APK}",
        f"{device} shell mkdir -p /data/local/tmp/edgegen",
        f"{device} push {photo} {there}",
        f"{device} shell chmod 644 {there}",
        f"{device} shell am start -W -n com.example.hello/com.example.hello.MainActivity -S "
        f"-a android.intent.action.SEND -t image/jpeg --eu android.intent.extra.STREAM file://{there}",
    ]


def test_numbers_go_to_the_app_as_a_file_does(project: Path, calls: Callable[[], list[str]]) -> None:
    (project / "a.npy").touch()
    run_app(project, [], [f"x={project / 'a.npy'}"], "emulator-5554", [])
    assert "-t application/octet-stream --eu android.intent.extra.STREAM file:///data/local/tmp" in calls()[-1]


def test_without_a_file_the_app_is_only_opened(project: Path, calls: Callable[[], list[str]]) -> None:
    assert run_app(project, [], [], None, [])["shown"] is None
    assert calls()[-1].endswith("am start -W -n com.example.hello/com.example.hello.MainActivity")


@pytest.mark.parametrize(
    ("devices", "serial", "error", "said"),
    [
        ("", None, ToolError, "no Android device is connected"),
        ("a\\tdevice\\nb\\tdevice", None, UsageError, "there are 2 devices: a, b. Name one with --on"),
        ("a\\tdevice", "b", UsageError, "there is no device 'b'. Use one of: a"),
        ("a\\tunauthorized", None, ToolError, "the device a is unauthorized. Allow USB debugging on its screen"),
        ("a\\toffline", None, ToolError, "the device a is offline. Connect it anew"),
    ],
)
def test_a_device_that_cannot_be_used_is_told_before_the_build(
    project: Path,
    calls: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    devices: str,
    serial: str | None,
    error: type[EdgegenError],
    said: str,
) -> None:
    monkeypatch.setenv("DEVICES", devices)
    with pytest.raises(error) as caught:
        run_app(project, [], [], serial, [])
    assert said in caught.value.message()
    assert not [call for call in calls() if call.startswith("gradlew")]


def test_no_adb_says_how_to_get_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.parent / "bin/adb").unlink()
    monkeypatch.setenv("PATH", str(project.parent / "bin"))
    with pytest.raises(ToolError, match="adb was not found; it installs and starts the app"):
        run_app(project, [], [], None, [])


def test_adb_is_found_in_the_sdk(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.parent / "sdk/platform-tools").mkdir()
    (project.parent / "bin/adb").rename(project.parent / "sdk/platform-tools/adb")
    assert run_app(project, [], [], None, [])["device"] == "emulator-5554"


def test_an_app_signed_with_another_key_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSTALL_SAYS", "adb: failed to install: Failure [INSTALL_FAILED_UPDATE_INCOMPATIBLE: x]")
    with pytest.raises(ToolError, match="INSTALL_FAILED_UPDATE_INCOMPATIBLE") as caught:
        run_app(project, [], [], None, [])
    assert "adb uninstall com.example.hello" in caught.value.hint


def test_a_start_that_am_refuses_is_no_success(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """am ends with 0 and prints the error."""
    monkeypatch.setenv("START_SAYS", "Starting: Intent\nError: Activity class {x} does not exist.")
    with pytest.raises(ToolError, match="cannot be started: Error: Activity class"):
        run_app(project, [], [], None, [])


def test_what_an_app_cannot_do_is_refused(project: Path, calls: Callable[[], list[str]]) -> None:
    with pytest.raises(UsageError, match="one file at a time, 2 are given"):
        run_app(project, [Path("a.jpg"), Path("b.jpg")], [], None, [])
    with pytest.raises(UsageError, match="takes no arguments"):
        run_app(project, [], [], None, ["--top", "3"])
    assert calls() == []
