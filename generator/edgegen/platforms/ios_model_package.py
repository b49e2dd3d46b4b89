"""ModelKit's Package.swift and ModelKit.podspec: what they substitute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from edgegen.platforms import ProjectFacts
from edgegen.platforms.apple import sources_of
from edgegen.platforms.swift import elements
from edgegen.platforms.xcode_lists import INPUTS, OUTPUTS
from edgegen.render.filters import ruby_string, swift_string
from edgegen.spec.deployment import ios_major
from edgegen.spec.model_spec import ModelSpec
from edgegen.versions import EXECUTORCH_SWIFTPM, LIBTORCH_LITE, ONNXRUNTIME_SWIFTPM

_EXECUTORCH_URL: Final = "https://github.com/pytorch/executorch.git"
_ONNXRUNTIME_URL: Final = "https://github.com/microsoft/onnxruntime-swift-package-manager.git"
# What edgegen and Xcode know an export by.
_GENERATED_BESIDE: Final = tuple(f"Generated/{name}" for name in ("export.json", INPUTS, OUTPUTS))
_POD_SOURCE: Final = "Bundles/Pod.swift"
_PACKAGE_SOURCE: Final = "Bundles/SwiftPackage.swift"


def package(spec: ModelSpec, facts: ProjectFacts, beside: Sequence[str]) -> Mapping[str, object]:
    """The part of the context that Package.swift and ModelKit.podspec are made of.

    `beside` are files in ModelKit's folder that are no part of the package; SwiftPM wants to be told.
    """
    both = len(sources_of(spec.export.runtime)) > 1
    packages, products = _swiftpm(spec)
    others = (*_GENERATED_BESIDE, "edgegen", *["ModelKit.podspec"] * both, *beside)
    return {
        "macos_target": _macos_target(ios_major(spec)),
        "package_dependencies": _lines(packages, 8),
        "target_dependencies": _lines(products, 16),
        "package_exclude": _lines(
            [
                *map(swift_string, ("Tests", "Generated/Tests", "Generated/goldens", *others)),
                *[swift_string(f"Sources/ModelKit/{_POD_SOURCE}")] * both,
            ],
            16,
        ),
        "tests_exclude": _lines(
            [
                *map(swift_string, ("Sources", "Generated/Sources", f"Generated/{facts.model_file.name}", *others)),
                *[swift_string(f"Tests/ModelKitTests/{_POD_SOURCE}")] * both,
            ],
            16,
        ),
        "pod_summary": ruby_string(f"The model of {facts.name}, and what brings pictures and numbers to it."),
        "pod_exclude": f"  s.exclude_files = 'Sources/ModelKit/{_PACKAGE_SOURCE}'\n" if both else "",
        "pod_tests_exclude": f"    tests.exclude_files = 'Tests/ModelKitTests/{_PACKAGE_SOURCE}'\n" if both else "",
        "pod_lines": _pod_lines(spec),
    }


def _swiftpm(spec: ModelSpec) -> tuple[list[str], list[str]]:
    """The packages and the products of them that the runtime needs, as Package.swift names them."""
    if spec.export.runtime == "executorch":
        backend = "backend_coreml" if spec.export.backend == "coreml" else "backend_xnnpack"
        names = ["executorch", backend, "kernels_optimized"]
        # What a quantised model leaves outside of the backend.
        names += ["kernels_quantized"] * (spec.export.quantize.mode != "none")
        url = f'.package(url: "{_EXECUTORCH_URL}", branch: "{EXECUTORCH_SWIFTPM}")'
        return [url], [f'.product(name: "{name}", package: "executorch")' for name in names]
    if spec.export.runtime == "onnx":
        url = f'.package(url: "{_ONNXRUNTIME_URL}", exact: "{ONNXRUNTIME_SWIFTPM}")'
        return [url], ['.product(name: "onnxruntime", package: "onnxruntime-swift-package-manager")']
    return [], []


def _pod_lines(spec: ModelSpec) -> str:
    lines = ""
    settings = [
        "    # Pixels are worked on one by one: unoptimised, a photo takes dozens of times as long.",
        "    'SWIFT_OPTIMIZATION_LEVEL[config=Debug]' => '-O',",
    ]
    if spec.export.runtime == "onnx":
        lines = f"  s.dependency 'onnxruntime-objc', '{ONNXRUNTIME_SWIFTPM}'\n"
    if spec.export.runtime == "torchscript":
        lines = (
            "  s.public_header_files = 'Sources/ModelKit/Torch/TorchModule.h'\n"
            f"  s.dependency 'LibTorch-Lite', '{LIBTORCH_LITE}'\n"
            "  # Its libraries are static, and its headers need C++17, although its podspec says 14.\n"
            "  s.static_framework = true\n"
        )
        settings += [
            "    'CLANG_CXX_LANGUAGE_STANDARD' => 'c++17',",
            "    'HEADER_SEARCH_PATHS' => '$(inherited) \"${PODS_ROOT}/LibTorch-Lite/install/include\"',",
        ]
    return "\n".join([f"{lines}  s.pod_target_xcconfig = {{", *settings, "  }\n"])


def _macos_target(ios: int) -> str:
    """The macOS of the same year, where `swift test` runs."""
    return f"{ios if ios >= 26 else ios - 3}.0"


def _lines(items: Sequence[str], indent: int) -> str:
    """Elements of an array, one a line."""
    if not items:
        return ""
    pad = " " * indent
    return f"\n{elements([f'{pad}{item}' for item in items])}\n{pad[:-4]}"
