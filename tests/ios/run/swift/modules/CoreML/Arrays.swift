// As much of Core ML as a generated ModelKit runs a model with. The stored program itself is evaluated by edgegen, in
// another process: see Evaluator.swift.
@_exported import CoreVideo
@_exported import Foundation

public enum MLMultiArrayDataType: Int, Sendable {
    case double = 65600
    case float32 = 65568
    case float16 = 65552
    case int32 = 131104
    case int8 = 131080

    var name: String {
        switch self {
        case .double: "float64"
        case .float32: "float32"
        case .float16: "float16"
        case .int32: "int32"
        case .int8: "int8"
        }
    }

    var bytes: Int {
        switch self {
        case .double: 8
        case .float32, .int32: 4
        case .float16: 2
        case .int8: 1
        }
    }

    init?(name: String) {
        let all: [MLMultiArrayDataType] = [.double, .float32, .float16, .int32, .int8]
        guard let found = all.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// An array of numbers; what the evaluator gives has gaps between its rows, as what the Neural Engine gives has.
open class MLMultiArray {
    public let dataType: MLMultiArrayDataType
    public let shape: [NSNumber]
    public let strides: [NSNumber]
    let memory: UnsafeMutableRawPointer
    private let deallocator: ((UnsafeMutableRawPointer) -> Void)?

    public init(
        dataPointer: UnsafeMutableRawPointer,
        shape: [NSNumber],
        dataType: MLMultiArrayDataType,
        strides: [NSNumber],
        deallocator: ((UnsafeMutableRawPointer) -> Void)? = nil
    ) throws {
        guard shape.count == strides.count else { throw failure("the array has \(shape.count) axes and other strides") }
        memory = dataPointer
        self.shape = shape
        self.dataType = dataType
        self.strides = strides
        self.deallocator = deallocator
    }

    deinit {
        deallocator?(memory)
    }

    public var count: Int { shape.reduce(1) { $0 * $1.intValue } }

    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: memory, count: byteCount))
    }

    /// From the first number to behind the last.
    var byteCount: Int {
        let last = zip(shape, strides).reduce(0) { $0 + ($1.0.intValue - 1) * $1.1.intValue }
        return count == 0 ? 0 : (last + 1) * dataType.bytes
    }

    /// Without gaps, or the reason why it is not one.
    func packed() throws -> Data {
        var step = 1
        for axis in shape.indices.reversed() {
            guard strides[axis].intValue == step || shape[axis] == 1 else { throw failure("an input has gaps") }
            step *= shape[axis].intValue
        }
        return Data(bytes: memory, count: byteCount)
    }

    /// The numbers in C order, with a gap after each row.
    convenience init(_ numbers: Data, _ dataType: MLMultiArrayDataType, _ shape: [Int]) throws {
        let row = shape.last ?? 1
        let rows = shape.dropLast().reduce(1, *)
        let gap = shape.count > 1 && rows > 1 ? 16 : 0
        let start = UnsafeMutableRawPointer.allocate(byteCount: (row + gap) * rows * dataType.bytes + 1, alignment: 64)
        for index in 0..<rows {
            let from = index * row * dataType.bytes
            numbers[from..<from + row * dataType.bytes].withUnsafeBytes { bytes in
                let to = start.advanced(by: index * (row + gap) * dataType.bytes)
                to.copyMemory(from: bytes.baseAddress ?? UnsafeRawPointer(start), byteCount: bytes.count)
            }
        }
        var strides = [Int](repeating: 1, count: shape.count)
        for axis in shape.indices.dropLast().reversed() {
            strides[axis] = strides[axis + 1] * shape[axis + 1] + (axis == shape.count - 2 ? gap : 0)
        }
        try self.init(
            dataPointer: start, shape: shape.map { NSNumber(value: $0) }, dataType: dataType,
            strides: strides.map { NSNumber(value: $0) }, deallocator: { $0.deallocate() })
    }
}

func failure(_ text: String) -> NSError {
    NSError(domain: "com.apple.CoreML", code: 0, userInfo: [NSLocalizedDescriptionKey: text])
}
