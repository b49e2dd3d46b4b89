"""The bridge to LibTorch-Lite: Objective-C++ that clang takes, with torch's own headers for C++.

Foundation is as much of its declarations as the bridge names (`objc/Foundation`). The headers are those of the torch
that is installed here; the pod's, 2.1.0, are older.
"""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

from edgegen.paths import data_dir
from tests.swift.toolchain import need_swift, run_swift
from tests.toolchains import missing

OBJC = Path(__file__).with_name("objc")
# Swift's own clang lies beside the program, not on the path.
CLANG = 'exec "$(dirname "$(readlink -f "$(command -v swift)")")/clang++" "$@"'


def compiled(source: Path) -> subprocess.CompletedProcess[str]:
    need_swift()
    torch = importlib.util.find_spec("torch")
    if torch is None or not torch.submodule_search_locations:
        missing("torch is not installed")
        raise AssertionError("missing() ends the test")
    include = Path(torch.submodule_search_locations[0]) / "include"
    folders = [include, include / "torch/csrc/api/include"]
    return run_swift(
        [
            *("sh", "-c", CLANG, "clang", "-x", "objective-c++", "-fsyntax-only", "-std=c++20", "-Wall", "-Werror"),
            *("-fobjc-arc", "-fobjc-runtime=gnustep-2.0"),
            *(word for folder in folders for word in ("-isystem", str(folder))),
            *("-I", str(OBJC), str(source)),
        ],
        cwd=source.parent,
        inputs=[include, OBJC],
    )


def test_the_bridge_compiles_without_a_warning(tmp_path: Path) -> None:
    (template,) = (data_dir("templates") / "ios/runtime-torchscript").glob("*/ModelKit/Sources/ModelKit/Torch")
    for path in template.iterdir():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    done = compiled(tmp_path / "TorchModule.mm")
    assert (done.returncode, done.stderr) == (0, "")
