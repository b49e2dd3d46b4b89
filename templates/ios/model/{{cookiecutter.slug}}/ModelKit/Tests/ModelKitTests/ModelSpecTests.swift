// SPDX-License-Identifier: MIT-0
import XCTest

@testable import ModelKit

/// What the app says of the model is what Python found.
final class ModelSpecTests: XCTestCase {
    func testGoldensHaveTheInputsAndOutputsOfTheModel() throws {
        let whole = GoldenCases.all.filter { !$0.outputs.isEmpty }
        XCTAssertFalse(whole.isEmpty, "there is no golden output")
        for golden in whole {
            XCTAssertEqual(golden.inputs.map(\.input), ModelSpec.inputs.map(\.name), golden.name)
            XCTAssertEqual(Set(golden.outputs.keys), Set(ModelSpec.outputs.map(\.name)), golden.name)
            for (way, info) in zip(golden.inputs, ModelSpec.inputs) {
                let tensor = try Goldens.read(XCTUnwrap(way.tensor))
                XCTAssertEqual(tensor.dtype, info.dtype, info.name)
                XCTAssertEqual(tensor.count, info.shape.reduce(1, *), info.name)
            }
            for info in ModelSpec.outputs {
                let tensor = try Goldens.read(XCTUnwrap(golden.outputs[info.name]))
                let fits = info.fits(dtype: tensor.dtype, shape: tensor.shape)
                XCTAssertTrue(fits, "\(info.name) is \(info), not \(tensor)")
            }
        }
    }

    func testErrorsSayWhatToDoAndKeepTheirCause() {
        let cause = RuntimeProblem("no space")
        for error in [
            .missing(file: "m"), .truncated(file: "m", byteCount: 1, expected: 2),
            .foreign(file: "m", problem: "p"), .storage(cause: cause), .unusable(runtime: "r", cause: cause),
            .failed(runtime: "r", cause: cause), .unsuitable("p"),
        ] as [ModelError] {
            XCTAssertEqual(error.localizedDescription, error.errorDescription)
            XCTAssertEqual(error.cause is RuntimeProblem, error.errorUserInfo[NSUnderlyingErrorKey] != nil)
        }
        XCTAssertEqual(ModelError.storage(cause: cause).cause?.localizedDescription, "no space")
        XCTAssertNotNil(ModelError.missing(file: "m").recoverySuggestion)
    }
}
