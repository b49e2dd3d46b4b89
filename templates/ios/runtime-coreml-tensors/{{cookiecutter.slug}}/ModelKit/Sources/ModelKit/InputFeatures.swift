// SPDX-License-Identifier: MIT-0
import CoreML

/// What the model is given: arrays.
final class InputFeatures {
    /// The buffer's own memory, seen by Core ML.
    func value(of buffer: TensorBuffer) throws -> MLFeatureValue {
        MLFeatureValue(multiArray: try MLMultiArray(borrowing: buffer))
    }
}
