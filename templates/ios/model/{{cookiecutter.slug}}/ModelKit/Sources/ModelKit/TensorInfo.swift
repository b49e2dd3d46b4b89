// SPDX-License-Identifier: MIT-0

/// What one of the model's inputs or outputs looks like.
public struct TensorInfo: Sendable, Hashable, CustomStringConvertible {
    public let name: String
    public let dtype: DType
    /// The length of each axis; of a dynamic one, that of the example the model was exported with.
    public let shape: [Int]
    /// The axes, from 0, that may have any length from 1 on.
    public let dynamicAxes: Set<Int>

    init(name: String, dtype: DType, shape: [Int], dynamicAxes: Set<Int> = []) {
        self.name = name
        self.dtype = dtype
        self.shape = shape
        self.dynamicAxes = dynamicAxes
    }

    /// Whether a tensor can be this one.
    public func fits(dtype: DType, shape: [Int]) -> Bool {
        guard dtype == self.dtype, shape.count == self.shape.count else { return false }
        return shape.indices.allSatisfy { axis in
            dynamicAxes.contains(axis) ? shape[axis] >= 1 : shape[axis] == self.shape[axis]
        }
    }

    /// As `1x3x224x224 float32`; a dynamic axis is a `?`.
    public var description: String {
        let sides = shape.indices.map { dynamicAxes.contains($0) ? "?" : String(shape[$0]) }
        return "\(sides.isEmpty ? "scalar" : sides.joined(separator: "x")) \(dtype)"
    }
}
