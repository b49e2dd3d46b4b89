// SPDX-License-Identifier: MIT-0

/// {{ cookiecutter.name_doc }}: what is in the picture?
///
///     let classifier = try await Classifier.load()
///     let top = try await classifier.classify(image, top: 5)
///
/// The model sees, bit for bit, what it saw in Python. An actor: one call waits for the other, and none of
/// them is on the main thread. ``ClassifierSession`` is the same without waiting, for a capture queue.
public actor Classifier {
    let session: ClassifierSession

    private init(session: sending ClassifierSession) {
        self.session = session
    }

    /// Loads the model that is in the app, away from the caller's actor.
    ///{{ cookiecutter.load_parameter_doc }}
    /// - Throws: why it cannot be used.
    public static func load({{ cookiecutter.load_parameter }}) async throws(ModelError) -> Classifier {
        Classifier(session: try ClassifierSession({{ cookiecutter.load_forwarded }}))
    }

    /// How long the last call took; zeros before the first.
    public var timings: Timings { session.timings }

    /// The most probable classes of a picture in memory; see ``ClassifierSession/classify(_:top:)``.
    public func classify(_ pixels: RGBPixels, top: Int = 5) throws(ModelError) -> [Label] {
        try session.classify(pixels, top: top)
    }
}
