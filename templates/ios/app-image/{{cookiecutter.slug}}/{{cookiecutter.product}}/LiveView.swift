// SPDX-License-Identifier: MIT-0
import SwiftUI

/// What the camera sees, and what the model says of it, frame by frame.
struct LiveView: View {
    @StateObject private var session = LiveSession()
    @Environment(\.scenePhase) private var scenePhase

    var body: some View {
        SideBySide {
            CameraPreview(feed: session.feed, isShowing: session.answer != nil, isFrozen: session.isHeld)
                .clipShape(RoundedRectangle(cornerRadius: 12))
                .accessibilityLabel("What the camera sees")
        } second: {
            ScrollView {
                VStack(alignment: .leading, spacing: 16) {
                    if let failure = session.failure {
                        FailureView(failure: failure, tryAgain: session.tryAgain)
                    } else if let answer = session.answer {
                        ResultsView(answer: answer)
                            .accessibilityElement(children: .contain)
                            .accessibilityAddTraits(.updatesFrequently)
                    } else {
                        Text("Point the camera at something.")
                            .foregroundStyle(.secondary)
                    }
                    Button(session.isHeld ? "Go on" : "Hold") {
                        session.isHeld.toggle()
                    }
                    .buttonStyle(.bordered)
                    .controlSize(.large)
                }
            }
        }
        .navigationTitle("Live camera")
        .navigationBarTitleDisplayMode(.inline)
        // Ended, and the camera with it, when the screen or the app is left.
        .task(id: Watch(isActive: scenePhase == .active, attempt: session.attempt)) {
            if scenePhase == .active {
                await session.watch()
            }
        }
    }

    private struct Watch: Equatable {
        let isActive: Bool
        let attempt: Int
    }
}
