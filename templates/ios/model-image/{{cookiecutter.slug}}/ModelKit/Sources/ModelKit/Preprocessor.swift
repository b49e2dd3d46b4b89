// SPDX-License-Identifier: MIT-0

/// Brings pictures into the model's inputs, bit for bit as Python does.
///
/// It owns the memory for that and uses it again for the next picture. Not thread-safe, and not Sendable: one
/// to a thread.
public final class Preprocessor {
    /// The memory of a frame is kept for the next one, that of a larger photo is not.
    private static let keptPixels = 3_000_000

    private var workspace = Workspace()
    private var turned = RgbBuffer()

    public init() {}

    /// The input of that name, made of a picture.
    ///
    /// - Parameters:
    ///   - input: one of the model's inputs that are pictures.
    ///   - pixels: upright, of any size.
    /// - Throws: ``ModelError/unsuitable(_:)`` where the input is no picture, or the picture's shape cannot
    ///   be brought to its size.
    public func tensor(_ input: String, from pixels: RGBPixels) throws(ModelError) -> Tensor {
        try tensor(input, from: PixelsReader(pixels), exif: 1)
    }

    func tensor(_ input: String, from photo: any PixelSource, exif: Int) throws(ModelError) -> Tensor {
        guard let info = ModelSpec.inputs.first(where: { $0.name == input }), Pipeline.inputs.contains(input)
        else {
            throw .unsuitable("the model has no picture \(input)")
        }
        let buffer = TensorBuffer(info)
        try fill(buffer, from: photo, exif: exif)
        return Tensor(unchecked: [UInt8](buffer.memory), dtype: info.dtype, shape: info.shape)
    }

    /// Fills an input that is a picture.
    ///
    /// - Parameter exif: the orientation, 1 to 8, in which the photo's pixels are stored.
    func fill(_ buffer: TensorBuffer, from photo: any PixelSource, exif: Int) throws(ModelError) {
        let source: any PixelSource = exif == 1 ? photo : UprightReader(photo, exif: exif, buffer: turned)
        defer {
            workspace.forgetPhoto()  // the camera has few frames and wants this one back
            if photo.width * photo.height > Preprocessor.keptPixels {
                workspace = Workspace()
                turned = RgbBuffer()
            }
        }
        do throws(KernelError) {
            try Pipeline.fill(buffer.info.name, with: source, using: workspace, into: buffer.memory)
        } catch {
            throw ModelError(error)
        }
    }
}
