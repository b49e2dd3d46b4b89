import ExecuTorchShim
import Foundation

/// How a program's file is read; the numbers are those of extension/module/module.h.
public enum ModuleLoadMode: Int {
    case file
    case mmap
    case mmapUseMlock
    case mmapUseMlockIgnoreErrors
}

/// How much of a program is checked when it is loaded; the numbers are those of runtime/executor/program.h.
public enum ModuleVerification: UInt8 {
    case minimal
    case internalConsistency
}

/// A program and its methods. One thread at a time.
open class Module {
    private let native: OpaquePointer
    private let path: String

    /// Reads nothing yet.
    public init(filePath: String, loadMode: ModuleLoadMode) {
        path = filePath
        native = executorch_shim_open(filePath, Int32(loadMode.rawValue))
        let threads = ProcessInfo.processInfo.environment["EDGEGEN_THREADS"].flatMap { UInt32($0) }
        executorch_shim_threads(threads ?? 0)
    }

    /// Reads nothing yet.
    public convenience init(filePath: String) {
        self.init(filePath: filePath, loadMode: .file)
    }

    deinit {
        executorch_shim_close(native)
    }

    /// Loads the program. Throws where it cannot be read.
    open func load(_ verification: ModuleVerification) throws {
        try check(executorch_shim_load(native, verification.rawValue), "loading \(path)")
    }

    /// Loads the program, with the least verification. Throws where it cannot be read.
    open func load() throws {
        try load(.minimal)
    }

    /// Loads a method, and the program where that was not done. Throws where it cannot.
    open func load(_ method: String) throws {
        if Evaluator.runsExecuTorch { return }
        try check(executorch_shim_load_method(native, method), "loading \(method) of \(path)")
    }

    /// Whether the program is loaded.
    open func isLoaded() -> Bool {
        executorch_shim_is_loaded(native, nil) != 0
    }

    /// Whether a method is loaded.
    open func isLoaded(_ method: String) -> Bool {
        executorch_shim_is_loaded(native, method) != 0
    }

    /// What a method gives for `inputs`. Throws where the runtime complains.
    public func execute(_ method: String, _ inputs: [ValueConvertible]) throws -> [Value] {
        let tensors = try inputs.map { input in
            guard let tensor = input.asValue().anyTensor else { throw Error(code: .notSupported) }
            return tensor
        }
        if let evaluated = try evaluated(tensors) { return evaluated }
        let sizes = tensors.map { tensor in tensor.shape.map { Int32($0) } }
        return try withPointers(to: sizes) { pointers in
            let natives = tensors.indices.map { index in
                ExecuTorchShimTensor(
                    data: tensors[index].data, bytes: tensors[index].count * size(ofDataType: tensors[index].dataType),
                    sizes: pointers[index], rank: sizes[index].count, type: tensors[index].dataType.rawValue)
            }
            var outputs: OpaquePointer?
            try check(
                executorch_shim_execute(native, method, natives, natives.count, &outputs), "running \(method) of \(path)")
            defer { executorch_shim_free(outputs) }
            return try (0..<executorch_shim_output_count(outputs)).map { try value(executorch_shim_output(outputs, $0)) }
        }
    }

    /// What a method gives for `inputs`. Throws where the runtime complains.
    public func execute(_ method: String, _ inputs: ValueConvertible...) throws -> [Value] {
        try execute(method, inputs)
    }

    /// What "forward" gives for `inputs`. Throws where the runtime complains.
    public func forward(_ inputs: [ValueConvertible]) throws -> [Value] {
        try execute("forward", inputs)
    }

    /// What "forward" gives for `inputs`. Throws where the runtime complains.
    public func forward(_ inputs: ValueConvertible...) throws -> [Value] {
        try forward(inputs)
    }

    /// What "forward" gives for `input`, as a tensor. Throws where that is something else.
    public func forward<Output: ValueSequenceConstructible>(_ input: ValueConvertible) throws -> Output {
        try Output.from(execute("forward", [input]))
    }

    /// What "forward" gives for `inputs`, as a tensor. Throws where that is something else.
    public func forward<Output: ValueSequenceConstructible>(_ inputs: [ValueConvertible]) throws -> Output {
        try Output.from(execute("forward", inputs))
    }

    /// What the evaluator gives: it runs programs of Core ML's backend, which the wheel's runtime has not.
    private func evaluated(_ inputs: [AnyTensor]) throws -> [Value]? {
        guard Evaluator.runsExecuTorch else { return nil }
        let data = inputs.map { Data(bytes: $0.data, count: $0.count * size(ofDataType: $0.dataType)) }
        let described = try inputs.indices.map { index in
            guard let dtype = inputs[index].dataType.numpy else { throw Error(code: .notSupported) }
            return Evaluator.Tensor(
                name: "\(index)", dtype: dtype, shape: inputs[index].shape, bytes: data[index].count)
        }
        let (answer, numbers) = try Evaluator.ask(.init(model: path, inputs: described), data)
        var place = 0
        return try (answer.outputs ?? []).map { output in
            guard let type = DataType(numpy: output.dtype) else { throw Error(code: .invalidType) }
            defer { place += output.bytes }
            return Value(AnyTensor(data: Data(numbers[place..<place + output.bytes]), shape: output.shape, dataType: type))
        }
    }

    private func value(_ output: ExecuTorchShimTensor) throws -> Value {
        guard let type = DataType(rawValue: output.type) else { throw Error(code: .invalidType) }
        let shape = UnsafeBufferPointer(start: output.sizes, count: output.rank).map { Int($0) }
        return Value(AnyTensor(bytes: output.data, shape: shape, dataType: type))
    }
}

/// Calls `body` with a pointer to the first element of each array, valid for the length of the call.
private func withPointers<R>(to arrays: [[Int32]], _ body: ([UnsafePointer<Int32>]) throws -> R) rethrows -> R {
    let starts = arrays.map { array in
        let copy = UnsafeMutablePointer<Int32>.allocate(capacity: max(array.count, 1))
        copy.initialize(from: array, count: array.count)
        return copy
    }
    defer { starts.forEach { $0.deallocate() } }
    return try body(starts.map { UnsafePointer($0) })
}
