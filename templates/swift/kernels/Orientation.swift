// SPDX-License-Identifier: MIT-0

/// EXIF orientation: how the camera was held, undone.
enum Orientation {
    /// Turns and mirrors a picture as Pillow's ImageOps.exif_transpose does; `exif` is tag 0x0112, see
    /// ``Turn``. 5 to 8 exchange width and height.
    ///
    /// - Returns: the picture in `to`, valid until something else is written there.
    /// - Throws: ``KernelError`` if `from` has no pixels, or lies in `to`.
    @discardableResult
    static func orient(_ from: RgbImage, exif: Int, into to: RgbBuffer) throws(KernelError) -> RgbImage {
        guard from.width > 0 else { throw KernelError("an image without pixels") }
        guard from.base != to.image.base else { throw KernelError("an image cannot be turned in its place") }
        let whole = Window(left: 0, top: 0, right: from.width, bottom: from.height)
        try Turn(exif: exif).fill(to, with: whole) { run in
            var pixel = from.at(run.left, run.row)
            var out = run.out
            for _ in 0..<run.count {
                out[0] = pixel[0]
                out[1] = pixel[1]
                out[2] = pixel[2]
                pixel += 3
                out += run.step
            }
        }
        return to.image
    }
}
