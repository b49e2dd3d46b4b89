// SPDX-License-Identifier: MIT-0
import CoreML
import Foundation

extension DType {
    /// How Core ML's arrays say it; nil where they cannot.
    var coreML: MLMultiArrayDataType? {
        switch self {
        case .float32: .float32
        case .float16: .float16
        case .float64: .double
        case .int32: .int32
        case .int64, .int16, .int8, .uint8, .bool: nil
        }
    }
}

extension MLMultiArray {
    /// The memory of a buffer, seen by Core ML: the buffer has to outlive the array.
    convenience init(borrowing buffer: TensorBuffer) throws {
        guard let type = buffer.info.dtype.coreML, let start = buffer.memory.baseAddress else {
            throw RuntimeProblem("Core ML has no arrays of \(buffer.info.dtype).")
        }
        try self.init(
            dataPointer: start,
            shape: buffer.shape.map { NSNumber(value: $0) },
            dataType: type,
            strides: contiguousStrides(buffer.shape).map { NSNumber(value: $0) },
            deallocator: nil
        )
    }

    /// A copy in C order: what the Neural Engine gives may have gaps between its rows.
    func tensor(_ info: TensorInfo) throws -> Tensor {
        guard let type = info.dtype.coreML, dataType == type else {
            throw RuntimeProblem("The output \(info.name) is not \(info.dtype).")
        }
        let shape = shape.map(\.intValue)
        let strides = strides.map(\.intValue)
        let bytes = withUnsafeBytes { memory in
            packed(memory, byteCount: info.dtype.byteCount, shape: shape, strides: strides)
        }
        return Tensor(unchecked: bytes, dtype: info.dtype, shape: shape)
    }
}

/// How many numbers it is from one place of each axis to the next, where there are no gaps.
func contiguousStrides(_ shape: [Int]) -> [Int] {
    var strides = shape
    var step = 1
    for axis in shape.indices.reversed() {
        strides[axis] = step
        step *= shape[axis]
    }
    return strides
}

/// The numbers of an array in C order, without its gaps.
///
/// - Parameters:
///   - byteCount: of one number.
///   - strides: in numbers.
func packed(_ memory: UnsafeRawBufferPointer, byteCount: Int, shape: [Int], strides: [Int]) -> [UInt8] {
    let count = shape.reduce(1, *)
    if strides == contiguousStrides(shape) {
        return [UInt8](memory.prefix(count * byteCount))
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * byteCount)
    var position = [Int](repeating: 0, count: shape.count)
    for _ in 0..<count {
        let place = zip(position, strides).reduce(0) { $0 + $1.0 * $1.1 } * byteCount
        bytes.append(contentsOf: memory[place..<place + byteCount])
        for axis in shape.indices.reversed() {
            position[axis] += 1
            if position[axis] < shape[axis] { break }
            position[axis] = 0
        }
    }
    return bytes
}
