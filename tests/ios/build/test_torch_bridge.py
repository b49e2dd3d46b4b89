"""TorchModule.mm, Swift's way to LibTorch-Lite, is compiled by clang as Objective-C++ with the torch wheel's headers.

Apple's Foundation is declared in `tests/ios/run/native/objc`, so it is checked and not run: without LibTorch-Lite, an
Objective-C runtime and Foundation nothing can be linked here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from edgegen.paths import data_dir
from tests.android.run.shims import RuntimeUnavailableError, package_of
from tests.swift.toolchain import need_swift, root, run_swift
from tests.toolchains import missing

CLANG = "/usr/libexec/swift/bin/clang++"
HEADERS = Path(__file__).parents[1] / "run/native/objc"


def compiled(source: str, folder: Path) -> str:
    """What clang says, with every warning an error; nothing where it is content."""
    need_swift()
    if root() is None:
        missing("clang with Objective-C is looked for in the folder that `make setup` makes")
    try:
        torch = package_of("torch") / "include"
    except RuntimeUnavailableError as error:
        missing(str(error))
    (header,) = data_dir("templates").glob("ios/runtime-torchscript/*/ModelKit/Sources/ModelKit/Torch/TorchModule.h")
    (folder / "TorchModule.mm").write_text(source, encoding="utf-8")
    (folder / header.name).write_text(header.read_text(encoding="utf-8"), encoding="utf-8")
    command = [
        *(CLANG, "-fsyntax-only", "-x", "objective-c++", "-std=c++20", "-fobjc-arc", "-fobjc-runtime=ios-16.0"),
        *("-fblocks", "-Wall", "-Wextra", "-Werror", "-Wno-nullability-completeness", f"-I{HEADERS}"),
        *(f"-isystem{torch}", f"-isystem{torch / 'torch/csrc/api/include'}", "TorchModule.mm"),
    ]
    return run_swift(command, cwd=folder, inputs=[torch, HEADERS]).stderr


@pytest.fixture(scope="module")
def source() -> str:
    (path,) = data_dir("templates").glob("ios/runtime-torchscript/*/ModelKit/Sources/ModelKit/Torch/TorchModule.mm")
    return path.read_text(encoding="utf-8")


def test_the_bridge_compiles_and_a_mistake_would_not(source: str, tmp_path: Path) -> None:
    """With every warning an error."""
    assert "{{" not in source
    assert compiled(source, tmp_path) == ""
    wrong = source.replace("_module.forward(values)", "_module.forwards(values)")
    assert wrong != source
    assert "no member named 'forwards'" in compiled(wrong, tmp_path)
