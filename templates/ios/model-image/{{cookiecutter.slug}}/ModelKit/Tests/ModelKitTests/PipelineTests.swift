// SPDX-License-Identifier: MIT-0
import XCTest

@testable import ModelKit

/// From decoded pixels to the tensor every stage has, bit for bit, the values Python computed.
final class PipelineTests: XCTestCase {
    private let workspace = Workspace()

    func testEveryStageIsThatOfPython() throws {
        var compared = 0
        for golden in GoldenCases.all {
            for way in golden.inputs where way.tensor != nil && Pipeline.inputs.contains(way.input) {
                try checkStages(of: way, "\(golden.name), input \(way.input)")
                compared += 1
            }
        }
        XCTAssertGreaterThan(compared, 0, "there is no golden picture")
    }

    /// Runs the very function that the app runs and compares what it does on the way.
    private func checkStages(of way: GoldenCase.Way, _ place: String) throws {
        let info = try XCTUnwrap(ModelSpec.inputs.first { $0.name == way.input })
        let photo = try PixelsReader(Pictures.pixels(Goldens.read(way.stages[0].file)))
        let buffer = TensorBuffer(info)
        var seen = 1
        var failure: (any Error)?
        try Pipeline.fill(way.input, with: photo, using: workspace, into: buffer.memory) { name, picture in
            defer { seen += 1 }
            guard seen < way.stages.count else { return XCTFail("\(place) has no golden stage \(name)") }
            XCTAssertEqual(name, way.stages[seen].name, "\(place): a stage is out of place")
            do {
                let expected = try Goldens.read(way.stages[seen].file)
                let shape = [picture.height, picture.width, picture.channels]
                let actual = try Tensor(bytes: picture.pixels(), dtype: .uint8, shape: shape)
                Goldens.assertSame("\(place), stage \(name)", expected, actual)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        XCTAssertEqual(seen, way.stages.count, "\(place): stages are missing")
        let stored = try Goldens.read(XCTUnwrap(way.tensor))
        let expected = try Tensor(bytes: stored.bytes, dtype: stored.dtype, shape: info.shape)
        let actual = Tensor(unchecked: [UInt8](buffer.memory), dtype: info.dtype, shape: info.shape)
        Goldens.assertSame("\(place), the tensor", expected, actual)
    }

    func testThePreprocessorGivesTheSame() throws {
        let golden = try XCTUnwrap(GoldenCases.all.first { !$0.outputs.isEmpty })
        let way = try XCTUnwrap(golden.inputs.first { Pipeline.inputs.contains($0.input) })
        let tensor = try Preprocessor().tensor(way.input, from: Pictures.decoded(golden))
        XCTAssertEqual(tensor.bytes, try Goldens.read(XCTUnwrap(way.tensor)).bytes)
    }

    func testEveryLevelIsThatOfPython() {
        XCTAssertEqual(GoldenLevels.tables.keys.sorted(), Pipeline.inputs.sorted())
        for (input, table) in GoldenLevels.tables {
            XCTAssertEqual(crc32(table.levels), table.checksum, "the levels of \(input)")
        }
    }

    /// Of the numbers' bytes, little endian.
    private func crc32(_ numbers: [UInt32]) -> UInt32 {
        var crc = ~UInt32(0)
        for number in numbers {
            for shift in stride(from: 0, to: 32, by: 8) {
                crc ^= number >> UInt32(shift) & 0xFF
                for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
            }
        }
        return ~crc
    }

    func testAnInputThatIsNoPictureIsRefused() throws {
        let photo = try PixelsReader(Pictures.counted(width: 2, height: 2))
        let buffer = TensorBuffer(ModelSpec.inputs[0])
        XCTAssertThrowsError(
            try Pipeline.fill("no such input", with: photo, using: workspace, into: buffer.memory)
        )
        XCTAssertThrowsError(
            try Preprocessor().tensor("no such input", from: Pictures.counted(width: 2, height: 2))
        )
    }
}
