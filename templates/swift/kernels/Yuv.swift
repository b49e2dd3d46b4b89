// SPDX-License-Identifier: MIT-0

/// Samples of one plane of a frame: sample (x, y) is at `y * bytesPerRow + x * bytesPerSample`. The last row
/// may end with its last sample. Borrowed.
struct YuvPlane {
    let samples: UnsafeBufferPointer<UInt8>
    let bytesPerRow: Int
    /// 2 where U and V are interleaved.
    let bytesPerSample: Int

    @inline(__always)
    func at(_ x: Int, _ y: Int) -> UInt8 {
        samples[y &* bytesPerRow &+ x &* bytesPerSample]
    }
}

/// A camera's frame, YUV 4:2:0. U and V have one sample for two by two pixels, that of pixel (x, y) is at
/// (x / 2, y / 2). Nothing is interpolated.
struct YuvFrame {
    /// Which red, green and blue the Y was made of.
    enum Matrix: Sendable {
        case bt601
        case bt709
    }

    /// Whether Y goes from 0 to 255 (a camera's and JPEG's) or from 16 to 235 (a video's).
    enum Range: Sendable {
        case full
        case limited
    }

    let y: YuvPlane
    /// Cb, half as wide and high, rounded up.
    let u: YuvPlane
    /// Cr, half as wide and high, rounded up.
    let v: YuvPlane
    /// In pixels, 1 to ``RgbImage/maxSide``.
    let width: Int
    /// In pixels, 1 to ``RgbImage/maxSide``.
    let height: Int
    let matrix: Matrix
    let range: Range

    /// Three planes, apart from each other or not.
    ///
    /// - Throws: ``KernelError`` for a side out of range, a stride below 1, or a plane that is too small.
    init(y: YuvPlane, u: YuvPlane, v: YuvPlane, width: Int, height: Int, matrix: Matrix, range: Range)
        throws(KernelError)
    {
        try RgbImage.checkSides(width: width, height: height)
        try YuvFrame.check("Y", y, columns: width, rows: height)
        try YuvFrame.check("U", u, columns: (width + 1) / 2, rows: (height + 1) / 2)
        try YuvFrame.check("V", v, columns: (width + 1) / 2, rows: (height + 1) / 2)
        self.y = y
        self.u = u
        self.v = v
        self.width = width
        self.height = height
        self.matrix = matrix
        self.range = range
    }

    /// Two planes, as CVPixelBuffer's 420f and 420v: Y, and then Cb Cr Cb Cr …
    init(
        y: UnsafeBufferPointer<UInt8>,
        yBytesPerRow: Int,
        cbCr: UnsafeBufferPointer<UInt8>,
        cbCrBytesPerRow: Int,
        width: Int,
        height: Int,
        matrix: Matrix,
        range: Range
    ) throws(KernelError) {
        let cr = UnsafeBufferPointer(rebasing: cbCr.dropFirst())
        try self.init(
            y: YuvPlane(samples: y, bytesPerRow: yBytesPerRow, bytesPerSample: 1),
            u: YuvPlane(samples: cbCr, bytesPerRow: cbCrBytesPerRow, bytesPerSample: 2),
            v: YuvPlane(samples: cr, bytesPerRow: cbCrBytesPerRow, bytesPerSample: 2),
            width: width,
            height: height,
            matrix: matrix,
            range: range
        )
    }

    private static func check(_ name: String, _ plane: YuvPlane, columns: Int, rows: Int) throws(KernelError)
    {
        let strides = 1...RgbImage.maxRowBytes
        guard strides.contains(plane.bytesPerRow), strides.contains(plane.bytesPerSample) else {
            throw KernelError("a \(name) plane needs strides above 0")
        }
        let needed = plane.bytesPerRow * (rows - 1) + plane.bytesPerSample * (columns - 1) + 1
        guard plane.samples.count >= needed else {
            throw KernelError("the \(name) plane needs \(needed) bytes, got \(plane.samples.count)")
        }
    }
}

/// A camera's frame as RGB: the same integers in every language (docs/preprocessing.md of edgegen, "The
/// camera"). Each level is clamp((sum + 2^19) >> 20), with ITU-R BT.601's or BT.709's factors times 2^20: at
/// most 0.5005 away from the real number. Floating point, or fewer places, would give other levels.
enum Yuv {
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

    /// The part of the frame inside `crop`, turned clockwise by `degrees` and then, if wanted, mirrored
    /// left-right.
    ///
    /// - Parameters:
    ///   - crop: in the frame's pixels; nil: all of it.
    ///   - degrees: 0, 90, 180 or 270.
    /// - Returns: the picture in `out`, valid until something else is written there.
    /// - Throws: ``KernelError`` for an empty crop or one that leaves the frame, or another angle.
    @discardableResult
    static func toRgb(
        _ frame: YuvFrame,
        crop: Window? = nil,
        degrees: Int = 0,
        mirrored: Bool = false,
        into out: RgbBuffer
    ) throws(KernelError) -> RgbImage {
        let whole = Window(left: 0, top: 0, right: frame.width, bottom: frame.height)
        let crop = crop ?? whole
        try crop.check(inside: whole)
        guard [0, 90, 180, 270].contains(degrees) else {
            throw KernelError("a rotation of 0, 90, 180 or 270 degrees, got \(degrees)")
        }
        let exchangesSides = degrees % 180 == 90
        let rgb = try out.reset(
            width: exchangesSides ? crop.height : crop.width,
            height: exchangesSides ? crop.width : crop.height
        )
        let line = out.width * 3
        let across = mirrored ? -3 : 3
        // How many bytes further the frame's next pixel, and its next row, go in the output.
        let (right, down) =
            switch degrees {
            case 90: (line, -across)
            case 180: (-across, -line)
            case 270: (-line, across)
            default: (across, line)
            }
        let start = max(0, -right) * (crop.width - 1) + max(0, -down) * (crop.height - 1)
        let weights = Weights(frame.matrix, frame.range)
        for y in 0..<crop.height {
            var to = rgb + (start + y * down)
            for x in 0..<crop.width {
                convert(frame, crop.left + x, crop.top + y, weights, to)
                to += right
            }
        }
        return out.image
    }

    @inline(__always)
    private static func convert(
        _ frame: YuvFrame,
        _ x: Int,
        _ y: Int,
        _ weights: Weights,
        _ to: UnsafeMutablePointer<UInt8>
    ) {
        let luma = (Int32(frame.y.at(x, y)) - weights.black) &* weights.y &+ (1 << 19)
        let cb = Int32(frame.u.at(x / 2, y / 2)) - 128
        let cr = Int32(frame.v.at(x / 2, y / 2)) - 128
        to[0] = level(luma &+ weights.redOfV &* cr)
        to[1] = level(luma &+ weights.greenOfU &* cb &+ weights.greenOfV &* cr)
        to[2] = level(luma &+ weights.blueOfU &* cb)
    }

    @inline(__always)
    private static func level(_ sum: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: max(0, min(255, sum &>> 20)))
    }
}
