// SPDX-License-Identifier: MIT-0
import CoreML
import Foundation

/// The model, run by Core ML. Not thread-safe.
final class ModelRunner {
    static let runtime = "Core ML"

    private let model: MLModel
    private let features = InputFeatures()

    init(_ computeUnits: ComputeUnits) throws(ModelError) {
        let compiled = try CompiledModel.url()
        let configuration = MLModelConfiguration()
        configuration.computeUnits = computeUnits.coreML
        do {
            model = try MLModel(contentsOf: compiled, configuration: configuration)
        } catch {
            throw .unusable(runtime: ModelRunner.runtime, cause: error)
        }
        let description = model.modelDescription
        for (found, wanted) in [
            (description.inputDescriptionsByName, ModelSpec.inputs),
            (description.outputDescriptionsByName, ModelSpec.outputs),
        ] {
            if let lacking = wanted.first(where: { found[$0.name] == nil }) {
                throw .foreign(file: ModelSpec.modelFile, problem: "it has no \(lacking.name)")
            }
        }
    }

    /// Inputs and outputs are in the model's own order.
    func run(_ buffers: [TensorBuffer]) throws(ModelError) -> [Tensor] {
        do {
            var values: [String: MLFeatureValue] = [:]
            for buffer in buffers {
                values[buffer.info.name] = try features.value(of: buffer)
            }
            let given = try MLDictionaryFeatureProvider(dictionary: values)
            let result = try model.prediction(from: given)
            return try ModelSpec.outputs.map { info in
                guard let array = result.featureValue(for: info.name)?.multiArrayValue else {
                    throw RuntimeProblem("The model gives no array \(info.name).")
                }
                return try array.tensor(info)
            }
        } catch {
            throw .failed(runtime: ModelRunner.runtime, cause: error)
        }
    }
}
