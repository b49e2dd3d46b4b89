"""The stubs of Core Graphics, Core Video and Core ML with bodies for what ModelKit's adapters call.

    folder = build()      as stubs.build: use stubs.flags and stubs.swiftpm_flags with it

The declarations are the stubs' own; pictures and frames lie in plain memory, rows of a frame on multiples of 64 bytes.
With them the adapters' own tests run here: that what is stored in one order comes out in the other. How Apple's
frameworks behave they cannot show.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from unittest import mock

from tests.ios.stubs import stubs

MODULES: Final = ("CoreML", "CoreVideo", "ImageIO", "ExecuTorch", "OnnxRuntimeBindings")

_STOPS: Final = re.compile(r"\{\s*fatalError\(\)\s*\}")
_Bodies = Sequence[tuple[str, str]]
"""(declaration, its body): the body of the first function after that text is replaced. "+" adds to a class."""

_FOUNDATION: Final[_Bodies] = (
    ("func CFDataGetBytePtr", "theData.bytes.assumingMemoryBound(to: UInt8.self)"),
    ("func CFDataGetLength", "theData.length"),
)
_GRAPHICS: Final[_Bodies] = (
    *(
        (f"static var {name}: CGBitmapInfo", f".init(rawValue: {value})")
        for name, value in (
            ("floatComponents", "0x100"),
            ("byteOrderMask", "0x7000"),
            ("byteOrder16Little", "0x1000"),
            ("byteOrder32Little", "0x2000"),
            ("byteOrder16Big", "0x3000"),
            ("byteOrder32Big", "0x4000"),
        )
    ),
    ("+class CGColorSpace", "let kind: CGColorSpaceModel\n init(kind: CGColorSpaceModel) { self.kind = kind }"),
    ("init?(name: CFString)", "kind = .rgb"),
    ("var model: CGColorSpaceModel", "kind"),
    ("func CGColorSpaceCreateDeviceRGB", ".init(kind: .rgb)"),
    ("func CGColorSpaceCreateDeviceGray", ".init(kind: .monochrome)"),
    ("+class CGDataProvider", "var held: CFData?"),
    ("init?(data: CFData)", "held = data"),
    ("var data: CFData?", "held"),
)
_IMAGE: Final[_Bodies] = (
    (
        "+class CGImage",
        "var sizes = (0, 0, 0, 0, 0)\n var held: (CGColorSpace, CGBitmapInfo, CGDataProvider)?",
    ),
    (
        "public init?(",
        "sizes = (width, height, bitsPerComponent, bitsPerPixel, bytesPerRow); held = (space, bitmapInfo, provider)",
    ),
    ("var width: Int", "sizes.0"),
    ("var height: Int", "sizes.1"),
    ("var bitsPerComponent: Int", "sizes.2"),
    ("var bitsPerPixel: Int", "sizes.3"),
    ("var bytesPerRow: Int", "sizes.4"),
    ("var colorSpace: CGColorSpace?", "held?.0"),
    ("var alphaInfo: CGImageAlphaInfo", "CGImageAlphaInfo(rawValue: bitmapInfo.rawValue & 0x1F)!"),
    ("var bitmapInfo: CGBitmapInfo", "held!.1"),
    ("var dataProvider: CGDataProvider?", "held?.2"),
    ("var decode: UnsafePointer<CGFloat>?", "nil"),
)
_PLANE: Final = "pixelBuffer.planes[planeIndex]"
_VIDEO: Final[_Bodies] = (
    (
        "+class CVBuffer",
        "struct Plane { let start: UnsafeMutableRawPointer; let width, height, bytesPerRow: Int }\n"
        " var planes: [Plane] = []\n var format: OSType = 0\n var attachments: [String: CFTypeRef] = [:]\n"
        " func add(_ width: Int, _ height: Int, _ bytes: Int) {\n"
        "  let row = (width * bytes + 63) / 64 * 64\n"
        "  let start = UnsafeMutableRawPointer.allocate(byteCount: row * height, alignment: 64)\n"
        "  start.initializeMemory(as: UInt8.self, repeating: 0xAA, count: row * height)\n"
        "  planes.append(Plane(start: start, width: width, height: height, bytesPerRow: row))\n }",
    ),
    ("class CVBuffer", "// Adds nothing."),
    ("static var readOnly: CVPixelBufferLockFlags", ".init(rawValue: 1)"),
    ("static var shouldPropagate: CVAttachmentMode", ".init(rawValue: 1)"),
    (
        "func CVPixelBufferCreate",
        "let made = CVPixelBuffer(); made.format = pixelFormatType; pixelBufferOut.pointee = made\n"
        " switch pixelFormatType {\n"
        " case kCVPixelFormatType_32BGRA: made.add(width, height, 4)\n"
        " case kCVPixelFormatType_OneComponent8: made.add(width, height, 1)\n"
        " default: made.add(width, height, 1); made.add((width + 1) / 2, (height + 1) / 2, 2)\n }\n"
        " return kCVReturnSuccess",
    ),
    ("func CVPixelBufferLockBaseAddress", "kCVReturnSuccess"),
    ("func CVPixelBufferUnlockBaseAddress", "kCVReturnSuccess"),
    ("func CVPixelBufferGetWidth(", "pixelBuffer.planes[0].width"),
    ("func CVPixelBufferGetHeight(", "pixelBuffer.planes[0].height"),
    ("func CVPixelBufferGetPixelFormatType(", "pixelBuffer.format"),
    ("func CVPixelBufferGetBaseAddress(", "pixelBuffer.planes[0].start"),
    ("func CVPixelBufferGetBytesPerRow(", "pixelBuffer.planes[0].bytesPerRow"),
    ("func CVPixelBufferIsPlanar(", "pixelBuffer.planes.count > 1"),
    ("func CVPixelBufferGetWidthOfPlane(", f"{_PLANE}.width"),
    ("func CVPixelBufferGetHeightOfPlane(", f"{_PLANE}.height"),
    ("func CVPixelBufferGetBytesPerRowOfPlane(", f"{_PLANE}.bytesPerRow"),
    ("func CVPixelBufferGetBaseAddressOfPlane(", f"{_PLANE}.start"),
    ("func CVBufferCopyAttachment(", "buffer.attachments[key as String]"),
    ("func CVBufferSetAttachment(", "buffer.attachments[key as String] = value"),
)
_ML: Final[_Bodies] = (
    ("+class MLFeatureValue", "var held: AnyObject?"),
    ("init(multiArray value: MLMultiArray)", "self.init(); held = value"),
    ("init(pixelBuffer value: CVPixelBuffer)", "self.init(); held = value"),
    ("var multiArrayValue: MLMultiArray?", "held as? MLMultiArray"),
    ("var imageBufferValue: CVPixelBuffer?", "held as? CVPixelBuffer"),
    (
        "+class MLMultiArray:",
        "var memory: UnsafeRawBufferPointer\n var kept: (MLMultiArrayDataType, [NSNumber], [NSNumber])",
    ),
    (
        "dataPointer: UnsafeMutableRawPointer,",
        "let size = dataType == .double ? 8 : dataType == .float16 ? 2 : 4\n"
        " let count = shape.reduce(1) { $0 * $1.intValue }\n"
        " memory = UnsafeRawBufferPointer(start: dataPointer, count: size * count)\n"
        " kept = (dataType, shape, strides)\n super.init()",
    ),
    ("class MLMultiArray:", "kept.0"),
    ("open var shape: [NSNumber] { fatalError() }\n    open var strides", "kept.1"),
    ("open var strides: [NSNumber]", "kept.2"),
    ("func withUnsafeBytes<Result>", "try body(memory)"),
)
_WORKING: Final[dict[str, _Bodies]] = {
    "CoreFoundationStubs": _FOUNDATION,
    "CoreGraphics/CoreGraphics.swift": _GRAPHICS,
    "CoreGraphics/CGImage.swift": _IMAGE,
    "CoreVideo/CoreVideo.swift": _VIDEO,
    "CoreML/CoreML.swift": _ML,
}
# Constants whose text does not matter to a compiler, but to who compares them.
_KEY: Final = re.compile(r'let (k\w+): CFString = ""')


class DoubleError(Exception):
    """A stub has changed so that its double no longer fits; the text says where."""


def build() -> Path:
    """The folder with the modules, compiled where it is not there yet."""
    with tempfile.TemporaryDirectory(prefix="ios-doubles-") as scratch:
        copy = Path(scratch) / "stubs"
        shutil.copytree(stubs.FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__"))
        for name, bodies in _WORKING.items():
            path = copy / name
            for file in sorted(path.glob("*.swift")) if path.is_dir() else [path]:
                file.write_text(_with_bodies(file.read_text(encoding="utf-8"), bodies), encoding="utf-8")
        with mock.patch.object(stubs, "FOLDER", copy):
            return stubs.build(MODULES)


def _with_bodies(text: str, bodies: _Bodies) -> str:
    for declaration, body in bodies:
        start = text.find(declaration.removeprefix("+"))
        if start < 0:
            raise DoubleError(f"no {declaration!r} in the stub")
        if declaration.startswith("+"):
            at = text.index("{", start) + 1
            text = f"{text[:at]}\n {body}\n{text[at:]}"
            continue
        stop = _STOPS.search(text, start)
        if stop is None:
            raise DoubleError(f"{declaration!r} has a body")
        text = f"{text[: stop.start()]}{{\n {body}\n}}{text[stop.end() :]}"
    return _KEY.sub(r'let \1: CFString = "\1"', text)
