// SPDX-License-Identifier: MIT-0
import SwiftUI

/// An output's first numbers, and the range of all of them.
struct ValuesView: View {
    let output: ValuesSummary

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(verbatim: output.first.map(text).joined(separator: "  "))
                .monospacedDigit()
                .textSelection(.enabled)
            if output.count > output.first.count {
                Text("\(text(output.smallest)) to \(text(output.largest)), mean \(text(output.mean))")
                    .font(.footnote)
                    .foregroundStyle(.secondary)
            }
        }
    }

    private func text(_ number: Float) -> String {
        Double(number).formatted(.number.precision(.significantDigits(1...6)))
    }
}
