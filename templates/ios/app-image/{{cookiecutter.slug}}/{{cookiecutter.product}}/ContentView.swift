// SPDX-License-Identifier: MIT-0
import PhotosUI
import SwiftUI

/// The first screen: a photo that is chosen or taken, and what the model says of it.
struct ContentView: View {
    private enum Sheet: Identifiable {
        case camera
        case licences

        var id: Self { self }
    }

    @StateObject private var session = PhotoSession()
    @State private var chosen: PhotosPickerItem?
    @State private var sheet: Sheet?

    var body: some View {
        NavigationStack {
            SideBySide {
                PhotoView(picture: session.picture)
            } second: {
                ScrollView {
                    VStack(alignment: .leading, spacing: 16) {
                        answer
                        buttons
                    }
                }
            }
            .navigationTitle(Text(verbatim: appName))
            .navigationBarTitleDisplayMode(.inline)
            .toolbar {
                ToolbarItem(placement: .topBarTrailing) {
                    Button {
                        sheet = .licences
                    } label: {
                        SwiftUI.Label("Licences", systemImage: "info.circle")
                    }
                }
            }
        }
        .sheet(item: $sheet) { sheet in
            switch sheet {
            case .camera:
                CameraPicker { session.look(at: $0) }.ignoresSafeArea()
            case .licences:
                LicencesView()
            }
        }
        .task(id: chosen) {
            if let item = chosen {
                chosen = nil  // So that the same photo can be chosen again.
                session.look(at: item)
            }
        }
    }

    @ViewBuilder private var answer: some View {
        switch session.phase {
        case .start:
            Text("Choose a photo, take one, or let the camera watch.")
                .foregroundStyle(.secondary)
        case .working:
            ProgressView("Working…")
        case .answered(let answer):
            ResultsView(answer: answer)
        case .failed(let failure):
            FailureView(failure: failure, tryAgain: session.tryAgain)
        }
    }

    private var buttons: some View {
        VStack(alignment: .leading, spacing: 12) {
            // `.current`: the file as it is. Converted to JPEG its pixels would be others.
            PhotosPicker(selection: $chosen, matching: .images, preferredItemEncoding: .current) {
                SwiftUI.Label("Choose photo", systemImage: "photo.on.rectangle")
            }
            if CameraPicker.isAvailable {
                Button {
                    Task { await takePhoto() }
                } label: {
                    SwiftUI.Label("Take photo", systemImage: "camera")
                }
                NavigationLink {
                    LiveView()
                } label: {
                    SwiftUI.Label("Live camera", systemImage: "video")
                }
            }
        }
        .buttonStyle(.bordered)
        .controlSize(.large)
    }

    private var appName: String {
        Bundle.main.object(forInfoDictionaryKey: "CFBundleDisplayName") as? String ?? ""
    }

    private func takePhoto() async {
        if await CameraAccess.request() {
            sheet = .camera
        } else {
            session.fail(CameraAccess.denied)
        }
    }
}

/// The photo that the model looks at, or where it will be.
private struct PhotoView: View {
    let picture: UIImage?

    var body: some View {
        if let picture {
            Image(uiImage: picture)
                .resizable()
                .scaledToFit()
                .clipShape(RoundedRectangle(cornerRadius: 12))
                .accessibilityLabel("The photo")
        } else {
            RoundedRectangle(cornerRadius: 12)
                .fill(.quaternary)
                .overlay {
                    Image(systemName: "photo")
                        .font(.largeTitle)
                        .foregroundStyle(.secondary)
                }
                .accessibilityHidden(true)
        }
    }
}

#Preview {
    ContentView()
}
