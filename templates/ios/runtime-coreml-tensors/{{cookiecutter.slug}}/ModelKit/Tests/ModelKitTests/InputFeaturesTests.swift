// SPDX-License-Identifier: MIT-0
import CoreML
import XCTest

@testable import ModelKit

/// What Core ML is given are the numbers of the buffer.
final class InputFeaturesTests: XCTestCase {
    func testABufferBecomesAnArray() throws {
        let buffer = TensorBuffer(ModelSpec.inputs[0])
        for index in buffer.memory.indices { buffer.memory[index] = UInt8(index % 251) }
        let array = try XCTUnwrap(InputFeatures().value(of: buffer).multiArrayValue)
        let tensor = try array.tensor(buffer.info)
        XCTAssertEqual(tensor.shape, buffer.info.shape)
        XCTAssertEqual(tensor.bytes, [UInt8](buffer.memory))
    }
}
