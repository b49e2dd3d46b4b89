// SPDX-License-Identifier: MIT-0
import SwiftUI

/// Two views: one above the other, or, where the screen is wide or low, beside each other.
struct SideBySide<First: View, Second: View>: View {
    @ViewBuilder let first: First
    @ViewBuilder let second: Second

    @Environment(\.horizontalSizeClass) private var width
    @Environment(\.verticalSizeClass) private var height

    private var layout: AnyLayout {
        let isWide = width == .regular || height == .compact
        return isWide
            ? AnyLayout(HStackLayout(alignment: .top, spacing: 16))
            : AnyLayout(VStackLayout(alignment: .leading, spacing: 16))
    }

    var body: some View {
        layout {
            first.frame(maxWidth: .infinity, maxHeight: .infinity)
            second.frame(maxWidth: .infinity)
        }
        .padding()
    }
}
