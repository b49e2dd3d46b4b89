/// Frames as an iPhone's camera gives them, and values written out by hand.
var yuvTests: [Test] {
    [
        Test("knownColours") {
            // JFIF's red, green and blue, as Pillow's convert("YCbCr") gives them.
            try checkEqual(rgb(76, 85, 255, .bt601, .full), [254, 0, 0])
            try checkEqual(rgb(150, 44, 21, .bt601, .full), [0, 255, 1])
            try checkEqual(rgb(29, 255, 107, .bt601, .full), [0, 0, 254])
            // The bars of limited range: BT.601's red is 81 90 240, BT.709's is 63 102 240.
            try checkEqual(rgb(81, 90, 240, .bt601, .limited), [254, 0, 0])
            try checkEqual(rgb(63, 102, 240, .bt709, .limited), [255, 1, 0])
            try checkEqual(rgb(16, 128, 128, .bt601, .limited), [0, 0, 0])
            try checkEqual(rgb(235, 128, 128, .bt709, .limited), [255, 255, 255])
            try checkEqual(rgb(255, 128, 128, .bt709, .limited), [255, 255, 255])
        },
        Test("turnedClockwiseAndThenMirrored") {
            // A B C D / E F G H, by EXIF's numbers.
            let expected = [
                "ABCD/EFGH", "DCBA/HGFE", "HGFE/DCBA", "EFGH/ABCD", "AE/BF/CG/DH", "EA/FB/GC/HD",
                "HD/GC/FB/EA",
                "DH/CG/BF/AE",
            ]
            let gray = try YuvPlane(borrowed([128, 128]), bytesPerRow: 2)
            let luma = try YuvPlane(borrowed(Array("ABCDEFGH".utf8)), bytesPerRow: 4)
            let frame = try YuvFrame(
                y: luma, u: gray, v: gray, width: 4, height: 2, matrix: .bt601, range: .full
            )
            for exif in 1...8 {
                let turned = try Yuv.toRgb(frame, turn: Turn(exif: exif), into: RgbBuffer())
                try checkEqual(letters(turned), expected[exif - 1])
            }
        },
        Test("interleavedAndSeparatePlanesGiveTheSamePicture") {
            // 5 x 3 pixels, rows with gaps; Cb Cr Cb Cr …
            let (y, u, v) = (noise(4 * 7, 1), noise(3 * 2, 2), noise(3 * 2, 3))
            var cbCr = [UInt8](repeating: 99, count: 8 + 6)
            for i in 0..<6 {
                cbCr[i / 3 * 8 + i % 3 * 2] = u[i]
                cbCr[i / 3 * 8 + i % 3 * 2 + 1] = v[i]
            }
            for (matrix, range) in [(YuvFrame.Matrix.bt601, YuvFrame.Range.full), (.bt709, .limited)] {
                let apart = try YuvFrame(
                    y: YuvPlane(borrowed(y), bytesPerRow: 7),
                    u: YuvPlane(borrowed(u), bytesPerRow: 3),
                    v: YuvPlane(borrowed(v), bytesPerRow: 3),
                    width: 5,
                    height: 3,
                    matrix: matrix,
                    range: range
                )
                let together = try YuvFrame(
                    y: borrowed(y),
                    yBytesPerRow: 7,
                    cbCr: borrowed(cbCr),
                    cbCrBytesPerRow: 8,
                    width: 5,
                    height: 3,
                    matrix: matrix,
                    range: range
                )
                let first = try Yuv.toRgb(apart, into: RgbBuffer())
                try checkEqual(pixels(of: first), pixels(of: Yuv.toRgb(together, into: RgbBuffer())))
            }
        },
        Test("aCropKeepsTheChromaOfItsPlace") {
            let frame = try noiseFrame(width: 9, height: 8)
            let whole = try Yuv.toRgb(frame, into: RgbBuffer())
            for left in 0..<4 {
                for right in 5...9 {
                    let crop = Window(left: left, top: 1, right: right, bottom: 7)
                    let part = try Yuv.toRgb(frame, crop: crop, into: RgbBuffer())
                    for y in 0..<6 {
                        let row = UnsafeBufferPointer(start: part.at(0, y), count: part.width * 3)
                        let same = UnsafeBufferPointer(start: whole.at(left, y + 1), count: part.width * 3)
                        try check(row.elementsEqual(same))
                    }
                }
            }
        },
        Test("aTurnedWindowOfAFrameIsThatOfTheWholeFrame") {
            let stored = try noiseFrame(width: 61, height: 47)
            for exif in 1...8 {
                let whole = try Yuv.toRgb(stored, turn: Turn(exif: exif), into: RgbBuffer())
                let frame = Frame(.yuv(stored), width: 61, height: 47, exif: exif)
                try check(seen(Workspace().picture(frame, .pillow13)) == seen(picture(whole)))
            }
        },
        Test("aPlaneThatIsTooShortIsRefused") {
            func frame(_ y: Int, _ u: Int, _ v: Int) throws -> YuvFrame {
                try YuvFrame(
                    y: YuvPlane(borrowed(noise(y, 1)), bytesPerRow: 8),
                    u: YuvPlane(borrowed(noise(u, 1)), bytesPerRow: 4, bytesPerSample: 2),
                    v: YuvPlane(borrowed(noise(v, 1)), bytesPerRow: 4, bytesPerSample: 2),
                    width: 4,
                    height: 4,
                    matrix: .bt601,
                    range: .full
                )
            }
            try checkEqual(frame(28, 7, 7).width, 4)
            try checkRefused("the Y plane needs 28 bytes, got 27") { try frame(27, 7, 7) }
            try checkRefused("the U plane needs 7 bytes, got 6") { try frame(28, 6, 7) }
            try checkRefused("the V plane needs 7 bytes, got 6") { try frame(28, 7, 6) }
        },
        Test("whatIsNoFrameIsRefused") {
            for (row, sample) in [(0, 1), (1, 0), (-1, 1), (.max, 1), (1, .max)] {
                try checkRefused("strides above 0") {
                    try YuvPlane(borrowed([1]), bytesPerRow: row, bytesPerSample: sample)
                }
            }
            try checkRefused("needs samples") {
                try YuvPlane(UnsafeBufferPointer(start: nil, count: 0), bytesPerRow: 1)
            }
            try checkRefused("a side below 1") { try noiseFrame(width: 0, height: 2) }
            try checkRefused("above 2^20") { try noiseFrame(width: 4, height: RgbImage.maxSide + 1) }
            let frame = try noiseFrame(width: 4, height: 2)
            for (left, top, right, bottom) in [(0, 0, 5, 2), (-1, 0, 4, 2), (2, 0, 2, 2), (0, 1, 4, 1)] {
                try checkRefused("is empty or not inside") {
                    let crop = Window(left: left, top: top, right: right, bottom: bottom)
                    return try Yuv.toRgb(frame, crop: crop, into: RgbBuffer())
                }
            }
        },
    ]
}

/// One pixel.
private func rgb(
    _ y: UInt8,
    _ u: UInt8,
    _ v: UInt8,
    _ matrix: YuvFrame.Matrix,
    _ range: YuvFrame.Range
) throws -> [UInt8] {
    let planes = try [y, u, v].map { try YuvPlane(borrowed([$0]), bytesPerRow: 1) }
    let frame = try YuvFrame(
        y: planes[0], u: planes[1], v: planes[2], width: 1, height: 1, matrix: matrix, range: range
    )
    return pixels(of: try Yuv.toRgb(frame, into: RgbBuffer()))
}

/// A frame of noise, two planes without gaps.
func noiseFrame(width: Int, height: Int) throws -> YuvFrame {
    let chroma = (width + 1) / 2 * 2
    return try YuvFrame(
        y: borrowed(noise(min(width * height, 1 << 16), 1)),
        yBytesPerRow: max(width, 1),
        cbCr: borrowed(noise(min(chroma * ((height + 1) / 2), 1 << 16), 2)),
        cbCrBytesPerRow: max(chroma, 1),
        width: width,
        height: height,
        matrix: .bt601,
        range: .full
    )
}
