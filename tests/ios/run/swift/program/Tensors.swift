import Foundation
import ModelKit

/// Any other model: pictures become tensors, tensors go in and come out.
@main
struct Tensors {
    static func main() async throws {
        let model = Loaded()
        try await answer { run in
            let model = try await model.get()
            let start = Date()
            var inputs: [String: Tensor] = [:]
            for given in run.files {
                inputs[given.name] = try tensor(given)
            }
            let preprocess = -start.timeIntervalSinceNow
            let outputs = try await model.run(inputs)
            var outcome = Outcome(input: run.input)
            outcome.outputs = outputs.mapValues { output in
                .init(shape: output.shape, values: output.numbers.map { $0.isFinite ? $0 : nil })
            }
            outcome.milliseconds = [
                "preprocess": preprocess * 1e3, "forward": (-start.timeIntervalSinceNow - preprocess) * 1e3,
            ]
            return outcome
        }
    }

    private static func tensor(_ given: Run.Input) throws -> Tensor {
        guard let shape = given.shape, let dtype = Model.inputs.first(where: { $0.name == given.name })?.dtype else {
            return try picture(given)
        }
        return try Tensor(bytes: [UInt8](content(given.file)), dtype: dtype, shape: shape)
    }
}

/// The model of all runs.
actor Loaded {
    private var model: Model?

    func get() async throws -> Model {
        if let model { return model }
        let made = try await Model.load()
        model = made
        return made
    }
}

extension Tensor {
    /// Each number as it is written in JSON; a float32 by the shortest decimal that is one.
    var numbers: [Double] {
        switch dtype {
        case .float64: return values(as: Double.self)
        case .int64: return values(as: Int64.self).map(Double.init)
        case .float32, .float16: return floats.map { Double($0.description) ?? Double($0) }
        default: return floats.map(Double.init)
        }
    }
}
