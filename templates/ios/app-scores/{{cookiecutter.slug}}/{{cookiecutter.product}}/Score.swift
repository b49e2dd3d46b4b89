// SPDX-License-Identifier: MIT-0
import ModelKit
import SwiftUI

/// How a score is shown: as the model gives it, a number without bounds.
enum Score {
    static func text(_ score: Float) -> String {
        Double(score).formatted(.number.precision(.fractionLength(1...4)))
    }
}

/// A label and its score.
struct ScoreRow: View {
    let label: ModelKit.Label

    var body: some View {
        HStack(alignment: .firstTextBaseline) {
            Text(verbatim: label.name)
            Spacer()
            Text(verbatim: Score.text(label.probability))
                .monospacedDigit()
        }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(Text(verbatim: label.name))
        .accessibilityValue(Text(verbatim: Score.text(label.probability)))
    }
}
