// SPDX-License-Identifier: MIT-0

/// A picture that is in memory already.
final class PixelsReader: PixelSource {
    private let pixels: RGBPixels

    init(_ pixels: RGBPixels) {
        self.pixels = pixels
    }

    var width: Int { pixels.width }
    var height: Int { pixels.height }

    func read(_ window: Window, into out: RgbBuffer) throws(KernelError) {
        let to = try out.reset(width: window.width, height: window.height)
        pixels.bytes.withUnsafeBufferPointer { memory in
            guard let start = memory.baseAddress else { return }
            for y in 0..<window.height {
                let from = start + ((window.top + y) * pixels.bytesPerRow + 3 * window.left)
                (to + 3 * y * window.width).update(from: from, count: 3 * window.width)
            }
        }
    }
}

/// A picture as it looks, of one whose pixels are stored turned or mirrored.
final class UprightReader: PixelSource {
    private let stored: any PixelSource
    private let exif: Int
    private let turn: Turn
    private let buffer: RgbBuffer

    /// - Parameters:
    ///   - exif: EXIF's orientation, 1 to 8.
    ///   - buffer: room for what is read and not yet turned.
    init(_ stored: any PixelSource, exif: Int, buffer: RgbBuffer) {
        self.stored = stored
        self.exif = exif
        turn = Turn(exif: exif)
        self.buffer = buffer
    }

    var width: Int { turn.exchangesSides ? stored.height : stored.width }
    var height: Int { turn.exchangesSides ? stored.width : stored.height }

    func read(_ window: Window, into out: RgbBuffer) throws(KernelError) {
        try stored.read(turn.stored(window, width: stored.width, height: stored.height), into: buffer)
        try Orientation.orient(buffer.image, exif: exif, into: out)
    }
}
