// SPDX-License-Identifier: MIT-0
import Foundation

/// How long the parts of one call took.
public struct Timings: Sendable, Hashable {
    /// From the picture to the model's input, in seconds.
    public let preprocess: TimeInterval
    /// The model itself, in seconds.
    public let forward: TimeInterval
    /// From the model's output to the answer, in seconds.
    public let postprocess: TimeInterval

    /// All of it, in seconds.
    public var total: TimeInterval { preprocess + forward + postprocess }

    /// Before the first call.
    public static let none = Timings(preprocess: 0, forward: 0, postprocess: 0)

    init(preprocess: TimeInterval, forward: TimeInterval, postprocess: TimeInterval) {
        self.preprocess = preprocess
        self.forward = forward
        self.postprocess = postprocess
    }
}

/// Measures one part after the other, by a clock that never goes back.
struct Stopwatch {
    private var last = DispatchTime.now().uptimeNanoseconds

    /// Seconds since the last lap, or the beginning.
    mutating func lap() -> TimeInterval {
        let now = DispatchTime.now().uptimeNanoseconds
        defer { last = now }
        return TimeInterval(now - last) / 1e9
    }
}
