// SPDX-License-Identifier: MIT-0
import CoreGraphics
import CoreVideo
import ImageIO

extension Preprocessor {
    /// The input of that name, made of an image.
    ///
    /// - Parameters:
    ///   - input: one of the model's inputs that are pictures.
    ///   - image: of any size; ``Photos/decode(_:)`` reads a file so that the result is Python's.
    ///   - orientation: how the image is stored.
    /// - Throws: ``ModelError/unsuitable(_:)`` where the input is no picture, the image is in CMYK or Lab, or
    ///   its shape cannot be brought to the input's size.
    public func tensor(
        _ input: String,
        from image: CGImage,
        orientation: CGImagePropertyOrientation = .up
    ) throws(ModelError) -> Tensor {
        try tensor(input, from: ImageReader(image), exif: orientation.exif)
    }

    /// The same for a frame of the camera: BGRA, or 4:2:0 in two planes.
    public func tensor(
        _ input: String,
        from frame: CVPixelBuffer,
        orientation: CGImagePropertyOrientation = .up
    ) throws(ModelError) -> Tensor {
        try tensor(input, from: FrameReader(frame, exif: orientation.exif), exif: 1)
    }
}

extension CGImagePropertyOrientation {
    /// EXIF's number, 1 to 8.
    var exif: Int { Int(rawValue) }
}
