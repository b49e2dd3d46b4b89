import Foundation

public enum MLComputeUnits: Int, Sendable {
    case cpuOnly, cpuAndGPU, all, cpuAndNeuralEngine
}

open class MLModelConfiguration {
    open var computeUnits = MLComputeUnits.all
    public init() {}
}

open class MLFeatureDescription {}

open class MLModelDescription {
    open private(set) var inputDescriptionsByName: [String: MLFeatureDescription] = [:]
    open private(set) var outputDescriptionsByName: [String: MLFeatureDescription] = [:]

    init(inputs: [String], outputs: [String]) {
        for name in inputs { inputDescriptionsByName[name] = MLFeatureDescription() }
        for name in outputs { outputDescriptionsByName[name] = MLFeatureDescription() }
    }
}

public protocol MLFeatureProvider {
    var featureNames: Set<String> { get }
    func featureValue(for featureName: String) -> MLFeatureValue?
}

open class MLDictionaryFeatureProvider: MLFeatureProvider {
    private let values: [String: MLFeatureValue]

    public init(dictionary: [String: Any]) throws {
        values = dictionary.compactMapValues { $0 as? MLFeatureValue }
        guard values.count == dictionary.count else { throw failure("a feature is no MLFeatureValue") }
    }

    open var featureNames: Set<String> { Set(values.keys) }
    open func featureValue(for featureName: String) -> MLFeatureValue? { values[featureName] }
}

open class MLFeatureValue {
    open private(set) var multiArrayValue: MLMultiArray?
    open private(set) var imageBufferValue: CVPixelBuffer?

    public init(multiArray value: MLMultiArray) { multiArrayValue = value }
    public init(pixelBuffer value: CVPixelBuffer) { imageBufferValue = value }
}

/// A stored program.
open class MLModel {
    public let modelDescription: MLModelDescription
    private let path: String

    /// What `compileModel` gave. Throws where the evaluator cannot read the program.
    public init(contentsOf url: URL, configuration: MLModelConfiguration) throws {
        path = try String(contentsOf: url.appendingPathComponent("package"), encoding: .utf8)
        let (answer, _) = try Evaluator.ask(.init(model: path, inputs: nil), [])
        modelDescription = MLModelDescription(
            inputs: answer.inputs ?? [], outputs: answer.outputs?.map(\.name) ?? [])
    }

    public convenience init(contentsOf url: URL) throws {
        try self.init(contentsOf: url, configuration: MLModelConfiguration())
    }

    /// A folder that names the package: there is nothing to compile here.
    open class func compileModel(at modelURL: URL) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).mlmodelc")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let name = folder.appendingPathComponent("package")
        try modelURL.path.write(to: name, atomically: true, encoding: .utf8)
        return folder
    }

    /// What the program gives. Throws where the evaluator complains.
    open func prediction(from input: any MLFeatureProvider) throws -> any MLFeatureProvider {
        var inputs: [Evaluator.Tensor] = []
        var data: [Data] = []
        for name in input.featureNames.sorted() {
            guard let value = input.featureValue(for: name) else { continue }
            let (tensor, bytes) = try MLModel.tensor(name, value)
            inputs.append(tensor)
            data.append(bytes)
        }
        let (answer, numbers) = try Evaluator.ask(.init(model: path, inputs: inputs), data)
        var place = 0
        var values: [String: Any] = [:]
        for output in answer.outputs ?? [] {
            guard let type = MLMultiArrayDataType(name: output.dtype) else { throw failure("no \(output.dtype) here") }
            let array = try MLMultiArray(Data(numbers[place..<place + output.bytes]), type, output.shape)
            values[output.name] = MLFeatureValue(multiArray: array)
            place += output.bytes
        }
        return try MLDictionaryFeatureProvider(dictionary: values)
    }

    private static func tensor(_ name: String, _ value: MLFeatureValue) throws -> (Evaluator.Tensor, Data) {
        if let array = value.multiArrayValue {
            let data = try array.packed()
            let shape = array.shape.map(\.intValue)
            return (.init(name: name, dtype: array.dataType.name, shape: shape, bytes: data.count), data)
        }
        guard let frame = value.imageBufferValue else { throw failure("the feature \(name) has no value") }
        let (width, height) = (CVPixelBufferGetWidth(frame), CVPixelBufferGetHeight(frame))
        let places: [Int] = CVPixelBufferGetPixelFormatType(frame) == kCVPixelFormatType_OneComponent8 ? [0] : [2, 1, 0]
        CVPixelBufferLockBaseAddress(frame, .readOnly)
        defer { CVPixelBufferUnlockBaseAddress(frame, .readOnly) }
        guard let start = CVPixelBufferGetBaseAddress(frame) else { throw failure("the frame has no memory") }
        var data = Data(capacity: width * height * places.count)
        for y in 0..<height {
            let row = start.advanced(by: y * CVPixelBufferGetBytesPerRow(frame)).assumingMemoryBound(to: UInt8.self)
            for x in 0..<width {
                for place in places { data.append(row[x * (places.count == 1 ? 1 : 4) + place]) }
            }
        }
        let shape = [1, height, width, places.count]
        return (.init(name: name, dtype: "uint8", shape: shape, bytes: data.count), data)
    }
}
