// SPDX-License-Identifier: MIT-0
import XCTest

@testable import ModelKit

final class TensorTests: XCTestCase {
    func testNumbersComeBackAsTheyWent() throws {
        let tensor = try Tensor([1, -2.5, .infinity] as [Float], shape: [3, 1])
        XCTAssertEqual(tensor.values(), [1, -2.5, .infinity] as [Float])
        XCTAssertEqual(tensor.floats, [1, -2.5, .infinity])
        XCTAssertEqual(tensor.description, "3x1 float32")
        XCTAssertEqual(try Tensor([7] as [Int64], shape: []).values(), [7] as [Int64])
    }

    func testBytesAreInLittleEndianOrder() throws {
        XCTAssertEqual(try Tensor([0x0102] as [Int16], shape: [1]).bytes, [2, 1])
    }

    func testEveryDTypeIsReadAsFloats() throws {
        for (bytes, dtype, value) in [
            ([0, 0, 0, 0, 0, 0, 0x04, 0xC0], .float64, -2.5), ([0, 0x3E], .float16, 1.5),
            ([0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .int64, -2), ([0xFE, 0xFF], .int16, -2),
            ([0xFE, 0xFF, 0xFF, 0xFF], .int32, -2), ([0xFE], .int8, -2), ([0xFE], .uint8, 254),
            ([1], .bool, 1),
        ] as [([UInt8], DType, Float)] {
            XCTAssertEqual(try Tensor(bytes: bytes, dtype: dtype, shape: [1]).floats, [value], "\(dtype)")
        }
    }

    func testHalvesAreExact() {
        for (bits, value) in [
            (0x0000, 0), (0x0001, 0x1p-24), (0x03FF, 0x3FFp-24), (0x0400, 0x1p-14), (0x3C00, 1),
            (0x3555, 0x1.554p-2),
            (0x7BFF, 65504), (0xC000, -2), (0x8001, -0x1p-24), (0x7C00, .infinity), (0xFC00, -.infinity),
        ] as [(UInt16, Float)] {
            XCTAssertEqual(Tensor.half(bits), value, String(bits, radix: 16))
        }
        XCTAssertEqual(Tensor.half(0x8000).sign, .minus)
        XCTAssertTrue(Tensor.half(0x7E00).isNaN)
    }

    func testBytesThatDoNotFitTheShapeAreRefused() {
        XCTAssertThrowsError(try Tensor([1, 2, 3] as [Float], shape: [2]))
        XCTAssertThrowsError(try Tensor([] as [Float], shape: [-1]))
        XCTAssertThrowsError(try Tensor(bytes: [1, 2, 3], dtype: .float16, shape: [2]))
        XCTAssertThrowsError(try Tensor([1] as [Float], shape: [.max, .max]))
        XCTAssertThrowsError(try Tensor([] as [Float], shape: [.max / 4]))
    }

    func testADynamicAxisFitsAnyLength() {
        let info = TensorInfo(name: "a", dtype: .float32, shape: [1, 8], dynamicAxes: [0])
        XCTAssertTrue(info.fits(dtype: .float32, shape: [5, 8]))
        XCTAssertFalse(info.fits(dtype: .float32, shape: [0, 8]))
        XCTAssertFalse(info.fits(dtype: .float32, shape: [5, 9]))
        XCTAssertFalse(info.fits(dtype: .float32, shape: [5]))
        XCTAssertFalse(info.fits(dtype: .float16, shape: [5, 8]))
        XCTAssertEqual(info.description, "?x8 float32")
    }

    func testABufferTakesTheShapeOfItsTensor() throws {
        let buffer = TensorBuffer(TensorInfo(name: "a", dtype: .int8, shape: [2], dynamicAxes: [0]))
        XCTAssertEqual([UInt8](buffer.memory), [0, 0])
        buffer.copy(try Tensor([1, 2, 3] as [Int8], shape: [3]))
        XCTAssertEqual(buffer.shape, [3])
        XCTAssertEqual([UInt8](buffer.memory), [1, 2, 3])
    }
}
