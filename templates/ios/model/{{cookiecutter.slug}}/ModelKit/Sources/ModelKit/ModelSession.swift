// SPDX-License-Identifier: MIT-0

/// The model for one thread: a queue that frames are captured on, a command-line tool. ``Model`` is the same
/// for async code.
///
/// Not thread-safe, and not Sendable: make it where it is used. Loading and running take long: not on the
/// main thread.
public final class ModelSession {
    private let runner: ModelRunner
    private let buffers: [TensorBuffer]

    /// Loads the model that is in the app.
    ///{{ cookiecutter.load_parameter_doc }}
    /// - Throws: why it cannot be used.
    public init({{ cookiecutter.load_parameter }}) throws(ModelError) {
        runner = try ModelRunner({{ cookiecutter.load_argument }})
        buffers = ModelSpec.inputs.map(TensorBuffer.init)
    }

    /// Runs the model.
    ///
    /// - Parameter inputs: each of the model's inputs by its name.
    /// - Returns: each of the model's outputs by its name.
    /// - Throws: ``ModelError/unsuitable(_:)`` where an input is missing or does not fit,
    ///   ``ModelError/failed(runtime:cause:)`` where the runtime fails.
    public func run(_ inputs: [String: Tensor]) throws(ModelError) -> [String: Tensor] {
        let known = Set(ModelSpec.inputs.map(\.name))
        if let name = inputs.keys.sorted().first(where: { !known.contains($0) }) {
            throw .unsuitable("the model has no input \(name)")
        }
        for buffer in buffers {
            let info = buffer.info
            guard let tensor = inputs[info.name] else {
                throw .unsuitable("the input \(info.name) was not given")
            }
            guard info.fits(dtype: tensor.dtype, shape: tensor.shape) else {
                throw .unsuitable("the input \(info.name) is \(info), not \(tensor)")
            }
            buffer.copy(tensor)
        }
        let outputs = try runInPlace()
        var named: [String: Tensor] = [:]
        for (info, tensor) in zip(ModelSpec.outputs, outputs) {
            named[info.name] = tensor
        }
        return named
    }

    /// The memory of an input, to be filled in place.
    func buffer(_ index: Int) -> TensorBuffer { buffers[index] }

    /// Runs the model on what the buffers hold; the outputs are in the model's own order.
    func runInPlace() throws(ModelError) -> [Tensor] {
        try runner.run(buffers)
    }
}
