// SPDX-License-Identifier: MIT-0
import Foundation

/// Where the model is, in an app that takes ModelKit as a pod: in a bundle beside the code, which is in the
/// app itself or in a framework.
enum Resources {
    private final class Marker {}

    static let bundle: Bundle = {
        let code = Bundle(for: Marker.self)
        let resources = code.url(forResource: "ModelKitResources", withExtension: "bundle")
        return resources.flatMap { Bundle(url: $0) } ?? code
    }()
}
