// SPDX-License-Identifier: MIT-0

/// How a picture is turned and then mirrored, as it becomes upright: the eight ways of EXIF.
struct Turn: Equatable, Sendable {
    static let upright = Turn(exif: 1)

    /// Clockwise: 0, 90, 180 or 270.
    let degrees: Int
    /// Left-right, after the turn.
    let mirrored: Bool

    /// - Throws: ``KernelError`` for another angle than 0, 90, 180 or 270.
    init(degrees: Int, mirrored: Bool) throws(KernelError) {
        guard [0, 90, 180, 270].contains(degrees) else {
            throw KernelError("a rotation of 0, 90, 180 or 270 degrees, got \(degrees)")
        }
        self.degrees = degrees
        self.mirrored = mirrored
    }

    /// Tag 0x0112, and the raw value of ImageIO's orientation:
    ///
    ///     1 as it is      2 mirrored left-right   3 turned by 180°   4 mirrored top-bottom
    ///     5 transposed    6 turned by 90°         7 transverse       8 turned by 270°   (clockwise)
    ///
    /// Any other number is taken as 1, as Pillow takes it.
    init(exif: Int) {
        (degrees, mirrored) =
            switch exif {
            case 2: (0, true)
            case 3: (180, false)
            case 4: (180, true)
            case 5: (90, true)
            case 6: (90, false)
            case 7: (270, true)
            case 8: (270, false)
            default: (0, false)
            }
    }

    /// True if width and height change places.
    var exchangesSides: Bool { degrees == 90 || degrees == 270 }

    /// The part of a stored picture of `width` x `height` that `window` of the upright one shows.
    func stored(_ window: Window, width: Int, height: Int) -> Window {
        var turned = window
        if mirrored {
            let uprightWidth = exchangesSides ? height : width
            turned.left = uprightWidth - window.right
            turned.right = uprightWidth - window.left
        }
        let (left, top, right, bottom) = (turned.left, turned.top, turned.right, turned.bottom)
        return switch degrees {
        case 90: Window(left: top, top: height - right, right: bottom, bottom: height - left)
        case 180: Window(left: width - right, top: height - bottom, right: width - left, bottom: height - top)
        case 270: Window(left: width - bottom, top: left, right: width - top, bottom: right)
        default: turned
        }
    }

    /// A row of a stored picture, or a part of one, and where its pixels go.
    struct Run {
        /// Of the stored picture.
        let row: Int
        /// The first pixel, in the stored picture.
        let left: Int
        let count: Int
        let out: UnsafeMutablePointer<UInt8>
        /// Bytes from a pixel's place to the next one's.
        let step: Int
    }

    /// Where a picture that is turned is cut: row by row, its columns would be written with a miss for each
    /// pixel.
    private static let bandRows = 16
    private static let tileColumns = 64

    /// Gives `out` the size of the crop of a stored picture, turned, and calls `write` for all of its rows.
    ///
    /// - Throws: ``KernelError`` if the crop is too large for `out`.
    @inline(__always)
    func fill(_ out: RgbBuffer, with crop: Window, _ write: (Run) -> Void) throws(KernelError) {
        let rgb = try out.reset(
            width: exchangesSides ? crop.height : crop.width,
            height: exchangesSides ? crop.width : crop.height
        )
        let line = out.width * 3
        let across = mirrored ? -3 : 3
        // How many bytes further the stored picture's next pixel, and its next row, go in the output.
        let (right, down) =
            switch degrees {
            case 90: (line, -across)
            case 180: (-across, -line)
            case 270: (-line, across)
            default: (across, line)
            }
        let start = rgb + (max(0, -right) * (crop.width - 1) + max(0, -down) * (crop.height - 1))
        let columns = exchangesSides ? Turn.tileColumns : crop.width
        for top in stride(from: 0, to: crop.height, by: Turn.bandRows) {
            let bottom = min(top + Turn.bandRows, crop.height)
            for left in stride(from: 0, to: crop.width, by: columns) {
                let count = min(columns, crop.width - left)
                for y in top..<bottom {
                    let to = start + (y &* down &+ left &* right)
                    write(
                        Run(row: crop.top &+ y, left: crop.left &+ left, count: count, out: to, step: right))
                }
            }
        }
    }
}
