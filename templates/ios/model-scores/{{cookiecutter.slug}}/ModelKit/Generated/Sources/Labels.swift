// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.

/// The classes, in the order of the model's scores.
enum Labels {
    /// The outputs that hold one score to a class.
    static let scoreOutputs: [ScoreOutput] = [
{{ cookiecutter.score_outputs }}
    ]

    /// {{ cookiecutter.label_count }} names, made from the text once.
    static let names: [String] = text.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)

    private static let text = {{ cookiecutter.label_text }}
}
