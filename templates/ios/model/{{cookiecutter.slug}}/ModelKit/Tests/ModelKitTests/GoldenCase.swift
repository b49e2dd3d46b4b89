// SPDX-License-Identifier: MIT-0
@testable import ModelKit

/// One picture or set of numbers, and what Python made of it.
struct GoldenCase: Sendable {
    /// One array on the way: its name, and its file in Generated/goldens.
    struct Stage: Sendable {
        let name: String
        let file: String
    }

    /// The way of one input.
    struct Way: Sendable {
        let input: String
        /// A picture's pixels after each step; numbers have none.
        let stages: [Stage]
        /// The file of what the model is given; nil in a case that tests a decoder alone.
        let tensor: String?
    }

    /// A class that the model finds in it.
    struct Prediction: Sendable {
        let index: Int
        let name: String
        let probability: Double
    }

    let name: String
    /// The picture's file in Generated/goldens; nil where no input is a picture.
    let photo: String?
    let inputs: [Way]
    /// The file of each output, by its name.
    let outputs: [String: String]
    /// Of the first output that is class scores, the best first.
    let predictions: [Prediction]
}
