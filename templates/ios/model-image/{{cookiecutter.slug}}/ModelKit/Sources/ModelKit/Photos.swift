// SPDX-License-Identifier: MIT-0
import CoreGraphics
import Foundation
import ImageIO

/// A picture as its file holds it: the stored pixels, and how they have to be turned.
public struct Photo: Sendable {
    /// Not turned, in the file's own colours.
    public let image: CGImage
    /// How the image is stored: what a view or the model has to undo.
    public let orientation: CGImagePropertyOrientation

    public init(image: CGImage, orientation: CGImagePropertyOrientation = .up) {
        self.image = image
        self.orientation = orientation
    }
}

/// Picture files as the model wants them: the stored numbers, as Pillow reads them in Python.
///
/// That is in the colours that the file holds (a photo in Display P3 stays one), and without transparency:
/// what is behind a transparent pixel counts, as in Pillow's `convert("RGB")`. The decoder is the system's
/// own; of one JPEG, it may make pixels that differ from Pillow's by a level or two.
///
/// Decoding takes long: not on the main thread.
public enum Photos {
    /// Reads a picture's file: JPEG, PNG, HEIC and what else the system can decode.
    ///
    /// - Throws: ``ModelError/unsuitable(_:)`` for what is no picture, or was cut off.
    public static func decode(_ file: Data) throws(ModelError) -> Photo {
        guard let source = CGImageSourceCreateWithData(file as CFData, nil) else {
            throw .unsuitable("the file is no picture")
        }
        guard CGImageSourceGetStatus(source) == .statusComplete else {
            throw .unsuitable("the file is no picture, or was cut off")
        }
        let index = CGImageSourceGetPrimaryImageIndex(source)
        // At once: it would be decoded by whoever looks at it first, which may be the main thread.
        let options = [
            kCGImageSourceShouldCache: true, kCGImageSourceShouldCacheImmediately: true,
            kCGImageSourceShouldAllowFloat: false,
        ]
        guard let image = CGImageSourceCreateImageAtIndex(source, index, options as CFDictionary) else {
            throw .unsuitable("this device cannot decode the picture")
        }
        return Photo(image: image, orientation: orientation(of: source, index))
    }

    private static func orientation(of source: CGImageSource, _ index: Int) -> CGImagePropertyOrientation {
        let properties = CGImageSourceCopyPropertiesAtIndex(source, index, nil) as? [CFString: Any]
        let number = properties?[kCGImagePropertyOrientation] as? UInt32
        return number.flatMap(CGImagePropertyOrientation.init) ?? .up
    }
}
