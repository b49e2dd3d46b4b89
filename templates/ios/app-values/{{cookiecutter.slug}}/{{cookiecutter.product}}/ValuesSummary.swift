// SPDX-License-Identifier: MIT-0
import ModelKit

/// An output as numbers: the first ones, and the range of all of them.
struct ValuesSummary: Sendable {
    /// At most so many numbers are shown.
    static let shown = 12

    let info: TensorInfo
    let count: Int
    let first: [Float]
    let smallest: Float
    let largest: Float
    let mean: Float

    /// Looks at every number, so not on the main actor.
    init(info: TensorInfo, tensor: Tensor) throws {
        let numbers = tensor.floats
        self.info = info
        count = numbers.count
        first = Array(numbers.prefix(Self.shown))
        smallest = numbers.min() ?? .nan
        largest = numbers.max() ?? .nan
        mean = Float(numbers.reduce(0.0) { $0 + Double($1) } / Double(numbers.count))
    }
}
