// SPDX-License-Identifier: MIT-0

/// Makes the rows of one window of a picture, from top to bottom, so that no step needs to hold more of
/// the picture than the few rows it is working on. Levels are bytes, interleaved.
class Rows {
    /// True if ``row(_:room:)`` never writes.
    var lends: Bool { false }

    /// Row y of the picture, from the window's left to its right; `y` is inside the window and never less
    /// than in the call before.
    ///
    /// - Parameter room: where the row is written, unless it exists in memory as it is.
    /// - Returns: where the row is: `room`, or in the photo.
    func row(_ y: Int, room: UnsafeMutablePointer<UInt8>) -> UnsafePointer<UInt8> {
        fatalError("edgegen: rows of no kind")
    }
}

/// A window of the photo itself: lent, not copied.
final class PhotoRows: Rows {
    private var start: UnsafePointer<UInt8>?
    private var bytesPerRow = 0

    /// Line `firstLine` of these rows is line 0 of `photo`.
    func reset(_ photo: RgbImage, left: Int, firstLine: Int) -> Rows {
        start = photo.at(left, -firstLine)
        bytesPerRow = photo.bytesPerRow
        return self
    }

    override var lends: Bool { true }

    override func row(_ y: Int, room: UnsafeMutablePointer<UInt8>) -> UnsafePointer<UInt8> {
        guard let start else { return UnsafePointer(room) }
        return start + y &* bytesPerRow
    }
}
