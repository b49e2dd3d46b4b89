// SPDX-License-Identifier: MIT-0

/// A part of a picture, and torchvision's rule for the part in the middle.
final class CropRows: Rows {
    private var source: Rows = PhotoRows()
    private var top = 0

    /// Where a centred crop starts: round((side - crop) / 2), a half to the even number, as Python rounds;
    /// 0 <= crop <= side. Rounding halves up would move the crop by a pixel wherever side - crop is
    /// 1, 5, 9 …
    static func centreStart(side: Int, crop: Int) -> Int {
        let half = (side - crop) / 2
        return (side - crop).isMultiple(of: 2) ? half : half + half % 2
    }

    /// The crop's row 0 is row `top` of `source`, whose window is the crop's.
    func reset(_ source: Rows, top: Int) -> Rows {
        self.source = source
        self.top = top
        return self
    }

    override var lends: Bool { source.lends }

    override func row(_ y: Int, room: UnsafeMutablePointer<UInt8>) -> UnsafePointer<UInt8> {
        source.row(y + top, room: room)
    }
}
