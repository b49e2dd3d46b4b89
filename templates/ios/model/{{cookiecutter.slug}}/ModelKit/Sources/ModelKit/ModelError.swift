// SPDX-License-Identifier: MIT-0
import Foundation

/// Why the model could not be loaded or run. What lies beneath is kept: see ``cause``.
public enum ModelError: Error {
    /// The app's bundle has no such file.
    case missing(file: String)
    /// The file has fewer bytes than the model.
    case truncated(file: String, byteCount: Int, expected: Int)
    /// The file is another model than the one that ModelSpec was generated for.
    case foreign(file: String, problem: String)
    /// The device cannot keep what the runtime makes of the model: most often it is full.
    case storage(cause: any Error)
    /// The runtime cannot load the model.
    case unusable(runtime: String, cause: any Error)
    /// The runtime loaded the model and failed to run it.
    case failed(runtime: String, cause: any Error)
    /// What was given cannot be an input: another shape or dtype, a picture that cannot be read.
    case unsuitable(String)

    /// The error beneath, where there is one.
    public var cause: (any Error)? {
        switch self {
        case .storage(let cause), .unusable(_, let cause), .failed(_, let cause): cause
        case .missing, .truncated, .foreign, .unsuitable: nil
        }
    }
}

extension ModelError: LocalizedError {
    public var errorDescription: String? {
        switch self {
        case .missing(let file):
            "The model \(file) is not in the app."
        case .truncated(let file, let byteCount, let expected):
            "The model \(file) was cut off: it has \(byteCount) of \(expected) bytes."
        case .foreign(let file, let problem):
            "\(file) is another model than the app was built for: \(problem)."
        case .storage(let cause):
            "The model cannot be kept on this device: \(cause.localizedDescription)"
        case .unusable(let runtime, let cause):
            "\(runtime) cannot load the model: \(cause.localizedDescription)"
        case .failed(let runtime, let cause):
            "\(runtime) failed to run the model: \(cause.localizedDescription)"
        case .unsuitable(let problem):
            "This cannot be given to the model: \(problem)."
        }
    }

    public var recoverySuggestion: String? {
        switch self {
        case .missing, .truncated, .foreign: "Run \"edgegen export\" and build the app again."
        case .storage: "Free some space on the device."
        case .unusable, .failed, .unsuitable: nil
        }
    }
}

extension ModelError: CustomNSError {
    public var errorUserInfo: [String: Any] {
        var info: [String: Any] = [:]
        info[NSLocalizedDescriptionKey] = errorDescription
        info[NSLocalizedRecoverySuggestionErrorKey] = recoverySuggestion
        info[NSUnderlyingErrorKey] = cause
        return info
    }
}

/// What a runtime did, where it gives no error of its own.
struct RuntimeProblem: LocalizedError {
    let problem: String

    init(_ problem: String) {
        self.problem = problem
    }

    var errorDescription: String? { problem }
}
