/// What is an image, and memory that is used again.
var rgbImageTests: [Test] {
    [
        Test("whatIsNoImageIsRefused") {
            func refused(_ words: String, _ bytes: [UInt8], _ width: Int, _ height: Int, _ row: Int) throws {
                try checkRefused(words) { try image(bytes, width: width, height: height, bytesPerRow: row) }
            }
            let levels = [UInt8](repeating: 0, count: 12)
            try checkEqual(image(levels, width: 2, height: 2).width, 2)
            try refused("needs 12 bytes, got 0", [], 2, 2, 6)
            try refused("a side below 1", levels, 0, 2, 6)
            try refused("a side below 1", levels, 2, -2, 6)
            try refused("above 2^20", levels, .max, 1, 12)
            try refused("less than its width * 3, or above 2^31: got 5", levels, 2, 2, 5)
            try refused("less than its width * 3", levels, 2, 2, -6)
            try refused("or above 2^31", levels, 2, 2, .max)
            try refused("needs 13 bytes, got 12", levels, 2, 2, 7)
            try refused("got 12", levels, 1, 1 << 20, 1 << 20)
            try checkRefused("needs 3 bytes, got 0") {
                try RgbImage(UnsafeBufferPointer(start: nil, count: 0), width: 1, height: 1, bytesPerRow: 3)
            }
            try checkRefused("too large") { try RgbBuffer().reset(width: 1 << 20, height: 1 << 20) }
        },
        Test("theLastRowMayEndWithItsLastPixel") {
            let levels = [UInt8](repeating: 0, count: 13)
            try checkEqual(image(levels, width: 2, height: 2, bytesPerRow: 7).bytesPerRow, 7)
        },
        Test("aBufferThatRefusesStaysAsItWas") {
            let buffer = RgbBuffer()
            _ = try buffer.reset(width: 4, height: 3)
            try checkRefused("a side below 1") { try buffer.reset(width: 0, height: 3) }
            try checkEqual([buffer.width, buffer.height, buffer.image.bytesPerRow], [4, 3, 12])
        },
        Test("memoryThatIsLargeEnoughIsUsedAgain") {
            let buffer = RgbBuffer()
            let first = try buffer.reset(width: 4, height: 4)
            try check(buffer.reset(width: 5, height: 3) == first)
            try checkEqual(buffer.image.bytesPerRow, 15)
            _ = try buffer.reset(width: 500, height: 400)
            let larger = buffer.image.base
            try check(buffer.reset(width: 4, height: 4) == larger)
        },
        Test("anImageKeepsItsBufferAlive") {
            weak var buffer: RgbBuffer?
            var image: RgbImage? = try {
                let made = RgbBuffer()
                buffer = made
                return try Orientation.orient(noiseImage(height: 2, width: 2), exif: 3, into: made)
            }()
            try check(buffer != nil && image != nil)
            image = nil
            try check(buffer == nil)
        },
    ]
}
