// SPDX-License-Identifier: MIT-0
import Foundation
import ModelKit

/// What an input of numbers is taken from.
enum NumbersSource: Sendable, Hashable {
    case zeros
    /// Numbers that every model can take: 0 to 1, bytes of any value, and 0 or 1 where they may be indices.
    case random
    /// An array that `numpy.save` wrote.
    case file(URL)

    static func first(for info: TensorInfo) -> NumbersSource? {
        .zeros
    }

    /// Reads or makes the numbers. Throws ``NpyError`` where the file does not fit, or the error of reading it.
    func tensor(for info: TensorInfo) throws -> Tensor {
        let count = info.shape.reduce(1, *)
        switch self {
        case .zeros:
            let bytes = [UInt8](repeating: 0, count: count * info.dtype.byteCount)
            return try Tensor(bytes: bytes, dtype: info.dtype, shape: info.shape)
        case .random:
            let bytes = (0..<count).flatMap { _ in Self.randomBytes(info.dtype) }
            return try Tensor(bytes: bytes, dtype: info.dtype, shape: info.shape)
        case .file(let file):
            let isScoped = file.startAccessingSecurityScopedResource()
            defer {
                if isScoped {
                    file.stopAccessingSecurityScopedResource()
                }
            }
            return try NpyFile.tensor(for: info, from: [UInt8](Data(contentsOf: file)))
        }
    }

    /// One number, little endian.
    private static func randomBytes(_ dtype: DType) -> [UInt8] {
        switch dtype {
        case .float32: bytes(Float.random(in: 0..<1).bitPattern)
        case .float64: bytes(Double.random(in: 0..<1).bitPattern)
        // The halves below 1 are the patterns below that of 1.
        case .float16: bytes(UInt16.random(in: 0..<0x3C00))
        case .int64: bytes(Int64.random(in: 0...1))
        case .int32: bytes(Int32.random(in: 0...1))
        case .int16: bytes(Int16.random(in: 0...1))
        case .int8, .uint8: [UInt8.random(in: .min ... .max)]
        case .bool: [UInt8.random(in: 0...1)]
        }
    }

    private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { [UInt8]($0) }
    }
}
