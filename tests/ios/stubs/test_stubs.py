"""The stub modules: in an order in which each finds those it imports, kept, and marked by iOS version."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ios.stubs import stubs
from tests.swift.toolchain import need_swift, run_swift


def test_each_module_comes_after_those_it_imports() -> None:
    names = stubs.names()
    assert {"SwiftUI", "UIKit", "CoreML", "AVFoundation", "ExecuTorch", "OnnxRuntimeBindings"} <= set(names)
    for name in names:
        for path in stubs.sources(name):
            imported = re.findall(r"^(?:@\w+ )*import (?:\w+ )?(\w+)", path.read_text(encoding="utf-8"), re.M)
            assert all(names.index(other) < names.index(name) for other in imported if other in names), path


@pytest.mark.parametrize("name", stubs.names())
def test_every_mark_is_of_a_form_that_is_read(name: str) -> None:
    """A version that `oldest` cannot read would be let pass without a word."""
    for path in stubs.sources(name):
        text = path.read_text(encoding="utf-8")
        marks = re.findall(r"@available\(iOS[^\n]*", text)
        read = [*stubs.INTRODUCED.finditer(text), *stubs.DEPRECATED.finditer(text)]
        assert len(marks) == len(read), marks


def test_only_what_is_asked_for_is_there_and_it_is_made_once() -> None:
    need_swift()
    folder = stubs.build(["ImageIO"])
    made = {path.stem for path in folder.glob("*.swiftmodule")}
    assert {"ImageIO", "CoreGraphics", stubs.IMPLICIT} <= made
    assert not {"SwiftUI", "CoreML"} & made
    assert {f"lib{name}.so" for name in made} <= {path.name for path in folder.iterdir()}
    before = (folder / "ImageIO.swiftmodule").stat().st_mtime_ns
    assert stubs.build(["ImageIO"]) == folder
    assert (folder / "ImageIO.swiftmodule").stat().st_mtime_ns == before


def test_a_module_that_is_not_there_is_named() -> None:
    with pytest.raises(stubs.StubError, match=r"no stub of Vision; there are .*CoreML"):
        stubs.build(["Vision"])


def test_a_program_links_against_them(tmp_path: Path) -> None:
    """What Apple's Foundation has besides is seen without an import."""
    need_swift()
    folder = stubs.build(["ImageIO"])
    program = (
        "import Foundation\nimport ImageIO\n"
        'print(CGImagePropertyOrientation.right.rawValue, (["a": 1] as CFDictionary).count)\n'
        "func unused(_ data: Data) -> CGImageSource? {\n"
        "    autoreleasepool { CGImageSourceCreateWithData(data as CFData, nil) }\n}\n"
    )
    (tmp_path / "main.swift").write_text(program, encoding="utf-8")
    rpath = ["-Xlinker", "-rpath", "-Xlinker", str(folder)]
    done = run_swift(
        ["swiftc", *stubs.flags(folder), *rpath, "main.swift", "-o", "main"], cwd=tmp_path, inputs=[folder]
    )
    assert done.returncode == 0, done.stderr
    assert run_swift(["./main"], cwd=tmp_path, inputs=[folder]).stdout == "6 1\n"
