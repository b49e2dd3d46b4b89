// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.

/// What Python made of the pictures in Generated/goldens.
enum GoldenCases {
    /// By how much a runtime's answer on another machine may differ, as a share of the largest number.
    static let tolerance: Float = {{ cookiecutter.golden_tolerance }}
{{ cookiecutter.golden_labels }}
    static let all: [GoldenCase] = [
{{ cookiecutter.golden_cases }}
    ]
}
