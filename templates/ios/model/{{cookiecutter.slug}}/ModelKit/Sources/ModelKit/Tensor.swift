// SPDX-License-Identifier: MIT-0

/// An array of numbers with a shape: what the model takes and gives. A value; copies share their memory.
public struct Tensor: Sendable, Hashable, CustomStringConvertible {
    public let dtype: DType
    /// The length of each axis; none for a single number.
    public let shape: [Int]
    /// The numbers in C order (the last axis changes fastest), little endian, without gaps.
    public let bytes: [UInt8]

    /// - Parameters:
    ///   - bytes: `dtype.byteCount` for each number, in C order, little endian.
    ///   - shape: the length of each axis, none negative.
    /// - Throws: ``ModelError/unsuitable(_:)`` where the bytes are not as many as the shape says.
    public init(bytes: [UInt8], dtype: DType, shape: [Int]) throws(ModelError) {
        guard bytes.count % dtype.byteCount == 0, Tensor.count(of: shape) == bytes.count / dtype.byteCount
        else {
            throw .unsuitable("\(bytes.count) bytes are no tensor of the shape \(shape) and dtype \(dtype)")
        }
        self.init(unchecked: bytes, dtype: dtype, shape: shape)
    }

    /// - Parameters:
    ///   - values: in C order.
    ///   - shape: the length of each axis, none negative.
    /// - Throws: ``ModelError/unsuitable(_:)`` where the values are not as many as the shape says.
    public init<Element: TensorElement>(_ values: [Element], shape: [Int]) throws(ModelError) {
        let bytes = values.withUnsafeBytes { [UInt8]($0) }
        try self.init(bytes: bytes, dtype: Element.dtype, shape: shape)
    }

    init(unchecked bytes: [UInt8], dtype: DType, shape: [Int]) {
        self.bytes = bytes
        self.dtype = dtype
        self.shape = shape
    }

    /// How many numbers it has.
    public var count: Int { bytes.count / dtype.byteCount }

    /// The numbers, in C order.
    ///
    /// - Precondition: they are of that type; ``dtype`` says so.
    public func values<Element: TensorElement>(as type: Element.Type = Element.self) -> [Element] {
        precondition(Element.dtype == dtype, "the tensor is \(dtype), not \(Element.dtype)")
        return bytes.withUnsafeBytes { memory in
            stride(from: 0, to: memory.count, by: dtype.byteCount).map {
                memory.loadUnaligned(fromByteOffset: $0, as: Element.self)
            }
        }
    }

    /// The numbers of any dtype as float32, in C order: rounded where they do not fit.
    public var floats: [Float] {
        bytes.withUnsafeBytes { memory in (0..<count).map { Tensor.float(memory, dtype, at: $0) } }
    }

    /// As `1x1000 float32`.
    public var description: String {
        "\(shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: "x")) \(dtype)"
    }

    /// How many numbers a shape means; nil for a negative side or more than an Int can say.
    static func count(of shape: [Int]) -> Int? {
        var count = 1
        for side in shape {
            guard side >= 0 else { return nil }
            let (product, overflow) = count.multipliedReportingOverflow(by: side)
            if overflow { return nil }
            count = product
        }
        return count
    }

    /// Number `index` of the memory of a tensor, as float32.
    static func float(_ memory: UnsafeRawBufferPointer, _ dtype: DType, at index: Int) -> Float {
        let place = index * dtype.byteCount
        return switch dtype {
        case .float32: memory.loadUnaligned(fromByteOffset: place, as: Float.self)
        case .float64: Float(memory.loadUnaligned(fromByteOffset: place, as: Double.self))
        case .float16: half(memory.loadUnaligned(fromByteOffset: place, as: UInt16.self))
        case .int64: Float(memory.loadUnaligned(fromByteOffset: place, as: Int64.self))
        case .int32: Float(memory.loadUnaligned(fromByteOffset: place, as: Int32.self))
        case .int16: Float(memory.loadUnaligned(fromByteOffset: place, as: Int16.self))
        case .int8: Float(memory.loadUnaligned(fromByteOffset: place, as: Int8.self))
        case .uint8, .bool: Float(memory[place])
        }
    }

    /// The bits of an IEEE 754 half as a float32, which holds each of them exactly.
    static func half(_ bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let exponent = UInt32(bits >> 10) & 0x1F
        let fraction = UInt32(bits & 0x3FF)
        switch exponent {
        case 0:
            // Zero and the subnormals: the fraction counts 2^-24.
            let size = Float(fraction) * 0x1p-24
            return sign == 0 ? size : -size
        case 0x1F:
            return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
        default:
            return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }
}
