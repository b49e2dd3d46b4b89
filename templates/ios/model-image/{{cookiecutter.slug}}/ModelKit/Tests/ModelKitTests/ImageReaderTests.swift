// SPDX-License-Identifier: MIT-0
import CoreGraphics
import XCTest

@testable import ModelKit

/// The numbers that an image stores come out, whatever their order, colour space and alpha.
final class ImageReaderTests: XCTestCase {
    private let rgb = CGColorSpaceCreateDeviceRGB()
    private let gray = CGColorSpaceCreateDeviceGray()

    func testEveryOrderOfSamplesIsRead() throws {
        let little = CGBitmapInfo.byteOrder32Little.rawValue
        for (name, info, pixel) in [
            ("RGB", CGImageAlphaInfo.none.rawValue, [1, 2, 3]),
            ("RGBX", CGImageAlphaInfo.noneSkipLast.rawValue, [1, 2, 3, 99]),
            ("RGBA", CGImageAlphaInfo.last.rawValue, [1, 2, 3, 7]),
            ("XRGB", CGImageAlphaInfo.noneSkipFirst.rawValue, [99, 1, 2, 3]),
            ("ARGB", CGImageAlphaInfo.first.rawValue, [7, 1, 2, 3]),
            ("BGRX", CGImageAlphaInfo.noneSkipFirst.rawValue | little, [3, 2, 1, 99]),
            ("BGRA", CGImageAlphaInfo.first.rawValue | little, [3, 2, 1, 7]),
            ("ABGR", CGImageAlphaInfo.last.rawValue | little, [7, 3, 2, 1]),
        ] as [(String, UInt32, [UInt8])] {
            let image = try image([pixel], rgb, info)
            XCTAssertEqual(try Pictures.read(ImageReader(image)).bytes, [1, 2, 3], name)
        }
    }

    func testGrayIsReadThrice() throws {
        let opaque = try image([[5], [6]], gray, CGImageAlphaInfo.none.rawValue)
        XCTAssertEqual(try Pictures.read(ImageReader(opaque)).bytes, [5, 5, 5, 6, 6, 6])
        let clear = try image([[5, 0], [6, 255]], gray, CGImageAlphaInfo.last.rawValue)
        XCTAssertEqual(try Pictures.read(ImageReader(clear)).bytes, [5, 5, 5, 6, 6, 6])
    }

    func testNoColorIsConverted() throws {
        let space = try XCTUnwrap(CGColorSpace(name: CGColorSpace.displayP3))
        let image = try image([[200, 30, 10, 255]], space, CGImageAlphaInfo.noneSkipLast.rawValue)
        XCTAssertEqual(try Pictures.read(ImageReader(image)).bytes, [200, 30, 10])
    }

    func testAlphaThatWasMultipliedInIsDivided() throws {
        let pixels: [[UInt8]] = [[64, 32, 0, 128], [9, 9, 9, 255], [0, 0, 0, 0]]
        let image = try image(pixels, rgb, CGImageAlphaInfo.premultipliedLast.rawValue)
        XCTAssertEqual(try Pictures.read(ImageReader(image)).bytes, [128, 64, 0, 9, 9, 9, 0, 0, 0])
    }

    func testOfSixteenBitsTheHigherEightAreRead() throws {
        let big = CGBitmapInfo.byteOrder16Big.rawValue | CGImageAlphaInfo.last.rawValue
        let rgba = try image([[1, 91, 2, 92, 3, 93, 4, 94]], rgb, big, bits: 16)
        XCTAssertEqual(try Pictures.read(ImageReader(rgba)).bytes, [1, 2, 3])
        let little = CGBitmapInfo.byteOrder16Little.rawValue | CGImageAlphaInfo.none.rawValue
        let opaque = try image([[91, 1, 92, 2, 93, 3]], rgb, little, bits: 16)
        XCTAssertEqual(try Pictures.read(ImageReader(opaque)).bytes, [1, 2, 3])
    }

    func testGrayOfSixteenBitsIsClampedAsInPillow() throws {
        for (order, pixels) in [
            (CGBitmapInfo.byteOrder16Big, [[0, 7], [0, 255], [1, 0]]),
            (CGBitmapInfo.byteOrder16Little, [[7, 0], [255, 0], [0, 1]]),
        ] as [(CGBitmapInfo, [[UInt8]])] {
            let image = try image(pixels, gray, order.rawValue | CGImageAlphaInfo.none.rawValue, bits: 16)
            let levels = try Pictures.read(ImageReader(image)).bytes
            XCTAssertEqual(levels, [7, 7, 7, 255, 255, 255, 255, 255, 255])
        }
    }

    func testAWindowOfRowsWithGapsIsRead() throws {
        // 2 x 2 pixels of three bytes, rows of eight.
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 99, 99, 7, 8, 9, 10, 11, 12, 99, 99]
        let image = try made(
            bytes, width: 2, height: 2, bits: 8, bytesPerPixel: 3, bytesPerRow: 8, rgb,
            CGImageAlphaInfo.none.rawValue
        )
        let out = RgbBuffer()
        try ImageReader(image).read(Window(left: 1, top: 0, right: 2, bottom: 2), into: out)
        XCTAssertEqual(try Pictures.copy(out).bytes, [4, 5, 6, 10, 11, 12])
    }

    /// One row of pixels.
    private func image(_ pixels: [[UInt8]], _ space: CGColorSpace, _ info: UInt32, bits: Int = 8) throws
        -> CGImage
    {
        let size = pixels[0].count
        return try made(
            pixels.flatMap { $0 }, width: pixels.count, height: 1, bits: bits, bytesPerPixel: size,
            bytesPerRow: size * pixels.count, space, info
        )
    }

    private func made(
        _ bytes: [UInt8],
        width: Int,
        height: Int,
        bits: Int,
        bytesPerPixel: Int,
        bytesPerRow: Int,
        _ space: CGColorSpace,
        _ info: UInt32
    ) throws -> CGImage {
        let provider = try XCTUnwrap(CGDataProvider(data: Data(bytes) as CFData))
        let image = CGImage(
            width: width,
            height: height,
            bitsPerComponent: bits,
            bitsPerPixel: 8 * bytesPerPixel,
            bytesPerRow: bytesPerRow,
            space: space,
            bitmapInfo: CGBitmapInfo(rawValue: info),
            provider: provider,
            decode: nil,
            shouldInterpolate: false,
            intent: .defaultIntent
        )
        return try XCTUnwrap(image)
    }
}
