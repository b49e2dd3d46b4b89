import Foundation

/// A tensor's element type; the numbers are those of portable_type/scalar_type.h.
public enum DataType: Int8 {
    case byte = 0
    case char = 1
    case short = 2
    case int = 3
    case long = 4
    case half = 5
    case float = 6
    case double = 7
    case bool = 11
    case bFloat16 = 15
    case uInt16 = 27
    case uInt32 = 28
    case uInt64 = 29
    case undefined = 30

    private static let names: [DataType: String] = [
        .byte: "uint8", .char: "int8", .short: "int16", .int: "int32", .long: "int64", .half: "float16",
        .float: "float32", .double: "float64", .bool: "bool",
    ]

    /// NumPy's name of it; nil where it has none.
    var numpy: String? { DataType.names[self] }

    /// The type with NumPy's name; nil where there is none.
    init?(numpy: String) {
        guard let found = DataType.names.first(where: { $0.value == numpy }) else { return nil }
        self = found.key
    }
}

/// Whether a tensor's shape may change.
public enum ShapeDynamism: UInt8 {
    case `static`
    case dynamicBound
    case dynamicUnbound
}

/// The size of an element in bytes.
public func size(ofDataType dataType: DataType) -> Int {
    switch dataType {
    case .byte, .char, .bool: return 1
    case .short, .half, .bFloat16, .uInt16: return 2
    case .int, .float, .uInt32: return 4
    case .long, .double, .uInt64: return 8
    case .undefined: return 0
    }
}

/// How many elements a tensor of that shape has.
public func elementCount(ofShape shape: [Int]) -> Int {
    shape.reduce(1, *)
}

/// A tensor of any element type, dense and in row-major order.
public final class AnyTensor {
    public let dataType: DataType
    public let shape: [Int]
    public let shapeDynamism: ShapeDynamism
    let data: UnsafeMutableRawPointer
    // What keeps `data` alive where it is not the caller's own.
    private let owner: AnyObject?

    /// The caller's bytes, which stay where they are as long as the tensor is used.
    public init(
        bytesNoCopy pointer: UnsafeMutableRawPointer, shape: [Int], strides: [Int] = [], dimensionOrder: [Int] = [],
        dataType: DataType, shapeDynamism: ShapeDynamism = .dynamicBound
    ) {
        precondition(strides.isEmpty && dimensionOrder.isEmpty, "only dense tensors here")
        self.dataType = dataType
        self.shape = shape
        self.shapeDynamism = shapeDynamism
        data = pointer
        owner = nil
    }

    /// A copy of the bytes at `pointer`.
    public init(
        bytes pointer: UnsafeRawPointer, shape: [Int], strides: [Int] = [], dimensionOrder: [Int] = [],
        dataType: DataType, shapeDynamism: ShapeDynamism = .dynamicBound
    ) {
        precondition(strides.isEmpty && dimensionOrder.isEmpty, "only dense tensors here")
        self.dataType = dataType
        self.shape = shape
        self.shapeDynamism = shapeDynamism
        let bytes = elementCount(ofShape: shape) * size(ofDataType: dataType)
        let copy = Bytes(count: bytes)
        copy.start.copyMemory(from: pointer, byteCount: bytes)
        data = copy.start
        owner = copy
    }

    /// The bytes of `data`, which is kept.
    public convenience init(
        data: Data, shape: [Int], strides: [Int] = [], dimensionOrder: [Int] = [], dataType: DataType,
        shapeDynamism: ShapeDynamism = .dynamicBound
    ) {
        precondition(data.count == elementCount(ofShape: shape) * size(ofDataType: dataType))
        let copy = Array(data)
        self.init(
            bytes: copy, shape: shape, strides: strides, dimensionOrder: dimensionOrder, dataType: dataType,
            shapeDynamism: shapeDynamism)
    }

    /// How many elements it has.
    public var count: Int { elementCount(ofShape: shape) }

    /// The bytes, the number of elements and their type, for the length of the call.
    public func bytes(_ handler: (UnsafeRawPointer, Int, DataType) -> Void) {
        handler(UnsafeRawPointer(data), count, dataType)
    }

    /// The bytes to change, the number of elements and their type, for the length of the call.
    public func mutableBytes(_ handler: (UnsafeMutableRawPointer, Int, DataType) -> Void) {
        handler(data, count, dataType)
    }

    /// The tensor with its element type known; nil where it has another.
    public func asTensor<T: Scalar>() -> Tensor<T>? {
        dataType == T.dataType ? Tensor<T>(self) : nil
    }
}

/// Bytes that go with their last owner.
private final class Bytes {
    let start: UnsafeMutableRawPointer

    init(count: Int) {
        start = .allocate(byteCount: max(count, 1), alignment: 64)
    }

    deinit {
        start.deallocate()
    }
}
