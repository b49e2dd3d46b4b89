// SPDX-License-Identifier: MIT-0
import ExecuTorch

/// The model, run by ExecuTorch with its {{ cookiecutter.backend_title }} backend. Not thread-safe.
final class ModelRunner {
    static let runtime = "ExecuTorch"

    private let module: Module

    init() throws(ModelError) {
        // Mapped: the system loads and drops its pages as they are needed.
        module = Module(filePath: try ModelFile.url().path, loadMode: .mmap)
        do {
            try module.load("forward")
        } catch {
            throw .unusable(runtime: ModelRunner.runtime, cause: error)
        }
    }

    /// Inputs and outputs are in the model's own order.
    func run(_ buffers: [TensorBuffer]) throws(ModelError) -> [Tensor] {
        do {
            let values: [Value] = try module.forward(try buffers.map(ModelRunner.borrowed))
            guard values.count == ModelSpec.outputs.count else {
                throw RuntimeProblem("The model gives \(values.count) outputs.")
            }
            return try zip(ModelSpec.outputs, values).map(ModelRunner.copied)
        } catch {
            throw .failed(runtime: ModelRunner.runtime, cause: error)
        }
    }

    /// The buffer's own memory, seen by the runtime.
    private static func borrowed(_ buffer: TensorBuffer) throws -> AnyTensor {
        guard let start = buffer.memory.baseAddress else {
            throw RuntimeProblem("The input \(buffer.info.name) is empty.")
        }
        return AnyTensor(bytesNoCopy: start, shape: buffer.shape, dataType: buffer.info.dtype.execuTorch)
    }

    /// A copy: the runtime's own memory is used again by the next run.
    private static func copied(_ info: TensorInfo, _ value: Value) throws -> Tensor {
        guard let output = value.anyTensor, output.dataType == info.dtype.execuTorch else {
            throw RuntimeProblem("The output \(info.name) is no tensor of \(info.dtype).")
        }
        var bytes: [UInt8] = []
        output.bytes { start, count, _ in
            bytes = [UInt8](UnsafeRawBufferPointer(start: start, count: count * info.dtype.byteCount))
        }
        return Tensor(unchecked: bytes, dtype: info.dtype, shape: output.shape)
    }
}

extension DType {
    /// How ExecuTorch says it.
    fileprivate var execuTorch: DataType {
        switch self {
        case .float32: .float
        case .float16: .half
        case .float64: .double
        case .int64: .long
        case .int32: .int
        case .int16: .short
        case .int8: .char
        case .uint8: .byte
        case .bool: .bool
        }
    }
}
