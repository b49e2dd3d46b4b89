"""What the stubs of Apple's Objective-C and C frameworks declare is declared by Apple's headers, under those labels.

Class for class: selectors, functions, constants and their values, what is Sendable, what belongs to the main thread,
what is deprecated.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ios.check import published
from tests.ios.check.declarations import declarations
from tests.ios.check.stub_names import problems
from tests.ios.stubs import stubs

MODULES = (
    *("CoreML", "UIKit", "AVFoundation", "CoreVideo", "CoreMedia", "CoreGraphics", "ImageIO", "QuartzCore"),
    "UniformTypeIdentifiers",
)


@pytest.fixture(scope="session")
def headers() -> published.Headers:
    return published.need()


@pytest.mark.parametrize("module", MODULES)
def test_every_name_is_published(module: str, headers: published.Headers) -> None:
    declared = declarations(module, stubs.sources(module))
    assert len(declared) > 5
    assert problems(declared, headers) == []


def test_of_photosui_what_has_headers_is_published(headers: published.Headers) -> None:
    [file] = [path for path in stubs.sources("PhotosUI") if path.name == "PhotosUI.swift"]
    assert problems(declarations("PhotosUI", [file]), headers) == []


MISTAKES = {
    "a label": ("CoreML", "prediction(from input:", "prediction(with input:", "no header declares"),
    "a second label": ("CoreML", "options: MLPredictionOptions", "with: MLPredictionOptions", "no header declares"),
    "a property": ("CoreML", "var computeUnits", "var computeUnit", "no header declares"),
    "a function that throws": ("AVFoundation", "lockForConfiguration() throws", "lockForConfiguration()", "no header"),
    "a function that does not wait": ("AVFoundation", ") async -> Bool", ") -> Bool", "no header declares"),
    "a class": ("AVFoundation", "class AVCaptureInput:", "class AVCaptureSource:", "no header declares"),
    "a case": ("CoreML", "case cpuOnly = 0", "case cpu = 0", "no constant cpu"),
    "a value": ("ImageIO", "case right = 6", "case right = 5", "is 5 here, 6 in the headers"),
    "a flag": ("CoreVideo", "var readOnly:", "var readWrite:", "no constant readWrite"),
    "a function": ("CoreVideo", "func CVPixelBufferGetWidth(", "func CVPixelBufferWidth(", "no header declares"),
    "a constant": ("CoreVideo", "kCVPixelFormatType_32BGRA:", "kCVPixelFormatType_BGRA:", "no header declares"),
    "a selector that is named": ("UIKit", "objc: imageNamed:", "objc: imageCalled:", "no header declares"),
    "a type that is Sendable": (
        "CoreML",
        "class MLModel: NSObject",
        "class MLModel: NSObject, @unchecked Sendable",
        "is not Sendable",
    ),
    "a type that is not": (
        "UIKit",
        "class UIImage: NSObject, @unchecked Sendable",
        "class UIImage: NSObject",
        "is Sendable",
    ),
    "the main thread": ("UIKit", "@MainActor\nopen class UIView:", "open class UIView:", "is of the main thread"),
    "a deprecation": (
        "AVFoundation",
        "open var videoOrientation:",
        "@objc\n    open var videoOrientation:",
        "is deprecated",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_name_that_is_not_published_is_seen(mistake: str, headers: published.Headers, tmp_path: Path) -> None:
    module, old, new, said = MISTAKES[mistake]
    changed = 0
    files = []
    for path in stubs.sources(module):
        text = path.read_text(encoding="utf-8")
        if mistake == "a deprecation":
            text = text.replace('@available(iOS, deprecated: 17.0, message: "Use videoRotationAngle")', "")
        changed += text.count(old)
        files.append(tmp_path / path.name)
        files[-1].write_text(text.replace(old, new), encoding="utf-8")
    assert changed
    assert any(said in problem for problem in problems(declarations(module, files), headers))
