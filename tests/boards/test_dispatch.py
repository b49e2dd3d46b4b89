"""`edgegen build` and `run` take the way of the project's platform."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from edgegen import boards
from edgegen.boards.build import BuildResult
from edgegen.errors import UsageError

TOML = """schema = 1
[model]
source = "nets:sensor"
[inputs.x]
kind = "tensor"
shape = [1, 16]
dtype = "float32"
[outputs.y]
kind = "tensor"
shape = [1, 4]
dtype = "float32"
[export]
runtime = "executorch"
backend = "xnnpack"
[app]
platform = "{platform}"
name = "hello"
"""


@pytest.fixture
def projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Path], list[tuple[Any, ...]]]:
    """A project of each platform, and what was asked of whom."""
    asked: list[tuple[Any, ...]] = []

    def record(name: str, result: object) -> Any:
        def fake(*arguments: Any) -> object:
            asked.append((name, *arguments[1:]))
            return result

        return fake

    built = BuildResult(tmp_path, tmp_path, emulated=False, arch=None)
    monkeypatch.setattr("edgegen.boards.build_linux_arm", record("build linux-arm", built))
    monkeypatch.setattr("edgegen.boards.run_linux_arm", record("run linux-arm", {}))
    monkeypatch.setattr("edgegen.boards.android.build_app", record("build android", built))
    monkeypatch.setattr("edgegen.boards.android.run_app", record("run android", {}))
    monkeypatch.setattr("edgegen.boards.ios.build_app", record("build ios", built))
    monkeypatch.setattr("edgegen.boards.ios.run_app", record("run ios", {}))
    folders = {platform: tmp_path / platform for platform in ("linux-arm", "android", "ios")}
    for platform, folder in folders.items():
        folder.mkdir()
        (folder / "edgegen.toml").write_text(TOML.format(platform=platform))
    return folders, asked


def test_a_board_is_aarch64_and_this_machine_native_unless_said_otherwise(projects: Any) -> None:
    folders, asked = projects
    boards.build(folders["linux-arm"])
    boards.run(folders["linux-arm"], [], [], None, None, [])
    boards.run(folders["linux-arm"], [], [], None, "pi@board", [])
    boards.run(folders["linux-arm"], [], [], "native", "pi@board", [])
    assert [item[:1] + item[-3:-1] for item in asked[1:]] == [
        ("run linux-arm", "native", None),
        ("run linux-arm", "aarch64", "pi@board"),
        ("run linux-arm", "native", "pi@board"),
    ]
    assert asked[0] == ("build linux-arm", "native")


def test_an_app_goes_to_gradle_and_adb(projects: Any) -> None:
    folders, asked = projects
    boards.build(folders["android"])
    boards.run(folders["android"], [Path("a.jpg")], [], None, "emulator-5554", [])
    assert asked == [("build android",), ("run android", [Path("a.jpg")], [], "emulator-5554", [])]


def test_an_ios_app_goes_to_xcode(projects: Any) -> None:
    folders, asked = projects
    boards.build(folders["ios"])
    boards.run(folders["ios"], [Path("a.jpg")], [], None, "iPhone 16", [])
    assert asked == [("build ios",), ("run ios", [Path("a.jpg")], [], "iPhone 16", [])]


def test_an_app_has_no_one_architecture(projects: Any) -> None:
    folders, asked = projects
    with pytest.raises(UsageError, match="processors of its gradle"):
        boards.build(folders["android"], "aarch64")
    with pytest.raises(UsageError, match="processors of its gradle"):
        boards.run(folders["android"], [], [], "native", None, [])
    with pytest.raises(UsageError, match="Xcode builds an app for the device"):
        boards.build(folders["ios"], "aarch64")
    with pytest.raises(UsageError, match="Xcode builds an app for the device"):
        boards.run(folders["ios"], [], [], "native", None, [])
    assert asked == []
