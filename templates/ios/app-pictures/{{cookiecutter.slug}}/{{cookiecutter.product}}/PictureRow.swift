// SPDX-License-Identifier: MIT-0
import ModelKit
import PhotosUI
import SwiftUI

/// An input that is a picture, and the button that chooses it.
struct PictureRow: View {
    let info: TensorInfo
    @Binding var source: PictureSource?

    @State private var chosen: PhotosPickerItem?
    @State private var failure: Failure?

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            TensorTitle(info: info)
            if let thumbnail = source?.thumbnail {
                Image(uiImage: thumbnail)
                    .resizable()
                    .scaledToFit()
                    .frame(maxHeight: 160)
                    .accessibilityLabel("The photo")
            }
            // `.current`: the file as it is. Converted to JPEG its pixels would be others.
            PhotosPicker(selection: $chosen, matching: .images, preferredItemEncoding: .current) {
                SwiftUI.Label("Choose photo", systemImage: "photo.on.rectangle")
            }
            .accessibilityLabel(Text("Choose the photo for \(info.name)"))
            if let failure {
                FailureView(failure: failure) {
                    Task { await read() }
                }
            }
        }
        // Else a form takes a touch anywhere in the row for one of each button.
        .buttonStyle(.borderless)
        .task(id: chosen) { await read() }
    }

    private func read() async {
        guard let chosen else { return }
        do {
            let read = try await PictureSource.read(chosen)
            try Task.checkCancellation()
            source = read
            failure = nil
        } catch {
            if !Task.isCancelled {
                failure = Failure(error)
            }
        }
    }
}
