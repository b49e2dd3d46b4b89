// SPDX-License-Identifier: MIT-0
import XCTest

@testable import ModelKit

/// From decoded pixels to labels: what Python says.
final class ClassifierTests: XCTestCase {
    func testGoldenPicturesHaveTheGoldenLabels() async throws {
        let classifier = try await Classifier.load()
        let session = try ClassifierSession()
        var compared = 0
        for golden in GoldenCases.all where !golden.predictions.isEmpty {
            let pixels = try Pictures.decoded(golden)
            let top = try await classifier.classify(pixels, top: 5)
            XCTAssertEqual(try session.classify(pixels, top: 5), top, golden.name)
            let best = golden.predictions[0]
            let found = try XCTUnwrap(
                top.first { $0.index == best.index }, "\(golden.name) lacks \(best.name)")
            let allowed = Double(GoldenCases.tolerance) * max(1, abs(best.probability)) * 2
            XCTAssertEqual(Double(found.probability), best.probability, accuracy: allowed, golden.name)
            let timings = await classifier.timings
            XCTAssertGreaterThan(timings.forward, 0)
            compared += 1
        }
        XCTAssertGreaterThan(compared, 0)
    }
}
