// SPDX-License-Identifier: MIT-0

/// The horizontal pass of a resize: makes each row narrower or wider, two rows at a time.
///
/// The same sample of two rows stands in one Int, 32 bits apart, so that one multiplication does both:
///
///     63       39   32                7    0
///     0 … 0 [ lower row ] 0 … 0 [ upper row ]      x weight, summed over the taps
///
/// No sum leaves its 32 bits. A negative one borrows 1 from the one above it, which is given back when they
/// are taken apart.
final class HorizontalRows: Rows {
    private static let halves = Int64(Axis.half) << 32 | Int64(Axis.half)

    let axis = Axis()
    private var source: Rows = PhotoRows()
    private var channels = 0
    private var bottom = 0
    private var inBytes = 0
    private var outBytes = 0
    private var upper = -2  // the first of the two rows in outRoom
    private let inRoom = Scratch<UInt8>()
    private let outRoom = Scratch<UInt8>()
    private let pairRoom = Scratch<Int64>()

    /// First the ``axis``, from which the window of the source follows, then the source, opened on that
    /// window; rows from `bottom` on do not exist.
    func reset(_ source: Rows, channels: Int, bottom: Int) -> Rows {
        self.source = source
        self.channels = channels
        self.bottom = bottom
        let range = axis.range
        inBytes = (axis.last(range.upperBound - 1) - axis.first(range.lowerBound)) * channels
        outBytes = range.count * channels
        upper = -2
        return self
    }

    override func row(_ y: Int, room: UnsafeMutablePointer<UInt8>) -> UnsafePointer<UInt8> {
        if y > upper + 1 || upper < 0 {
            makeTwo(y)
        }
        room.update(from: outRoom.start + (y == upper ? 0 : outBytes), count: outBytes)
        return UnsafePointer(room)
    }

    private func makeTwo(_ y: Int) {
        upper = y
        let room = inRoom.atLeast(2 * inBytes)
        let upperRow = source.row(y, room: room)
        // Below the last row: the last row again.
        let lowerRow = y + 1 < bottom ? source.row(y + 1, room: room + inBytes) : upperRow
        // Taps are taken two by two: the last may be one pixel too many, with a weight of 0.
        let pairs = pairRoom.atLeast(inBytes + channels)
        for i in 0..<inBytes {
            pairs[i] = Int64(upperRow[i]) | Int64(lowerRow[i]) &<< 32
        }
        for i in 0..<channels {
            pairs[inBytes &+ i] = 0
        }
        let out = outRoom.atLeast(2 * outBytes)
        if channels == 3 {
            filterRgb(pairs, out, out + outBytes)
        } else {
            filterGray(pairs, out, out + outBytes)
        }
    }

    private func filterRgb(
        _ pairs: UnsafePointer<Int64>,
        _ upper: UnsafeMutablePointer<UInt8>,
        _ lower: UnsafeMutablePointer<UInt8>
    ) {
        let range = axis.range
        let start = axis.first(range.lowerBound)
        var out = 0
        for x in range {
            var red = HorizontalRows.halves
            var green = HorizontalRows.halves
            var blue = HorizontalRows.halves
            var weights = axis.weights(x)
            let end = weights + axis.taps(x)
            var pixels = pairs + (axis.first(x) &- start) &* 3
            while weights < end {
                let weight = Int64(weights[0])
                red &+= weight &* pixels[0]
                green &+= weight &* pixels[1]
                blue &+= weight &* pixels[2]
                let next = Int64(weights[1])
                red &+= next &* pixels[3]
                green &+= next &* pixels[4]
                blue &+= next &* pixels[5]
                weights += 2
                pixels += 6
            }
            HorizontalRows.store(red, upper, lower, out)
            HorizontalRows.store(green, upper, lower, out &+ 1)
            HorizontalRows.store(blue, upper, lower, out &+ 2)
            out &+= 3
        }
    }

    private func filterGray(
        _ pairs: UnsafePointer<Int64>,
        _ upper: UnsafeMutablePointer<UInt8>,
        _ lower: UnsafeMutablePointer<UInt8>
    ) {
        let range = axis.range
        let start = axis.first(range.lowerBound)
        for x in range {
            var gray = HorizontalRows.halves
            let weights = axis.weights(x)
            let pixels = pairs + (axis.first(x) &- start)
            for j in 0..<axis.taps(x) {
                gray &+= Int64(weights[j]) &* pixels[j]
            }
            HorizontalRows.store(gray, upper, lower, x &- range.lowerBound)
        }
    }

    @inline(__always)
    private static func store(
        _ sums: Int64,
        _ upper: UnsafeMutablePointer<UInt8>,
        _ lower: UnsafeMutablePointer<UInt8>,
        _ at: Int
    ) {
        let upperSum = Int32(truncatingIfNeeded: sums)
        // Without what the upper one has borrowed.
        let lowerSum = Int32(truncatingIfNeeded: (sums &- Int64(upperSum)) &>> 32)
        upper[at] = Axis.toLevel(upperSum)
        lower[at] = Axis.toLevel(lowerSum)
    }
}
