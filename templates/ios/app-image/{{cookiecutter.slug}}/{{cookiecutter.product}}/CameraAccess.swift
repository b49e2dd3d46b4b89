// SPDX-License-Identifier: MIT-0
import AVFoundation
import SwiftUI

/// Whether the person lets this app use the camera.
enum CameraAccess {
    /// Asks the first time, and then knows.
    static func request() async -> Bool {
        await AVCaptureDevice.requestAccess(for: .video)
    }

    static var denied: Failure {
        Failure(
            String(localized: "This app may not use the camera."),
            advice: String(localized: "Choose a photo instead, or allow the camera in Settings."),
            remedy: .openSettings
        )
    }
}
