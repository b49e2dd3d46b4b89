// SPDX-License-Identifier: MIT-0

/// A part of a picture, in its pixels; `right` and `bottom` are just outside.
struct Window: Equatable, Sendable {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    var width: Int { right - left }
    var height: Int { bottom - top }

    func moved(right across: Int, down: Int) -> Window {
        Window(left: left + across, top: top + down, right: right + across, bottom: bottom + down)
    }

    /// - Throws: ``KernelError`` if it is empty or not inside `whole`.
    func check(inside whole: Window) throws(KernelError) {
        guard left >= whole.left, top >= whole.top, left < right, top < bottom, right <= whole.right,
            bottom <= whole.bottom
        else {
            throw KernelError(
                "a crop of \(left),\(top) to \(right),\(bottom) is empty or not inside the picture of "
                    + "\(whole.width)x\(whole.height)"
            )
        }
    }
}

/// A photo whose pixels are made when it is known which of them are needed: of a camera's frame that is
/// resized and cropped, for one, often half of them.
protocol PixelSource: AnyObject {
    /// Of the whole photo, in pixels; 1 to ``RgbImage/maxSide``.
    var width: Int { get }

    /// Of the whole photo, in pixels; 1 to ``RgbImage/maxSide``.
    var height: Int { get }

    /// Makes the pixels of a window, which is not empty and inside the photo.
    ///
    /// - Parameter out: becomes a picture of the window's size, its first pixel that at (left, top).
    func read(_ window: Window, into out: RgbBuffer) throws(KernelError)
}
