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
    private let buffer: RgbBuffer

    /// - Parameters:
    ///   - exif: EXIF's orientation, 1 to 8.
    ///   - buffer: room for what is read and not yet turned.
    init(_ stored: any PixelSource, exif: Int, buffer: RgbBuffer) {
        self.stored = stored
        self.exif = exif
        self.buffer = buffer
    }

    private var exchangesSides: Bool { exif >= 5 }

    var width: Int { exchangesSides ? stored.height : stored.width }
    var height: Int { exchangesSides ? stored.width : stored.height }

    func read(_ window: Window, into out: RgbBuffer) throws(KernelError) {
        try stored.read(storedWindow(window), into: buffer)
        try Orientation.orient(buffer.image, exif: exif, into: out)
    }

    /// Where a window of the upright picture is in the stored one.
    func storedWindow(_ window: Window) -> Window {
        let (columns, rows) = (window.left..<window.right, window.top..<window.bottom)
        let (x, y) =
            switch exif {
            case 2: (flipped(columns, stored.width), rows)
            case 3: (flipped(columns, stored.width), flipped(rows, stored.height))
            case 4: (columns, flipped(rows, stored.height))
            case 5: (rows, columns)
            case 6: (rows, flipped(columns, stored.height))
            case 7: (flipped(rows, stored.width), flipped(columns, stored.height))
            case 8: (flipped(rows, stored.width), columns)
            default: (columns, rows)
            }
        return Window(left: x.lowerBound, top: y.lowerBound, right: x.upperBound, bottom: y.upperBound)
    }

    private func flipped(_ range: Range<Int>, _ side: Int) -> Range<Int> {
        (side - range.upperBound)..<(side - range.lowerBound)
    }
}
