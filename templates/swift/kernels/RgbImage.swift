// SPDX-License-Identifier: MIT-0

/// A picture in memory: H x W x 3, uint8, R G B.
///
///     base ─▶ R G B R G B … R G B  (padding)     bytesPerRow from one row to the next
///             R G B R G B … R G B  (padding)
///
/// The last row may end right after its last pixel. The memory is borrowed, never copied: who makes an image
/// keeps its pixels alive and unchanged as long as the image, or a ``Picture`` of it, is used. An image of an
/// ``RgbBuffer`` keeps that alive itself.
struct RgbImage {
    /// The longest side a picture may have, here and after every step. It keeps every product of sizes
    /// far from overflow.
    static let maxSide = 1 << 20

    let base: UnsafePointer<UInt8>
    /// In pixels.
    let width: Int
    /// In pixels.
    let height: Int
    /// From one row to the next.
    let bytesPerRow: Int
    private let owner: RgbBuffer?

    /// - Parameters:
    ///   - pixels: borrowed; at least `bytesPerRow * (height - 1) + width * 3` bytes.
    ///   - width: in pixels, 1 to ``maxSide``.
    ///   - height: in pixels, 1 to ``maxSide``.
    ///   - bytesPerRow: at least `width * 3`.
    /// - Throws: ``KernelError`` if one of these rules is broken.
    init(_ pixels: UnsafeBufferPointer<UInt8>, width: Int, height: Int, bytesPerRow: Int)
        throws(KernelError)
    {
        try RgbImage.checkSides(width: width, height: height)
        guard bytesPerRow >= width * 3, bytesPerRow <= RgbImage.maxRowBytes else {
            throw KernelError(
                "an image whose bytesPerRow is less than its width * 3, or above 2^31: got \(bytesPerRow) "
                    + "for \(width) pixels"
            )
        }
        let needed = bytesPerRow * (height - 1) + width * 3
        guard let base = pixels.baseAddress, pixels.count >= needed else {
            throw KernelError("an image of \(width)x\(height) needs \(needed) bytes, got \(pixels.count)")
        }
        self.init(base: base, width: width, height: height, bytesPerRow: bytesPerRow, owner: nil)
    }

    fileprivate init(
        base: UnsafePointer<UInt8>,
        width: Int,
        height: Int,
        bytesPerRow: Int,
        owner: RgbBuffer?
    ) {
        self.base = base
        self.width = width
        self.height = height
        self.bytesPerRow = bytesPerRow
        self.owner = owner
    }

    /// A row cannot be longer, whoever made it: the offset of every pixel stays far below 2^63.
    static let maxRowBytes = 1 << 31

    static func checkSides(width: Int, height: Int) throws(KernelError) {
        guard width >= 1, width <= maxSide, height >= 1, height <= maxSide else {
            throw KernelError("an image with a side below 1 or above 2^20 pixels: got \(width)x\(height)")
        }
    }

    /// Where the pixel begins.
    @inline(__always)
    func at(_ x: Int, _ y: Int) -> UnsafePointer<UInt8> {
        base + (y &* bytesPerRow &+ x &* 3)
    }
}

/// Own pixels, rows without gaps: what ``Orientation`` and the camera's kernels write. Its memory is used
/// again for the next picture if it is large enough. Not thread-safe.
final class RgbBuffer {
    private let memory = Scratch<UInt8>()
    private(set) var width = 0
    private(set) var height = 0

    /// The picture that was written last; no pixel before that. Valid until the next one is written.
    var image: RgbImage {
        RgbImage(base: memory.start, width: width, height: height, bytesPerRow: width * 3, owner: self)
    }

    /// Has that size from now on. The pixels are undefined.
    ///
    /// - Returns: the first pixel, `width * height * 3` bytes.
    /// - Throws: ``KernelError`` for a side below 1 or above ``RgbImage/maxSide``, or 2^31 bytes and more.
    func reset(width: Int, height: Int) throws(KernelError) -> UnsafeMutablePointer<UInt8> {
        try RgbImage.checkSides(width: width, height: height)
        let needed = 3 * width * height
        guard needed < 1 << 31 else {
            throw KernelError("an image of \(width)x\(height) pixels is too large")
        }
        self.width = width
        self.height = height
        return memory.atLeast(needed)
    }
}
