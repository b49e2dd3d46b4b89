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
    private var upper = -2  // the first of the two rows in outRoom; -2: there are none yet
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
        if y > upper + 1 {
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
            store(Halves(red), Halves(green), Halves(blue), upper, lower, out)
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
            let sums = Halves(gray)
            upper[x &- range.lowerBound] = Axis.toLevel(sums.upper)
            lower[x &- range.lowerBound] = Axis.toLevel(sums.lower)
        }
    }

    /// The sums of two rows, taken apart.
    private struct Halves {
        let upper: Int32
        let lower: Int32

        @inline(__always)
        init(_ sums: Int64) {
            upper = Int32(truncatingIfNeeded: sums)
            // Without what the upper one has borrowed.
            lower = Int32(truncatingIfNeeded: (sums &- Int64(upper)) &>> 32)
        }
    }

    @inline(__always)
    private func store(
        _ red: Halves,
        _ green: Halves,
        _ blue: Halves,
        _ upper: UnsafeMutablePointer<UInt8>,
        _ lower: UnsafeMutablePointer<UInt8>,
        _ at: Int
    ) {
        let all = red.upper | green.upper | blue.upper | red.lower | green.lower | blue.lower
        let bits = Axis.weightBits
        // One question for all six: only filters with negative weights ever overshoot.
        if all &>> (bits + 8) == 0 {
            upper[at] = UInt8(truncatingIfNeeded: red.upper &>> bits)
            upper[at &+ 1] = UInt8(truncatingIfNeeded: green.upper &>> bits)
            upper[at &+ 2] = UInt8(truncatingIfNeeded: blue.upper &>> bits)
            lower[at] = UInt8(truncatingIfNeeded: red.lower &>> bits)
            lower[at &+ 1] = UInt8(truncatingIfNeeded: green.lower &>> bits)
            lower[at &+ 2] = UInt8(truncatingIfNeeded: blue.lower &>> bits)
        } else {
            upper[at] = Axis.toLevel(red.upper)
            upper[at &+ 1] = Axis.toLevel(green.upper)
            upper[at &+ 2] = Axis.toLevel(blue.upper)
            lower[at] = Axis.toLevel(red.lower)
            lower[at &+ 1] = Axis.toLevel(green.lower)
            lower[at &+ 2] = Axis.toLevel(blue.lower)
        }
    }
}
