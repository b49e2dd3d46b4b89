/// The steps of a picture: sizes and places that were read off Pillow 13 and torchvision 0.28.
var pictureTests: [Test] {
    [
        Test("aRowResizedAsPillowDoes") {
            try checkEqual(resized(4, .nearest), [10, 30, 0, 128])
            try checkEqual(resized(4, .box), [105, 143, 0, 103])
            try checkEqual(resized(4, .bilinear), [92, 127, 87, 100])
            try checkEqual(resized(4, .hamming), [89, 100, 67, 106])
            try checkEqual(resized(4, .bicubic), [88, 136, 87, 96])
            try checkEqual(resized(4, .lanczos), [81, 149, 85, 88])
            try checkEqual(resized(10, .nearest), [10, 200, 200, 30, 255, 255, 0, 77, 77, 128])
            try checkEqual(resized(10, .bilinear), [10, 114, 158, 38, 176, 166, 4, 58, 100, 128])
            try checkEqual(resized(10, .lanczos), [0, 130, 173, 29, 198, 199, 0, 36, 117, 130])
        },
        Test("halfALevelIsRoundedUpInBothPasses") {
            // 0.5 and 1.5, exactly.
            for (height, width) in [(1, 2), (2, 1)] {
                for (levels, expected) in [([0, 1], 1), ([1, 2], 2)] as [([UInt8], UInt8)] {
                    let two = try picture(grayImage(height: height, width: width, levels)).gray(channels: 1)
                    try checkEqual(two.resize(height: 1, width: 1, .box).pixels(), [expected])
                }
            }
        },
        Test("theOrderOfThePassesShows") {
            let photo = try grayImage(height: 9, width: 4, (0..<36).map { UInt8($0 * 97 % 256) })
            for (order, second) in [(PassOrder.pillow13, UInt8(154)), (.horizontalFirst, 155)] {
                let small = try picture(photo, order).gray(channels: 1).resize(height: 2, width: 3, .bilinear)
                try checkEqual(small.pixels(), [97, second, 115, 112, 169, 130])
            }
        },
        Test("verticalFirstOnlyIfItShrinksMoreThanTwiceAsMuch") {
            // 100 x 100 becomes: 20 lines less and 10 columns less; one line less; …
            try check(!isVerticalFirst(80, 90))
            try check(isVerticalFirst(79, 90))
            try check(isVerticalFirst(99, 200))
            try check(!isVerticalFirst(100, 200))  // enlarged only: never
            try check(!isVerticalFirst(150, 400))
            try check(!isVerticalFirst(10, 100, .horizontalFirst))
        },
        Test("theLongSideIsCutOffNotRounded") {
            try checkEqual(size(1000, 333, 256), "768x256")  // 768.77
            try checkEqual(size(333, 1000, 256), "256x768")
            try checkEqual(size(7, 5, 3), "4x3")
            try checkEqual(size(5, 5, 3), "3x3")
            try checkEqual(size(1000, 333, 256, maxSize: 500), "500x166")  // 166.67
            try checkEqual(size(1000, 333, 256, maxSize: 800), "768x256")
        },
        Test("aCentredCropRoundsHalfToEven") {
            // 0, 0.5, 1, 1.5, 2.5, 3.5
            for (side, start) in [(10, 0), (11, 0), (12, 1), (13, 2), (15, 2), (17, 4)] {
                try checkEqual(CropRows.centreStart(side: side, crop: 10), start)
            }
            let row = try grayImage(height: 1, width: 7, [0, 1, 2, 3, 4, 5, 6])
            try checkEqual(picture(row).gray(channels: 1).centerCrop(height: 1, width: 2).pixels(), [2, 3])
        },
        Test("aCropBeyondTheEdgeIsBlackThere") {
            let gray = try picture(grayImage(height: 1, width: 3, [7, 8, 9])).gray(channels: 1)
            try checkEqual(gray.centerCrop(height: 1, width: 6).pixels(), [0, 7, 8, 9, 0, 0])
            try checkEqual(gray.centerCrop(height: 2, width: 1).pixels(), [8, 0])
        },
        Test("aLetterboxIsCentredAndRoundsHalfToEven") {
            // The picture is 2x1 in a box of 2x4: one row, 1.5 rows above it, so two.
            try checkEqual(letterbox(height: 4), [5, 5, 5, 5, 80, 90, 5, 5])
            try checkEqual(letterbox(height: 1), [80, 90])
            try checkEqual(letterbox(height: 2), [80, 90, 5, 5])  // half a row above it, so none
        },
        Test("aLetterboxOfWhichNothingIsLeft") {
            let line = try noiseImage(height: 1, width: 100)
            let bare = try picture(line).letterbox(height: 2, width: 2, .bilinear, red: 1, green: 2, blue: 3)
            try checkEqual(bare.pixels(), [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3])
            try checkRefused("resize to a side of 0 pixels") {
                try picture(line, .horizontalFirst)
                    .letterbox(height: 2, width: 2, .bilinear, red: 0, green: 0, blue: 0)
            }
        },
        Test("padPaintsEachSide") {
            let photo = try image([10, 20, 30], width: 1, height: 1)
            let got = try picture(photo).pad(left: 1, top: 0, right: 0, bottom: 1, red: 1, green: 2, blue: 3)
            try checkEqual("\(got.width)x\(got.height)", "2x2")
            try checkEqual(got.pixels(), [1, 2, 3, 10, 20, 30, 1, 2, 3, 1, 2, 3])
        },
        Test("grayIsPillowsLuma") {
            try checkEqual(GrayRows.level(red: 255, green: 255, blue: 255), 255)
            try checkEqual(GrayRows.level(red: 255, green: 0, blue: 0), 76)
            try checkEqual(GrayRows.level(red: 0, green: 255, blue: 0), 150)
            try checkEqual(GrayRows.level(red: 0, green: 0, blue: 255), 29)
            let two = try picture(image([255, 0, 0, 0, 255, 0], width: 2, height: 1))
            try checkEqual(two.gray(channels: 1).pixels(), [76, 150])
            try checkEqual(two.gray(channels: 3).pixels(), [76, 76, 76, 150, 150, 150])
            try checkEqual(two.gray(channels: 1).gray(channels: 3).pixels(), [76, 76, 76, 150, 150, 150])
        },
        Test("extremeLevelsAreClamped") {
            let stripes = (0..<(64 * 64)).map { UInt8($0 / 5 % 2 == 0 ? 0 : 255) }
            let photo = try grayImage(height: 64, width: 64, stripes)
            let got = try picture(photo).resize(height: 90, width: 90, .lanczos).pixels()
            // Lanczos overshoots at each edge: without the clamp, 255 + a little would be a little.
            try check(got.count { $0 == 0 } > 1000 && got.count { $0 == 255 } > 1000)
        },
        Test("whatLiesBetweenTheRowsIsNotLookedAt") {
            let dense = try noiseImage(height: 37, width: 53, 5)
            for gap in [1, 3, 64] {
                // Exactly as many bytes as a picture with gaps needs: none after its last pixel.
                var bytes: [UInt8] = []
                for y in 0..<37 {
                    bytes += UnsafeBufferPointer(start: dense.at(0, y), count: 53 * 3)
                    bytes += Array(repeating: 0xEE, count: y == 36 ? 0 : gap)
                }
                let view = try image(bytes, width: 53, height: 37, bytesPerRow: 53 * 3 + gap)
                for filter in filters {
                    try check(
                        picture(view).resize(height: 20, width: 11, filter).pixels()
                            == picture(dense).resize(height: 20, width: 11, filter).pixels()
                    )
                }
                try check(picture(view).pixels() == pixels(of: dense))
            }
        },
        Test("aNegativeSumOfOneRowLeavesTheOtherAsItIs") {
            // Two rows are computed at once, in one number: neither may touch the other. Enlarged by 2, the
            // weights are whole 128ths: -3, 29, 111 and -9, or the other way round. A lower row of n + 1/2 is
            // at the edge of a level, where a borrowed 1 would show.
            var found = 0
            for seed in 0..<4096 {
                let lower = [seed & 15, 40 + (seed >> 4 & 15), seed >> 8 & 15, 100]
                let sum: Int = zip([-3, 29, 111, -9], lower).reduce(0) { $0 + $1.0 * $1.1 }
                guard sum & 127 == 64 else { continue }
                found += 1
                let row = lower.map { UInt8($0) }
                let alone = try picture(grayImage(height: 1, width: 4, row))
                    .resize(height: 1, width: 8, .bicubic).pixels()
                for upper: [UInt8] in [[255, 0, 0, 255], [0, 0, 0, 0], [255, 255, 255, 255]] {
                    let both = try picture(grayImage(height: 2, width: 4, upper + row))
                        .resize(height: 2, width: 8, .bicubic).pixels()
                    try check(Array(both[24...]) == alone)
                }
            }
            try check(found > 10)
        },
        Test("smallSizesStayInsideTheirMemory") {
            for filter in filters {
                for size in 1...9 {
                    let used = Workspace()  // its memory grows, or is just large enough
                    for side in 1...9 {
                        let photo = try noiseImage(height: side, width: side, side)
                        let small = try used.picture(photo, .pillow13)
                            .resize(height: size, width: size, filter)
                        try checkEqual(small.pixels().count, size * size * 3)
                        let gray = try picture(photo).gray(channels: 1)
                            .resize(height: size, width: size, filter)
                        try checkEqual(gray.pixels().count, size * size)
                    }
                }
            }
        },
        Test("aCropOfThePhotoIsResizedAsAPhotoOfItsOwn") {
            let photo = try noiseImage(height: 61, width: 83, 6)
            for filter in filters {
                let crop = try picture(photo).centerCrop(height: 31, width: 40)
                let lazy = try crop.resize(height: 20, width: 17, filter)
                try check(lazy.pixels() == fresh(crop).resize(height: 20, width: 17, filter).pixels())
            }
        },
        Test("aChainIsItsStepsOneByOne") {
            for order in [PassOrder.pillow13, .horizontalFirst] {
                let start = try picture(noiseImage(height: 90, width: 41, 3), order)
                var lazy = start
                var eager = start
                for step in chain {
                    lazy = try step(lazy)
                    eager = try fresh(step(eager), order)
                }
                try check(lazy.pixels() == eager.pixels())
            }
        },
        Test("aWorkspaceThatIsUsedAgainGivesTheSamePixels") {
            let used = Workspace()
            for i in 0..<60 {
                let photo = try noiseImage(height: 3 + i * 7 % 50, width: 3 + i * 13 % 50, i)
                let size = 1 + i * 11 % 40
                let both = try [used, Workspace()].map { workspace in
                    try workspace.picture(photo, .pillow13)
                        .resize(height: size, width: 41 - size, filters[i % 6])
                        .gray(channels: i % 2 == 0 ? 1 : 3)
                        .centerCrop(height: 20, width: 20)
                        .pixels()
                }
                try check(both[0] == both[1])
            }
        },
        Test("everyStageOfAPhotoMayBeAskedForInTurn") {
            let photo = try noiseImage(height: 60, width: 80, 4)
            let start = try picture(photo)
            let small = try start.resize(height: 30, width: 40, .bilinear)
            let crop = try small.centerCrop(height: 16, width: 16)
            let first = try crop.pixels()
            try check(start.pixels() == pixels(of: photo))
            try checkEqual(small.pixels().count, 30 * 40 * 3)
            try check(crop.pixels() == first)
        },
        Test("nothingIsComputedBeforePixelsAreAskedFor") {
            let bytes = memory(noise(48 * 64 * 3, 1))
            let photo = try RgbImage(UnsafeBufferPointer(bytes), width: 64, height: 48, bytesPerRow: 192)
            let small = try picture(photo).resize(height: 24, width: 32, .box)
            bytes.update(repeating: 9)
            try check(small.pixels().allSatisfy { $0 == 9 })
        },
        Test("theLargestSizesDoNotOverflow") {
            let photo = try noiseImage(height: 1, width: 3)
            let most = RgbImage.maxSide
            let huge = try picture(photo).resize(height: most, width: most, .nearest)
            let got = try huge.centerCrop(height: 2, width: 2).pixels()  // 4 pixels of 2^40
            try checkEqual(Array(got[0..<3]), Array(pixels(of: photo)[3..<6]))
        },
    ]
}

private func resized(_ width: Int, _ filter: Filter) throws -> [UInt8] {
    let row = try picture(grayImage(height: 1, width: 7, [10, 200, 30, 255, 0, 77, 128]))
    let gray = try row.gray(channels: 1).resize(height: 1, width: width, filter).pixels()
    try checkEqual(row.resize(height: 1, width: width, filter).pixels(), gray.flatMap { [$0, $0, $0] })
    return gray
}

private func isVerticalFirst(_ height: Int, _ width: Int, _ order: PassOrder = .pillow13) -> Bool {
    order.isVerticalFirst(inHeight: 100, inWidth: 100, outHeight: height, outWidth: width)
}

private func size(_ width: Int, _ height: Int, _ shortSide: Int, maxSize: Int = 0) throws -> String {
    let photo = try noiseImage(height: height, width: width)
    let got = try picture(photo).resizeShortSide(shortSide, .nearest, maxSize: maxSize)
    return "\(got.width)x\(got.height)"
}

private func letterbox(height: Int) throws -> [UInt8] {
    try picture(grayImage(height: 1, width: 2, [80, 90])).gray(channels: 1)
        .letterbox(height: height, width: 2, .box, red: 5, green: 6, blue: 7)
        .pixels()
}

private var chain: [(Picture) throws -> Picture] {
    [
        { try $0.resize(height: 33, width: 60, .bicubic) },
        { try $0.pad(left: 3, top: 1, right: 0, bottom: 2, red: 9, green: 8, blue: 7) },
        { try $0.resizeShortSide(50, .nearest) },
        { try $0.letterbox(height: 64, width: 48, .lanczos, red: 1, green: 2, blue: 3) },
        { try $0.gray(channels: 3) },
        { try $0.resize(height: 20, width: 48, .hamming) },
        { try $0.centerCrop(height: 30, width: 31) },
    ]
}

/// The picture computed and started anew, so that the next step sees no history.
private func fresh(_ from: Picture, _ order: PassOrder = .pillow13) throws -> Picture {
    try picture(image(from.pixels(), width: from.width, height: from.height), order)
}
