// SPDX-License-Identifier: MIT-0
import CoreML
import CoreVideo
import XCTest

@testable import ModelKit

/// What Core ML is given are the pixels that the pipeline made.
final class InputFeaturesTests: XCTestCase {
    func testAPictureBecomesAPixelBuffer() throws {
        let info = try XCTUnwrap(ModelSpec.inputs.first { Pipeline.inputs.contains($0.name) })
        let buffer = TensorBuffer(info)
        for index in buffer.memory.indices { buffer.memory[index] = UInt8(index % 251) }
        let features = InputFeatures()
        let frame = try XCTUnwrap(features.value(of: buffer).imageBufferValue)
        XCTAssertEqual(CVPixelBufferGetHeight(frame), info.shape[1])
        XCTAssertEqual(CVPixelBufferGetWidth(frame), info.shape[2])
        if info.shape[3] == 3 {
            let picture = try Pictures.read(FrameReader(frame, exif: 1))
            XCTAssertEqual(picture.bytes, [UInt8](buffer.memory))
        } else {
            XCTAssertEqual(CVPixelBufferGetPixelFormatType(frame), kCVPixelFormatType_OneComponent8)
        }
        XCTAssertTrue(try features.value(of: buffer).imageBufferValue === frame, "the frame is used again")
    }
}
