// swift-tools-version:5.9
// ONNX Runtime's Swift package as a generated project knows it: the same product, the same module with the published
// API, above the C++ runtime of the onnxruntime wheel. For this machine's tests only.
import PackageDescription

let package = Package(
    name: "onnxruntime",
    platforms: [.iOS(.v15), .macOS(.v11)],
    products: [.library(name: "onnxruntime", targets: ["OnnxRuntimeBindings"])],
    targets: [
        .target(name: "OnnxRuntimeBindings", dependencies: ["OnnxRuntimeShim"]),
        .systemLibrary(name: "OnnxRuntimeShim"),
    ]
)
