// SPDX-License-Identifier: MIT-0
import ModelKit
import SwiftUI

/// What a tensor is called, and what it looks like.
struct TensorTitle: View {
    let info: TensorInfo

    var body: some View {
        VStack(alignment: .leading) {
            Text(verbatim: info.name)
                .font(.headline)
            Text(verbatim: info.description)
                .font(.footnote)
                .foregroundStyle(.secondary)
        }
        .accessibilityElement(children: .combine)
        .accessibilityAddTraits(.isHeader)
    }
}
