// SPDX-License-Identifier: MIT-0
import SwiftUI

/// How long each stage took.
struct StageTimes: View {
    struct Stage {
        let name: LocalizedStringKey
        let seconds: TimeInterval
    }

    let stages: [Stage]

    var body: some View {
        // Beside each other where they fit; with large text below each other.
        ViewThatFits(in: .horizontal) {
            HStack(spacing: 12) { items }
            VStack(alignment: .leading, spacing: 4) { items }
        }
        .font(.footnote)
        .foregroundStyle(.secondary)
    }

    private var items: some View {
        ForEach(stages.indices, id: \.self) { index in
            HStack(spacing: 4) {
                Text(stages[index].name)
                Text(verbatim: Duration.seconds(stages[index].seconds).formatted(Self.milliseconds))
                    .monospacedDigit()
            }
            .accessibilityElement(children: .combine)
        }
    }

    private static let milliseconds = Duration.UnitsFormatStyle.units(
        allowed: [.milliseconds], width: .abbreviated, fractionalPart: .show(length: 1))
}
