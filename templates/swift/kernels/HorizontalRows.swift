// SPDX-License-Identifier: MIT-0

/// The horizontal pass of a resize: makes each row narrower or wider.
final class HorizontalRows: Rows {
    let axis = Axis()
    private var source: Rows = PhotoRows()
    private var channels = 0
    private let inRoom = Scratch<UInt8>()

    /// First the ``axis``, from which the window of the source follows, then the source, opened on that
    /// window; rows from `bottom` on do not exist.
    func reset(_ source: Rows, channels: Int, bottom: Int) -> Rows {
        self.source = source
        self.channels = channels
        return self
    }

    override func row(_ y: Int, room: UnsafeMutablePointer<UInt8>) -> UnsafePointer<UInt8> {
        let range = axis.range
        let start = axis.first(range.lowerBound)
        let inPixels = axis.last(range.upperBound - 1) - start
        let row = source.row(y, room: inRoom.atLeast(inPixels * channels))
        var out = room
        for x in range {
            let weights = axis.weights(x)
            let pixels = row + (axis.first(x) &- start) &* channels
            for c in 0..<channels {
                var sum = Axis.half
                for j in 0..<axis.taps(x) {
                    sum &+= weights[j] &* Int32(pixels[j &* channels &+ c])
                }
                out[c] = Axis.toLevel(sum)
            }
            out += channels
        }
        return UnsafePointer(room)
    }
}
