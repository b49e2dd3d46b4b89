// SPDX-License-Identifier: MIT-0
import ModelKit
import SwiftUI

/// The best labels, the best one first, and the time of each stage.
struct ResultsView: View {
    let answer: Answer

    var body: some View {
        VStack(alignment: .leading, spacing: 12) {
            ForEach(answer.labels) { label in
                ScoreRow(label: label)
            }
            StageTimes(stages: stages)
        }
    }

    private var stages: [StageTimes.Stage] {
        let decode = answer.decode.map { [StageTimes.Stage(name: "Decode", seconds: $0)] } ?? []
        return decode + [
            .init(name: "Preprocess", seconds: answer.timings.preprocess),
            .init(name: "Model", seconds: answer.timings.forward),
            .init(name: "Ranking", seconds: answer.timings.postprocess),
        ]
    }
}
