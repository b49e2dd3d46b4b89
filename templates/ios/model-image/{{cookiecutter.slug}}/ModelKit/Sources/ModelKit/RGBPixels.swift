// SPDX-License-Identifier: MIT-0

/// A picture in memory: rows of R G B, one byte each, whatever decoded it.
public struct RGBPixels: Sendable, Hashable {
    public let bytes: [UInt8]
    /// In pixels.
    public let width: Int
    /// In pixels.
    public let height: Int
    /// From one row to the next.
    public let bytesPerRow: Int

    /// - Parameters:
    ///   - bytes: at least `bytesPerRow * (height - 1) + 3 * width`.
    ///   - width: in pixels, at least 1.
    ///   - height: in pixels, at least 1.
    ///   - bytesPerRow: from one row to the next; nil: `3 * width`.
    /// - Throws: ``ModelError/unsuitable(_:)`` where the bytes are no such picture.
    public init(_ bytes: [UInt8], width: Int, height: Int, bytesPerRow: Int? = nil) throws(ModelError) {
        self.bytes = bytes
        self.width = width
        self.height = height
        self.bytesPerRow = bytesPerRow ?? 3 &* width
        _ = try withImage { (image: RgbImage) throws(KernelError) in image.width }
    }

    /// The same memory, as the kernels see it.
    fileprivate func withImage<Result>(_ body: (RgbImage) throws(KernelError) -> Result)
        throws(ModelError) -> Result
    {
        do throws(KernelError) {
            // withUnsafeBufferPointer cannot throw a typed error.
            return try bytes.withUnsafeBufferPointer { memory in
                Swift.Result<Result, KernelError> { () throws(KernelError) in
                    try body(RgbImage(memory, width: width, height: height, bytesPerRow: bytesPerRow))
                }
            }.get()
        } catch {
            throw ModelError(error)
        }
    }
}

extension ModelError {
    init(_ error: KernelError) {
        self = .unsuitable(error.description)
    }
}
