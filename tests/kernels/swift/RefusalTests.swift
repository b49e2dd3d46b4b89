/// What a picture refuses, and in which words.
var refusalTests: [Test] {
    [
        Test("sizesThatNoPictureHasAreRefused") {
            let photo = try picture(noiseImage(height: 4, width: 6))
            try checkRefused("resize to a side of 0") { try photo.resize(height: 0, width: 4, .box) }
            try checkRefused("resize to a side of -1") { try photo.resize(height: 4, width: -1, .box) }
            try checkRefused("1 to 1048576") { try photo.resize(height: .max, width: 4, .box) }
            try checkRefused("resizeShortSide to a side of 0") { try photo.resizeShortSide(0, .box) }
            try checkRefused("resize to a side of 1572864") {
                try photo.resizeShortSide(RgbImage.maxSide, .box)
            }
            try checkRefused("centerCrop to a side of 0") { try photo.centerCrop(height: 0, width: 5) }
            try checkRefused("centerCrop to a side") { try photo.centerCrop(height: 5, width: .min) }
            try checkRefused("letterbox to a side of 0") {
                try photo.letterbox(height: 0, width: 5, .box, red: 0, green: 0, blue: 0)
            }
            let thread = try picture(noiseImage(height: 1, width: 1000))
            try checkRefused("resize to a side of 0") { try thread.resizeShortSide(1, .box, maxSize: 2) }
        },
        Test("aMaxSizeThatIsNotAboveTheSizeIsRefused") {
            let photo = try picture(noiseImage(height: 4, width: 6))
            try checkRefused("not above size: got 8 for 8") { try photo.resizeShortSide(8, .box, maxSize: 8) }
            try checkRefused("not above size") { try photo.resizeShortSide(8, .box, maxSize: -1) }
        },
        Test("bordersAndColoursThatCannotBeAreRefused") {
            let photo = try picture(noiseImage(height: 4, width: 6))
            func pad(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int, red: Int = 0) throws -> Picture {
                try photo.pad(left: left, top: top, right: right, bottom: bottom, red: red, green: 0, blue: 0)
            }
            try checkRefused("pad by less than 0") { try pad(-1, 0, 0, 0) }
            try checkRefused("pad by less than 0") { try pad(0, 0, 0, -1) }
            try checkRefused("or more than 1048576 pixels") { try pad(.max, 0, .max, 0) }
            try checkRefused("pad to a side of 1048582") { try pad(0, 0, RgbImage.maxSide, 0) }
            try checkRefused("pad to a side of 1048580") { try pad(0, RgbImage.maxSide, 0, 0) }
            try checkRefused("0 to 255: got -1, 0, 0") { try pad(1, 1, 1, 1, red: -1) }
            try checkRefused("0 to 255: got 0, 256, 0") {
                try photo.letterbox(height: 5, width: 5, .box, red: 0, green: 256, blue: 0)
            }
        },
        Test("grayInTwoChannelsIsRefused") {
            let photo = try picture(noiseImage(height: 4, width: 6))
            try checkRefused("neither 1 nor 3 channels: got 2") { try photo.gray(channels: 2) }
        },
        Test("aPhotoWithoutPixelsIsRefused") {
            try checkRefused("a side below 1") { try Workspace().picture(RgbBuffer().image, .pillow13) }
            let gray = try PackedPixels(borrowed([1]), .gray, width: 1, height: 1, bytesPerRow: 1)
            let empty = Frame(.packed(gray), width: 0, height: 1, exif: 1)
            try checkRefused("a side below 1") { try Workspace().picture(empty, .pillow13) }
        },
    ]
}
