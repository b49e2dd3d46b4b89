"""Xcode, its simulators and CocoaPods: what builds an app for iOS and starts it. On a Mac only."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import ClassVar, Final

from edgegen.errors import ToolError
from edgegen.tools.base import CommandTool, Tool, ToolStatus, parts
from edgegen.tools.process import call

ON_A_MAC: Final = sys.platform == "darwin"
_ELSEWHERE: Final = "There is none for this system: copy the project to a Mac and open its .xcodeproj in Xcode there"


class Xcode(CommandTool):
    """`xcodebuild`; that of the command line tools alone says that it needs Xcode, and counts as missing."""

    name: ClassVar[str] = "Xcode"
    purpose: ClassVar[str] = "builds the app"
    required: ClassVar[bool] = ON_A_MAC
    commands: ClassVar[tuple[str, ...]] = ("xcodebuild",)
    version_arguments: ClassVar[tuple[str, ...]] = ("-version",)
    minimum: ClassVar[str | None] = "16.0"
    remedy: ClassVar[str] = (
        "Install Xcode 16 or newer from the App Store, then: sudo xcode-select --switch /Applications/Xcode.app"
        if ON_A_MAC
        else _ELSEWHERE
    )


@dataclass(frozen=True, slots=True)
class Simulator:
    """A simulated device; `system` is as `iOS 18.2`."""

    udid: str
    name: str
    system: str
    booted: bool


class Simulators(Tool):
    """The simulated iPhones and iPads of this Xcode."""

    name: ClassVar[str] = "iOS simulator"
    purpose: ClassVar[str] = "runs the app without a phone (edgegen run)"
    required: ClassVar[bool] = False
    remedy: ClassVar[str] = (
        "Xcode, Settings, Components: get an iOS runtime; or: xcodebuild -downloadPlatform iOS"
        if ON_A_MAC
        else _ELSEWHERE
    )

    def verify(self) -> ToolStatus:
        """See Tool. The version is the newest system's."""
        found = self.find()
        return self.status(ok=bool(found), version=f"{found[0].system}, {len(found)} devices" if found else None)

    def find(self) -> list[Simulator]:
        """Every usable one: those that run first, then the newest system, iPhones before iPads."""
        try:
            done = call(["xcrun", "simctl", "list", "devices", "available", "--json"])
            listed = json.loads(done.stdout) if done.returncode == 0 else {}
        except (ToolError, ValueError):
            return []
        found = [
            Simulator(device["udid"], device["name"], _system(runtime), device["state"] == "Booted")
            for runtime, devices in listed.get("devices", {}).items()
            if "SimRuntime.iOS" in runtime
            for device in devices
        ]
        return sorted(found, key=_preference)


class CocoaPods(CommandTool):
    """`pod`; older ones cannot read an Xcode 16 project."""

    name: ClassVar[str] = "CocoaPods"
    purpose: ClassVar[str] = "fetches the libraries of a project that has a Podfile"
    required: ClassVar[bool] = False
    commands: ClassVar[tuple[str, ...]] = ("pod",)
    minimum: ClassVar[str | None] = "1.16"
    remedy: ClassVar[str] = "Install it: brew install cocoapods" if ON_A_MAC else _ELSEWHERE


def _system(runtime: str) -> str:
    """`com.apple.CoreSimulator.SimRuntime.iOS-18-2` → `iOS 18.2`."""
    name, _, version = runtime.rpartition(".")[2].partition("-")
    return f"{name} {version.replace('-', '.')}"


def _preference(device: Simulator) -> tuple[object, ...]:
    newest_first = tuple(-number for number in parts(device.system))
    return (not device.booted, newest_first, not device.name.startswith("iPhone"), device.name)
