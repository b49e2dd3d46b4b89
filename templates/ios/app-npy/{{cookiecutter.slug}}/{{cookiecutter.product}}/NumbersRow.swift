// SPDX-License-Identifier: MIT-0
import ModelKit
import SwiftUI
import UniformTypeIdentifiers

/// An input of numbers, and the choice of what it is taken from.
struct NumbersRow: View {
    let info: TensorInfo
    @Binding var source: NumbersSource?

    @State private var choosesFile = false

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            TensorTitle(info: info)
            Menu {
                Button("Zeros") { source = .zeros }
                Button("Random numbers") { source = .random }
                Button("A .npy file…") { choosesFile = true }
            } label: {
                SwiftUI.Label {
                    chosen
                } icon: {
                    Image(systemName: "number")
                }
            }
            .accessibilityLabel(Text("What \(info.name) is taken from"))
            .accessibilityValue(chosen)
        }
        // Else a form takes a touch anywhere in the row for one of the button.
        .buttonStyle(.borderless)
        .fileImporter(isPresented: $choosesFile, allowedContentTypes: [.npy]) { result in
            if case .success(let file) = result {
                source = .file(file)
            }
        }
    }

    private var chosen: Text {
        switch source {
        case .random: Text("Random numbers")
        case .file(let file): Text(verbatim: file.lastPathComponent)
        case .zeros, nil: Text("Zeros")
        }
    }
}

extension UTType {
    /// The arrays that `numpy.save` writes; Info.plist declares the type.
    fileprivate static let npy = UTType(importedAs: "org.numpy.npy")
}
