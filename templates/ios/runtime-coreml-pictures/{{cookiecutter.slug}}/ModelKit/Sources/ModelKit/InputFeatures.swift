// SPDX-License-Identifier: MIT-0
import CoreML
import CoreVideo

/// What the model is given: pictures of its own size, which it normalises itself, and arrays. Not
/// thread-safe.
final class InputFeatures {
    // One to a picture input, used again by the next run.
    private var frames: [String: CVPixelBuffer] = [:]

    /// The pixels of a picture input in a pixel buffer; of another input the buffer's own memory, seen by
    /// Core ML.
    func value(of buffer: TensorBuffer) throws -> MLFeatureValue {
        guard Pipeline.inputs.contains(buffer.info.name) else {
            return MLFeatureValue(multiArray: try MLMultiArray(borrowing: buffer))
        }
        let frame = try frame(for: buffer)
        try InputFeatures.write(buffer, to: frame)
        return MLFeatureValue(pixelBuffer: frame)
    }

    private func frame(for buffer: TensorBuffer) throws -> CVPixelBuffer {
        let name = buffer.info.name
        if let frame = frames[name] { return frame }
        let (height, width, channels) = (buffer.shape[1], buffer.shape[2], buffer.shape[3])
        // Core ML reads color_layout RGB and BGR alike from BGRA, and gray from one component.
        let format = channels == 1 ? kCVPixelFormatType_OneComponent8 : kCVPixelFormatType_32BGRA
        var made: CVPixelBuffer?
        let result = CVPixelBufferCreate(nil, width, height, format, nil, &made)
        guard result == kCVReturnSuccess, let made else {
            throw RuntimeProblem("No pixel buffer of \(width)x\(height) can be made (\(result)).")
        }
        frames[name] = made
        return made
    }

    /// H x W x 3 in R G B becomes B G R A; H x W x 1 stays.
    private static func write(_ buffer: TensorBuffer, to frame: CVPixelBuffer) throws {
        guard CVPixelBufferLockBaseAddress(frame, []) == kCVReturnSuccess,
            let start = CVPixelBufferGetBaseAddress(frame)
        else {
            throw RuntimeProblem("The pixel buffer cannot be written.")
        }
        defer { CVPixelBufferUnlockBaseAddress(frame, []) }
        let (height, width, channels) = (buffer.shape[1], buffer.shape[2], buffer.shape[3])
        let bytesPerRow = CVPixelBufferGetBytesPerRow(frame)
        let pixels = UnsafeRawBufferPointer(buffer.memory)
        for y in 0..<height {
            let row = start.advanced(by: y * bytesPerRow).assumingMemoryBound(to: UInt8.self)
            let from = y * width * channels
            for x in 0..<width {
                if channels == 1 {
                    row[x] = pixels[from + x]
                } else {
                    row[4 * x] = pixels[from + 3 * x + 2]
                    row[4 * x + 1] = pixels[from + 3 * x + 1]
                    row[4 * x + 2] = pixels[from + 3 * x]
                    row[4 * x + 3] = 0xFF
                }
            }
        }
    }
}
