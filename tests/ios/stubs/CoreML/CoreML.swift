// Core ML: models, what they are fed and what they give.

@_exported import CoreVideo
@_exported import Foundation

public enum MLComputeUnits: Int, @unchecked Sendable {
    case cpuOnly = 0
    case cpuAndGPU = 1
    case all = 2
    @available(iOS 16, *)
    case cpuAndNeuralEngine = 3
}

open class MLModelConfiguration: NSObject, NSCopying {
    public override init() { fatalError() }
    open func copy(with zone: NSZone? = nil) -> Any { fatalError() }
    open var computeUnits: MLComputeUnits {
        get { fatalError() }
        set { fatalError() }
    }
    @available(iOS 16, *)
    open var modelDisplayName: String? {
        get { fatalError() }
        set { fatalError() }
    }
    open var allowLowPrecisionAccumulationOnGPU: Bool {
        get { fatalError() }
        set { fatalError() }
    }
    @available(iOS 17, *)
    open var functionName: String? {
        get { fatalError() }
        set { fatalError() }
    }
}

public struct MLModelMetadataKey: RawRepresentable, Hashable, @unchecked Sendable {
    public let rawValue: String
    public init(rawValue: String) { fatalError() }
    // objc: MLModelDescriptionKey
    public static var description: MLModelMetadataKey { fatalError() }
    // objc: MLModelVersionStringKey
    public static var versionString: MLModelMetadataKey { fatalError() }
    // objc: MLModelAuthorKey
    public static var author: MLModelMetadataKey { fatalError() }
    // objc: MLModelLicenseKey
    public static var license: MLModelMetadataKey { fatalError() }
    // objc: MLModelCreatorDefinedKey
    public static var creatorDefinedKey: MLModelMetadataKey { fatalError() }
}

public enum MLFeatureType: Int, @unchecked Sendable {
    case invalid = 0
    case int64 = 1
    case double = 2
    case string = 3
    case image = 4
    case multiArray = 5
    case dictionary = 6
    case sequence = 7
    @available(iOS 18, *)
    case state = 8
}

open class MLMultiArrayConstraint: NSObject {
    open var shape: [NSNumber] { fatalError() }
    open var dataType: MLMultiArrayDataType { fatalError() }
}

open class MLImageConstraint: NSObject {
    open var pixelsHigh: Int { fatalError() }
    open var pixelsWide: Int { fatalError() }
    open var pixelFormatType: OSType { fatalError() }
}

open class MLFeatureDescription: NSObject, NSCopying {
    open var name: String { fatalError() }
    open var type: MLFeatureType { fatalError() }
    open var isOptional: Bool { fatalError() }
    open var multiArrayConstraint: MLMultiArrayConstraint? { fatalError() }
    open var imageConstraint: MLImageConstraint? { fatalError() }
    open func copy(with zone: NSZone? = nil) -> Any { fatalError() }
}

open class MLModelDescription: NSObject {
    open var inputDescriptionsByName: [String: MLFeatureDescription] { fatalError() }
    open var outputDescriptionsByName: [String: MLFeatureDescription] { fatalError() }
    open var predictedFeatureName: String? { fatalError() }
    open var predictedProbabilitiesName: String? { fatalError() }
    open var metadata: [MLModelMetadataKey: Any] { fatalError() }
    open var classLabels: [Any]? { fatalError() }
}

open class MLPredictionOptions: NSObject {
    public override init() { fatalError() }
    @available(iOS 16, *)
    open var outputBackings: [String: Any] {
        get { fatalError() }
        set { fatalError() }
    }
}

open class MLModel: NSObject {
    open var modelDescription: MLModelDescription { fatalError() }
    open var configuration: MLModelConfiguration { fatalError() }
    public convenience init(contentsOf url: URL) throws { fatalError() }
    public convenience init(contentsOf url: URL, configuration: MLModelConfiguration) throws { fatalError() }
    public class func load(
        contentsOf url: URL, configuration: MLModelConfiguration = MLModelConfiguration()
    ) async throws -> MLModel { fatalError() }
    @available(*, noasync, message: "Use the asynchronous form")
    @available(iOS, deprecated: 100000.0, message: "Use the asynchronous interface")
    open class func compileModel(at modelURL: URL) throws -> URL { fatalError() }
    @available(iOS 16, *)
    open class func compileModel(at modelURL: URL) async throws -> URL { fatalError() }
    @available(*, noasync, message: "Use the asynchronous form")
    open func prediction(from input: any MLFeatureProvider) throws -> any MLFeatureProvider { fatalError() }
    open func prediction(
        from input: any MLFeatureProvider, options: MLPredictionOptions
    ) throws -> any MLFeatureProvider { fatalError() }
    open class var availableComputeDevices: [MLComputeDevice] { fatalError() }
}

@available(iOS 17, *)
// swift: Apple documents MLComputeDevice
public enum MLComputeDevice {
    // swift: Apple documents MLComputeDevice
    case cpu(MLCPUComputeDevice)
}

@available(iOS 17, *)
open class MLCPUComputeDevice: NSObject, @unchecked Sendable {}

public protocol MLFeatureProvider {
    var featureNames: Set<String> { get }
    func featureValue(for featureName: String) -> MLFeatureValue?
}

open class MLDictionaryFeatureProvider: NSObject, MLFeatureProvider {
    open var dictionary: [String: MLFeatureValue] { fatalError() }
    public init(dictionary: [String: Any]) throws { fatalError() }
    open var featureNames: Set<String> { fatalError() }
    open func featureValue(for featureName: String) -> MLFeatureValue? { fatalError() }
    // objc: objectForKeyedSubscript:
    open subscript(_ featureName: String) -> MLFeatureValue? { fatalError() }
}

open class MLFeatureValue: NSObject, NSCopying {
    open var type: MLFeatureType { fatalError() }
    open var isUndefined: Bool { fatalError() }
    open var int64Value: Int64 { fatalError() }
    open var doubleValue: Double { fatalError() }
    open var stringValue: String { fatalError() }
    open var multiArrayValue: MLMultiArray? { fatalError() }
    open var dictionaryValue: [AnyHashable: NSNumber] { fatalError() }
    open var imageBufferValue: CVPixelBuffer? { fatalError() }
    public convenience init(int64 value: Int64) { fatalError() }
    public convenience init(double value: Double) { fatalError() }
    public convenience init(string value: String) { fatalError() }
    public convenience init(multiArray value: MLMultiArray) { fatalError() }
    public convenience init(pixelBuffer value: CVPixelBuffer) { fatalError() }
    public convenience init(dictionary value: [AnyHashable: NSNumber]) throws { fatalError() }
    open func copy(with zone: NSZone? = nil) -> Any { fatalError() }
}

public enum MLMultiArrayDataType: Int, @unchecked Sendable {
    case double = 65600
    case float32 = 65568
    @available(iOS 16, *)
    case float16 = 65552
    case int32 = 131104
    @available(iOS 26, *)
    case int8 = 131080

    // swift: Apple documents MLMultiArrayDataType.float64
    public static var float64: MLMultiArrayDataType { .double }
    // swift: Apple documents MLMultiArrayDataType.float
    public static var float: MLMultiArrayDataType { .float32 }
}

// swift: Apple documents MLShapedArrayScalar
public protocol MLShapedArrayScalar {}

extension Int32: MLShapedArrayScalar {}
extension Float: MLShapedArrayScalar {}
extension Double: MLShapedArrayScalar {}
#if arch(arm64)
    extension Float16: MLShapedArrayScalar {}
#endif

open class MLMultiArray: NSObject {
    open var dataType: MLMultiArrayDataType { fatalError() }
    open var shape: [NSNumber] { fatalError() }
    open var strides: [NSNumber] { fatalError() }
    open var count: Int { fatalError() }
    public init(shape: [NSNumber], dataType: MLMultiArrayDataType) throws { fatalError() }
    public init(
        dataPointer: UnsafeMutableRawPointer,
        shape: [NSNumber],
        dataType: MLMultiArrayDataType,
        strides: [NSNumber],
        deallocator: ((UnsafeMutableRawPointer) -> Void)? = nil
    ) throws { fatalError() }
    @available(iOS 16, *)
    public init(pixelBuffer: CVPixelBuffer, shape: [NSNumber]) { fatalError() }
    @available(iOS 16, *)
    open var pixelBuffer: CVPixelBuffer? { fatalError() }
    // objc: objectAtIndexedSubscript:
    open subscript(idx: Int) -> NSNumber {
        get { fatalError() }
        set { fatalError() }
    }
    // objc: objectForKeyedSubscript:
    open subscript(key: [NSNumber]) -> NSNumber {
        get { fatalError() }
        set { fatalError() }
    }

    @available(iOS 15.4, *)
    // swift: Apple documents MLMultiArray.withUnsafeBytes(_:)
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        fatalError()
    }
    @available(iOS 15.4, *)
    // swift: Apple documents MLMultiArray.withUnsafeMutableBytes(_:)
    public func withUnsafeMutableBytes<Result>(
        _ body: (UnsafeMutableRawBufferPointer, [Int]) throws -> Result
    ) rethrows -> Result { fatalError() }
    @available(iOS 15.4, *)
    // swift: Apple documents MLMultiArray.withUnsafeBufferPointer(ofType:_:)
    public func withUnsafeBufferPointer<Scalar: MLShapedArrayScalar, Result>(
        ofType type: Scalar.Type, _ body: (UnsafeBufferPointer<Scalar>) throws -> Result
    ) rethrows -> Result { fatalError() }
    @available(iOS 15.4, *)
    // swift: Apple documents MLMultiArray.withUnsafeMutableBufferPointer(ofType:_:)
    public func withUnsafeMutableBufferPointer<Scalar: MLShapedArrayScalar, Result>(
        ofType type: Scalar.Type, _ body: (UnsafeMutableBufferPointer<Scalar>, [Int]) throws -> Result
    ) rethrows -> Result { fatalError() }
    @available(iOS, deprecated: 15.0, message: "Use the buffer access methods")
    open var dataPointer: UnsafeMutableRawPointer { fatalError() }
}

public struct MLModelError: Error {
    // objc: MLModelError
    public enum Code: Int, Sendable {
        case generic = 0
        case featureType = 1
        case io = 3
        case customLayer = 4
        case customModel = 5
        case update = 6
        case parameters = 7
        case modelDecryptionKeyFetch = 8
        case modelDecryption = 9
        case modelCollection = 10
    }
    public var code: Code { fatalError() }
}
