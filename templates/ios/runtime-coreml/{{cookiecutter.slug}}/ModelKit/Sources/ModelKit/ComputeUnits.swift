// SPDX-License-Identifier: MIT-0
import CoreML

/// What Core ML may run the model on. Which of them it takes for an operator is its own choice.
public enum ComputeUnits: Sendable, CaseIterable {
    /// The processor, the graphics processor and the Neural Engine.
    case all
    /// The processor alone: the slowest, and the one whose result depends least on the device.
    case cpuOnly
    case cpuAndGPU
    case cpuAndNeuralEngine

    /// What edgegen.toml says: the key `compute_units` of `[export]`.
    public static var standard: ComputeUnits { ModelSpec.computeUnits }

    var coreML: MLComputeUnits {
        switch self {
        case .all: .all
        case .cpuOnly: .cpuOnly
        case .cpuAndGPU: .cpuAndGPU
        case .cpuAndNeuralEngine: .cpuAndNeuralEngine
        }
    }
}
