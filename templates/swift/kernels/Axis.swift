// SPDX-License-Identifier: MIT-0

/// Which pixels of one axis an output pixel is made of, and how much of each: Pillow's fixed-point weights,
/// computed in the order in which Pillow computes them (its src/libImaging/Resample.c, Geometry.c).
///
/// Only the weights of a window are computed: a crop after the resize needs no others. An object keeps its
/// memory, and what is in it if it is asked for the same again.
final class Axis {
    /// Weights are multiplied by 2^22, and a sum of level x weight starts at one half.
    static let weightBits: Int32 = 22
    static let half: Int32 = 1 << (weightBits - 1)

    private var inSize = 0
    private var outSize = 0
    private var filter = Filter.nearest
    private(set) var range = 0..<0
    private(set) var maxTaps = 0
    private(set) var stride = 0

    /// Of output pixel i, at i - range.lowerBound: its first input pixel, and how many.
    private let firsts = Scratch<Int32>()
    private let counts = Scratch<Int32>()
    private let fixed = Scratch<Int32>()
    private let real = Scratch<Double>()

    /// The weights of the output pixels in `range` of an axis that goes from `inSize` to `outSize` pixels.
    ///
    /// - Throws: ``KernelError`` for `nearest`, a side below 1 or above 2^20, no pixels.
    func reset(_ inSize: Int, to outSize: Int, _ filter: Filter, _ range: Range<Int>) throws(KernelError) {
        if inSize == self.inSize, outSize == self.outSize, filter == self.filter, range == self.range {
            return
        }
        try Axis.check(inSize, outSize, range)
        let reach = try Curve.reach(filter)
        self.inSize = 0  // what is in the memory is no axis until this method has ended
        self.outSize = outSize
        self.filter = filter
        self.range = range
        let scale = Axis.scale(inSize, outSize)
        let stretch = max(scale, 1)  // when shrinking: that is the antialiasing
        findSpans(inSize, scale: scale, support: reach * stretch)
        findWeights(scale: scale, shrink: 1 / stretch)
        self.inSize = inSize
    }

    private func findSpans(_ inSize: Int, scale: Double, support: Double) {
        let firsts = firsts.atLeast(range.count)
        let counts = counts.atLeast(range.count)
        maxTaps = 0
        for i in range {
            let centre = (Double(i) + 0.5) * scale
            let low = max(0, Int(centre - support + 0.5))
            let high = min(inSize, Int(centre + support + 0.5))
            firsts[i - range.lowerBound] = Int32(low)
            counts[i - range.lowerBound] = Int32(high - low)
            maxTaps = max(maxTaps, high - low)
        }
    }

    private func findWeights(scale: Double, shrink: Double) {
        stride = (maxTaps + 3) / 4 * 4
        let weights = fixed.atLeast(range.count * stride)
        weights.update(repeating: 0, count: range.count * stride)
        let real = real.atLeast(maxTaps)
        for i in range {
            let centre = (Double(i) + 0.5) * scale
            let low = first(i)
            let taps = taps(i)
            var sum = 0.0
            for j in 0..<taps {
                real[j] = Curve.at((Double(j + low) - centre + 0.5) * shrink, filter)
                sum += real[j]
            }
            for j in 0..<taps {
                let weight = sum != 0 ? real[j] / sum : real[j]
                weights[(i - range.lowerBound) * stride + j] = Axis.toFixedPoint(weight)
            }
        }
    }

    /// Output pixel i is made of input pixels first(i) to last(i), exclusive; both never decrease.
    @inline(__always)
    func first(_ i: Int) -> Int {
        Int(firsts.start[i &- range.lowerBound])
    }

    func last(_ i: Int) -> Int {
        first(i) + taps(i)
    }

    @inline(__always)
    func taps(_ i: Int) -> Int {
        Int(counts.start[i &- range.lowerBound])
    }

    /// The weights of output pixel i, times 2^22: taps(i) of them, then zeros up to ``stride``, which is a
    /// multiple of four. No sum of 255 x weight, taken in any order, leaves 32 bits.
    @inline(__always)
    func weights(_ i: Int) -> UnsafePointer<Int32> {
        UnsafePointer(fixed.start + (i &- range.lowerBound) &* stride)
    }

    /// A sum of level x weight as a level: the rounding half is in it already.
    @inline(__always)
    static func toLevel(_ sum: Int32) -> UInt8 {
        toByte(sum &>> weightBits)  // arithmetic: -0.5 becomes -1, and 0 by the clamp
    }

    /// Clamped to 0 … 255, without a branch: where a picture is noisy none could be predicted, and that takes
    /// four times as long.
    @inline(__always)
    static func toByte(_ level: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: (level | (255 &- level) &>> 31) & ~(level &>> 31))
    }

    /// Writes the input pixel under each of the output pixels in `range` of one axis, with
    /// ``Filter/nearest``, to `pixels`.
    static func nearestPixels(
        _ inSize: Int,
        to outSize: Int,
        _ range: Range<Int>,
        into pixels: UnsafeMutablePointer<Int32>
    ) throws(KernelError) {
        try check(inSize, outSize, range)
        let scale = scale(inSize, outSize)
        // A running sum, from the first pixel on, wherever `range` begins: (i + 0.5) * scale rounds to
        // other pixels.
        var x = scale * 0.5
        for i in 0..<range.upperBound {
            if i >= range.lowerBound {
                pixels[i - range.lowerBound] = Int32(min(Int(x), inSize - 1))
            }
            x += scale
        }
    }

    /// Input pixels per output pixel. Through Float, as Pillow's box is: exact up to 2^24.
    private static func scale(_ inSize: Int, _ outSize: Int) -> Double {
        Double(Float(inSize)) / Double(outSize)
    }

    private static func toFixedPoint(_ weight: Double) -> Int32 {
        let scaled = weight * Double(1 << weightBits)
        return Int32(weight < 0 ? scaled - 0.5 : scaled + 0.5)  // half away from zero
    }

    private static func check(_ inSize: Int, _ outSize: Int, _ range: Range<Int>) throws(KernelError) {
        let sides = 1...RgbImage.maxSide
        guard sides.contains(inSize), sides.contains(outSize) else {
            throw KernelError(
                "a resize from or to a side below 1 or above 2^20 pixels: got \(inSize) to \(outSize)"
            )
        }
        guard range.lowerBound >= 0, !range.isEmpty, range.upperBound <= outSize else {
            throw KernelError("a resize of pixels outside the picture: \(range) of \(outSize)")
        }
    }
}
