// SPDX-License-Identifier: MIT-0
import CoreVideo

/// A frame of the camera or of a video, as it looks: BGRA, or 4:2:0 in two planes with full or video range.
/// It is turned as it is converted, and its memory is locked as long as the reader lives.
final class FrameReader: PixelSource {
    private enum Samples {
        case bgra(UnsafeBufferPointer<UInt8>, bytesPerRow: Int)
        case yuv(YuvFrame)
    }

    private let frame: CVPixelBuffer
    private let samples: Samples
    private let turn: Turn
    private let storedWidth: Int
    private let storedHeight: Int

    /// - Parameter exif: the orientation in which the frame is stored, 1 to 8.
    /// - Throws: ``ModelError/unsuitable(_:)`` for another pixel format, or a frame that cannot be read.
    init(_ frame: CVPixelBuffer, exif: Int) throws(ModelError) {
        guard CVPixelBufferLockBaseAddress(frame, .readOnly) == kCVReturnSuccess else {
            throw .unsuitable("the frame cannot be read")
        }
        do throws(ModelError) {
            samples = try FrameReader.samples(of: frame)
        } catch {
            CVPixelBufferUnlockBaseAddress(frame, .readOnly)
            throw error
        }
        self.frame = frame
        turn = Turn(exif: exif)
        storedWidth = CVPixelBufferGetWidth(frame)
        storedHeight = CVPixelBufferGetHeight(frame)
    }

    deinit {
        CVPixelBufferUnlockBaseAddress(frame, .readOnly)
    }

    var width: Int { turn.exchangesSides ? storedHeight : storedWidth }
    var height: Int { turn.exchangesSides ? storedWidth : storedHeight }

    func read(_ window: Window, into out: RgbBuffer) throws(KernelError) {
        let crop = turn.stored(window, width: storedWidth, height: storedHeight)
        switch samples {
        case .bgra(let memory, let bytesPerRow):
            try PackedPixels(
                memory, .bgra, width: storedWidth, height: storedHeight, bytesPerRow: bytesPerRow
            ).toRgb(crop: crop, turn: turn, into: out)
        case .yuv(let yuv):
            try Yuv.toRgb(yuv, crop: crop, turn: turn, into: out)
        }
    }

    private static func samples(of frame: CVPixelBuffer) throws(ModelError) -> Samples {
        let format = CVPixelBufferGetPixelFormatType(frame)
        switch format {
        case kCVPixelFormatType_32BGRA:
            let bytesPerRow = CVPixelBufferGetBytesPerRow(frame)
            let memory = try memory(
                CVPixelBufferGetBaseAddress(frame), bytesPerRow * CVPixelBufferGetHeight(frame)
            )
            return .bgra(memory, bytesPerRow: bytesPerRow)
        case kCVPixelFormatType_420YpCbCr8BiPlanarFullRange:
            return .yuv(try yuv(frame, .full))
        case kCVPixelFormatType_420YpCbCr8BiPlanarVideoRange:
            return .yuv(try yuv(frame, .limited))
        default:
            throw .unsuitable(
                "the frame's pixel format is \(String(format, radix: 16)); "
                    + "set the camera's videoSettings to 420f, 420v or BGRA"
            )
        }
    }

    private static func yuv(_ frame: CVPixelBuffer, _ range: YuvFrame.Range) throws(ModelError) -> YuvFrame {
        do throws(KernelError) {
            return try YuvFrame(
                y: try plane(frame, 0),
                yBytesPerRow: CVPixelBufferGetBytesPerRowOfPlane(frame, 0),
                cbCr: try plane(frame, 1),
                cbCrBytesPerRow: CVPixelBufferGetBytesPerRowOfPlane(frame, 1),
                width: CVPixelBufferGetWidth(frame),
                height: CVPixelBufferGetHeight(frame),
                matrix: matrix(of: frame),
                range: range
            )
        } catch {
            throw ModelError(error)
        }
    }

    /// What the frame says of its colours; without a word they are a JPEG's and the camera's: BT.601.
    private static func matrix(of frame: CVPixelBuffer) -> YuvFrame.Matrix {
        let matrix = CVBufferCopyAttachment(frame, kCVImageBufferYCbCrMatrixKey, nil) as? String
        return matrix == kCVImageBufferYCbCrMatrix_ITU_R_709_2 as String ? .bt709 : .bt601
    }

    private static func plane(_ frame: CVPixelBuffer, _ index: Int)
        throws(KernelError) -> UnsafeBufferPointer<UInt8>
    {
        let byteCount =
            CVPixelBufferGetBytesPerRowOfPlane(frame, index) * CVPixelBufferGetHeightOfPlane(frame, index)
        guard let start = CVPixelBufferGetBaseAddressOfPlane(frame, index) else {
            throw KernelError("plane \(index) of the frame has no memory")
        }
        return UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: byteCount)
    }

    private static func memory(_ start: UnsafeMutableRawPointer?, _ byteCount: Int)
        throws(ModelError) -> UnsafeBufferPointer<UInt8>
    {
        guard let start else { throw .unsuitable("the frame has no memory") }
        return UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: byteCount)
    }
}
