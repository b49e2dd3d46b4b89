// swift-tools-version:5.9
// ExecuTorch's Swift package as a generated project knows it: the same products, the same module with the published
// API, above the C++ runtime of the executorch wheel. For this machine's tests only.
import PackageDescription

let all = [
    "executorch", "backend_xnnpack", "backend_coreml", "backend_mps", "kernels_optimized", "kernels_quantized",
    "kernels_torchao",
]

let package = Package(
    name: "executorch",
    platforms: [.iOS(.v17), .macOS(.v12)],
    products: all.map { .library(name: $0, targets: ["ExecuTorch"]) },
    targets: [
        .target(name: "ExecuTorch", dependencies: ["ExecuTorchShim"]),
        .systemLibrary(name: "ExecuTorchShim"),
    ]
)
