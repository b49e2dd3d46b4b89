// SPDX-License-Identifier: MIT-0
import ModelKit
import SwiftUI

/// What comes out: some of this model's outputs are numbers, some are the scores of classes.
enum OutputSummary: Sendable {
    case values(ValuesSummary)
    case ranking(RankingSummary)

    /// The outputs that are the scores of classes, by their names.
    private static let rankings: Set<String> = [{{ cookiecutter.ranked_outputs }}]

    init(info: TensorInfo, tensor: Tensor) throws {
        if Self.rankings.contains(info.name) {
            self = .ranking(try RankingSummary(info: info, tensor: tensor))
        } else {
            self = .values(try ValuesSummary(info: info, tensor: tensor))
        }
    }

    var info: TensorInfo {
        switch self {
        case .values(let summary): summary.info
        case .ranking(let summary): summary.info
        }
    }
}

/// An output of either kind.
struct OutputView: View {
    let output: OutputSummary

    var body: some View {
        switch output {
        case .values(let summary): ValuesView(output: summary)
        case .ranking(let summary): RankingView(output: summary)
        }
    }
}
