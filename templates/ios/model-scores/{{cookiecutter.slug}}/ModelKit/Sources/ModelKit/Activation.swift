// SPDX-License-Identifier: MIT-0
import Foundation

/// How the scores of all classes become probabilities.
enum Activation: Sendable {
    /// exp(x) / sum of exp: the classes exclude one another.
    case softmax
    /// 1 / (1 + exp(-x)): each class on its own.
    case sigmoid
    /// The model's own output is taken as it is.
    case none

    /// Changes the scores in place.
    func apply(_ scores: inout [Float]) {
        switch self {
        case .softmax:
            // The largest score is subtracted first, so nothing overflows.
            let largest = scores.reduce(-Float.infinity) { max($0, $1) }
            var sum = 0.0
            for index in scores.indices {
                scores[index] = Float(exp(Double(scores[index] - largest)))
                sum += Double(scores[index])
            }
            for index in scores.indices {
                scores[index] = Float(Double(scores[index]) / sum)
            }
        case .sigmoid:
            for index in scores.indices {
                // exp of a negative number only: exp(1000) would be infinite.
                let small = Float(exp(Double(-abs(scores[index]))))
                scores[index] = scores[index] >= 0 ? 1 / (1 + small) : small / (1 + small)
            }
        case .none:
            break
        }
    }
}

/// An output that holds one score to a class, and how the scores become probabilities.
struct ScoreOutput: Sendable {
    let name: String
    let activation: Activation
}
