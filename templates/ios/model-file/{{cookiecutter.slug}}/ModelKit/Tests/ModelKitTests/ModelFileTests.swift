// SPDX-License-Identifier: MIT-0
import XCTest

@testable import ModelKit

/// Only the very file that ModelSpec was generated for is given to the runtime.
final class ModelFileTests: XCTestCase {
    private var folder = URL(fileURLWithPath: "/")

    override func setUpWithError() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".bundle")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws {
        try FileManager.default.removeItem(at: folder)
    }

    func testTheModelIsInTheBundle() throws {
        XCTAssertEqual(try ModelFile.url().lastPathComponent, ModelSpec.modelFile)
    }

    func testAMissingModelIsNamed() {
        assertFails(nil) { if case .missing(ModelSpec.modelFile) = $0 { true } else { false } }
    }

    func testACutOffModelIsSeen() throws {
        let model = try Data(contentsOf: ModelFile.url())
        assertFails(model.dropLast(1)) { if case .truncated = $0 { true } else { false } }
        assertFails(Data()) { if case .truncated(_, 0, model.count) = $0 { true } else { false } }
    }

    func testAnotherModelIsSeen() throws {
        let model = try Data(contentsOf: ModelFile.url())
        assertFails(model + [0]) { if case .foreign = $0 { true } else { false } }
        for place in [0, model.count - 1] {
            var other = model
            other[place] ^= 1
            assertFails(other) { if case .foreign = $0 { true } else { false } }
        }
    }

    private func assertFails(_ model: Data?, _ expected: (ModelError) -> Bool, line: UInt = #line) {
        do {
            try model?.write(to: folder.appendingPathComponent(ModelSpec.modelFile))
            let bundle = try XCTUnwrap(Bundle(url: folder))
            let url = try ModelFile.url(in: bundle)
            XCTFail("\(url) was accepted", line: line)
        } catch let error as ModelError {
            XCTAssertTrue(expected(error), "\(error)", line: line)
        } catch {
            XCTFail("\(error)", line: line)
        }
    }
}
