import Foundation
import ModelKit

/// An app's own way: the file is decoded, the actor classifies it.
@main
struct Classify {
    static func main() async throws {
        try await answer { run in
            let classifier = try await loaded.get()
            var outcome = Outcome(input: run.input)
            let labels = try await classifier.classify(Photos.decode(content(run.files[0].file)), top: 5)
            outcome.top = labels.map { .init(index: $0.index, label: $0.name, probability: $0.probability) }
            let timings = await classifier.timings
            outcome.milliseconds = [
                "preprocess": timings.preprocess * 1e3, "forward": timings.forward * 1e3,
                "postprocess": timings.postprocess * 1e3,
            ]
            return outcome
        }
    }

    /// Loaded once, or why not.
    private static let loaded = Loaded()
}

/// The classifier of all runs.
actor Loaded {
    private var classifier: Classifier?

    func get() async throws -> Classifier {
        if let classifier { return classifier }
        let made = try await Classifier.load()
        classifier = made
        return made
    }
}
