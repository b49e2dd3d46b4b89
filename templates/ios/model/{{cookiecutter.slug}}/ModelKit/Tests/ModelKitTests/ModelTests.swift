// SPDX-License-Identifier: MIT-0
import XCTest

@testable import ModelKit

/// The runtime's answer on this machine is the one that Python had, within what its arithmetic may differ.
final class ModelTests: XCTestCase {
    func testGoldenInputsGiveTheGoldenOutputs() throws {
        let session = try ModelSession()
        var compared = 0
        for golden in GoldenCases.all where !golden.outputs.isEmpty {
            let outputs = try session.run(inputs(of: golden))
            for (name, file) in golden.outputs {
                let expected = try Goldens.read(file)
                let actual = try XCTUnwrap(outputs[name])
                XCTAssertEqual(actual.description, expected.description, "\(golden.name), output \(name)")
                let error = zip(expected.floats, actual.floats).map { abs($0 - $1) }.max() ?? 0
                let largest = expected.floats.map(abs).max() ?? 0
                let allowed = GoldenCases.tolerance * max(largest, 1e-6)
                XCTAssertLessThanOrEqual(error, allowed, "\(golden.name), output \(name)")
                compared += 1
            }
        }
        XCTAssertGreaterThan(compared, 0)
    }

    func testInputsThatDoNotFitAreRefused() throws {
        let session = try ModelSession()
        let golden = try XCTUnwrap(GoldenCases.all.first { !$0.outputs.isEmpty })
        let first = ModelSpec.inputs[0].name
        var given = try inputs(of: golden)
        given[first] = try Tensor([1, 2] as [Double], shape: [1, 2])
        XCTAssertThrowsError(try session.run(given))
        given[first] = nil
        XCTAssertThrowsError(try session.run(given))
        given = try inputs(of: golden)
        given["no such input"] = given[first]
        XCTAssertThrowsError(try session.run(given))
    }

    private func inputs(of golden: GoldenCase) throws -> [String: Tensor] {
        var inputs: [String: Tensor] = [:]
        for (way, info) in zip(golden.inputs, ModelSpec.inputs) {
            let stored = try Goldens.read(XCTUnwrap(way.tensor))
            inputs[way.input] = try Tensor(bytes: stored.bytes, dtype: stored.dtype, shape: info.shape)
        }
        return inputs
    }
}
