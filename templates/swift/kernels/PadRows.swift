// SPDX-License-Identifier: MIT-0

/// What is painted where there is no picture. On a gray picture `red` is the level.
struct Fill: Equatable, Sendable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    /// - Throws: ``KernelError`` for a level below 0 or above 255.
    init(red: Int, green: Int, blue: Int) throws(KernelError) {
        guard let red8 = UInt8(exactly: red), let green8 = UInt8(exactly: green),
            let blue8 = UInt8(exactly: blue)
        else {
            throw KernelError("a colour has levels of 0 to 255: got \(red), \(green), \(blue)")
        }
        self.red = red8
        self.green = green8
        self.blue = blue8
    }
}

/// A picture on a larger canvas: Pillow's ImageOps.expand, and the second half of ImageOps.pad.
final class PadRows: Rows {
    /// What of a window shows the picture. Rows are the canvas's, pixels are counted within the window.
    struct Part {
        /// What makes its rows.
        let source: Rows
        /// The canvas's row on which the picture's row 0 lies.
        let top: Int
        /// The canvas's rows that `source` has.
        let rows: Range<Int>
        /// Pixels of fill before it …
        let before: Int
        /// … and then pixels of picture.
        let pixels: Int
    }

    private var part: Part?
    private var windowPixels = 0
    private var channels = 0
    private var fill: Fill?

    /// - Parameter part: nil if nothing of the picture is in the window.
    func reset(_ part: Part?, windowPixels: Int, channels: Int, fill: Fill) -> Rows {
        self.part = part
        self.windowPixels = windowPixels
        self.channels = channels
        self.fill = fill
        return self
    }

    override func row(_ y: Int, room: UnsafeMutablePointer<UInt8>) -> UnsafePointer<UInt8> {
        guard let part, part.rows.contains(y) else {
            paint(room, pixels: windowPixels)
            return UnsafePointer(room)
        }
        paint(room, pixels: part.before)
        let picture = room + part.before * channels
        let bytes = part.pixels * channels
        let made = part.source.row(y - part.top, room: picture)
        if made != UnsafePointer(picture) {
            picture.update(from: made, count: bytes)
        }
        paint(picture + bytes, pixels: windowPixels - part.before - part.pixels)
        return UnsafePointer(room)
    }

    private func paint(_ room: UnsafeMutablePointer<UInt8>, pixels: Int) {
        guard let fill else { return }
        var out = room
        for _ in 0..<pixels {
            out[0] = fill.red
            if channels == 3 {
                out[1] = fill.green
                out[2] = fill.blue
            }
            out += channels
        }
    }
}
