// SPDX-License-Identifier: MIT-0

/// A camera's frame as RGB: the same integers in every language (docs/preprocessing.md of edgegen, "The
/// camera"). Each level is clamp((sum + 2^19) >> 20), with ITU-R BT.601's or BT.709's factors times 2^20: at
/// most 0.5005 away from the real number. Floating point, or fewer places, would give other levels.
enum Yuv {
    private static let bits: Int32 = 20

    /// Black's Y, then what Y, U and V are multiplied by, times 2^20, rounded. Limited range stretches Y by
    /// 255/219, U and V by 255/224.
    struct Weights {
        let black: Int32
        let y: Int32
        let redOfV: Int32
        let greenOfU: Int32
        let greenOfV: Int32
        let blueOfU: Int32

        init(_ matrix: YuvFrame.Matrix, _ range: YuvFrame.Range) {
            switch (matrix, range) {
            case (.bt601, .full): self.init(0, 1_048_576, 1_470_104, -360_853, -748_826, 1_858_077)
            case (.bt601, .limited): self.init(16, 1_220_945, 1_673_555, -410_793, -852_458, 2_115_221)
            case (.bt709, .full): self.init(0, 1_048_576, 1_651_297, -196_424, -490_864, 1_945_738)
            case (.bt709, .limited): self.init(16, 1_220_945, 1_879_825, -223_607, -558_796, 2_215_014)
            }
        }

        private init(
            _ black: Int32,
            _ y: Int32,
            _ redOfV: Int32,
            _ greenOfU: Int32,
            _ greenOfV: Int32,
            _ blueOfU: Int32
        ) {
            self.black = black
            self.y = y
            self.redOfV = redOfV
            self.greenOfU = greenOfU
            self.greenOfV = greenOfV
            self.blueOfU = blueOfU
        }
    }

    /// The part of the frame inside `crop`, turned.
    ///
    /// - Parameters:
    ///   - crop: in the frame's pixels; nil: all of it.
    ///   - turn: what is done to it then.
    /// - Returns: the picture in `out`, valid until something else is written there.
    /// - Throws: ``KernelError`` for an empty crop or one that leaves the frame.
    @discardableResult
    static func toRgb(
        _ frame: YuvFrame,
        crop: Window? = nil,
        turn: Turn = .upright,
        into out: RgbBuffer
    ) throws(KernelError) -> RgbImage {
        let whole = Window(left: 0, top: 0, right: frame.width, bottom: frame.height)
        let crop = crop ?? whole
        try crop.check(inside: whole)
        let weights = Weights(frame.matrix, frame.range)
        try turn.fill(out, with: crop) { run in
            convert(frame, weights, run)
        }
        return out.image
    }

    /// Two pixels share their chroma, but the first of a run that begins at an odd pixel, or the last.
    @inline(__always)
    private static func convert(_ frame: YuvFrame, _ weights: Weights, _ run: Turn.Run) {
        var luma = frame.y.at(run.left, run.row)
        var cb = frame.u.at(run.left / 2, run.row / 2)
        var cr = frame.v.at(run.left / 2, run.row / 2)
        var out = run.out
        var count = run.count
        if !run.left.isMultiple(of: 2) {
            write(luma.pointee, Terms(cb.pointee, cr.pointee, weights), weights, out)
            luma += frame.y.bytesPerSample
            cb += frame.u.bytesPerSample
            cr += frame.v.bytesPerSample
            out += run.step
            count &-= 1
        }
        for _ in 0..<(count / 2) {
            let terms = Terms(cb.pointee, cr.pointee, weights)
            write(luma.pointee, terms, weights, out)
            write(luma[frame.y.bytesPerSample], terms, weights, out + run.step)
            luma += 2 &* frame.y.bytesPerSample
            cb += frame.u.bytesPerSample
            cr += frame.v.bytesPerSample
            out += 2 &* run.step
        }
        if !count.isMultiple(of: 2) {
            write(luma.pointee, Terms(cb.pointee, cr.pointee, weights), weights, out)
        }
    }

    /// What U and V add to the sums of a pixel, black and the rounding half included.
    private struct Terms {
        let red: Int32
        let green: Int32
        let blue: Int32

        @inline(__always)
        init(_ u: UInt8, _ v: UInt8, _ weights: Weights) {
            let cb = Int32(u) &- 128
            let cr = Int32(v) &- 128
            let start = (1 << (bits - 1)) &- weights.black &* weights.y
            red = start &+ weights.redOfV &* cr
            green = start &+ weights.greenOfU &* cb &+ weights.greenOfV &* cr
            blue = start &+ weights.blueOfU &* cb
        }
    }

    @inline(__always)
    private static func write(
        _ luma: UInt8,
        _ terms: Terms,
        _ weights: Weights,
        _ out: UnsafeMutablePointer<UInt8>
    ) {
        let sum = weights.y &* Int32(luma)
        out[0] = level(sum &+ terms.red)
        out[1] = level(sum &+ terms.green)
        out[2] = level(sum &+ terms.blue)
    }

    @inline(__always)
    private static func level(_ sum: Int32) -> UInt8 {
        Axis.toByte(sum &>> bits)
    }
}
