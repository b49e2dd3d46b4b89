// SPDX-License-Identifier: MIT-0

/// What a tensor's numbers are, by NumPy's names.
public enum DType: String, Sendable, CustomStringConvertible {
    case float32
    case float16
    case float64
    case int64
    case int32
    case int16
    case int8
    case uint8
    /// One byte, 0 or 1.
    case bool

    /// The bytes of one number.
    public var byteCount: Int {
        switch self {
        case .float64, .int64: 8
        case .float32, .int32: 4
        case .float16, .int16: 2
        case .int8, .uint8, .bool: 1
        }
    }

    /// NumPy's name, as `float32`.
    public var description: String { rawValue }
}

/// A number that a ``Tensor`` can be made of and read as.
///
/// There is none for float16 and bool: `Float16` is missing on Intel Macs. ``Tensor/floats`` reads both.
public protocol TensorElement: BitwiseCopyable, Sendable {
    static var dtype: DType { get }
}

extension Float: TensorElement {
    public static var dtype: DType { .float32 }
}

extension Double: TensorElement {
    public static var dtype: DType { .float64 }
}

extension Int64: TensorElement {
    public static var dtype: DType { .int64 }
}

extension Int32: TensorElement {
    public static var dtype: DType { .int32 }
}

extension Int16: TensorElement {
    public static var dtype: DType { .int16 }
}

extension Int8: TensorElement {
    public static var dtype: DType { .int8 }
}

extension UInt8: TensorElement {
    public static var dtype: DType { .uint8 }
}
