// SPDX-License-Identifier: MIT-0

/// The memory of one of the model's inputs, which the runtime reads in place. It is used again from one run
/// to the next. Not thread-safe.
final class TensorBuffer {
    /// What every runtime and every processor can read at once.
    private static let alignment = 64

    let info: TensorInfo
    private(set) var shape: [Int]
    private(set) var memory: UnsafeMutableRawBufferPointer

    /// Zeros, in the shape of `info`.
    init(_ info: TensorInfo) {
        self.info = info
        shape = info.shape
        memory = TensorBuffer.allocate(byteCount: info.shape.reduce(info.dtype.byteCount, *))
    }

    deinit {
        memory.deallocate()
    }

    /// Holds a tensor's numbers from now on.
    ///
    /// - Precondition: `info.fits(dtype: tensor.dtype, shape: tensor.shape)`
    func copy(_ tensor: Tensor) {
        if tensor.bytes.count != memory.count {
            memory.deallocate()
            memory = TensorBuffer.allocate(byteCount: tensor.bytes.count)
        }
        shape = tensor.shape
        memory.copyBytes(from: tensor.bytes)
    }

    private static func allocate(byteCount: Int) -> UnsafeMutableRawBufferPointer {
        // Some runtimes take no null pointer, even for nothing.
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: alignment)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        return memory
    }
}
