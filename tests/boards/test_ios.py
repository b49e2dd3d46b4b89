"""Building and starting an iOS project on a Mac, with stand-ins for xcodebuild, xcrun and pod."""

from __future__ import annotations

import json
import plistlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from edgegen.boards.ios import build_app, failure, run_app
from edgegen.errors import EdgegenError, ProjectError, ToolError, UsageError
from edgegen.tools.xcode import CocoaPods, Simulators, Xcode
from tests.boards.test_dispatch import TOML

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts")

PRODUCTS = "build/xcode/Build/Products/Debug-iphone"
XCODEBUILD = f"""#!/bin/sh
[ "$1" = -version ] && {{ echo "Xcode ${{XCODE_VERSION:-16.2}}"; echo "Build version 16C5032a"; exit; }}
echo "xcodebuild $*" >> "$LOG"
[ -n "$XCODE_SAYS" ] && {{ printf '%b' "$XCODE_SAYS"; exit 65; }}
case "$*" in *Simulator*) kind=simulator ;; *) kind=os ;; esac
mkdir -p "{PRODUCTS}$kind/Hello.app" && cp "$PLIST" "{PRODUCTS}$kind/Hello.app/Info.plist"
"""
XCRUN = """#!/bin/sh
case "$*" in
  "simctl list "*) cat "$DEVICES" ;;
  *) echo "xcrun $*" >> "$LOG"
     case "$*" in *" $REFUSES "*) echo "error: refused" >&2; exit 1 ;; esac ;;
esac
"""
OTHER = """#!/bin/sh
[ "$1" = --version ] && { echo "${POD_VERSION:-1.16.2}"; exit; }
echo "$(basename "$0") $*" >> "$LOG"
"""


def device(name: str, udid: str, state: str = "Shutdown") -> dict[str, object]:
    return {"name": name, "udid": udid, "state": state, "isAvailable": True}


DEVICES = {
    "com.apple.CoreSimulator.SimRuntime.iOS-17-5": [device("iPhone 15", "A"), device("iPad Air", "B")],
    "com.apple.CoreSimulator.SimRuntime.iOS-18-2": [device("iPad Pro", "C"), device("iPhone 16", "D")],
    "com.apple.CoreSimulator.SimRuntime.watchOS-11-2": [device("Apple Watch", "E", "Booted")],
}


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project on a Mac with Xcode and four simulators."""
    for name, text in {"xcodebuild": XCODEBUILD, "xcrun": XCRUN, "pod": OTHER, "open": OTHER}.items():
        program(tmp_path / "bin" / name, text)
    (tmp_path / "devices").write_text(json.dumps({"devices": DEVICES}))
    (tmp_path / "Info.plist").write_bytes(plistlib.dumps({"CFBundleIdentifier": "com.example.changed"}))
    folder = tmp_path / "my app"
    (folder / "Hello.xcodeproj").mkdir(parents=True)
    (folder / "edgegen.toml").write_text(TOML.format(platform="ios") + 'id = "com.example.hello"\n')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setattr("sys.executable", str(tmp_path / "venv/python"))
    monkeypatch.setattr("edgegen.boards.ios.ON_A_MAC", True)
    for name in ("devices", "Info.plist", "log"):
        monkeypatch.setenv({"Info.plist": "PLIST"}.get(name, name.upper()), str(tmp_path / name))
    return folder


@pytest.fixture
def calls(project: Path) -> Callable[[], list[str]]:
    """The stand-ins' calls so far."""
    log = project.parent / "log"
    return lambda: log.read_text().splitlines() if log.exists() else []


def legacy(project: Path) -> None:
    """Makes the project one of TorchScript, with its pods installed."""
    text = (project / "edgegen.toml").read_text()
    text = text.replace('"executorch"', '"torchscript"').replace('backend = "xnnpack"\n', "")
    (project / "edgegen.toml").write_text(text)
    (project / "Podfile").touch()
    (project / "Hello.xcworkspace").mkdir()


def test_a_build_is_xcodes_and_gives_the_app(project: Path, calls: Callable[[], list[str]]) -> None:
    built = build_app(project)
    assert built.program == project / f"{PRODUCTS}simulator/Hello.app"
    assert built.emulated
    assert calls() == [
        "xcodebuild -project Hello.xcodeproj -scheme Hello -configuration Debug "
        "-destination generic/platform=iOS Simulator -derivedDataPath build/xcode build"
    ]


def test_with_pods_the_workspace_is_built_and_what_has_no_simulator_for_a_device(
    project: Path, calls: Callable[[], list[str]]
) -> None:
    legacy(project)
    assert build_app(project).program == project / f"{PRODUCTS}os/Hello.app"
    assert calls() == [
        "xcodebuild -workspace Hello.xcworkspace -scheme Hello -configuration Debug "
        "-destination generic/platform=iOS -derivedDataPath build/xcode CODE_SIGNING_ALLOWED=NO build"
    ]
    with pytest.raises(ToolError, match="LibTorch-Lite has no library for simulators"):
        run_app(project, [], [], None, [])


def test_pods_that_are_not_installed_are_asked_for(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    legacy(project)
    (project / "Hello.xcworkspace").rmdir()
    with pytest.raises(ToolError, match="its pods are not installed") as caught:
        build_app(project)
    assert caught.value.hint == f"cd {project} && pod install"
    monkeypatch.setenv("POD_VERSION", "1.15.2")
    with pytest.raises(ToolError, match=r"CocoaPods 1\.15\.2 is too old, 1\.16 is needed"):
        build_app(project)


@pytest.mark.parametrize(
    ("says", "problem", "remedy"),
    [
        ("note: x\n/a b/App.swift:3:7: error: cannot find 'x'\n** BUILD FAILED **", "/a b/App.swift:3:7", "Correct"),
        ('error: Signing for "Hello" requires a development team.', "Signing for", "DEVELOPMENT_TEAM"),
        ("xcodebuild: error: Unable to find a destination matching", "Unable to find", "-downloadPlatform iOS"),
        ("error: Could not resolve package dependencies:\n  failed to clone", "Could not resolve", "Check the network"),
        ("error: The sandbox is not in sync with the Podfile.lock.", "The sandbox", "pod install"),
        ("You have not agreed to the Xcode license agreements.", "You have not agreed", "xcodebuild -license"),
        ("", "xcodebuild said nothing", "Correct"),
    ],
)
def test_a_failed_build_is_one_line_with_a_remedy(says: str, problem: str, remedy: str) -> None:
    found = failure(says, "")
    assert problem in found[0]
    assert remedy in found[1]


def test_a_failed_build_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XCODE_SAYS", "/x/Hello.swift:1:1: error: expected expression\n")
    with pytest.raises(ToolError, match=r"the build failed: /x/Hello\.swift:1:1: error: expected expression"):
        build_app(project)


def test_an_older_xcode_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XCODE_VERSION", "15.4")
    with pytest.raises(ToolError, match=r"Xcode 15\.4 is too old, 16\.0 is needed"):
        build_app(project)


def test_command_line_tools_without_xcode_are_no_xcode(project: Path) -> None:
    text = "#!/bin/sh\necho \"xcode-select: error: tool 'xcodebuild' requires Xcode\" >&2; exit 1\n"
    program(project.parent / "bin/xcodebuild", text)
    assert not Xcode().verify().ok
    with pytest.raises(ToolError, match="Xcode was not found; it builds the app"):
        build_app(project)


def test_the_app_is_started_with_its_own_id_on_the_newest_iphone(
    project: Path, calls: Callable[[], list[str]], tmp_path: Path
) -> None:
    """The id is the built app's: Config/ may have changed it. A running watch is no phone."""
    photo = tmp_path / "a photo.jpg"
    photo.touch()
    document = run_app(project, [photo], [], None, [])
    assert document == {"app": "com.example.changed", "device": "iPhone 16", "shown": str(photo), "results": []}
    app = project / f"{PRODUCTS}simulator/Hello.app"
    assert calls()[1:] == [
        "xcrun simctl bootstatus D -b",
        f"xcrun simctl install D {app}",
        f"xcrun simctl addmedia D {photo}",
        "xcrun simctl launch --terminate-running-process D com.example.changed",
        "open -a Simulator",
    ]


def test_a_simulator_that_runs_is_taken_first_and_one_can_be_named(project: Path) -> None:
    devices = json.loads(json.dumps(DEVICES))
    devices["com.apple.CoreSimulator.SimRuntime.iOS-17-5"][0]["state"] = "Booted"
    (project.parent / "devices").write_text(json.dumps({"devices": devices}))
    assert run_app(project, [], [], None, [])["device"] == "iPhone 15"
    assert run_app(project, [], [], "iPad Pro", [])["device"] == "iPad Pro"
    assert run_app(project, [], [], "B", [])["device"] == "iPad Air"
    with pytest.raises(UsageError, match="there is no simulator 'iPhone 3'") as caught:
        run_app(project, [], [], "iPhone 3", [])
    assert caught.value.hint == "Use one of: iPhone 15, iPhone 16, iPad Pro, iPad Air"


@pytest.mark.parametrize("devices", ["", "{}", '{"devices": {}}'])
def test_no_simulator_is_told_before_the_build(project: Path, calls: Callable[[], list[str]], devices: str) -> None:
    (project.parent / "devices").write_text(devices)
    with pytest.raises(ToolError, match="there is no iOS simulator"):
        run_app(project, [], [], None, [])
    assert calls() == []


@pytest.mark.parametrize(
    ("refuses", "problem"),
    [
        ("bootstatus", "the simulator does not start: error: refused"),
        ("install", "the app cannot be installed: error: refused"),
        ("launch", "the app cannot be started: error: refused"),
    ],
)
def test_what_simctl_refuses_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, refuses: str, problem: str
) -> None:
    monkeypatch.setenv("REFUSES", refuses)
    with pytest.raises(ToolError, match=problem):
        run_app(project, [], [], None, [])


def test_what_an_app_cannot_take_is_refused(project: Path, calls: Callable[[], list[str]]) -> None:
    with pytest.raises(UsageError, match="an app takes no arguments"):
        run_app(project, [], [], None, ["--top", "3"])
    with pytest.raises(UsageError, match="a file cannot be handed to the app"):
        run_app(project, [], ["x=a.npy"], None, [])
    assert calls() == []


@pytest.mark.parametrize("names", [(), ("A.xcodeproj", "B.xcodeproj")])
def test_a_folder_without_one_xcode_project_is_refused(project: Path, names: tuple[str, ...]) -> None:
    (project / "Hello.xcodeproj").rmdir()
    for name in names:
        (project / name).mkdir()
    with pytest.raises(ProjectError, match=r"no Xcode project|2 Xcode projects"):
        build_app(project)


def test_elsewhere_it_says_what_can_be_done_here(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgegen.boards.ios.ON_A_MAC", False)
    for attempt in (lambda: build_app(project), lambda: run_app(project, [], [], None, [])):
        with pytest.raises(ToolError) as caught:
            attempt()
        assert isinstance(caught.value, EdgegenError)
        assert "built by Xcode, which this system does not have" in caught.value.message()
        assert f"edgegen verify {project}" in caught.value.hint
        assert "\n" not in caught.value.message()


def test_the_tools_of_a_mac_are_found(project: Path) -> None:
    assert Xcode().verify().version == "16.2"
    assert CocoaPods().verify().version == "1.16.2"
    assert Simulators().verify().version == "iOS 18.2, 4 devices"
