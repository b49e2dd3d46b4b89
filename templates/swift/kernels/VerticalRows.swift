// SPDX-License-Identifier: MIT-0

/// The vertical pass of a resize: makes one row of several. Keeps, in a ring, as many rows of the source as
/// one output row is made of.
final class VerticalRows: Rows {
    let axis = Axis()
    private var source: Rows = PhotoRows()
    private var bytes = 0
    private var next = 0  // the first input row not yet asked for
    private let room = Scratch<UInt8>()  // a row to a slot, unless the source lends its own
    private let ring = Scratch<UnsafePointer<UInt8>>()  // input row r is at r % axis.maxTaps
    private let sums = Scratch<Int32>()

    /// First the ``axis``, from which the window of the source follows, then the source, opened on that
    /// window, whose rows have `bytes` bytes.
    func reset(_ source: Rows, bytes: Int) -> Rows {
        self.source = source
        self.bytes = bytes
        next = axis.first(axis.range.lowerBound)
        return self
    }

    override func row(_ y: Int, room: UnsafeMutablePointer<UInt8>) -> UnsafePointer<UInt8> {
        let slots = axis.maxTaps
        let rows = ring.atLeast(slots)
        let slotRoom = self.room.atLeast(source.lends ? 0 : slots * bytes)
        let first = axis.first(y)
        let last = axis.last(y)
        next = max(next, first)
        while next < last {
            let slot = next % slots
            rows[slot] = source.row(next, room: source.lends ? slotRoom : slotRoom + slot * bytes)
            next += 1
        }
        let weights = axis.weights(y)
        let sums = sums.atLeast(bytes)
        sums.update(repeating: Axis.half, count: bytes)
        for j in 0..<(last - first) {
            let row = rows[(first + j) % slots]
            let weight = weights[j]
            for x in 0..<bytes {
                sums[x] &+= weight &* Int32(row[x])
            }
        }
        for x in 0..<bytes {
            room[x] = Axis.toLevel(sums[x])
        }
        return UnsafePointer(room)
    }
}
