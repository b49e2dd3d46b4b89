// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.

/// The constants of the model.
enum ModelSpec {
    /// The resource that holds the model.
    static let modelFile = "{{ cookiecutter.model_file }}"
{{ cookiecutter.model_constants }}
    /// What the model takes, in its own order.
    static let inputs: [TensorInfo] = [
{{ cookiecutter.input_infos }}
    ]

    /// What the model gives, in its own order.
    static let outputs: [TensorInfo] = [
{{ cookiecutter.output_infos }}
    ]
{{ cookiecutter.levels }}}
