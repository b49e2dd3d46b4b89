// SPDX-License-Identifier: MIT-0
import Foundation

/// Where the goldens are, in the tests of a pod.
enum TestResources {
    private final class Marker {}

    static let bundle = Bundle(for: Marker.self)
}
