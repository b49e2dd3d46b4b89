"""What doctor lists for a platform."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from edgegen import tools
from edgegen.tools.android import AndroidSdk, Gradle
from edgegen.tools.disk import DiskSpace
from edgegen.versions import GRADLE


def test_every_tool_says_what_for_and_how_to_get_it() -> None:
    statuses = tools.report("linux-arm")
    assert len({status.name for status in statuses}) == len(statuses)
    assert {"CMake", "Ninja", "C++ compiler", "libjpeg-turbo", "ssh", "ExecuTorch"} <= {item.name for item in statuses}
    for status in statuses:
        assert status.purpose
        assert status.remedy
        assert not status.ok or status.version
        json.dumps(status.document())


def test_an_android_project_needs_a_jdk_and_the_sdk_and_can_use_the_rest() -> None:
    statuses = {status.name: status for status in tools.report("android")}
    assert {"ExecuTorch", "JDK", "Android SDK", "Gradle", "adb"} <= statuses.keys()
    assert statuses["JDK"].required
    assert statuses["Android SDK"].required
    assert not statuses["Gradle"].required
    assert not statuses["adb"].required
    assert all(status.purpose and status.remedy for status in statuses.values())


def test_an_ios_project_needs_xcode_where_there_can_be_one() -> None:
    """On another system everything but the app's own build can be done, so that none of its tools is required."""
    statuses = {status.name: status for status in tools.report("ios")}
    assert {"Core ML tools", "ExecuTorch", "ONNX", "Xcode", "iOS simulator", "Swift", "CocoaPods"} <= statuses.keys()
    assert statuses["Xcode"].required == (sys.platform == "darwin")
    assert not statuses["CocoaPods"].required
    assert all(status.purpose and status.remedy for status in statuses.values())


def test_an_sdk_and_a_gradle_that_are_there_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Platforms compare by number: android-9 is older than android-36."""
    for name in ("android-9", "android-36"):
        (tmp_path / "sdk" / "platforms" / name).mkdir(parents=True)
    (tmp_path / "gradle/wrapper/dists" / f"gradle-{GRADLE}-bin" / "abc" / f"gradle-{GRADLE}").mkdir(parents=True)
    monkeypatch.setenv("GRADLE_USER_HOME", str(tmp_path / "gradle"))
    monkeypatch.setenv("ANDROID_HOME", str(tmp_path / "sdk"))
    assert AndroidSdk().verify().version == f"android-36 in {tmp_path / 'sdk'}"
    assert Gradle().verify().version == GRADLE
    monkeypatch.setenv("ANDROID_HOME", str(tmp_path))
    monkeypatch.setenv("GRADLE_USER_HOME", str(tmp_path))
    assert not AndroidSdk().verify().ok
    assert not Gradle().verify().ok


def test_windows_paths_of_local_properties_are_read_as_java_does(tmp_path: Path) -> None:
    sdk = tmp_path / "a b:c"
    (sdk / "platforms").mkdir(parents=True)
    (tmp_path / "local.properties").write_text(f"sdk.dir={str(sdk).replace(':', chr(92) + ':')}\n")
    assert AndroidSdk().find(tmp_path) == sdk


def test_with_nothing_on_the_path_every_program_is_missing_and_nothing_raises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path / "cache"))
    programs = [item for item in tools.report("linux-arm") if item.name not in ("disk space", "ExecuTorch", "ONNX")]
    assert programs
    assert not any(status.ok for status in programs)


def test_the_disk_is_looked_at_where_the_cache_will_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path / "not" / "there" / "yet"))
    status = DiskSpace().verify()
    assert status.version is not None
    assert str(tmp_path) in status.version
    monkeypatch.setattr("edgegen.tools.disk.NEEDED_GB", 1e9)
    assert not DiskSpace().verify().ok


def test_an_unknown_platform_has_no_tools() -> None:
    assert tools.report("toaster") == []
