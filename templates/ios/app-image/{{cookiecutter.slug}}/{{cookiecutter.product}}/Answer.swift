// SPDX-License-Identifier: MIT-0
import Foundation
import ModelKit

/// The best labels of one picture, and how long it took to find them.
struct Answer: Sendable {
    /// So many labels are asked for.
    static let count = 5

    let labels: [ModelKit.Label]
    /// Seconds from the photo's file to its pixels; nil where there was no file.
    let decode: TimeInterval?
    let timings: Timings

    /// The best label, to be spoken.
    var words: String {
        labels.first.map { "\($0.name), \(Score.text($0.probability))" } ?? ""
    }
}
