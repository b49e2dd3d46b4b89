import Foundation
import OnnxRuntimeShim

/// The version of the runtime.
public func ORTVersion() -> String? { "1.24.2" }

/// What sessions share.
open class ORTEnv {
    /// An environment that logs what is at least as bad as `loggingLevel`.
    public init(loggingLevel: ORTLoggingLevel) throws {}
}

/// How a model is loaded.
open class ORTSessionOptions {
    var threads: Int32 = 0
    var optimization = ORTGraphOptimizationLevel.all

    public init() throws {}

    /// The number of threads within one operator; 0: as many as there are cores.
    open func setIntraOpNumThreads(_ intraOpNumThreads: Int32) throws { threads = intraOpNumThreads }

    open func setGraphOptimizationLevel(_ level: ORTGraphOptimizationLevel) throws { optimization = level }

    open func setLogSeverityLevel(_ loggingLevel: ORTLoggingLevel) throws {}

    open func addConfigEntry(withKey key: String, value: String) throws {}
}

/// How a model is run.
open class ORTRunOptions {
    public init() throws {}
}

/// A loaded model. Several threads may run it.
open class ORTSession {
    private let native: OpaquePointer

    /// Loads the model at `path`. Throws where it cannot be read.
    public init(env: ORTEnv, modelPath path: String, sessionOptions: ORTSessionOptions?) throws {
        let asked = ProcessInfo.processInfo.environment["EDGEGEN_THREADS"].flatMap { Int32($0) }
        let level = sessionOptions?.optimization ?? .all
        var session: OpaquePointer?
        try check(onnx_shim_open(path, asked ?? sessionOptions?.threads ?? 0, level.rawValue, &session))
        guard let session else { throw failure("no session") }
        native = session
    }

    deinit {
        onnx_shim_close(native)
    }

    open func inputNames() throws -> [String] {
        (0..<onnx_shim_input_count(native)).map { text(onnx_shim_input_name(native, $0)) }
    }

    open func outputNames() throws -> [String] {
        (0..<onnx_shim_output_count(native)).map { text(onnx_shim_output_name(native, $0)) }
    }

    /// What the model gives for `inputs`. Throws where the runtime complains.
    open func run(
        withInputs inputs: [String: ORTValue], outputNames: Set<String>, runOptions: ORTRunOptions?
    ) throws -> [String: ORTValue] {
        let names = inputs.keys.sorted(), wanted = outputNames.sorted()
        let values = names.compactMap { inputs[$0] }
        let inputTexts = names.map { strdup($0) }, outputTexts = wanted.map { strdup($0) }
        let sizes = values.map { copy(of: $0.info.shape.map { $0.int64Value }) }
        defer {
            (inputTexts + outputTexts).forEach { free($0) }
            sizes.forEach { $0.deallocate() }
        }
        let tensors = values.indices.map { index in
            OnnxShimTensor(
                data: values[index].data.mutableBytes, bytes: values[index].data.length, sizes: sizes[index],
                rank: values[index].info.shape.count, type: values[index].info.elementType.native)
        }
        var outputs = [OnnxShimTensor](repeating: OnnxShimTensor(), count: wanted.count)
        try check(
            onnx_shim_run(
                native, inputTexts.map { UnsafePointer($0) }, tensors, tensors.count,
                outputTexts.map { UnsafePointer($0) }, &outputs, outputs.count))
        defer {
            for output in outputs {
                free(output.data)
                free(output.sizes)
            }
        }
        return try Dictionary(uniqueKeysWithValues: zip(wanted, outputs.map(value)))
    }

    private func value(_ output: OnnxShimTensor) throws -> ORTValue {
        guard let type = ORTTensorElementDataType(native: output.type) else {
            throw failure("a tensor of type \(output.type) cannot be given to Swift")
        }
        let shape = UnsafeBufferPointer(start: output.sizes, count: output.rank).map { NSNumber(value: $0) }
        return try ORTValue(
            tensorData: NSMutableData(bytes: output.data, length: output.bytes), elementType: type, shape: shape)
    }
}

private func check(_ said: UnsafeMutablePointer<CChar>?) throws {
    if let said { throw failure(text(said)) }
}

/// The text at `pointer`, which is freed.
private func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
    guard let pointer else { return "" }
    defer { free(pointer) }
    return String(cString: pointer)
}

private func copy(of values: [Int64]) -> UnsafeMutablePointer<Int64> {
    let start = UnsafeMutablePointer<Int64>.allocate(capacity: max(values.count, 1))
    start.initialize(from: values, count: values.count)
    return start
}
