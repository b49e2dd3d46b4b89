// SPDX-License-Identifier: MIT-0
import CoreVideo
import XCTest

@testable import ModelKit

/// Frames become the picture that they show: BGRA and 4:2:0, in every orientation, at odd sizes.
final class FrameReaderTests: XCTestCase {
    private let width = 5
    private let height = 3
    private let formats = [
        (kCVPixelFormatType_420YpCbCr8BiPlanarFullRange, 0.0...255.0),
        (kCVPixelFormatType_420YpCbCr8BiPlanarVideoRange, 16.0...235.0),
    ]

    func testBGRAIsReadAsItIs() throws {
        let frame = try frame(kCVPixelFormatType_32BGRA) { _, x, y in
            [UInt8(x), UInt8(10 + y), UInt8(20 + x * y), 99]
        }
        let picture = try Pictures.read(FrameReader(frame, exif: 1))
        for y in 0..<height {
            for x in 0..<width {
                XCTAssertEqual(
                    pixel(picture, x, y), [UInt8(20 + x * y), UInt8(10 + y), UInt8(x)], "\(x), \(y)")
            }
        }
    }

    func testFullAndVideoRangeAreToldApart() throws {
        for (format, range) in formats {
            try check(yuvFrame(format), range, red: 0.299, blue: 0.114)
        }
    }

    func testTheMatrixIsTheFramesOwn() throws {
        for (format, range) in formats {
            let frame = try yuvFrame(format)
            CVBufferSetAttachment(
                frame, kCVImageBufferYCbCrMatrixKey, kCVImageBufferYCbCrMatrix_ITU_R_709_2, .shouldPropagate
            )
            try check(frame, range, red: 0.2126, blue: 0.0722)
        }
    }

    func testEveryOrientationIsUndone() throws {
        for format in [kCVPixelFormatType_32BGRA, kCVPixelFormatType_420YpCbCr8BiPlanarFullRange] {
            let frame = try yuvFrame(format)
            let stored = try PixelsReader(Pictures.read(FrameReader(frame, exif: 1)))
            for exif in 1...8 {
                let expected = UprightReader(stored, exif: exif, buffer: RgbBuffer())
                let actual = try Pictures.read(FrameReader(frame, exif: exif))
                XCTAssertEqual(actual, try Pictures.read(expected), "EXIF \(exif)")
            }
        }
    }

    func testAnotherFormatIsRefused() throws {
        var frame: CVPixelBuffer?
        _ = CVPixelBufferCreate(nil, 4, 4, kCVPixelFormatType_OneComponent8, nil, &frame)
        XCTAssertThrowsError(try FrameReader(XCTUnwrap(frame), exif: 1))
    }

    /// Within a level of ITU-R's formula; the kernels' tests know every bit.
    private func check(_ frame: CVPixelBuffer, _ range: ClosedRange<Double>, red: Double, blue: Double) throws
    {
        let picture = try Pictures.read(FrameReader(frame, exif: 1))
        let isFull = range.lowerBound == 0
        for y in 0..<height {
            for x in 0..<width {
                let luma = (Double(sample(0, x, y)[0]) - range.lowerBound) * (isFull ? 1 : 255 / 219)
                let chroma = sample(1, x / 2, y / 2).map { (Double($0) - 128) * (isFull ? 1 : 255 / 224) }
                let r = luma + 2 * (1 - red) * chroma[1]
                let b = luma + 2 * (1 - blue) * chroma[0]
                let g = (luma - red * r - blue * b) / (1 - red - blue)
                for (level, wanted) in zip(pixel(picture, x, y), [r, g, b]) {
                    XCTAssertEqual(Double(level), min(max(wanted, 0), 255), accuracy: 1, "\(x), \(y)")
                }
            }
        }
    }

    private func yuvFrame(_ format: OSType) throws -> CVPixelBuffer {
        try frame(format) { plane, x, y in
            format == kCVPixelFormatType_32BGRA
                ? [UInt8(40 * x), UInt8(60 * y), 7, 99] : self.sample(plane, x, y)
        }
    }

    /// Y, or Cb and Cr, of a colourful frame.
    private func sample(_ plane: Int, _ x: Int, _ y: Int) -> [UInt8] {
        plane == 0 ? [UInt8(20 + 40 * x + 10 * y)] : [UInt8(60 + 50 * x), UInt8(200 - 70 * y)]
    }

    private func pixel(_ picture: RGBPixels, _ x: Int, _ y: Int) -> [UInt8] {
        let place = y * picture.bytesPerRow + 3 * x
        return Array(picture.bytes[place..<place + 3])
    }

    /// A frame whose rows are as long as Core Video likes them.
    private func frame(_ format: OSType, _ bytes: (_ plane: Int, _ x: Int, _ y: Int) -> [UInt8]) throws
        -> CVPixelBuffer
    {
        var made: CVPixelBuffer?
        _ = CVPixelBufferCreate(nil, width, height, format, nil, &made)
        let frame = try XCTUnwrap(made)
        CVPixelBufferLockBaseAddress(frame, [])
        defer { CVPixelBufferUnlockBaseAddress(frame, []) }
        guard CVPixelBufferIsPlanar(frame) else {
            let start = try XCTUnwrap(CVPixelBufferGetBaseAddress(frame))
            write(start, CVPixelBufferGetBytesPerRow(frame), width, height) { x, y in bytes(0, x, y) }
            return frame
        }
        for plane in 0..<2 {
            let start = try XCTUnwrap(CVPixelBufferGetBaseAddressOfPlane(frame, plane))
            let columns = CVPixelBufferGetWidthOfPlane(frame, plane)
            let rows = CVPixelBufferGetHeightOfPlane(frame, plane)
            let bytesPerRow = CVPixelBufferGetBytesPerRowOfPlane(frame, plane)
            write(start, bytesPerRow, columns, rows) { x, y in bytes(plane, x, y) }
        }
        return frame
    }

    private func write(
        _ start: UnsafeMutableRawPointer,
        _ bytesPerRow: Int,
        _ columns: Int,
        _ rows: Int,
        _ bytes: (_ x: Int, _ y: Int) -> [UInt8]
    ) {
        for y in 0..<rows {
            for x in 0..<columns {
                for (index, byte) in bytes(x, y).enumerated() {
                    let place = y * bytesPerRow + x * bytes(x, y).count + index
                    start.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
                }
            }
        }
    }
}
