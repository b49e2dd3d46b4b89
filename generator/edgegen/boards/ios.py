"""An iOS project built by xcodebuild, and its app started in a simulator by simctl. On a Mac only."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from edgegen import console
from edgegen.boards.build import BuildResult
from edgegen.errors import ProjectError, ToolError, UsageError
from edgegen.spec.parse import load_spec
from edgegen.tools.process import call, run_tool
from edgegen.tools.xcode import ON_A_MAC, CocoaPods, Simulator, Simulators, Xcode

DERIVED: Final = Path("build") / "xcode"
PRODUCTS: Final = DERIVED / "Build" / "Products"

# What xcodebuild says → what to do about it; the first that matches.
_REMEDIES: Final = (
    (r"requires a development team|No signing certificate", "Set DEVELOPMENT_TEAM in Config/, or pick a team in Xcode"),
    (r"is not installed|Unable to find a destination|is not available", "Get iOS: xcodebuild -downloadPlatform iOS"),
    (r"license agreements?", "Accept it: sudo xcodebuild -license"),
    (r"Could not resolve package|failed to clone|unable to access|Couldn.t (?:fetch|update)", "Check the network"),
    (r"No space left on device", "Free some space; Xcode keeps what it builds in ~/Library/Developer"),
    (r"sandbox is not in sync|Podfile\.lock", "Run pod install in the project's folder"),
)


def build_app(project: Path) -> BuildResult:
    """Builds the app's debug version for a simulator, unsigned for a device where the runtime has no simulator.

    Raises ProjectError or ToolError, the latter before Xcode starts where this is no Mac or Xcode is missing.
    """
    _require_mac(project)
    container, scheme = _container(project)
    for_device = load_spec(project / "edgegen.toml").export.runtime == "torchscript"
    command = [
        str(Xcode().require()),
        *container,
        *("-scheme", scheme, "-configuration", "Debug"),
        *("-destination", f"generic/platform=iOS{'' if for_device else ' Simulator'}"),
        *("-derivedDataPath", str(DERIVED)),
        *(["CODE_SIGNING_ALLOWED=NO"] if for_device else []),
        "build",
    ]
    with console.task("building the app"):
        done = call(command, cwd=project)
    if done.returncode != 0:
        problem, remedy = failure(done.stdout, done.stderr)
        raise ToolError(f"the build failed: {problem}", hint=remedy)
    folder = project / PRODUCTS / f"Debug-iphone{'os' if for_device else 'simulator'}"
    apps = sorted(folder.glob("*.app"))
    if not apps:
        raise ToolError("Xcode built no app", where=str(folder), hint="Build it in Xcode and look at the report")
    return BuildResult(apps[0], folder, emulated=not for_device, arch=None)


def run_app(
    project: Path, photos: Sequence[Path], inputs: Sequence[str], name: str | None, extra: Sequence[str]
) -> dict[str, Any]:
    """Builds the app, installs and starts it in a simulator, with the photos among its pictures.

    `name` is a simulator's name or UDID. Gives {"app", "device", "shown", "results": []}: the answer stands on the
    app's own screen. Raises ToolError, ProjectError or UsageError.
    """
    _require_mac(project)
    if extra:
        raise UsageError("an app takes no arguments", where=f"-- {extra[0]}", hint="Leave out what follows --")
    if inputs:
        hint = "Leave it out; drag the file onto the simulator, then choose it in the app"
        raise UsageError("a file cannot be handed to the app", where=f"--input {inputs[0]}", hint=hint)
    if load_spec(project / "edgegen.toml").export.runtime == "torchscript":
        hint = "Open the .xcworkspace in Xcode and run it on a connected iPhone"
        raise ToolError("LibTorch-Lite has no library for simulators", where=str(project), hint=hint)
    device = _device(name)  # Before the build: without a device it would be for nothing.
    built = build_app(project)
    app_id = _bundle_id(built.program)
    simctl = ["xcrun", "simctl"]
    with console.task(f"running on {device.name}") as task:
        hint = f"Start it in the Simulator app, or: xcrun simctl erase {device.udid}"
        run_tool([*simctl, "bootstatus", device.udid, "-b"], failed="the simulator does not start", hint=hint)
        task.update("installing")
        install = [*simctl, "install", device.udid, str(built.program.resolve())]
        run_tool(install, failed="the app cannot be installed", hint=hint)
        if photos:
            pictures = [str(photo.resolve()) for photo in photos]
            failed = "the photos cannot be given to the simulator"
            run_tool([*simctl, "addmedia", device.udid, *pictures], failed=failed, hint="Give JPEG, PNG or HEIC files")
        task.update("starting")
        launch = [*simctl, "launch", "--terminate-running-process", device.udid, app_id]
        run_tool(launch, failed="the app cannot be started", hint=hint)
        call(["open", "-a", "Simulator"])  # Its window; the app runs without it, too.
    shown = ", ".join(map(str, photos)) if photos else None
    return {"app": app_id, "device": device.name, "shown": shown, "results": []}


def failure(output: str, errors: str) -> tuple[str, str]:
    """(problem, remedy) of a failed build: a compiler's own line if there is one, else Xcode's first error."""
    text = f"{output}\n{errors}"
    lines = [line.strip() for line in text.splitlines() if re.search(r"\berror: ", line)]
    placed = [line for line in lines if re.match(r"/.*?:\d+:\d+: error: ", line)]
    said = [line.strip() for line in text.splitlines() if line.strip()]
    problem = (placed or lines or said or ["xcodebuild said nothing"])[0]
    remedy = next((hint for pattern, hint in _REMEDIES if re.search(pattern, text, re.I)), None)
    return problem.removeprefix("xcodebuild: error: "), remedy or "Correct the file that is named"


def _require_mac(project: Path) -> None:
    if not ON_A_MAC:
        hint = (
            f"Copy the project to a Mac and open its .xcodeproj in Xcode 16; here, edgegen verify {project} checks the "
            "model, and in edgegen's repository python tests/harness/ios.py runs ModelKit on photos"
        )
        raise ToolError("an iOS app is built by Xcode, which this system does not have", where=str(project), hint=hint)


def _container(project: Path) -> tuple[list[str], str]:
    """(what xcodebuild opens, the scheme): a Podfile's workspace or the project. Raises ProjectError, ToolError."""
    projects = sorted(project.glob("*.xcodeproj"))
    if len(projects) != 1:
        found = f"there are {len(projects)} Xcode projects" if projects else "there is no Xcode project"
        hint = "A module that edgegen add wrote is built with the app that it is in"
        raise ProjectError(f"{found} in this folder", where=str(project), hint=hint)
    name = projects[0].stem
    if not (project / "Podfile").is_file():
        return ["-project", projects[0].name], name
    if not (project / f"{name}.xcworkspace").is_dir():
        CocoaPods().require()
        raise ToolError("its pods are not installed", where=str(project), hint=f"cd {project} && pod install")
    return ["-workspace", f"{name}.xcworkspace"], name


def _device(name: str | None) -> Simulator:
    """The simulator to use. Raises ToolError or UsageError."""
    found = Simulators().find()
    if not found:
        raise ToolError("there is no iOS simulator", hint=Simulators.remedy)
    if name is None:
        return found[0]
    for device in found:
        if name in (device.udid, device.name):
            return device
    names = ", ".join(dict.fromkeys(device.name for device in found))
    raise UsageError(f"there is no simulator {name!r}", where="--on", hint=f"Use one of: {names}")


def _bundle_id(app: Path) -> str:
    """The id that the app was built with: Config/ may say another than edgegen.toml. Raises ToolError."""
    try:
        with (app / "Info.plist").open("rb") as file:
            return str(plistlib.load(file)["CFBundleIdentifier"])
    except (OSError, KeyError, plistlib.InvalidFileException) as error:
        hint = "Build it in Xcode and look at the report"
        raise ToolError("the built app has no bundle id", where=str(app), hint=hint) from error
