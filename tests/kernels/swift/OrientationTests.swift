/// The eight EXIF orientations of one small picture, written out by hand.
var orientationTests: [Test] {
    [
        Test("allEightOrientations") {
            let expected = [
                "ABC/DEF", "CBA/FED", "FED/CBA", "DEF/ABC", "AD/BE/CF", "DA/EB/FC", "FC/EB/DA", "CF/BE/AD",
            ]
            for exif in 1...8 { try checkEqual(oriented(exif), expected[exif - 1]) }
        },
        Test("otherNumbersLeaveThePictureAsItIs") {
            for exif in [0, -1, 9, .max, .min] { try checkEqual(oriented(exif), "ABC/DEF") }
        },
        Test("channelsAndGapsSurviveTurning") {
            let from = try image(
                [1, 2, 3, 4, 5, 6, 99, 7, 8, 9, 10, 11, 12],
                width: 2,
                height: 2,
                bytesPerRow: 7
            )
            let to = RgbBuffer()
            try Orientation.orient(from, exif: 6, into: to)
            try checkEqual(pixels(of: to.image), [7, 8, 9, 1, 2, 3, 10, 11, 12, 4, 5, 6])
        },
        Test("tilesMeet") {
            // Larger than a tile in both directions, and no multiple of it.
            for (height, width) in [(70, 145), (145, 70), (17, 65)] {
                let photo = try noiseImage(height: height, width: width)
                for (first, second) in [(6, 8), (8, 6), (3, 3), (2, 2), (4, 4), (5, 5), (7, 7)] {
                    let turned = RgbBuffer()
                    let back = RgbBuffer()
                    try Orientation.orient(photo, exif: first, into: turned)
                    try Orientation.orient(turned.image, exif: second, into: back)
                    try checkEqual(back.width, width)
                    try check(pixels(of: back.image) == pixels(of: photo))
                }
            }
        },
        Test("aTurnByDegreesIsOneOfTheEight") {
            try checkEqual(Turn(degrees: 90, mirrored: false), Turn(exif: 6))
            try checkEqual(Turn(degrees: 90, mirrored: true), Turn(exif: 5))
            try checkEqual(Turn(degrees: 270, mirrored: true), Turn(exif: 7))
            for degrees in [45, -90, 360] {
                try checkRefused("90, 180 or 270 degrees, got \(degrees)") {
                    try Turn(degrees: degrees, mirrored: false)
                }
            }
        },
        Test("aWindowOfTheUprightPictureIsFoundInTheStoredOne") {
            let stored = try noiseImage(height: 9, width: 13)
            let upright = RgbBuffer()
            let part = RgbBuffer()
            for exif in 1...8 {
                let turn = Turn(exif: exif)
                let whole = try Orientation.orient(stored, exif: exif, into: upright)
                let window = Window(left: 2, top: 1, right: whole.width - 3, bottom: whole.height - 4)
                let packed = try PackedPixels(
                    UnsafeBufferPointer(start: stored.base, count: 9 * 13 * 3),
                    .rgb,
                    width: 13,
                    height: 9,
                    bytesPerRow: 39
                )
                let crop = turn.stored(window, width: 13, height: 9)
                let got = try packed.toRgb(crop: crop, turn: turn, into: part)
                for y in 0..<window.height {
                    for x in 0..<(window.width * 3) {
                        try checkEqual(got.at(0, y)[x], whole.at(window.left, y + window.top)[x])
                    }
                }
            }
        },
        Test("orientRefusesWhatCannotBeTurned") {
            let buffer = RgbBuffer()
            try checkRefused("without pixels") {
                try Orientation.orient(buffer.image, exif: 1, into: RgbBuffer())
            }
            try Orientation.orient(noiseImage(height: 2, width: 2), exif: 1, into: buffer)
            try checkRefused("in its place") { try Orientation.orient(buffer.image, exif: 6, into: buffer) }
        },
    ]
}

/// A B C / D E F.
private func oriented(_ exif: Int) throws -> String {
    let to = RgbBuffer()
    return letters(
        try Orientation.orient(grayImage(height: 2, width: 3, Array("ABCDEF".utf8)), exif: exif, into: to)
    )
}
