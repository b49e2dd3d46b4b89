"""The words of an iOS project that depend on its spec: README and NOTICE."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from edgegen.platforms import ProjectFacts
from edgegen.platforms.apple import dependencies_of
from edgegen.platforms.readme import input_line, output_line
from edgegen.platforms.shapes import is_classifier
from edgegen.render.filters import swift_string
from edgegen.runtimes import RUNTIMES
from edgegen.spec.model_spec import ImageInput, ModelSpec
from edgegen.versions import EXECUTORCH, LIBTORCH_LITE, ONNXRUNTIME_SWIFTPM


@dataclass(frozen=True, slots=True)
class _Words:
    """What somebody who takes the project over has to know of its runtime.

    `licences` are those of what it brings into the app, `proven` is what edgegen's tests do with the exported file, and
    `unproven` what they could not see.
    """

    licences: str
    note: str
    proven: str
    unproven: str


_PTE: Final = (
    "A `.pte` loads in the ExecuTorch that exported it and in the next minor release, so the branch in "
    "`ModelKit/Package.swift` follows edgegen's own. Whether that branch is published was not seen when this was "
    "written: if Xcode does not find it, take the nearest there is, and run the tests and the app on the golden "
    "photos. `OTHER_LDFLAGS = -all_load` in `Config/App.xcconfig` has to stay: kernels and backends register "
    "themselves, and the linker would leave out what nobody calls by name."
)
_ROUNDING: Final = (
    "Which processor runs which layer is Core ML's choice within the compute units of `export.compute_units`: the GPU "
    "and the Neural Engine round otherwise than the CPU, so the last digits of a score differ between devices, which "
    "is no fault of the preprocessing."
)
_EVALUATED: Final = "was evaluated operation by operation, with its own weights, and compared with PyTorch"
_CORE_ML: Final = "Core ML itself, its compiler, the GPU and the Neural Engine"

_RUNTIMES: Final = {
    "coreml": _Words(
        "A part of iOS: nothing of it is in the app.",
        "`ModelKit` carries `model.mlpackage` as it is. The app compiles it on the device at the first load, which "
        "takes a moment more than later ones, and keeps the result; a `model.mlmodelc` in the bundle would be taken "
        "instead. "
        f"{_ROUNDING}",
        f"the stored Core ML program {_EVALUATED}",
        _CORE_ML,
    ),
    "executorch": _Words(
        "ExecuTorch with its kernels and the XNNPACK backend: BSD 3-Clause, Copyright (c) Meta Platforms, Inc. and "
        "affiliates. Inside it XNNPACK, cpuinfo, pthreadpool, FP16 and FXdiv: BSD 3-Clause, BSD 2-Clause and MIT.",
        _PTE,
        "the exported file was run by ExecuTorch's own runtime, called from Swift",
        f"the Swift package of ExecuTorch {EXECUTORCH}",
    ),
    "executorch coreml": _Words(
        "ExecuTorch with its kernels and the Core ML backend: BSD 3-Clause, Copyright (c) Meta Platforms, Inc. and "
        "affiliates; the backend's own code also Copyright (c) Apple Inc.",
        f"{_PTE} {_ROUNDING}",
        f"the Core ML programs stored in the exported file {_EVALUATED}",
        f"the Swift package of ExecuTorch {EXECUTORCH}, {_CORE_ML}",
    ),
    "onnx": _Words(
        "ONNX Runtime: MIT License, Copyright (c) Microsoft Corporation. Inside it Eigen, Protocol Buffers, Abseil, "
        "FlatBuffers, XNNPACK and others; their licences are in the library's ThirdPartyNotices.txt.",
        "The library reads the opset and the file version that the exporter writes; a newer one does, too.",
        "the exported file was run by ONNX Runtime",
        f"the library of ONNX Runtime {ONNXRUNTIME_SWIFTPM} for iOS",
    ),
    "torchscript": _Words(
        "PyTorch Mobile with its kernels and XNNPACK: BSD 3-Clause, Copyright (c) Facebook, Inc. and its affiliates.",
        "**TorchScript is legacy.** PyTorch no longer supports it on phones, and this library, its last, was built in "
        "2023 for arm64 devices; it has no simulator for Intel Macs. Make a new app with `--runtime coreml` or "
        "`--runtime executorch`; the API of ModelKit is the same.",
        "the exported file was run by PyTorch's lite interpreter",
        f"the pod LibTorch-Lite {LIBTORCH_LITE} and the Objective-C++ that calls it",
    ),
}

_CLASSIFIER: Final = """```swift
import ModelKit

// An actor: loading and classifying are never on the main thread.
let classifier = try await Classifier.load()
let photo = try Photos.decode(data)      // a file, as Pillow reads it; takes long, so not on the main actor
let top = try await classifier.classify(photo, top: 5)
for label in top { print(label.name, label.probability) }

// UIKit and SwiftUI: a CGImage, and how it is stored.
let orientation = CGImagePropertyOrientation(uiImage.imageOrientation)
let same = try await classifier.classify(cgImage, orientation: orientation, top: 5)

// AVCapture: a session for one queue, made and used on the one that frames come on.
let session = try ClassifierSession()
func captureOutput(_: AVCaptureOutput, didOutput frame: CMSampleBuffer, from _: AVCaptureConnection) {
    guard let pixels = frame.imageBuffer else { return }
    do {
        show(try session.classify(pixels, orientation: .right, top: 5))      // a phone held upright
    } catch {
        show(error)
    }
}
```

`ModelError` says why a model cannot be used, and keeps the runtime's own error as its `cause`. With Vision, classify
the pixel buffer of its request: `VNCoreMLRequest` scales in a way that is not documented, so the model would see other
pixels than in Python."""

# What a Swift program calls the numbers that it can have arrays of.
_ELEMENTS: Final = {
    "float32": "Float",
    "float64": "Double",
    "int64": "Int64",
    "int32": "Int32",
    "int16": "Int16",
    "int8": "Int8",
    "uint8": "UInt8",
}

_MODEL: Final = """```swift
import ModelKit

// An actor: loading and running are never on the main thread.
let model = try await Model.load()
{lines}
```

`ModelError` says why a model cannot be used, and keeps the runtime's own error as its `cause`. On a queue of your own,
`ModelSession` does the same without `await`."""


def documents(spec: ModelSpec, facts: ProjectFacts, product: str) -> Mapping[str, object]:
    """The part of the context that README.md and NOTICE.md are made of."""
    words = _words(spec)
    pods = dependencies_of(spec) == "cocoapods"
    return {
        "model_title": facts.model_title,
        "model_licence": facts.model_licence,
        "readme_inputs": "\n".join(input_line(item) for item in spec.inputs),
        "readme_outputs": "\n".join(output_line(item) for item in spec.outputs),
        "readme_app": _wrapped(_app(spec)),
        "readme_changes": _changes(spec, facts, product),
        "readme_open": _open(product, pods),
        "readme_test": _test(product, pods),
        "readme_pods": _pods(spec) if pods else "",
        "swift_example": _CLASSIFIER if is_classifier(spec) else _MODEL.format(lines=_model_lines(spec)),
        "runtime_title": RUNTIMES[spec.export.runtime].title,
        "runtime_note": _wrapped(words.note),
        "readme_proven": _wrapped(_proven(words)),
        "readme_unproven": _wrapped(_unproven(words)),
        "notice_runtime": _wrapped(words.licences),
        "notice_photos": _photos(spec),
    }


def _words(spec: ModelSpec) -> _Words:
    delegated = spec.export.runtime == "executorch" and spec.export.backend == "coreml"
    return _RUNTIMES["executorch coreml" if delegated else spec.export.runtime]


def _app(spec: ModelSpec) -> str:
    does = (
        "The app classifies a photo that you choose or take, and what the camera sees as it sees it, with the time of "
        "each stage."
        if is_classifier(spec)
        else "The app runs the model on what you choose in it, and shows what comes out and how long it took."
    )
    return (
        f"{does} `ModelKit` is the library behind it: the exported model, the preprocessing, a typed API, and tests "
        "that hold it against what Python computed, bit for bit."
    )


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False)


def _changes(spec: ModelSpec, facts: ProjectFacts, product: str) -> str:
    session = "PhotoSession.swift" if is_classifier(spec) else "RunSession.swift"
    labels = ", `labels.txt`" if facts.labels is not None else ""
    rows = [
        ("the app's id, name, team, version, the oldest iOS", "`Config/App.xcconfig`"),
        ("what the app does with a result", f"`{product}/{session}`, `{product}/ContentView.swift`"),
        ("the words and their translations", f"`{product}/*.xcstrings`"),
        ("the colour, the icon", f"`{product}/Assets.xcassets`"),
        ("the model, its weights, preprocessing or labels", f"`edgegen.toml`{labels}"),
        ("the size of the model", "`edgegen.toml`, `export.quantize`"),
    ]
    return "\n".join(f"| {what} | {where} |" for what, where in rows)


def _open(product: str, pods: bool) -> str:
    if pods:
        return f"pod install                       # once, with CocoaPods 1.16 or newer\nopen {product}.xcworkspace"
    return f"open {product}.xcodeproj"


def _test(product: str, pods: bool) -> str:
    where = f"-workspace {product}.xcworkspace" if pods else f"-project {product}.xcodeproj"
    scheme = "ModelKit-Unit-Tests" if pods else product
    return f"xcodebuild test {where} -scheme {scheme} -destination 'platform=iOS Simulator,name=iPhone 16'"


def _pods(spec: ModelSpec) -> str:
    text = (
        "`pod install` makes the workspace and takes `ModelKit` from the folder beside it (`:path`); what it needs "
        "stands in `ModelKit/ModelKit.podspec`. The project's format (objectVersion 77, Xcode 16) needs CocoaPods 1.16 "
        "or newer. CocoaPods' trunk is read-only from 2 December 2026: pods that are there stay installable, no new "
        "version of any pod comes. So "
    )
    own = {
        "coreml": "nothing changes for this project, which takes no pod from trunk.",
        "onnx": "the version of ONNX Runtime in the podspec is among the last; newer ones come as a Swift package, "
        "which `--dependencies swiftpm` takes.",
        "torchscript": "LibTorch-Lite stays what it has been since 2023. Commit `Podfile.lock`, and `Pods/` as well if "
        "the app has to be built for years.",
    }
    return "\n## CocoaPods\n\n" + _wrapped(text + own[spec.export.runtime]) + "\n"


def _model_lines(spec: ModelSpec) -> str:
    pairs = []
    for item in spec.inputs:
        name = swift_string(item.name)
        if isinstance(item, ImageInput):
            pairs.append(f"{name}: Preprocessor().tensor({name}, from: cgImage)")
        elif item.dtype in _ELEMENTS:
            zeros = f"[{_ELEMENTS[item.dtype]}](repeating: 0, count: {math.prod(item.shape)})"
            pairs.append(f"{name}: Tensor({zeros}, shape: {list(item.shape)})")
        else:
            pairs.append(f"{name}: Tensor(bytes: bytes, dtype: .{item.dtype}, shape: {list(item.shape)})")
    first = swift_string(spec.outputs[0].name)
    lines = ["let outputs = try await model.run([", *(f"    {pair}," for pair in pairs), "])"]
    return "\n".join([*lines, f"print(outputs[{first}]?.floats.prefix(5) ?? [])"])


def _proven(words: _Words) -> str:
    return (
        "edgegen's own tests build and test `ModelKit` of projects like this one with Swift 6 on Linux (kernels, "
        "pipeline, goldens, pictures in memory), type-check the app and the adapters with strict concurrency against "
        "declarations whose names are compared with Apple's, and check the Xcode project as a graph of objects; "
        f"{words.proven}."
    )


def _unproven(words: _Words) -> str:
    return (
        f"They had no Mac: no Xcode opened the project, no simulator or device ran the app, and {words.unproven}, the "
        "camera and the signing were not seen at work. The test command above shows on a Mac that all of it builds and "
        "that Python's answers come out; then run the app once on a device before you rely on it."
    )


def _photos(spec: ModelSpec) -> str:
    if not spec.image_inputs:
        return ""
    return (
        "\n## The pictures\n\n`photos` and `ModelKit/Generated/goldens`, which are no part of the app: CC0 or public "
        "domain, from scikit-image's data.\n"
    )
