/// Where each value of the tensor comes from, in both layouts, both orders and all widths.
var toTensorTests: [Test] {
    [
        Test("eachValueOf32BitsIsAtItsPlace") {
            func values(_ order: ChannelOrder, isChw: Bool) throws -> [UInt32] {
                try filled(6) { out in
                    let two = try two()
                    isChw
                        ? try ToTensor.toChw(two, levels: words(3), order: order, into: out)
                        : try ToTensor.toHwc(two, levels: words(3), order: order, into: out)
                }
            }
            try checkEqual(values(.rgb, isChw: true), [100001, 100004, 200002, 200005, 300003, 300006])
            try checkEqual(values(.bgr, isChw: true), [100003, 100006, 200002, 200005, 300001, 300004])
            try checkEqual(values(.rgb, isChw: false), [100001, 200002, 300003, 100004, 200005, 300006])
            try checkEqual(values(.bgr, isChw: false), [100003, 200002, 300001, 100006, 200005, 300004])
        },
        Test("eachValueOf16BitsIsAtItsPlace") {
            let levels = words(3).map { (word: UInt32) in UInt16(word / 100_000 * 1000 + word % 100_000) }
            let chw: [UInt16] = try filled(6) {
                try ToTensor.toChw(two(), levels: levels, order: .rgb, into: $0)
            }
            try checkEqual(chw, [1001, 1004, 2002, 2005, 3003, 3006])
            let hwc: [UInt16] = try filled(6) {
                try ToTensor.toHwc(two(), levels: levels, order: .bgr, into: $0)
            }
            try checkEqual(hwc, [1003, 2002, 3001, 1006, 2005, 3004])
        },
        Test("eachValueOf8BitsIsAtItsPlace") {
            let levels = words(3).map { (word: UInt32) in
                UInt8(truncatingIfNeeded: word / 100_000 * 50 + word % 100_000)
            }
            let chw: [UInt8] = try filled(6) {
                try ToTensor.toChw(two(), levels: levels, order: .rgb, into: $0)
            }
            try checkEqual(chw, [51, 54, 102, 105, 153, 156])
            let hwc: [UInt8] = try filled(6) {
                try ToTensor.toHwc(two(), levels: levels, order: .bgr, into: $0)
            }
            try checkEqual(hwc, [53, 102, 151, 56, 105, 154])
        },
        Test("aGrayPictureHasOneChannel") {
            for order in [ChannelOrder.rgb, .bgr] {
                let gray = try picture(grayImage(height: 2, width: 2, [7, 8, 9, 10])).gray(channels: 1)
                let got: [UInt32] = try filled(4) {
                    try ToTensor.toChw(gray, levels: words(1), order: order, into: $0)
                }
                try checkEqual(got, [100007, 100008, 100009, 100010])
            }
        },
        Test("theTensorIsMadeOfThePicturesPixels") {
            let same = (0..<768).map { UInt8(truncatingIfNeeded: $0) }
            let seen = try picture(noiseImage(height: 50, width: 70, 2))
                .resizeShortSide(20, .bilinear)
                .centerCrop(height: 16, width: 18)
            let got: [UInt8] = try filled(16 * 18 * 3) {
                try ToTensor.toHwc(seen, levels: same, order: .rgb, into: $0)
            }
            try check(got == seen.pixels())
        },
        Test("aTensorMayBeginAtAnyByteAndEndsWhereItEnds") {
            let bytes = memory([UInt8](repeating: 0xEE, count: 26))
            let inner = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[1..<25])
            try ToTensor.toChw(two(), levels: words(3), order: .rgb, into: inner)
            try checkEqual(inner.loadUnaligned(fromByteOffset: 20, as: UInt32.self), 300006)
            try checkEqual([bytes[0], bytes[25]], [0xEE, 0xEE])
        },
        Test("badArgumentsOfATensorAreRefused") {
            func refused(_ words: String, _ levels: [UInt32], _ bytes: Int) throws {
                let out = UnsafeMutableRawBufferPointer(memory([UInt8](repeating: 0, count: bytes)))
                try checkRefused(words) { try ToTensor.toChw(two(), levels: levels, order: .rgb, into: out) }
                try checkRefused(words) { try ToTensor.toHwc(two(), levels: levels, order: .rgb, into: out) }
            }
            try refused("of 24 bytes does not fit into 23", words(3), 23)
            try refused("of 256 levels for a picture of 3 channels", words(1), 24)
            try refused("of 767 levels", Array(words(3).dropLast()), 24)
            let none = UnsafeMutableRawBufferPointer(start: nil, count: 0)
            try checkRefused("does not fit into 0") {
                try ToTensor.toChw(two(), levels: words(3), order: .rgb, into: none)
            }
        },
    ]
}

/// Two pixels side by side: R G B, R G B.
private func two() throws -> Picture {
    try picture(image([1, 2, 3, 4, 5, 6], width: 2, height: 1))
}

/// Level v of channel c becomes (c + 1) * 100000 + v.
private func words(_ channels: Int) -> [UInt32] {
    var words: [UInt32] = []
    for start in 1...UInt32(channels) {
        for level in 0..<UInt32(256) { words.append(start * 100_000 + level) }
    }
    return words
}

/// A tensor of `count` values after `fill`.
private func filled<Bits: FixedWidthInteger>(
    _ count: Int,
    _ fill: (UnsafeMutableRawBufferPointer) throws -> Void
) throws -> [Bits] {
    let values = UnsafeMutableBufferPointer<Bits>.allocate(capacity: count)
    defer { values.deallocate() }
    values.initialize(repeating: 0)
    try fill(UnsafeMutableRawBufferPointer(values))
    return Array(values)
}
