"""`make demo`: the demo model's projects, built and run on a photo as far as this machine can.

The linux-arm program runs here and, as the 64-bit ARM program, under qemu; the Android app is built to an APK and runs
on the real Android framework under Robolectric; the iOS project's package ModelKit is built by Swift for Linux, once
with ExecuTorch, which really runs, and once with Core ML, whose program is evaluated. Prints the labels that Python
gives and those of each program, and fails unless the labels are equal. What this machine cannot build is said, with
what is missing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ROOT / "hello"
ANDROID_PROJECT = ROOT / "hello-android"
PHOTO = PROJECT / "photos" / "coffee.jpg"
IOS_PROJECTS = {"Swift, ExecuTorch": ("hello-ios-executorch", "executorch"), "Swift, Core ML": ("hello-ios", "coreml")}
EDGEGEN = ("-m", "edgegen")
IOS_HARNESS = ("-m", "tests.harness.ios")
SWIFT_SETUP = ROOT / "scripts" / "setup" / "swift.py"
ANDROID_HARNESS = ("-m", "tests.harness.android")
# What compiles and packs an app here; what it compiles against comes from Maven.
ANDROID_TOOLS = ("java", "javac", "mvn", "aapt2", "zipalign", "apksigner")

REQUIRED = os.environ.get("EDGEGEN_REQUIRE_TOOLCHAINS") == "1"


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python with its progress on the terminal; stdout is returned."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def python_labels() -> list[dict[str, Any]]:
    """The answer of the PyTorch model itself, through Pillow and torchvision: what every program must give."""
    import torch

    from edgegen.reference.decode import decode
    from edgegen.sources import load_model

    loaded = load_model("demo")
    assert callable(loaded.transforms)
    assert loaded.labels is not None
    with torch.no_grad():
        scores = loaded.module(loaded.transforms(decode(PHOTO)).unsqueeze(0)).softmax(1)[0]
    best = scores.topk(5)
    return [
        {"label": loaded.labels[int(index)], "probability": float(value)}
        for value, index in zip(best.values, best.indices, strict=True)
    ]


def show(title: str, top: list[dict[str, Any]]) -> None:
    """One line of labels."""
    labels = "   ".join(f"{item['label']} {item['probability'] * 100:.1f} %" for item in top[:3])
    print(f"  {title:<24} {labels}", flush=True)


def agrees(title: str, arguments: tuple[str, ...], expected: list[dict[str, Any]], *, required: bool) -> bool:
    """Runs a program that prints edgegen's JSON and shows its labels; False where they are not Python's."""
    run = python(*arguments)
    if run.returncode:
        print(f"  {title:<24} not run: see the error above")
        return not required
    top = json.loads(run.stdout)["results"][0]["top"]
    show(title, top)
    return [item["label"] for item in top] == [item["label"] for item in expected]


def new(name: str, platform: str, *more: str) -> int:
    """Writes a project of the demo model; edgegen's exit code."""
    options = ("--platform", platform, *more, "--output", str(ROOT), "--overwrite", "--no-input")
    return python(*EDGEGEN, "new", name, *options).returncode


def linux_arm(expected: list[dict[str, Any]]) -> int:
    """Builds and runs the C++ program, natively and under qemu; how many disagreed with Python."""
    wrong = 0
    for arch, title in (("native", "C++, this machine"), ("aarch64", "C++, aarch64 under qemu")):
        command = (*EDGEGEN, "run", str(PROJECT), str(PHOTO), "--arch", arch, "--json", "--quiet")
        wrong += not agrees(title, command, expected, required=REQUIRED or arch == "native")
    for tool in json.loads(python(*EDGEGEN, "doctor", "--platform", "linux-arm", "--json").stdout)["tools"]:
        if not tool["ok"]:
            print(f"  missing: {tool['name']}: {tool['remedy']}")
    return wrong


def android(expected: list[dict[str, Any]]) -> int:
    """Builds the APK and runs the app; 1 where it disagreed with Python."""
    title = "Java, Android app"
    missing = [tool for tool in ANDROID_TOOLS if shutil.which(tool) is None]
    if missing:
        print(f"  {title:<24} not run: {', '.join(missing)} not on this machine; `make setup` installs what it can")
        return int(REQUIRED)
    command = (*ANDROID_HARNESS, str(ANDROID_PROJECT), "--photo", str(PHOTO), "--json")
    return int(not agrees(title, command, expected, required=True))


def ios(expected: list[dict[str, Any]]) -> int:
    """Builds ModelKit with each runtime and runs it on the photo; how many disagreed with Python."""
    if python(str(SWIFT_SETUP), "--check").returncode:
        print(f"  {'Swift':<24} not run: no Swift 6 on this machine; `make setup` makes one where it can")
        return int(REQUIRED)
    wrong = 0
    for title, (name, _) in IOS_PROJECTS.items():
        command = (*IOS_HARNESS, str(ROOT / name), "--photo", str(PHOTO), "--json")
        wrong += not agrees(title, command, expected, required=True)
    return wrong


def main() -> int:
    """Generates, builds, runs, compares; 0 where every program agreed with Python."""
    code = new("hello", "linux-arm") or new("hello-android", "android")
    for name, runtime in IOS_PROJECTS.values():
        code = code or new(name, "ios", "--runtime", runtime)
    if code:
        return code
    expected = python_labels()
    print(f"\n{PHOTO.relative_to(ROOT)}:")
    show("Python", expected)
    wrong = linux_arm(expected) + android(expected) + ios(expected)
    print(f"\nThe projects are in {PROJECT}*; their READMEs say how to go on.")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
