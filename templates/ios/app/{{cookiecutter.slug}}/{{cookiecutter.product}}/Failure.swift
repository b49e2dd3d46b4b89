// SPDX-License-Identifier: MIT-0
import Foundation

/// What went wrong, in words for the person who holds the device.
struct Failure: Sendable, Equatable {
    /// What the person can do about it, as a button.
    enum Remedy: Sendable {
        case none
        case tryAgain
        case openSettings
    }

    /// One sentence: what is the matter.
    let message: String
    /// One sentence: what to do. Empty where nothing can be done.
    let advice: String
    /// What a developer wants to know. Empty where the message says it all.
    let detail: String
    let remedy: Remedy

    init(_ message: String, advice: String = "", detail: String = "", remedy: Remedy = .none) {
        self.message = message
        self.advice = advice
        self.detail = detail
        self.remedy = remedy
    }

    /// An error of ModelKit's or of the system's, which say both what happened and, where they know, what to do.
    init(_ error: any Error) {
        let words = error as? any LocalizedError
        self.init(
            words?.errorDescription ?? error.localizedDescription,
            advice: words?.recoverySuggestion ?? "",
            detail: words?.failureReason ?? "",
            remedy: .tryAgain
        )
    }
}
