// SPDX-License-Identifier: MIT-0
import Foundation

/// The model, run by the lite interpreter of PyTorch Mobile. Not thread-safe.
final class ModelRunner {
    static let runtime = "PyTorch"

    private let module: TorchModule

    init() throws(ModelError) {
        let model = try ModelFile.url()
        do {
            module = try TorchModule(path: model.path)
        } catch {
            throw .unusable(runtime: ModelRunner.runtime, cause: error)
        }
    }

    /// Inputs and outputs are in the model's own order.
    func run(_ buffers: [TensorBuffer]) throws(ModelError) -> [Tensor] {
        do {
            let arrays = try module.forward(try buffers.map(ModelRunner.borrowed))
            guard arrays.count == ModelSpec.outputs.count else {
                throw RuntimeProblem("The model gives \(arrays.count) outputs.")
            }
            return try zip(ModelSpec.outputs, arrays).map { info, array in
                guard array.scalar == info.dtype.torch else {
                    throw RuntimeProblem("The output \(info.name) is no tensor of \(info.dtype).")
                }
                return Tensor(
                    unchecked: [UInt8](array.data), dtype: info.dtype, shape: array.shape.map(\.intValue)
                )
            }
        } catch {
            throw .failed(runtime: ModelRunner.runtime, cause: error)
        }
    }

    /// The buffer's own memory, seen by PyTorch.
    private static func borrowed(_ buffer: TensorBuffer) throws -> TorchModule.Array {
        guard let scalar = buffer.info.dtype.torch, let start = buffer.memory.baseAddress else {
            throw RuntimeProblem("PyTorch's bridge has no tensors of \(buffer.info.dtype).")
        }
        let data = Data(bytesNoCopy: start, count: buffer.memory.count, deallocator: .none)
        return TorchModule.Array(data: data, shape: buffer.shape.map { NSNumber(value: $0) }, scalar: scalar)
    }
}

extension DType {
    /// How the bridge says it; nil where it cannot.
    fileprivate var torch: TorchModule.Scalar? {
        switch self {
        case .float32: .float32
        case .float64: .float64
        case .int64: .int64
        case .int32: .int32
        case .int8: .int8
        case .uint8: .uInt8
        case .float16, .int16, .bool: nil
        }
    }
}
