"""External tools: one class to each, with `verify()`; `report` is what `edgegen doctor` prints."""

from __future__ import annotations

from edgegen.tools.base import Tool, ToolStatus

__all__ = ["Tool", "ToolStatus", "report", "tools_for"]


def tools_for(platform: str) -> list[Tool]:
    """Every tool that a platform can use, the ones it cannot do without first."""
    from edgegen.tools.cmake import CMake, Ninja
    from edgegen.tools.compilers import CrossCompiler, NativeCompiler
    from edgegen.tools.disk import DiskSpace
    from edgegen.tools.executorch import ExecuTorchPackage
    from edgegen.tools.host import is_aarch64
    from edgegen.tools.libraries import JpegTurbo, Png
    from edgegen.tools.onnx import OnnxPackages
    from edgegen.tools.qemu import Qemu
    from edgegen.tools.sdk import ExecuTorchSdk
    from edgegen.tools.ssh import Scp, Ssh

    if platform == "android":
        return _android()
    if platform == "ios":
        return _ios()
    if platform != "linux-arm":
        return []
    native, cross = NativeCompiler(), CrossCompiler()
    tools: list[Tool] = [DiskSpace(), ExecuTorchPackage(), CMake(), Ninja(), native, JpegTurbo(native), Png(native)]
    if not is_aarch64():
        tools += [cross, JpegTurbo(cross), Png(cross), ExecuTorchSdk(), Qemu()]
    return [*tools, OnnxPackages(), Ssh(), Scp()]


def _android() -> list[Tool]:
    from edgegen.tools.android import Adb, AndroidSdk, Gradle
    from edgegen.tools.disk import DiskSpace
    from edgegen.tools.executorch import ExecuTorchPackage
    from edgegen.tools.java import Jdk
    from edgegen.tools.onnx import OnnxPackages

    return [DiskSpace(), ExecuTorchPackage(), Jdk(), AndroidSdk(), Gradle(), Adb(), OnnxPackages()]


def _ios() -> list[Tool]:
    from edgegen.tools.coreml import CoreMLPackage
    from edgegen.tools.disk import DiskSpace
    from edgegen.tools.executorch import ExecuTorchPackage
    from edgegen.tools.onnx import OnnxPackages
    from edgegen.tools.swift import Swift
    from edgegen.tools.xcode import CocoaPods, Simulators, Xcode

    packages: list[Tool] = [DiskSpace(), CoreMLPackage(), ExecuTorchPackage(), OnnxPackages()]
    return [*packages, Xcode(), Simulators(), Swift(), CocoaPods()]


def report(platform: str) -> list[ToolStatus]:
    """The state of every tool that the platform can use. Never raises for a missing tool."""
    return [tool.verify() for tool in tools_for(platform)]
