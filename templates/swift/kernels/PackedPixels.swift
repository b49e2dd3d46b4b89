// SPDX-License-Identifier: MIT-0

/// Pixels whose samples lie side by side, as a CVPixelBuffer's BGRA and a CGImage's.
struct PackedPixels {
    /// Where a pixel's samples are, in bytes from its beginning.
    struct Layout: Equatable, Sendable {
        let bytesPerPixel: Int
        let red: Int
        let green: Int
        let blue: Int

        static let bgra = Layout(bytesPerPixel: 4, red: 2, green: 1, blue: 0)
        static let rgba = Layout(bytesPerPixel: 4, red: 0, green: 1, blue: 2)
        static let argb = Layout(bytesPerPixel: 4, red: 1, green: 2, blue: 3)
        static let abgr = Layout(bytesPerPixel: 4, red: 3, green: 2, blue: 1)
        static let rgb = Layout(bytesPerPixel: 3, red: 0, green: 1, blue: 2)
        static let gray = Layout(bytesPerPixel: 1, red: 0, green: 0, blue: 0)
    }

    let base: UnsafePointer<UInt8>
    let layout: Layout
    /// In pixels.
    let width: Int
    /// In pixels.
    let height: Int
    /// From one row to the next.
    let bytesPerRow: Int

    /// - Parameters:
    ///   - pixels: borrowed; the last row may end with its last pixel.
    ///   - width: in pixels, 1 to ``RgbImage/maxSide``.
    ///   - height: in pixels, 1 to ``RgbImage/maxSide``.
    ///   - bytesPerRow: at least `width * layout.bytesPerPixel`.
    /// - Throws: ``KernelError`` if one of these rules is broken.
    init(
        _ pixels: UnsafeBufferPointer<UInt8>,
        _ layout: Layout,
        width: Int,
        height: Int,
        bytesPerRow: Int
    ) throws(KernelError) {
        try RgbImage.checkSides(width: width, height: height)
        let rowBytes = width * layout.bytesPerPixel
        guard bytesPerRow >= rowBytes, bytesPerRow <= RgbImage.maxRowBytes else {
            throw KernelError(
                "packed pixels whose bytesPerRow is less than a row's, or above 2^31: got \(bytesPerRow) for "
                    + "\(width) pixels"
            )
        }
        let needed = bytesPerRow * (height - 1) + rowBytes
        guard let base = pixels.baseAddress, pixels.count >= needed else {
            throw KernelError("packed pixels need \(needed) bytes, got \(pixels.count)")
        }
        self.base = base
        self.layout = layout
        self.width = width
        self.height = height
        self.bytesPerRow = bytesPerRow
    }

    /// The stored numbers as RGB: what else a pixel has (alpha, or nothing) is left out and not multiplied in.
    ///
    /// - Parameters:
    ///   - crop: the part that is wanted, in stored pixels; nil: all of it.
    ///   - turn: what is done to it then.
    /// - Returns: the picture in `out`, valid until something else is written there.
    /// - Throws: ``KernelError`` if the crop is empty or not inside.
    @discardableResult
    func toRgb(crop: Window? = nil, turn: Turn = .upright, into out: RgbBuffer) throws(KernelError)
        -> RgbImage
    {
        let whole = Window(left: 0, top: 0, right: width, bottom: height)
        let crop = crop ?? whole
        try crop.check(inside: whole)
        try turn.fill(out, with: crop) { run in
            var pixel = base + (run.row &* bytesPerRow &+ run.left &* layout.bytesPerPixel)
            var to = run.out
            for _ in 0..<run.count {
                to[0] = pixel[layout.red]
                to[1] = pixel[layout.green]
                to[2] = pixel[layout.blue]
                pixel += layout.bytesPerPixel
                to += run.step
            }
        }
        return out.image
    }
}
