// SPDX-License-Identifier: MIT-0
import XCTest

@testable import ModelKit

final class CoreMLTests: XCTestCase {
    func testGapsBetweenRowsAreLeftOut() {
        // 2 x 3 numbers of two bytes, rows of four: what the Neural Engine likes.
        let memory: [UInt8] = [1, 0, 2, 0, 3, 0, 99, 99, 4, 0, 5, 0, 6, 0]
        memory.withUnsafeBytes { memory in
            let rows = packed(memory, byteCount: 2, shape: [2, 3], strides: [4, 1])
            XCTAssertEqual(rows, [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0])
            XCTAssertEqual(packed(memory, byteCount: 2, shape: [3], strides: [1]), [1, 0, 2, 0, 3, 0])
            XCTAssertEqual(packed(memory, byteCount: 1, shape: [2, 2], strides: [1, 2]), [1, 2, 0, 0])
        }
        XCTAssertEqual(contiguousStrides([2, 3, 4]), [12, 4, 1])
    }

    func testThePackageIsCompiledOnce() throws {
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("old.mlmodelc"), withIntermediateDirectories: true
        )
        var compilations = 0
        func compile(_ package: URL) throws -> URL {
            compilations += 1
            let made = temporaryFolder()
            try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
            return made
        }
        let package = URL(fileURLWithPath: "/model.mlpackage")
        let first = try CompiledModel.kept(package, in: folder, compile: compile)
        XCTAssertTrue(first.lastPathComponent.hasPrefix(String(ModelSpec.modelSHA256.prefix(16))))
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        XCTAssertEqual(kept, [first.lastPathComponent])
        XCTAssertEqual(try CompiledModel.kept(package, in: folder, compile: compile), first)
        XCTAssertEqual(compilations, 1)
    }

    func testAPackageThatCannotBeCompiledLeavesNothing() {
        let folder = temporaryFolder()
        XCTAssertThrowsError(
            try CompiledModel.kept(URL(fileURLWithPath: "/m"), in: folder) { _ in throw RuntimeProblem("no") }
        ) { error in
            XCTAssertEqual((error as? ModelError)?.cause?.localizedDescription, "no")
        }
        XCTAssertFalse(FileManager.default.fileExists(atPath: folder.path))
    }

    private func temporaryFolder() -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    }
}
