// SPDX-License-Identifier: MIT-0
import XCTest

@testable import ModelKit

final class PixelReaderTests: XCTestCase {
    func testAWindowOfATurnedPhotoIsThatOfTheUprightOne() throws {
        let photo = try Pictures.counted(width: 11, height: 7)
        for exif in 1...8 {
            let upright = UprightReader(PixelsReader(photo), exif: exif, buffer: RgbBuffer())
            let whole = try PixelsReader(Pictures.read(upright))
            XCTAssertEqual(whole.width, exif < 5 ? 11 : 7)
            for window in [
                Window(left: 0, top: 0, right: 1, bottom: 1), Window(left: 2, top: 1, right: 7, bottom: 4),
                Window(left: 5, top: 3, right: 6, bottom: 7),
            ] {
                let (expected, actual) = (RgbBuffer(), RgbBuffer())
                try whole.read(window, into: expected)
                try upright.read(window, into: actual)
                XCTAssertEqual(
                    try Pictures.copy(actual), try Pictures.copy(expected), "EXIF \(exif), \(window)")
            }
        }
    }

    func testEachOrientationPutsTheFirstPixelWhereItBelongs() throws {
        // 2 x 3 pixels, and where EXIF says that the first one is: as EXIF 2.32 has it in 4.6.4.
        let photo = try Pictures.counted(width: 2, height: 3)
        for (exif, x, y) in [
            (1, 0, 0), (2, 1, 0), (3, 1, 2), (4, 0, 2), (5, 0, 0), (6, 2, 0), (7, 2, 1), (8, 0, 1),
        ] {
            let upright = try Pictures.read(
                UprightReader(PixelsReader(photo), exif: exif, buffer: RgbBuffer()))
            let place = 3 * (y * upright.width + x)
            XCTAssertEqual(Array(upright.bytes[place..<place + 3]), Array(photo.bytes[0..<3]), "EXIF \(exif)")
        }
    }

    func testRowsMayHaveGaps() throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 99, 99, 7, 8, 9, 10, 11, 12]
        let pixels = try RGBPixels(bytes, width: 2, height: 2, bytesPerRow: 8)
        XCTAssertEqual(
            try Pictures.read(PixelsReader(pixels)).bytes, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    }

    func testPixelsThatAreNoPictureAreRefused() {
        XCTAssertThrowsError(try RGBPixels([1, 2], width: 1, height: 1))
        XCTAssertThrowsError(try RGBPixels([], width: 0, height: 1))
        XCTAssertThrowsError(try RGBPixels([1, 2, 3], width: 1, height: -1))
        XCTAssertThrowsError(try RGBPixels([1, 2, 3, 4, 5, 6], width: 2, height: 1, bytesPerRow: 5))
    }

    func testALevelComesBackFromItsProductWithAlpha() {
        XCTAssertEqual(ImageSamples.divided(64, by: 128), 128)
        XCTAssertEqual(ImageSamples.divided(200, by: 255), 200)
        XCTAssertEqual(ImageSamples.divided(7, by: 0), 7)
        XCTAssertEqual(ImageSamples.divided(255, by: 3), 255)
    }
}
