// SPDX-License-Identifier: MIT-0
import XCTest

@testable import ModelKit

/// Pictures to test with.
enum Pictures {
    /// The pixels of a golden picture, as Python decoded it.
    static func decoded(_ golden: GoldenCase) throws -> RGBPixels {
        let way = try XCTUnwrap(golden.inputs.first { !$0.stages.isEmpty })
        return try pixels(Goldens.read(way.stages[0].file))
    }

    static func pixels(_ tensor: Tensor) throws -> RGBPixels {
        try RGBPixels(tensor.bytes, width: tensor.shape[1], height: tensor.shape[0])
    }

    /// A picture in which no two pixels are alike.
    static func counted(width: Int, height: Int) throws -> RGBPixels {
        let bytes = (0..<width * height).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8 & 0xFF), UInt8($0 * 7 & 0xFF)] }
        return try RGBPixels(bytes, width: width, height: height)
    }

    /// All pixels of a photo.
    static func read(_ photo: any PixelSource) throws -> RGBPixels {
        let out = RgbBuffer()
        try photo.read(Window(left: 0, top: 0, right: photo.width, bottom: photo.height), into: out)
        return try copy(out)
    }

    static func copy(_ buffer: RgbBuffer) throws -> RGBPixels {
        let memory = UnsafeBufferPointer(start: buffer.image.base, count: buffer.width * buffer.height * 3)
        return try RGBPixels([UInt8](memory), width: buffer.width, height: buffer.height)
    }
}
