/// The weights of one axis, recomputed or known from Pillow 13.
var axisTests: [Test] {
    [
        Test("boxByTwoIsOneHalfEach") {
            let axis = try axis(4, to: 2, .box, 0..<2)
            for i in 0..<2 {
                try checkEqual(axis.first(i), 2 * i)
                try checkEqual(weights(axis, i), [1 << 21, 1 << 21])
            }
        },
        Test("bilinearEnlargedByTwoIsThreeQuartersAndOne") {
            let axis = try axis(2, to: 4, .bilinear, 0..<4)
            // The neighbour beyond the edge is left out and the rest divided by its sum.
            try checkEqual(weights(axis, 0), [1 << 22])
            try checkEqual(weights(axis, 1), [3 << 20, 1 << 20])
        },
        Test("hammingsConstantsAreFloats") {
            // As doubles they would give 3128317 and 1065987.
            try checkEqual(weights(axis(3, to: 22, .hamming, 0..<22), 6), [3_128_316, 1_065_988])
        },
        Test("weightsOfAWindowAreThoseOfTheWholeAxis") {
            for filter in antialiased {
                let whole = try axis(1000, to: 77, filter, 0..<77)
                let part = try axis(1000, to: 77, filter, 20..<31)
                for i in 20..<31 {
                    try checkEqual(part.first(i), whole.first(i))
                    try checkEqual(weights(part, i), weights(whole, i))
                }
            }
        },
        Test("anAxisThatIsUsedAgainIsAsGoodAsNew") {
            // Each differs from the one before it in one thing only, or in all.
            let used = Axis()
            for filter in antialiased { try checkAsGoodAsNew(used, 1000, 77, filter, 10..<20) }
            for end in [20, 77, 11] { try checkAsGoodAsNew(used, 1000, 77, .lanczos, 10..<end) }
            for begin in [10, 0, 5] { try checkAsGoodAsNew(used, 1000, 77, .lanczos, begin..<11) }
            for size in [1000, 10, 77, 999] { try checkAsGoodAsNew(used, size, 77, .lanczos, 5..<11) }
            for size in [77, 700, 12, 5000] { try checkAsGoodAsNew(used, 999, size, .bicubic, 5..<11) }
        },
        Test("weightsEndWithZerosUpToTheStride") {
            for filter in antialiased {
                let axis = try axis(31, to: 30, filter, 0..<30)
                try checkEqual(axis.stride % 4, 0)
                for i in 0..<30 {
                    for j in axis.taps(i)..<axis.stride { try checkEqual(axis.weights(i)[j], 0) }
                }
            }
        },
        Test("anAxisThatWasRefusedIsNotTakenForAGoodOne") {
            let axis = try axis(4, to: 2, .box, 0..<2)
            try checkRefused("outside the picture") { try axis.reset(9, to: 3, .box, 0..<4) }
            try axis.reset(4, to: 2, .box, 0..<2)
            try checkEqual(axis.taps(1), 2)
        },
        Test("spansStayInsideAndNeverGoBack") {
            for filter in antialiased {
                for (from, to) in [(1, 9), (9, 1), (7, 7), (4096, 3), (3, 4096), (31, 30)] {
                    let axis = try axis(from, to: to, filter, 0..<to)
                    for i in 0..<to {
                        try check(axis.first(i) >= 0 && axis.taps(i) >= 1 && axis.last(i) <= from)
                        try check(axis.taps(i) <= axis.maxTaps)
                        try check(i == 0 || axis.first(i) >= axis.first(i - 1))
                        try check(i == 0 || axis.last(i) >= axis.last(i - 1))
                    }
                }
            }
        },
        Test("noSumLeaves32Bits") {
            for filter in antialiased {
                for from in 1...48 {
                    for to in 1...48 { try checkSumsFit(axis(from, to: to, filter, 0..<to)) }
                }
                for (from, to) in [(4096, 224), (2, 4096), (4096, 4095), (8191, 1), (3, 10007)] {
                    try checkSumsFit(axis(from, to: to, filter, 0..<to))
                }
            }
        },
        Test("levelsAreClampedAtBothEnds") {
            for level: Int32 in -600...600 {
                try checkEqual(Int32(Axis.toByte(level)), min(max(level, 0), 255))
            }
            try checkEqual(Axis.toByte(.min >> 20), 0)
            try checkEqual(Axis.toByte(.max >> 20), 255)
        },
        Test("nearestIsARunningSum") {
            // Pixel 3 of 2 → 7: seven times 2/7 adds up to a little less than 1, and (3 + 0.5) * (2/7) is
            // exactly 1.
            try checkEqual(nearest(2, to: 7, 0..<7), [0, 0, 0, 0, 1, 1, 1])
            try checkEqual(nearest(2, to: 7, 3..<5), [0, 1])
        },
        Test("anAxisRefusesWhatIsNoAxis") {
            try checkRefused("below 1 or above 2^20") { try axis(0, to: 4, .box, 0..<4) }
            try checkRefused("below 1 or above 2^20") { try axis(4, to: 0, .box, 0..<0) }
            try checkRefused("below 1 or above 2^20") { try axis(-1, to: 4, .box, 0..<4) }
            try checkRefused("below 1 or above 2^20") { try axis(4, to: RgbImage.maxSide + 1, .box, 0..<4) }
            try checkRefused("outside the picture") { try axis(4, to: 4, .box, -1..<4) }
            try checkRefused("outside the picture") { try axis(4, to: 4, .box, 2..<2) }
            try checkRefused("outside the picture") { try axis(4, to: 4, .box, 0..<5) }
            try checkRefused("no weights for nearest") { try axis(4, to: 4, .nearest, 0..<4) }
            try checkRefused("got 0 to 4") { try nearest(0, to: 4, 0..<4) }
        },
    ]
}

private let antialiased: [Filter] = [.box, .bilinear, .hamming, .bicubic, .lanczos]

private func axis(_ inSize: Int, to outSize: Int, _ filter: Filter, _ range: Range<Int>) throws -> Axis {
    let axis = Axis()
    try axis.reset(inSize, to: outSize, filter, range)
    return axis
}

private func weights(_ axis: Axis, _ i: Int) -> [Int32] {
    (0..<axis.taps(i)).map { axis.weights(i)[$0] }
}

private func checkAsGoodAsNew(
    _ used: Axis,
    _ inSize: Int,
    _ outSize: Int,
    _ filter: Filter,
    _ range: Range<Int>,
    line: Int = #line
) throws {
    try used.reset(inSize, to: outSize, filter, range)
    let fresh = try axis(inSize, to: outSize, filter, range)
    try checkEqual(used.stride, fresh.stride, line: line)
    for i in range {
        try checkEqual(used.first(i), fresh.first(i), line: line)
        try checkEqual(weights(used, i), weights(fresh, i), line: line)
    }
}

private func checkSumsFit(_ axis: Axis) throws {
    for i in axis.range {
        var above = Int(Axis.half)
        var below = 0
        for weight in weights(axis, i) {
            above += max(255 * Int(weight), 0)
            below += min(255 * Int(weight), 0)
        }
        try check(above <= Int(Int32.max) && below >= Int(Int32.min))
    }
}

private func nearest(_ inSize: Int, to outSize: Int, _ range: Range<Int>) throws -> [Int32] {
    let pixels = Scratch<Int32>()
    try Axis.nearestPixels(inSize, to: outSize, range, into: pixels.atLeast(range.count))
    return range.indices.map { pixels.start[$0 - range.lowerBound] }
}
