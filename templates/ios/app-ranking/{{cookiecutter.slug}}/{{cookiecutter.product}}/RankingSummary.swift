// SPDX-License-Identifier: MIT-0
import ModelKit
import SwiftUI

/// An output that is the scores of classes: the best of them.
struct RankingSummary: Sendable {
    let info: TensorInfo
    let labels: [ModelKit.Label]

    /// Looks at every score, so not on the main actor.
    init(info: TensorInfo, tensor: Tensor) throws {
        self.info = info
        labels = try Scores.top(info.name, tensor, count: 5)
    }
}

/// The best classes of an output, the best one first.
struct RankingView: View {
    let output: RankingSummary

    var body: some View {
        ForEach(output.labels) { label in
            ScoreRow(label: label)
        }
    }
}
