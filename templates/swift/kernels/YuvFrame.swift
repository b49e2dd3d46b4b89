// SPDX-License-Identifier: MIT-0

/// Samples of one plane of a frame: sample (x, y) is at `y * bytesPerRow + x * bytesPerSample`. The last row
/// may end with its last sample. Borrowed.
struct YuvPlane {
    let base: UnsafePointer<UInt8>
    let count: Int
    let bytesPerRow: Int
    let bytesPerSample: Int

    /// - Parameter bytesPerSample: 2 where U and V are interleaved.
    /// - Throws: ``KernelError`` for a plane without samples, or a stride below 1.
    init(_ samples: UnsafeBufferPointer<UInt8>, bytesPerRow: Int, bytesPerSample: Int = 1)
        throws(KernelError)
    {
        let strides = 1...RgbImage.maxRowBytes
        guard let base = samples.baseAddress, strides.contains(bytesPerRow), strides.contains(bytesPerSample)
        else {
            throw KernelError("a plane needs samples and strides above 0: \(bytesPerRow), \(bytesPerSample)")
        }
        self.base = base
        self.count = samples.count
        self.bytesPerRow = bytesPerRow
        self.bytesPerSample = bytesPerSample
    }

    @inline(__always)
    func at(_ x: Int, _ y: Int) -> UnsafePointer<UInt8> {
        base + (y &* bytesPerRow &+ x &* bytesPerSample)
    }

    /// - Throws: ``KernelError`` if the plane, called `name`, has less samples than that.
    func check(_ name: String, columns: Int, rows: Int) throws(KernelError) {
        let needed = bytesPerRow * (rows - 1) + bytesPerSample * (columns - 1) + 1
        guard count >= needed else {
            throw KernelError("the \(name) plane needs \(needed) bytes, got \(count)")
        }
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
    /// - Throws: ``KernelError`` for a side out of range, or a plane that is too small.
    init(y: YuvPlane, u: YuvPlane, v: YuvPlane, width: Int, height: Int, matrix: Matrix, range: Range)
        throws(KernelError)
    {
        try RgbImage.checkSides(width: width, height: height)
        try y.check("Y", columns: width, rows: height)
        try u.check("U", columns: (width + 1) / 2, rows: (height + 1) / 2)
        try v.check("V", columns: (width + 1) / 2, rows: (height + 1) / 2)
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
            y: YuvPlane(y, bytesPerRow: yBytesPerRow),
            u: YuvPlane(cbCr, bytesPerRow: cbCrBytesPerRow, bytesPerSample: 2),
            v: YuvPlane(cr, bytesPerRow: cbCrBytesPerRow, bytesPerSample: 2),
            width: width,
            height: height,
            matrix: matrix,
            range: range
        )
    }
}
