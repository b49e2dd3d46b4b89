// SPDX-License-Identifier: MIT-0
import SwiftUI

/// The live screen's state: the newest answer, or why there is none.
@MainActor
final class LiveSession: ObservableObject {
    @Published private(set) var answer: Answer?
    @Published private(set) var failure: Failure?
    /// Counts what `tryAgain` was asked for; a new number starts a new `watch`.
    @Published private(set) var attempt = 0
    /// Whether picture and answer stand still.
    @Published var isHeld = false {
        didSet { feed.hold(isHeld) }
    }

    let feed = CameraFeed()

    func tryAgain() {
        attempt += 1
    }

    /// Shows what the camera sees until the task is cancelled or the camera fails.
    func watch() async {
        failure = nil
        guard await CameraAccess.request() else {
            failure = CameraAccess.denied
            return
        }
        for await result in feed.run() {
            switch result {
            case .success(let seen):
                failure = nil
                answer = seen
            case .failure(let error):
                failure = Failure(error)
            }
        }
    }
}
