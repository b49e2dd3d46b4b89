// SPDX-License-Identifier: MIT-0

// `swift test` on a Mac has no UIKit.
#if canImport(UIKit)
import ImageIO
import UIKit

extension CGImagePropertyOrientation {
    /// The same orientation: UIKit numbers them otherwise.
    public init(_ orientation: UIImage.Orientation) {
        switch orientation {
        case .up: self = .up
        case .upMirrored: self = .upMirrored
        case .down: self = .down
        case .downMirrored: self = .downMirrored
        case .left: self = .left
        case .leftMirrored: self = .leftMirrored
        case .right: self = .right
        case .rightMirrored: self = .rightMirrored
        @unknown default: self = .up
        }
    }
}
#endif
