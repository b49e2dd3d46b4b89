// SPDX-License-Identifier: MIT-0
import SwiftUI

/// Why the camera shows nothing.
enum CameraError: LocalizedError {
    case missing
    case unusable
    case interrupted
    case stopped

    var errorDescription: String? {
        switch self {
        case .missing: String(localized: "This device has no camera that apps can use.")
        case .unusable: String(localized: "The camera gives no frames that the model could look at.")
        case .interrupted: String(localized: "Another app is using the camera.")
        case .stopped: String(localized: "The camera stopped.")
        }
    }

    var recoverySuggestion: String? {
        switch self {
        case .missing, .unusable: String(localized: "Choose a photo instead.")
        case .interrupted: String(localized: "It goes on when the other app is done.")
        case .stopped: String(localized: "Try again.")
        }
    }
}
