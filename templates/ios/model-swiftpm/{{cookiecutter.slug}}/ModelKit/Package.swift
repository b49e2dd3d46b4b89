// swift-tools-version: 6.0
// SPDX-License-Identifier: MIT-0
import PackageDescription

// One package for code and model. Sources/ and Tests/ are yours; Generated/ is written by "edgegen export".
let package = Package(
    name: "ModelKit",
    platforms: [.iOS("{{ cookiecutter.deployment_target }}"), .macOS("{{ cookiecutter.macos_target }}")],
    products: [
        .library(name: "ModelKit", targets: ["ModelKit"])
    ],
    dependencies: [{{ cookiecutter.package_dependencies }}],
    targets: [
        .target(
            name: "ModelKit",
            dependencies: [{{ cookiecutter.target_dependencies }}],
            path: ".",
            exclude: [{{ cookiecutter.package_exclude }}],
            sources: ["Sources/ModelKit", "Generated/Sources"],
            // Copied, not processed: "swift build" would take apart what is a folder.
            resources: [
                .copy("Generated/{{ cookiecutter.model_file }}"),
                .process("Sources/Resources/PrivacyInfo.xcprivacy"),
            ],
            // Pixels are worked on one by one: unoptimised, a photo takes dozens of times as long.
            swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]
        ),
        .testTarget(
            name: "ModelKitTests",
            dependencies: ["ModelKit"],
            path: ".",
            exclude: [{{ cookiecutter.tests_exclude }}],
            sources: ["Tests/ModelKitTests", "Generated/Tests"],
            resources: [.copy("Generated/goldens")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
