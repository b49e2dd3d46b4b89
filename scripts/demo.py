"""`make demo`: the demo model's project, built and run on a photo, here and as the 64-bit ARM program under qemu.

Prints the labels that Python gives and those of each program, and fails unless the labels are equal. What this machine
cannot build is said, with what is missing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ROOT / "hello"
PHOTO = PROJECT / "photos" / "coffee.jpg"
EDGEGEN = [sys.executable, "-m", "edgegen"]


def edgegen(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs edgegen with its progress on the terminal; stdout is returned."""
    return subprocess.run([*EDGEGEN, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


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


def missing_for(platform: str) -> list[str]:
    """What `doctor` misses for cross-compiling, with how to get it."""
    report = json.loads(edgegen("doctor", "--platform", platform, "--json").stdout)
    return [f"{tool['name']}: {tool['remedy']}" for tool in report["tools"] if not tool["ok"]]


def main() -> int:
    """Generates, builds, runs, compares; the number of programs that disagreed with Python."""
    created = edgegen("new", "hello", "--platform", "linux-arm", "--output", str(ROOT), "--overwrite", "--no-input")
    if created.returncode:
        return created.returncode
    expected = python_labels()
    print(f"\n{PHOTO.relative_to(ROOT)}:")
    show("Python", expected)
    wrong = 0
    required = os.environ.get("EDGEGEN_REQUIRE_TOOLCHAINS") == "1"
    for arch, title in (("native", "C++, this machine"), ("aarch64", "C++, aarch64 under qemu")):
        run = edgegen("run", str(PROJECT), str(PHOTO), "--arch", arch, "--json", "--quiet")
        if run.returncode:
            print(f"  {title:<24} not run: see the error above")
            wrong += required or arch == "native"
            continue
        top = json.loads(run.stdout)["results"][0]["top"]
        show(title, top)
        wrong += [item["label"] for item in top] != [item["label"] for item in expected]
    for line in missing_for("linux-arm"):
        print(f"  missing: {line}")
    print(f"\nThe project is in {PROJECT}; its README says how to go on.")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
