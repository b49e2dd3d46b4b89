// ONNX Runtime's Objective-C API as Swift imports it, from microsoft/onnxruntime, objectivec/include: ort_env.h,
// ort_session.h, ort_value.h and ort_enums.h.

@_exported import Foundation

public enum ORTLoggingLevel: Int32, @unchecked Sendable {
    case verbose = 0
    case info = 1
    case warning = 2
    case error = 3
    case fatal = 4
}

public enum ORTValueType: Int32, @unchecked Sendable {
    case unknown = 0
    case tensor = 1
}

public enum ORTTensorElementDataType: Int32, @unchecked Sendable {
    case undefined = 0
    case float = 1
    case int8 = 2
    case uInt8 = 3
    case int32 = 4
    case uInt32 = 5
    case int64 = 6
    case uInt64 = 7
    case string = 8
}

public enum ORTGraphOptimizationLevel: Int32, @unchecked Sendable {
    case none = 0
    case basic = 1
    case extended = 2
    case all = 3
}

public func ORTVersion() -> String! { fatalError() }

open class ORTEnv: NSObject {
    public init(loggingLevel: ORTLoggingLevel) throws { fatalError() }
}

open class ORTSession: NSObject {
    public init(env: ORTEnv, modelPath path: String, sessionOptions: ORTSessionOptions?) throws { fatalError() }
    open func run(
        withInputs inputs: [String: ORTValue], outputs: [String: ORTValue], runOptions: ORTRunOptions?
    ) throws { fatalError() }
    open func run(
        withInputs inputs: [String: ORTValue], outputNames: Set<String>, runOptions: ORTRunOptions?
    ) throws -> [String: ORTValue] { fatalError() }
    open func inputNames() throws -> [String] { fatalError() }
    open func overridableInitializerNames() throws -> [String] { fatalError() }
    open func outputNames() throws -> [String] { fatalError() }
}

// Not an NSObject here: Swift on Linux cannot override `init()` by one that throws.
open class ORTSessionOptions {
    public init() throws { fatalError() }
    open func setIntraOpNumThreads(_ intraOpNumThreads: Int32) throws { fatalError() }
    open func setGraphOptimizationLevel(_ graphOptimizationLevel: ORTGraphOptimizationLevel) throws { fatalError() }
    open func setOptimizedModelFilePath(_ optimizedModelFilePath: String) throws { fatalError() }
    open func setLogID(_ logID: String) throws { fatalError() }
    open func setLogSeverityLevel(_ loggingLevel: ORTLoggingLevel) throws { fatalError() }
    open func addConfigEntry(withKey key: String, value: String) throws { fatalError() }
}

// Not an NSObject here: Swift on Linux cannot override `init()` by one that throws.
open class ORTRunOptions {
    public init() throws { fatalError() }
    open func setLogTag(_ logTag: String) throws { fatalError() }
    open func setLogSeverityLevel(_ loggingLevel: ORTLoggingLevel) throws { fatalError() }
    open func addConfigEntry(withKey key: String, value: String) throws { fatalError() }
}

open class ORTValue: NSObject {
    public init(tensorData: NSMutableData, elementType: ORTTensorElementDataType, shape: [NSNumber]) throws {
        fatalError()
    }
    public init(tensorStringData: [String], shape: [NSNumber]) throws { fatalError() }
    open func typeInfo() throws -> ORTValueTypeInfo { fatalError() }
    open func tensorTypeAndShapeInfo() throws -> ORTTensorTypeAndShapeInfo { fatalError() }
    open func tensorData() throws -> NSMutableData { fatalError() }
    open func tensorStringData() throws -> [String] { fatalError() }
}

open class ORTValueTypeInfo: NSObject {
    open var type: ORTValueType {
        get { fatalError() }
        set { fatalError() }
    }
    open var tensorTypeAndShapeInfo: ORTTensorTypeAndShapeInfo? {
        get { fatalError() }
        set { fatalError() }
    }
}

open class ORTTensorTypeAndShapeInfo: NSObject {
    open var elementType: ORTTensorElementDataType {
        get { fatalError() }
        set { fatalError() }
    }
    open var shape: [NSNumber] {
        get { fatalError() }
        set { fatalError() }
    }
}
