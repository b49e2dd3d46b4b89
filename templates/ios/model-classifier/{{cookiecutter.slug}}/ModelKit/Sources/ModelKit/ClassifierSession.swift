// SPDX-License-Identifier: MIT-0

/// ``Classifier`` for one thread: made and used on a capture queue, it answers before the next frame comes.
///
/// Not thread-safe, and not Sendable. Loading and classifying take long: not on the main thread. From one
/// frame to the next, pixels and input stay in the same memory.
public final class ClassifierSession {
    private let model: ModelSession
    private let preprocessor = Preprocessor()

    /// How long the last call took; zeros before the first.
    public private(set) var timings = Timings.none

    /// Loads the model that is in the app.
    ///{{ cookiecutter.load_parameter_doc }}
    /// - Throws: why it cannot be used.
    public init({{ cookiecutter.load_parameter }}) throws(ModelError) {
        model = try ModelSession({{ cookiecutter.load_forwarded }})
    }

    /// The most probable classes of a picture in memory, the best first.
    ///
    /// - Parameters:
    ///   - pixels: upright, of any size.
    ///   - top: how many, at least 1.
    /// - Throws: ``ModelError/unsuitable(_:)`` where the picture cannot be brought to the model's size,
    ///   ``ModelError/failed(runtime:cause:)`` where the runtime fails.
    public func classify(_ pixels: RGBPixels, top: Int = 5) throws(ModelError) -> [Label] {
        try classify(exif: 1, top: top) { () throws(ModelError) in PixelsReader(pixels) }
    }

    func classify(exif: Int, top: Int, photo: () throws(ModelError) -> any PixelSource)
        throws(ModelError) -> [Label]
    {
        var stopwatch = Stopwatch()
        try preprocessor.fill(model.buffer(0), from: photo(), exif: exif)
        let preprocess = stopwatch.lap()
        let outputs = try model.runInPlace()
        let forward = stopwatch.lap()
        let labels = try Scores.top(ModelSpec.outputs[0].name, outputs[0], count: top)
        timings = Timings(preprocess: preprocess, forward: forward, postprocess: stopwatch.lap())
        return labels
    }
}
