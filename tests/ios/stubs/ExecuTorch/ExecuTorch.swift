// ExecuTorch's Swift API, as pytorch/executorch has it since 1.0, in extension/apple/ExecuTorch/Exported: the names of
// ExecuTorchModule.h, ExecuTorchTensor.h, ExecuTorchValue.h and ExecuTorchError.h in Swift, and the Swift files there.

@_exported import Foundation

public enum DataType: Int8, @unchecked Sendable {
    case byte, char, short, int, long, half, float, double
    case complexHalf, complexFloat, complexDouble, bool, qInt8, qUInt8, qInt32, bFloat16
    case qUInt4x2, qUInt2x4, bits1x8, bits2x4, bits4x2, bits8, bits16
    case float8_e5m2, float8_e4m3fn, float8_e5m2fnuz, float8_e4m3fnuz
    case uInt16, uInt32, uInt64, undefined, numOptions
}

public enum ShapeDynamism: UInt8, @unchecked Sendable {
    case `static`, dynamicBound, dynamicUnbound
}

public func size(ofDataType dataType: DataType) -> Int { fatalError() }
public func elementCount(ofShape shape: [Int]) -> Int { fatalError() }

public let ErrorDomain: String = ""

public enum ErrorCode: Int, @unchecked Sendable {
    case ok = 0
    case `internal` = 1
    case invalidState = 2
    case endOfMethod = 3
    case notSupported = 16
    case notImplemented = 17
    case invalidArgument = 18
    case invalidType = 19
    case operatorMissing = 20
    case registrationExceedingMaxKernels = 21
    case registrationAlreadyRegistered = 22
    case notFound = 32
    case memoryAllocationFailed = 33
    case accessFailed = 34
    case invalidProgram = 35
    case invalidExternalData = 36
    case outOfResources = 37
    case delegateInvalidCompatibility = 48
    case delegateMemoryAllocationFailed = 49
    case delegateInvalidHandle = 50
}

public protocol Scalar {
    static var dataType: DataType { get }
    func asNSNumber() -> NSNumber
}

public final class AnyTensor: NSObject {
    public var dataType: DataType { fatalError() }
    public var shape: [Int] { fatalError() }
    public var strides: [Int] { fatalError() }
    public var dimensionOrder: [Int] { fatalError() }
    public var shapeDynamism: ShapeDynamism { fatalError() }
    public var count: Int { fatalError() }
    public convenience init(
        bytesNoCopy pointer: UnsafeMutableRawPointer,
        shape: [Int],
        strides: [Int] = [],
        dimensionOrder: [Int] = [],
        dataType: DataType,
        shapeDynamism: ShapeDynamism = .dynamicBound
    ) { fatalError() }
    public convenience init(
        bytes pointer: UnsafeRawPointer,
        shape: [Int],
        strides: [Int] = [],
        dimensionOrder: [Int] = [],
        dataType: DataType,
        shapeDynamism: ShapeDynamism = .dynamicBound
    ) { fatalError() }
    public convenience init(
        data: Data,
        shape: [Int],
        strides: [Int] = [],
        dimensionOrder: [Int] = [],
        dataType: DataType,
        shapeDynamism: ShapeDynamism = .dynamicBound
    ) { fatalError() }
    public func bytes(_ handler: (UnsafeRawPointer, Int, DataType) -> Void) { fatalError() }
    public func mutableBytes(_ handler: (UnsafeMutableRawPointer, Int, DataType) -> Void) { fatalError() }
    public func resize(to shape: [Int]) throws { fatalError() }
    public func asTensor<T: Scalar>() -> Tensor<T>? { fatalError() }
}

public final class Tensor<T: Scalar>: Equatable {
    public let anyTensor: AnyTensor
    public var dataType: DataType { fatalError() }
    public var shape: [Int] { fatalError() }
    public var strides: [Int] { fatalError() }
    public var dimensionOrder: [Int] { fatalError() }
    public var shapeDynamism: ShapeDynamism { fatalError() }
    public var count: Int { fatalError() }
    public init(_ tensor: AnyTensor) { fatalError() }
    public convenience init(
        bytesNoCopy pointer: UnsafeMutableRawPointer,
        shape: [Int],
        strides: [Int] = [],
        dimensionOrder: [Int] = [],
        shapeDynamism: ShapeDynamism = .dynamicBound
    ) { fatalError() }
    public convenience init(
        bytes pointer: UnsafeRawPointer,
        shape: [Int],
        strides: [Int] = [],
        dimensionOrder: [Int] = [],
        shapeDynamism: ShapeDynamism = .dynamicBound
    ) { fatalError() }
    public convenience init(
        data: Data,
        shape: [Int],
        strides: [Int] = [],
        dimensionOrder: [Int] = [],
        shapeDynamism: ShapeDynamism = .dynamicBound
    ) { fatalError() }
    public convenience init(
        _ scalars: [T],
        shape: [Int] = [],
        strides: [Int] = [],
        dimensionOrder: [Int] = [],
        shapeDynamism: ShapeDynamism = .dynamicBound
    ) { fatalError() }
    public convenience init(_ scalar: T) { fatalError() }
    public func copy() -> Tensor<T> { fatalError() }
    public func withUnsafeBytes<R>(_ body: (UnsafeBufferPointer<T>) throws -> R) rethrows -> R { fatalError() }
    public func withUnsafeMutableBytes<R>(_ body: (UnsafeMutableBufferPointer<T>) throws -> R) rethrows -> R {
        fatalError()
    }
    public func resize(to shape: [Int]) throws { fatalError() }
    public func scalars() -> [T] { fatalError() }
    public static func == (lhs: Tensor<T>, rhs: Tensor<T>) -> Bool { fatalError() }
}

public enum ValueTag: UInt32, @unchecked Sendable {
    case none, tensor, string, double, integer, boolean
}

public protocol ValueConvertible {
    func asValue() -> Value
}

public protocol ValueConstructible {
    static func from(_ value: Value) throws -> Self
}

public protocol ValueSequenceConstructible {
    static func from(_ values: [Value]) throws -> Self
}

public final class Value: NSObject {
    public convenience init(_ value: AnyTensor) { fatalError() }
    public convenience init<T: Scalar>(_ tensor: Tensor<T>) { fatalError() }
    public var tag: ValueTag { fatalError() }
    public var isTensor: Bool { fatalError() }
    public var isNone: Bool { fatalError() }
    public var anyTensor: AnyTensor? { fatalError() }
    public func tensor<T: Scalar>() -> Tensor<T>? { fatalError() }
    public var integer: Int { fatalError() }
    public var double: Double { fatalError() }
    public var boolean: Bool { fatalError() }
}

public enum ModuleLoadMode: Int, @unchecked Sendable {
    case file = 0
    case mmap
    case mmapUseMlock
    case mmapUseMlockIgnoreErrors
}

public enum ModuleVerification: UInt8, @unchecked Sendable {
    case minimal
    case internalConsistency
}

public final class TensorMetadata: NSObject {
    public var shape: [Int] { fatalError() }
    public var dimensionOrder: [Int] { fatalError() }
    public var dataType: DataType { fatalError() }
    public var isMemoryPlanned: Bool { fatalError() }
    public var name: String { fatalError() }
}

public final class MethodMetadata: NSObject {
    public var name: String { fatalError() }
    public var inputValueTags: [ValueTag] { fatalError() }
    public var outputValueTags: [ValueTag] { fatalError() }
    public var inputTensorMetadata: [Int: TensorMetadata] { fatalError() }
    public var outputTensorMetadata: [Int: TensorMetadata] { fatalError() }
    public var backendNames: [String] { fatalError() }
    public var instructionCount: Int { fatalError() }
}

open class Module: NSObject {
    public init(filePath: String, dataFilePaths: [String], loadMode: ModuleLoadMode) { fatalError() }
    public convenience init(filePath: String, dataFilePaths: [String]) { fatalError() }
    public convenience init(filePath: String, loadMode: ModuleLoadMode) { fatalError() }
    public convenience init(filePath: String) { fatalError() }
    open func load(_ methodName: String) throws { fatalError() }
    open func load(with verification: ModuleVerification) throws { fatalError() }
    open func load() throws { fatalError() }
    open func isLoaded() -> Bool { fatalError() }
    open func isLoaded(_ methodName: String) -> Bool { fatalError() }
    open func unload(_ methodName: String) -> Bool { fatalError() }
    open func methodNames() throws -> Set<String> { fatalError() }
    open func methodMetadata(_ methodName: String) throws -> MethodMetadata { fatalError() }
}

extension Module {
    public func execute(_ method: String, _ inputs: [any ValueConvertible]) throws -> [Value] { fatalError() }
    public func execute(_ method: String, _ inputs: any ValueConvertible...) throws -> [Value] { fatalError() }
    public func forward(_ inputs: [any ValueConvertible]) throws -> [Value] { fatalError() }
    public func forward(_ inputs: any ValueConvertible...) throws -> [Value] { fatalError() }
    public func execute<Output: ValueSequenceConstructible>(
        _ method: String, _ inputs: [any ValueConvertible]
    ) throws -> Output { fatalError() }
    public func forward<Output: ValueSequenceConstructible>(_ inputs: [any ValueConvertible]) throws -> Output {
        fatalError()
    }
    public func forward<Output: ValueSequenceConstructible>(_ input: any ValueConvertible) throws -> Output {
        fatalError()
    }
    public func setInput(_ value: any ValueConvertible, at index: Int) throws { fatalError() }
    public func setInputs(_ values: [any ValueConvertible]) throws { fatalError() }
    public func setOutput(_ value: any ValueConvertible, at index: Int) throws { fatalError() }
}

extension Value: ValueConvertible, ValueConstructible, ValueSequenceConstructible {
    public func asValue() -> Value { fatalError() }
    public static func from(_ value: Value) throws -> Self { fatalError() }
    public static func from(_ values: [Value]) throws -> Self { fatalError() }
}

extension AnyTensor: ValueConvertible, ValueConstructible, ValueSequenceConstructible {
    public func asValue() -> Value { fatalError() }
    public static func from(_ value: Value) throws -> Self { fatalError() }
    public static func from(_ values: [Value]) throws -> Self { fatalError() }
}

extension Tensor: ValueConvertible, ValueConstructible, ValueSequenceConstructible {
    public func asValue() -> Value { fatalError() }
    public static func from(_ value: Value) throws -> Self { fatalError() }
    public static func from(_ values: [Value]) throws -> Self { fatalError() }
}

extension Array: ValueSequenceConstructible where Element: ValueConstructible {
    public static func from(_ values: [Value]) throws -> [Element] { fatalError() }
}
