// SPDX-License-Identifier: MIT-0
import SwiftUI

/// NOTICE.md, which comes with the app: whose work is in it, and under which terms.
struct LicencesView: View {
    @Environment(\.dismiss) private var dismiss
    @State private var blocks: [Notice.Block] = []
    @State private var failure: Failure?

    var body: some View {
        NavigationStack {
            ScrollView {
                LazyVStack(alignment: .leading, spacing: 12) {
                    if let failure {
                        FailureView(failure: failure) {
                            Task { await read() }
                        }
                    }
                    ForEach(blocks) { block in
                        Text(verbatim: block.text)
                            .font(block.isHeading ? .headline : .body)
                            .accessibilityAddTraits(block.isHeading ? .isHeader : [])
                            .textSelection(.enabled)
                    }
                }
                .padding()
            }
            .navigationTitle("Licences")
            .toolbar {
                ToolbarItem(placement: .confirmationAction) {
                    Button("Done") { dismiss() }
                }
            }
        }
        .task { await read() }
    }

    private func read() async {
        do {
            blocks = try await Notice.read()
            failure = nil
        } catch {
            failure = Failure(error)
        }
    }
}
