// SPDX-License-Identifier: MIT-0
import XCTest

@testable import ModelKit

/// From scores to names: what Python does, ties and all.
final class ScoresTests: XCTestCase {
    func testGoldenOutputsHaveTheGoldenPredictions() throws {
        let output = Labels.scoreOutputs[0].name
        var compared = 0
        for golden in GoldenCases.all where !golden.predictions.isEmpty {
            let scores = try Goldens.read(XCTUnwrap(golden.outputs[output]))
            let top = try Scores.top(output, scores, count: golden.predictions.count)
            XCTAssertEqual(top.map(\.index), golden.predictions.map(\.index), golden.name)
            XCTAssertEqual(top.map(\.name), golden.predictions.map(\.name), golden.name)
            for (label, prediction) in zip(top, golden.predictions) {
                let allowed = 1e-5 * max(1, abs(prediction.probability))
                XCTAssertEqual(
                    Double(label.probability), prediction.probability, accuracy: allowed, golden.name)
            }
            compared += 1
        }
        XCTAssertGreaterThan(compared, 0)
    }

    func testThereIsANameForEveryScore() throws {
        XCTAssertEqual(Labels.names.count, GoldenCases.labelCount)
        XCTAssertEqual(Labels.names.last, GoldenCases.lastLabel)
        for output in Labels.scoreOutputs {
            let info = try XCTUnwrap(ModelSpec.outputs.first { $0.name == output.name })
            XCTAssertLessThanOrEqual(info.shape.reduce(1, *), Labels.names.count)
        }
    }

    func testOfEqualScoresTheLowerIndexComesFirst() throws {
        XCTAssertEqual(try best([1, 3, 2, 3, 3], 3), [1, 3, 4])
        XCTAssertEqual(try best([0, 0, 0], 2), [0, 1])
        XCTAssertEqual(try best([2, 1], 9), [0, 1])
    }

    func testScoresCountWhereProbabilitiesAreEqual() throws {
        let scores = try Tensor([20, 30, 25, 0] as [Float], shape: [4])
        let top = try Scores.top(scores, .sigmoid, names: ["a", "b", "c", "d"], count: 2)
        XCTAssertEqual(top.map(\.name), ["b", "c"])
        XCTAssertEqual(top[0].probability, top[1].probability)
    }

    func testANumberThatIsNoneComesLast() throws {
        XCTAssertEqual(try best([.nan, 1, .nan, 2], 4), [3, 1, 0, 2])
        XCTAssertEqual(try best([.nan, .nan, 1], 1), [2])
    }

    func testSoftmaxDoesNotOverflow() {
        var scores: [Float] = [1000, 1000, -1000]
        Activation.softmax.apply(&scores)
        XCTAssertEqual(scores, [0.5, 0.5, 0])
    }

    func testSigmoidDoesNotOverflow() {
        var scores: [Float] = [0, 1000, -1000, 2]
        Activation.sigmoid.apply(&scores)
        XCTAssertEqual(scores[0...2], [0.5, 1, 0])
        XCTAssertEqual(scores[3], 0.880797, accuracy: 1e-6)
    }

    func testRawScoresStay() {
        var scores: [Float] = [3, -4]
        Activation.none.apply(&scores)
        XCTAssertEqual(scores, [3, -4])
    }

    func testMoreScoresThanNamesAreRefused() throws {
        let scores = try Tensor([1, 2, 3] as [Float], shape: [3])
        XCTAssertThrowsError(try Scores.top(scores, .none, names: ["a", "b"], count: 1))
        XCTAssertThrowsError(try Scores.top("no such output", scores))
    }

    private func best(_ scores: [Float], _ count: Int) throws -> [Int] {
        let names = scores.indices.map(String.init)
        let tensor = try Tensor(scores, shape: [scores.count])
        return try Scores.top(tensor, .none, names: names, count: count).map(\.index)
    }
}
