// SPDX-License-Identifier: MIT-0

/// ``Filter/nearest``: picks pixels, in both directions at once.
final class NearestRows: Rows {
    private var source: Rows = PhotoRows()
    private let columnRoom = Scratch<Int32>()
    private let lineRoom = Scratch<Int32>()
    private let inRoom = Scratch<UInt8>()
    private var window = Window(left: 0, top: 0, right: 0, bottom: 0)
    private var channels = 0
    private var line = -1
    private var inRow: UnsafePointer<UInt8>?

    /// First the columns and lines of the source that are wanted, `window` being of the result …
    ///
    /// - Returns: the window of the source that they span.
    func pick(inHeight: Int, inWidth: Int, outHeight: Int, outWidth: Int, window: Window)
        throws(KernelError) -> Window
    {
        self.window = window
        let columns = columnRoom.atLeast(window.width)
        let lines = lineRoom.atLeast(window.height)
        try Axis.nearestPixels(inWidth, to: outWidth, window.left..<window.right, into: columns)
        try Axis.nearestPixels(inHeight, to: outHeight, window.top..<window.bottom, into: lines)
        return Window(
            left: Int(columns[0]),
            top: Int(lines[0]),
            right: Int(columns[window.width - 1]) + 1,
            bottom: Int(lines[window.height - 1]) + 1
        )
    }

    /// … then the source, opened on that window.
    func reset(_ source: Rows, channels: Int) -> Rows {
        self.source = source
        self.channels = channels
        line = -1
        return self
    }

    override func row(_ y: Int, room: UnsafeMutablePointer<UInt8>) -> UnsafePointer<UInt8> {
        let columns = columnRoom.start
        let first = Int(columns[0])
        let wanted = Int(lineRoom.start[y - window.top])
        if wanted != line {
            let inPixels = Int(columns[window.width - 1]) - first + 1
            inRow = source.row(wanted, room: inRoom.atLeast(inPixels * channels))
            line = wanted
        }
        guard let inRow else { return UnsafePointer(room) }
        var out = room
        for x in 0..<window.width {
            let pixel = inRow + (Int(columns[x]) &- first) &* channels
            for c in 0..<channels {
                out[c] = pixel[c]
            }
            out += channels
        }
        return UnsafePointer(room)
    }
}
