// SPDX-License-Identifier: MIT-0
import ModelKit
import SwiftUI

/// The only screen: a row for each of the model's inputs, and what comes out.
struct ContentView: View {
    @StateObject private var session = RunSession()
    @State private var showsLicences = false

    var body: some View {
        NavigationStack {
            Form {
                Section("Inputs") {
                    ForEach(Model.inputs, id: \.name) { info in
                        InputRow(info: info, source: $session.sources[info.name])
                    }
                }
                Section {
                    Button("Run", action: session.run)
                        .disabled(!session.canRun)
                }
                outcome
            }
            .navigationTitle(Text(verbatim: appName))
            .navigationBarTitleDisplayMode(.inline)
            .toolbar {
                ToolbarItem(placement: .topBarTrailing) {
                    Button {
                        showsLicences = true
                    } label: {
                        SwiftUI.Label("Licences", systemImage: "info.circle")
                    }
                }
            }
        }
        .sheet(isPresented: $showsLicences) {
            LicencesView()
        }
    }

    @ViewBuilder private var outcome: some View {
        switch session.phase {
        case .start:
            EmptyView()
        case .working:
            ProgressView("Working…")
        case .done(let outcome):
            Section("Outputs") {
                ForEach(outcome.outputs, id: \.info.name) { output in
                    VStack(alignment: .leading, spacing: 8) {
                        TensorTitle(info: output.info)
                        OutputView(output: output)
                    }
                }
            }
            Section {
                StageTimes(stages: [
                    .init(name: "Read inputs", seconds: outcome.reading),
                    .init(name: "Model", seconds: outcome.forward),
                ])
            }
        case .failed(let failure):
            Section {
                FailureView(failure: failure, tryAgain: session.run)
            }
        }
    }

    private var appName: String {
        Bundle.main.object(forInfoDictionaryKey: "CFBundleDisplayName") as? String ?? ""
    }
}

#Preview {
    ContentView()
}
