// SPDX-License-Identifier: MIT-0

/// RGB to gray, as Pillow's convert("L").
final class GrayRows: Rows {
    private var source: Rows = PhotoRows()
    private var inChannels = 0
    private var outChannels = 0
    private var pixels = 0
    private let inRow = Scratch<UInt8>()

    /// One pixel: ITU-R 601-2 luma in 16-bit fixed point, rounded half up. 0.299 R + 0.587 G + 0.114 B in
    /// floating point would give other levels.
    @inline(__always)
    static func level(red: UInt8, green: UInt8, blue: UInt8) -> UInt8 {
        let sum = UInt32(red) &* 19595 &+ UInt32(green) &* 38470 &+ UInt32(blue) &* 7471 &+ (1 << 15)
        return UInt8(truncatingIfNeeded: sum &>> 16)
    }

    func reset(_ source: Rows, inChannels: Int, outChannels: Int, pixels: Int) -> Rows {
        self.source = source
        self.inChannels = inChannels
        self.outChannels = outChannels
        self.pixels = pixels
        return self
    }

    override func row(_ y: Int, room: UnsafeMutablePointer<UInt8>) -> UnsafePointer<UInt8> {
        let row = source.row(y, room: inRow.atLeast(pixels * inChannels))
        var pixel = row
        var out = room
        for _ in 0..<pixels {
            let level =
                inChannels == 3
                ? GrayRows.level(red: pixel[0], green: pixel[1], blue: pixel[2]) : pixel[0]
            for c in 0..<outChannels {
                out[c] = level
            }
            pixel += inChannels
            out += outChannels
        }
        return UnsafePointer(room)
    }
}
