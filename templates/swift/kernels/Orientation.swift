// SPDX-License-Identifier: MIT-0

/// EXIF orientation: how the camera was held, undone.
enum Orientation {
    /// Copied in tiles: row by row, a picture that is turned is read with a miss for each pixel.
    private static let tile = 32

    /// Turns and mirrors a picture as Pillow's ImageOps.exif_transpose does. `exif` is tag 0x0112:
    ///
    ///     1 as it is      2 mirrored left-right   3 turned by 180°   4 mirrored top-bottom
    ///     5 transposed    6 turned by 90°         7 transverse       8 turned by 270°   (clockwise)
    ///
    /// Any other number is taken as 1, as Pillow takes it. 5 to 8 exchange width and height.
    ///
    /// - Returns: the picture in `to`, valid until something else is written there.
    /// - Throws: ``KernelError`` if `from` has no pixels, or lies in `to`.
    @discardableResult
    static func orient(_ from: RgbImage, exif: Int, into to: RgbBuffer) throws(KernelError) -> RgbImage {
        guard from.width > 0 else { throw KernelError("an image without pixels") }
        guard from.base != to.image.base else { throw KernelError("an image cannot be turned in its place") }
        let exchangesSides = (5...8).contains(exif)
        let out = try to.reset(
            width: exchangesSides ? from.height : from.width,
            height: exchangesSides ? from.width : from.height
        )
        let line = from.bytesPerRow
        let lastPixel = 3 * (from.width - 1)
        let lastLine = line * (from.height - 1)
        // Where the output's first pixel comes from, and how many bytes further the next one of its row, and
        // of its column, is.
        let (start, right, down) =
            switch exif {
            case 2: (lastPixel, -3, line)
            case 3: (lastPixel + lastLine, -3, -line)
            case 4: (lastLine, 3, -line)
            case 5: (0, line, 3)
            case 6: (lastLine, -line, 3)
            case 7: (lastPixel + lastLine, -line, -3)
            case 8: (lastPixel, line, -3)
            default: (0, 3, line)
            }
        copy(from.base + start, right: right, down: down, out, width: to.width, height: to.height)
        return to.image
    }

    private static func copy(
        _ from: UnsafePointer<UInt8>,
        right: Int,
        down: Int,
        _ to: UnsafeMutablePointer<UInt8>,
        width: Int,
        height: Int
    ) {
        for top in stride(from: 0, to: height, by: tile) {
            for left in stride(from: 0, to: width, by: tile) {
                let columns = min(tile, width - left)
                for y in top..<min(top + tile, height) {
                    var pixel = from + (y &* down &+ left &* right)
                    var out = to + (y &* width &+ left) &* 3
                    for _ in 0..<columns {
                        out[0] = pixel[0]
                        out[1] = pixel[1]
                        out[2] = pixel[2]
                        pixel += right
                        out += 3
                    }
                }
            }
        }
    }
}
