/// Pixels whose samples lie side by side.
var packedPixelsTests: [Test] {
    [
        Test("everyLayoutGivesTheStoredNumbers") {
            let layouts: [(PackedPixels.Layout, [UInt8])] = [
                (.bgra, [3, 2, 1, 9]), (.rgba, [1, 2, 3, 9]), (.argb, [9, 1, 2, 3]), (.abgr, [9, 3, 2, 1]),
                (.rgb, [1, 2, 3]),
            ]
            for (layout, pixel) in layouts {
                // The second row begins after a gap, and the last pixel is the memory's end.
                let bytes = [pixel, pixel, [77, 77, 77], pixel, pixel].flatMap { $0 }
                let packed = try PackedPixels(
                    borrowed(bytes), layout, width: 2, height: 2, bytesPerRow: 2 * pixel.count + 3
                )
                let got = try packed.toRgb(into: RgbBuffer())
                try checkEqual(pixels(of: got), [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3])
            }
            let gray = try PackedPixels(borrowed([7, 8]), .gray, width: 1, height: 2, bytesPerRow: 1)
            try checkEqual(pixels(of: gray.toRgb(into: RgbBuffer())), [7, 7, 7, 8, 8, 8])
        },
        Test("aTurnedWindowOfPackedPixelsIsThatOfTheWholePicture") {
            let packed = try PackedPixels(
                borrowed(noise(40 * 30 * 4, 1)), .bgra, width: 40, height: 30, bytesPerRow: 160
            )
            for exif in 1...8 {
                let whole = try packed.toRgb(turn: Turn(exif: exif), into: RgbBuffer())
                let frame = Frame(.packed(packed), width: 40, height: 30, exif: exif)
                try check(seen(Workspace().picture(frame, .pillow13)) == seen(picture(whole)))
            }
        },
        Test("packedPixelsThatCannotBeAreRefused") {
            func packed(_ count: Int, _ width: Int, _ height: Int, _ row: Int) throws -> PackedPixels {
                try PackedPixels(
                    borrowed(noise(count, 1)), .bgra, width: width, height: height, bytesPerRow: row)
            }
            try checkRefused("need 17 bytes, got 16") { try packed(16, 2, 2, 9) }
            try checkRefused("less than a row's, or above 2^31: got 7") { try packed(16, 2, 2, 7) }
            try checkRefused("or above 2^31") { try packed(16, 2, 2, .max) }
            try checkRefused("a side below 1") { try packed(16, 2, 0, 8) }
            let crop = Window(left: 0, top: 0, right: 3, bottom: 2)
            try checkRefused("inside the picture of 2x2") {
                try packed(16, 2, 2, 8).toRgb(crop: crop, into: RgbBuffer())
            }
        },
    ]
}
