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
        var bytes: [UInt8] = []
        for number in 0..<width * height {
            bytes += [UInt8(number % 251), UInt8(number / 251), UInt8(number * 7 % 256)]
        }
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
