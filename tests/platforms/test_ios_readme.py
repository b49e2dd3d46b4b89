"""What the README of an iOS project tells people to write is Swift that compiles against the project's ModelKit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edgegen.platforms.ios import Ios
from edgegen.render.engine import render
from edgegen.spec.model_spec import ClassificationOutput, ExportSection, TensorInput, TensorOutput
from tests.ios.check.typecheck import check_modelkit
from tests.ios.stubs import stubs
from tests.platforms.ios_kits import LABELS, PHOTO, facts_of, spec_of
from tests.swift.toolchain import need_swift, run_swift

# What the lines of the README take from the app around them.
AROUND = """import AVFoundation
import Foundation
import UIKit
func show(_ something: Any) {}
func example(data: Data, cgImage: CGImage, uiImage: UIImage, bytes: [UInt8]) async throws {
"""
KINDS = {
    "classifier": ((PHOTO,), (ClassificationOutput("scores", "labels.txt"),)),
    "tensors": (
        (PHOTO, TensorInput("x", (1, 16)), TensorInput("steps", (3,), "int64"), TensorInput('"q"', (2,), "float16")),
        (TensorOutput("y", (1, 4)),),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_readme_s_swift_compiles(kind: str, tmp_path: Path) -> None:
    need_swift()
    spec = spec_of(*KINDS[kind], ExportSection("executorch"))
    project = tmp_path / "project"
    facts = facts_of(spec, project, LABELS if kind == "classifier" else None)
    render(Ios().overlays(spec), Ios().context(spec, facts), Ios().verbatim(spec), project)
    readme = (project / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```swift\nimport ModelKit\n(.*?)```", readme, re.S)
    assert len(blocks) == 1
    source = tmp_path / "Example.swift"
    source.write_text(f"import ModelKit\n{AROUND}{blocks[0]}}}\n", encoding="utf-8")
    kit = tmp_path / "kit"
    kit.mkdir()
    check_modelkit(project / "ModelKit", kit)
    modules = stubs.build()
    options = ["-swift-version", "6", "-typecheck", "-parse-as-library", "-I", kit, *stubs.flags(modules)]
    done = run_swift(["swiftc", *options, source], cwd=tmp_path, inputs=[modules])
    assert done.returncode == 0, done.stderr
