// SPDX-License-Identifier: MIT-0
import Foundation

// The same bindings, as a Swift package and as a pod.
#if canImport(OnnxRuntimeBindings)
import OnnxRuntimeBindings
#else
import onnxruntime_objc
#endif

/// The model, run by ONNX Runtime on the processor. Not thread-safe.
final class ModelRunner {
    static let runtime = "ONNX Runtime"

    // The session uses it as long as it lives.
    private let environment: ORTEnv
    private let session: ORTSession

    init() throws(ModelError) {
        let model = try ModelFile.url()
        do {
            environment = try ORTEnv(loggingLevel: .warning)
            session = try ORTSession(env: environment, modelPath: model.path, sessionOptions: nil)
        } catch {
            throw .unusable(runtime: ModelRunner.runtime, cause: error)
        }
    }

    /// Inputs and outputs are in the model's own order.
    func run(_ buffers: [TensorBuffer]) throws(ModelError) -> [Tensor] {
        do {
            var values: [String: ORTValue] = [:]
            for buffer in buffers {
                values[buffer.info.name] = try ModelRunner.borrowed(buffer)
            }
            let names = Set(ModelSpec.outputs.map(\.name))
            let results = try session.run(withInputs: values, outputNames: names, runOptions: nil)
            return try ModelSpec.outputs.map { info in
                guard let value = results[info.name] else {
                    throw RuntimeProblem("The model gives no \(info.name).")
                }
                return try ModelRunner.copied(info, value)
            }
        } catch {
            throw .failed(runtime: ModelRunner.runtime, cause: error)
        }
    }

    /// The buffer's own memory, seen by the runtime.
    private static func borrowed(_ buffer: TensorBuffer) throws -> ORTValue {
        guard let type = buffer.info.dtype.onnxRuntime, let start = buffer.memory.baseAddress else {
            throw RuntimeProblem("ONNX Runtime's bindings have no tensors of \(buffer.info.dtype).")
        }
        let data = NSMutableData(bytesNoCopy: start, length: buffer.memory.count, freeWhenDone: false)
        return try ORTValue(
            tensorData: data, elementType: type, shape: buffer.shape.map { NSNumber(value: $0) }
        )
    }

    /// A copy: the runtime frees its own memory with the value.
    private static func copied(_ info: TensorInfo, _ value: ORTValue) throws -> Tensor {
        let found = try value.tensorTypeAndShapeInfo()
        guard found.elementType == info.dtype.onnxRuntime else {
            throw RuntimeProblem("The output \(info.name) is no tensor of \(info.dtype).")
        }
        let data = try value.tensorData()
        let bytes = [UInt8](UnsafeRawBufferPointer(start: data.bytes, count: data.length))
        return Tensor(unchecked: bytes, dtype: info.dtype, shape: found.shape.map(\.intValue))
    }
}

extension DType {
    /// How the bindings say it; nil where they cannot.
    fileprivate var onnxRuntime: ORTTensorElementDataType? {
        switch self {
        case .float32: .float
        case .int64: .int64
        case .int32: .int32
        case .int8: .int8
        case .uint8: .uInt8
        case .float16, .float64, .int16, .bool: nil
        }
    }
}
