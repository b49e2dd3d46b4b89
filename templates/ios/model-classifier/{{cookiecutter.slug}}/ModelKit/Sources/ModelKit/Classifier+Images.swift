// SPDX-License-Identifier: MIT-0
import CoreGraphics
import CoreVideo
import ImageIO

extension ClassifierSession {
    /// The most probable classes of an image, the best first.
    ///
    /// - Parameters:
    ///   - image: of any size; ``Photos/decode(_:)`` reads a file so that the answer is Python's.
    ///   - orientation: how the image is stored.
    ///   - top: how many, at least 1.
    /// - Throws: ``ModelError/unsuitable(_:)`` where the image is in CMYK or Lab, or cannot be brought to the
    ///   model's size, ``ModelError/failed(runtime:cause:)`` where the runtime fails.
    public func classify(
        _ image: CGImage,
        orientation: CGImagePropertyOrientation = .up,
        top: Int = 5
    ) throws(ModelError) -> [Label] {
        try classify(exif: orientation.exif, top: top) { () throws(ModelError) in try ImageReader(image) }
    }

    /// The most probable classes of a frame, the best first.
    ///
    /// - Parameters:
    ///   - frame: BGRA, or 4:2:0 in two planes with full or video range.
    ///   - orientation: how the camera holds the frame; a mirrored one for a front camera's preview.
    ///   - top: how many, at least 1.
    /// - Throws: ``ModelError/unsuitable(_:)`` for another pixel format,
    ///   ``ModelError/failed(runtime:cause:)`` where the runtime fails.
    public func classify(
        _ frame: CVPixelBuffer,
        orientation: CGImagePropertyOrientation = .up,
        top: Int = 5
    ) throws(ModelError) -> [Label] {
        try classify(exif: 1, top: top) { () throws(ModelError) in
            try FrameReader(frame, exif: orientation.exif)
        }
    }
}

extension Classifier {
    /// The most probable classes of an image, the best first; see
    /// ``ClassifierSession/classify(_:orientation:top:)``.
    public func classify(
        _ image: sending CGImage,
        orientation: CGImagePropertyOrientation = .up,
        top: Int = 5
    ) throws(ModelError) -> [Label] {
        try session.classify(image, orientation: orientation, top: top)
    }

    /// The most probable classes of a picture's file, the best first.
    public func classify(_ photo: Photo, top: Int = 5) throws(ModelError) -> [Label] {
        try session.classify(photo.image, orientation: photo.orientation, top: top)
    }

    /// The most probable classes of a frame, which is the classifier's from then on.
    public func classify(
        _ frame: sending CVPixelBuffer,
        orientation: CGImagePropertyOrientation = .up,
        top: Int = 5
    ) throws(ModelError) -> [Label] {
        try session.classify(frame, orientation: orientation, top: top)
    }
}
