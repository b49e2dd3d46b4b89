"""An Android project built by its own Gradle wrapper, and its app started on a phone or an emulator by adb."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from edgegen import console
from edgegen.boards.build import BuildResult
from edgegen.errors import ProjectError, ToolError, UsageError
from edgegen.spec.parse import load_spec
from edgegen.tools.android import Adb, AndroidSdk
from edgegen.tools.java import Jdk
from edgegen.tools.process import call, run_tool

APKS: Final = Path("app") / "build" / "outputs" / "apk" / "debug"
# The shell may write here and, unlike a folder of the shared storage, any app may read it by a file's path.
_ON_DEVICE: Final = "/data/local/tmp/edgegen"

# What Gradle says → what to do about it; the first that matches.
_REMEDIES: Final = (
    (r"licen[cs]es? (?:have )?not been accepted", "Accept them: sdkmanager --licenses, or by Android Studio"),
    (r"UnknownHost|ConnectException|Connection (?:refused|timed out)|No route to host", "Check the network"),
    (r"No space left on device", "Free some space; Gradle keeps its downloads in ~/.gradle"),
    (r"Verification of Gradle distribution failed", "Remove ~/.gradle/wrapper/dists and build again"),
    (r"Could not (?:resolve|GET|download)", "Check the network, and that the repositories can be reached"),
)


def build_app(project: Path) -> BuildResult:
    """`./gradlew :app:assembleDebug`; the program is the debug APK (the first, where each ABI gets its own).

    Raises ProjectError or ToolError, the latter before Gradle starts where the JDK or the SDK is missing.
    """
    wrapper = project / ("gradlew.bat" if sys.platform == "win32" else "gradlew")
    if not wrapper.is_file():
        raise ProjectError(
            f"there is no {wrapper.name} in this folder",
            where=str(project),
            hint="A module that edgegen add wrote is built with the app that it is in",
        )
    Jdk().require()
    sdk = AndroidSdk().require(project)
    with console.task("building the app"):
        done = call(
            [str(wrapper.resolve()), "--console=plain", ":app:assembleDebug"],
            cwd=project,
            environment={**os.environ, "ANDROID_HOME": str(sdk)},
        )
    if done.returncode != 0:
        problem, remedy = failure(done.stdout, done.stderr)
        raise ToolError(f"the build failed: {problem}", hint=remedy)
    apks = sorted((project / APKS).glob("*.apk"))
    if not apks:
        raise ToolError(
            "Gradle built no APK", where=str(project / APKS), hint="Build it by ./gradlew :app:assembleDebug and look"
        )
    return BuildResult(apks[0], project / APKS, emulated=False, arch=None)


def failure(output: str, errors: str) -> tuple[str, str]:
    """(problem, remedy) of a failed build: a compiler's own line if there is one, else what Gradle says went wrong."""
    text = f"{errors}\n{output}"
    compiler = re.search(r"^\S.*?:\d+: error: .*$|^\S*AAPT: error: .*$|^ERROR: ?/.*$", text, re.MULTILINE)
    wrong = re.search(r"\* What went wrong:\n((?:.+\n?)+)", text)
    lines = [line.strip().removeprefix("> ") for line in wrong[1].splitlines() if line.strip()] if wrong else []
    if compiler is not None:
        problem = compiler.group().strip()
    elif lines:
        # "Execution failed for task ':app:x'." says less than what follows it.
        problem = ": ".join(dict.fromkeys([lines[0].rstrip("."), lines[-1]]))
    else:
        said = [line.strip() for line in text.splitlines() if line.strip()]
        problem = next((line for line in said if "Exception" in line or "ERROR" in line), said[-1] if said else "")
    remedy = next(
        (advice for pattern, advice in _REMEDIES if re.search(pattern, text)), "Correct the file that is named"
    )
    return problem, remedy


def run_app(
    project: Path, photos: Sequence[Path], inputs: Sequence[str], serial: str | None, extra: Sequence[str]
) -> dict[str, Any]:
    """Builds, installs and starts the app with a photo or a .npy file; it shows the answer on its own screen.

    Gives {"app", "device", "shown", "results": []}: no answer comes back. Raises ToolError, ProjectError or UsageError.
    """
    shown = _one_file(photos, inputs, extra)
    app_id = load_spec(project / "edgegen.toml").app.id
    adb = str(Adb().require())
    device = _device(adb, serial)  # Before the build: without a phone it would be for nothing.
    built = build_app(project)
    to_device = [adb, "-s", device]
    with console.task(f"running on {device}") as task:
        task.update("installing")
        hint = f"Remove the app from the device if another build of it is there: adb uninstall {app_id}"
        run_tool([*to_device, "install", "-r", str(built.program)], failed="the app cannot be installed", hint=hint)
        task.update("starting")
        start = ["shell", "am", "start", "-W", "-n", f"{app_id}/{app_id}.MainActivity"]
        if shown is not None:
            start += _with_file(to_device, shown)
        answer = run_tool([*to_device, *start], failed="the app cannot be started", hint="Unlock the device")
        if "Error" in answer:  # am ends with 0 all the same.
            line = next(line for line in answer.splitlines() if "Error" in line)
            raise ToolError(f"the app cannot be started: {line.strip()}", hint="Unlock the device and try again")
    return {"app": app_id, "device": device, "shown": None if shown is None else str(shown), "results": []}


def _one_file(photos: Sequence[Path], inputs: Sequence[str], extra: Sequence[str]) -> Path | None:
    if extra:
        raise UsageError("an app takes no arguments", where=f"-- {extra[0]}", hint="Leave out what follows --")
    files = [*photos, *(Path(text.partition("=")[2]) for text in inputs)]
    if len(files) > 1:
        hint = "Run the command once for each; python tests/harness/android.py takes several, in edgegen's repository"
        raise UsageError(f"the app shows one file at a time, {len(files)} are given", hint=hint)
    return files[0] if files else None


def _device(adb: str, serial: str | None) -> str:
    """The serial number of the device to use. Raises ToolError or UsageError."""
    listing = run_tool([adb, "devices"], failed="adb cannot list the devices", hint="adb kill-server, then try again")
    pairs = [line.split("\t", 1) for line in listing.splitlines() if "\t" in line]
    states = {name: state.strip() for name, state in pairs}
    if serial is None and len(states) > 1:
        raise UsageError(f"there are {len(states)} devices: {', '.join(states)}", hint="Name one with --on")
    if not states:
        hint = "Connect a phone with USB debugging switched on, or start an emulator"
        raise ToolError("no Android device is connected", hint=hint)
    name = serial or next(iter(states))
    if name not in states:
        raise UsageError(f"there is no device {name!r}", where="--on", hint=f"Use one of: {', '.join(states)}")
    if states[name] != "device":
        hint = "Allow USB debugging on its screen" if states[name] == "unauthorized" else "Connect it anew"
        raise ToolError(f"the device {name} is {states[name]}", hint=hint)
    return name


def _with_file(to_device: list[str], file: Path) -> list[str]:
    """Copies a file to the device; gives the words that hand it to the app, as another app's `share` does."""
    kinds = {".png": "image/png", ".npy": "application/octet-stream"}
    suffix = file.suffix.lower()
    target = f"{_ON_DEVICE}/shown{suffix if re.fullmatch(r'[.][a-z0-9]+', suffix) else ''}"
    failed, hint = "the file cannot be copied to the device", "Check that the device has space"
    run_tool([*to_device, "shell", "mkdir", "-p", _ON_DEVICE], failed=failed, hint=hint)
    run_tool([*to_device, "push", str(file), target], failed=failed, hint=hint)
    run_tool([*to_device, "shell", "chmod", "644", target], failed=failed, hint=hint)
    kind = kinds.get(suffix, "image/jpeg")
    # Started anew, because an app that is open would bring its old screen to the front.
    return [
        "-S",
        "-a",
        "android.intent.action.SEND",
        "-t",
        kind,
        "--eu",
        "android.intent.extra.STREAM",
        f"file://{target}",
    ]
