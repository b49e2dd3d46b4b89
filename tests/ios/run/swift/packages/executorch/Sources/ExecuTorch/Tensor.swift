/// What a tensor's elements can be.
public protocol Scalar {
    static var dataType: DataType { get }
}

extension UInt8: Scalar { public static var dataType: DataType { .byte } }
extension Int8: Scalar { public static var dataType: DataType { .char } }
extension Int16: Scalar { public static var dataType: DataType { .short } }
extension Int32: Scalar { public static var dataType: DataType { .int } }
extension Int64: Scalar { public static var dataType: DataType { .long } }
extension Int: Scalar { public static var dataType: DataType { .long } }
extension Float: Scalar { public static var dataType: DataType { .float } }
extension Double: Scalar { public static var dataType: DataType { .double } }
extension Bool: Scalar { public static var dataType: DataType { .bool } }
extension UInt16: Scalar { public static var dataType: DataType { .uInt16 } }
extension UInt32: Scalar { public static var dataType: DataType { .uInt32 } }
extension UInt64: Scalar { public static var dataType: DataType { .uInt64 } }
extension UInt: Scalar { public static var dataType: DataType { .uInt64 } }

/// A tensor whose element type is known.
public final class Tensor<T: Scalar> {
    public let anyTensor: AnyTensor

    /// `tensor`, whose elements are of type `T`.
    public init(_ tensor: AnyTensor) {
        precondition(tensor.dataType == T.dataType)
        anyTensor = tensor
    }

    /// The caller's bytes, which stay where they are as long as the tensor is used.
    public convenience init(
        bytesNoCopy pointer: UnsafeMutableRawPointer, shape: [Int], strides: [Int] = [], dimensionOrder: [Int] = [],
        shapeDynamism: ShapeDynamism = .dynamicBound
    ) {
        self.init(
            AnyTensor(
                bytesNoCopy: pointer, shape: shape, strides: strides, dimensionOrder: dimensionOrder,
                dataType: T.dataType, shapeDynamism: shapeDynamism))
    }

    /// A copy of the bytes at `pointer`.
    public convenience init(
        bytes pointer: UnsafeRawPointer, shape: [Int], strides: [Int] = [], dimensionOrder: [Int] = [],
        shapeDynamism: ShapeDynamism = .dynamicBound
    ) {
        self.init(
            AnyTensor(
                bytes: pointer, shape: shape, strides: strides, dimensionOrder: dimensionOrder,
                dataType: T.dataType, shapeDynamism: shapeDynamism))
    }

    /// A copy of `scalars`; of one dimension where no shape is given.
    public convenience init(
        _ scalars: [T], shape: [Int] = [], strides: [Int] = [], dimensionOrder: [Int] = [],
        shapeDynamism: ShapeDynamism = .dynamicBound
    ) {
        let shape = shape.isEmpty ? [scalars.count] : shape
        precondition(scalars.count == elementCount(ofShape: shape))
        self.init(
            scalars.withUnsafeBytes { bytes in
                AnyTensor(
                    bytes: bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!, shape: shape, strides: strides,
                    dimensionOrder: dimensionOrder, dataType: T.dataType, shapeDynamism: shapeDynamism)
            })
    }

    public var dataType: DataType { anyTensor.dataType }
    public var shape: [Int] { anyTensor.shape }
    public var count: Int { anyTensor.count }

    /// The elements, for the length of the call.
    public func withUnsafeBytes<R>(_ body: (UnsafeBufferPointer<T>) throws -> R) rethrows -> R {
        let start = UnsafeRawPointer(anyTensor.data).assumingMemoryBound(to: T.self)
        return try body(UnsafeBufferPointer(start: start, count: count))
    }

    /// The elements to change, for the length of the call.
    public func withUnsafeMutableBytes<R>(_ body: (UnsafeMutableBufferPointer<T>) throws -> R) rethrows -> R {
        let start = anyTensor.data.assumingMemoryBound(to: T.self)
        return try body(UnsafeMutableBufferPointer(start: start, count: count))
    }

    /// A copy of the elements.
    public func scalars() -> [T] {
        withUnsafeBytes { Array($0) }
    }
}
