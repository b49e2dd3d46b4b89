// SPDX-License-Identifier: MIT-0

/// The model: tensors in, tensors out. An actor, so one run waits for the other, and none of them is on the
/// main thread.
///
{{ cookiecutter.model_example }}
public actor Model {
    /// What the model takes, in its own order.
    public static let inputs = ModelSpec.inputs

    /// What the model gives, in its own order.
    public static let outputs = ModelSpec.outputs

    private let session: ModelSession

    private init(session: sending ModelSession) {
        self.session = session
    }

    /// Loads the model that is in the app, away from the caller's actor.
    ///{{ cookiecutter.load_parameter_doc }}
    /// - Throws: why it cannot be used.
    public static func load({{ cookiecutter.load_parameter }}) async throws(ModelError) -> Model {
        Model(session: try ModelSession({{ cookiecutter.load_forwarded }}))
    }

    /// Runs the model; see ``ModelSession/run(_:)``.
    public func run(_ inputs: [String: Tensor]) throws(ModelError) -> [String: Tensor] {
        try session.run(inputs)
    }
}
