// SPDX-License-Identifier: MIT-0
import ModelKit
import SwiftUI

/// How a score is shown: as a share of one.
enum Score {
    /// `share` in percent, 0 to 1.
    static func text(_ share: Float) -> String {
        Double(share).formatted(.percent.precision(.fractionLength(1)))
    }
}

/// A label and how sure the model is of it.
struct ScoreRow: View {
    let label: ModelKit.Label

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            HStack(alignment: .firstTextBaseline) {
                Text(verbatim: label.name)
                Spacer()
                Text(verbatim: Score.text(label.probability))
                    .monospacedDigit()
            }
            ProgressView(value: Double(min(max(label.probability, 0), 1)))
        }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(Text(verbatim: label.name))
        .accessibilityValue(Text(verbatim: Score.text(label.probability)))
    }
}
