// SPDX-License-Identifier: MIT-0
import SwiftUI
import UIKit

/// What went wrong, what to do about it, and the button that does it.
struct FailureView: View {
    let failure: Failure
    let tryAgain: () -> Void

    @Environment(\.openURL) private var openURL

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            SwiftUI.Label(failure.message, systemImage: "exclamationmark.triangle.fill")
                .font(.headline)
                .foregroundStyle(.red)
            if !failure.advice.isEmpty {
                Text(failure.advice)
            }
            if !failure.detail.isEmpty {
                Text(failure.detail)
                    .font(.footnote)
                    .foregroundStyle(.secondary)
                    .textSelection(.enabled)
            }
            switch failure.remedy {
            case .none:
                EmptyView()
            case .tryAgain:
                Button("Try again", action: tryAgain)
                    .buttonStyle(.bordered)
            case .openSettings:
                Button("Open Settings") {
                    if let settings = URL(string: UIApplication.openSettingsURLString) {
                        openURL(settings)
                    }
                }
                .buttonStyle(.bordered)
            }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        // Read at once: nobody who cannot see it would look for it.
        .onAppear {
            UIAccessibility.post(notification: .announcement, argument: failure.message)
        }
    }
}
