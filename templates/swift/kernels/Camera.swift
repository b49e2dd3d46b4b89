// SPDX-License-Identifier: MIT-0

/// A camera's frame as a photo whose pixels are made when it is known which of them are needed: those that a
/// crop leaves out are never converted. One object serves all frames. Not thread-safe.
///
///     camera.show(frame, turn: Turn(exif: 6))
///     let seen = try workspace.picture(camera, .pillow13).resizeShortSide(256, .bilinear)
///
/// The frame is borrowed: it is read whenever a picture of it is computed, until the next one is shown.
final class Camera: PixelSource {
    private enum Frame {
        case none
        case yuv(YuvFrame)
        case packed(PackedPixels)
    }

    private var frame = Frame.none
    private var turn = Turn.none
    private var storedWidth = 0
    private var storedHeight = 0

    func show(_ yuv: YuvFrame, turn: Turn = .none) {
        show(.yuv(yuv), width: yuv.width, height: yuv.height, turn)
    }

    func show(_ packed: PackedPixels, turn: Turn = .none) {
        show(.packed(packed), width: packed.width, height: packed.height, turn)
    }

    private func show(_ frame: Frame, width: Int, height: Int, _ turn: Turn) {
        self.frame = frame
        self.turn = turn
        storedWidth = width
        storedHeight = height
    }

    /// Upright, in pixels; 0 before the first frame.
    var width: Int { turn.exchangesSides ? storedHeight : storedWidth }

    /// Upright, in pixels; 0 before the first frame.
    var height: Int { turn.exchangesSides ? storedWidth : storedHeight }

    func read(_ window: Window, into out: RgbBuffer) throws(KernelError) {
        let crop = turn.stored(window, width: storedWidth, height: storedHeight)
        switch frame {
        case .none: throw KernelError("a camera without a frame")
        case .yuv(let yuv): try Yuv.toRgb(yuv, crop: crop, turn: turn, into: out)
        case .packed(let packed): try packed.toRgb(crop: crop, turn: turn, into: out)
        }
    }
}
