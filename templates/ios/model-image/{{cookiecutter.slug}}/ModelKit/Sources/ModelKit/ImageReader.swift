// SPDX-License-Identifier: MIT-0
import CoreGraphics

/// The numbers that an image stores, as Pillow sees them: no colour is converted, alpha is left out and not
/// multiplied in.
///
/// Drawing the image into a context of sRGB is the usual way to its pixels, and another answer: a photo in
/// Display P3 would be converted, which changes nine of ten bytes, and Python does no such thing.
final class ImageReader: PixelSource {
    let width: Int
    let height: Int

    private let data: CFData
    private let bytesPerRow: Int
    private let samples: ImageSamples

    /// - Throws: ``ModelError/unsuitable(_:)`` for an image without colours, in CMYK or Lab.
    init(_ image: CGImage) throws(ModelError) {
        let readable = try ImageReader.readable(image)
        guard let samples = ImageSamples(readable), let data = readable.dataProvider?.data else {
            throw .unsuitable("the image's pixels cannot be read")
        }
        self.samples = samples
        self.data = data
        width = readable.width
        height = readable.height
        bytesPerRow = readable.bytesPerRow
    }

    func read(_ window: Window, into out: RgbBuffer) throws(KernelError) {
        let memory = UnsafeBufferPointer(start: CFDataGetBytePtr(data), count: CFDataGetLength(data))
        let pixels = try PackedPixels(
            memory, samples.layout, width: width, height: height, bytesPerRow: bytesPerRow
        )
        try pixels.toRgb(crop: window, into: out)
        if let alpha = samples.multipliedAlpha {
            ImageReader.change(out, pixels, window) { level, pixel in
                ImageSamples.divided(level, by: Int(pixel[alpha]))
            }
        }
        if let low = samples.lowByteOfGray {
            ImageReader.change(out, pixels, window) { high, pixel in high == 0 ? pixel[low] : 255 }
        }
    }

    /// The image itself, where its samples can be read; else, as for a palette or one bit to a pixel, the same
    /// colours drawn in the same space.
    private static func readable(_ image: CGImage) throws(ModelError) -> CGImage {
        if ImageSamples(image) != nil { return image }
        let space = image.colorSpace?.baseColorSpace ?? image.colorSpace
        guard let space, space.model == .rgb || space.model == .monochrome else {
            throw .unsuitable("the image is neither RGB nor gray")
        }
        let hasNoAlpha = [.none, .noneSkipLast, .noneSkipFirst].contains(image.alphaInfo)
        let alpha: CGImageAlphaInfo = hasNoAlpha ? .noneSkipLast : .premultipliedLast
        let context = CGContext(
            data: nil,
            width: image.width,
            height: image.height,
            bitsPerComponent: 8,
            bytesPerRow: 0,
            space: space,
            bitmapInfo: space.model == .monochrome ? CGImageAlphaInfo.none.rawValue : alpha.rawValue
        )
        context?.setBlendMode(.copy)
        context?.draw(image, in: CGRect(x: 0, y: 0, width: image.width, height: image.height))
        guard let drawn = context?.makeImage() else {
            throw .unsuitable("the image cannot be drawn in its own colours")
        }
        return drawn
    }

    /// Makes another level of each, which may look at the rest of the stored pixel.
    private static func change(
        _ out: RgbBuffer,
        _ pixels: PackedPixels,
        _ window: Window,
        _ level: (_ level: UInt8, _ pixel: UnsafePointer<UInt8>) -> UInt8
    ) {
        let rgb = UnsafeMutablePointer(mutating: out.image.base)
        for y in 0..<window.height {
            let line = pixels.base + (window.top + y) * pixels.bytesPerRow
            for x in 0..<window.width {
                let pixel = line + (window.left + x) * pixels.layout.bytesPerPixel
                let to = rgb + 3 * (y * window.width + x)
                for channel in 0..<3 {
                    to[channel] = level(to[channel], pixel)
                }
            }
        }
    }
}

/// Where an image's samples are, each a byte, or two of which the higher one counts.
struct ImageSamples {
    let layout: PackedPixels.Layout
    /// Where alpha is, in bytes from the beginning of a pixel, if the other samples were multiplied by it.
    let multipliedAlpha: Int?
    /// Where the lower byte of a gray sample of 16 bits is. Pillow does not scale these: above 255 is white.
    let lowByteOfGray: Int?

    /// Nil for what has to be drawn to be read.
    init?(_ image: CGImage) {
        let gray = image.colorSpace?.model == .monochrome
        guard gray || image.colorSpace?.model == .rgb, image.decode == nil,
            image.bitsPerComponent == 8 || image.bitsPerComponent == 16,
            !image.bitmapInfo.contains(.floatComponents), image.alphaInfo != .alphaOnly
        else { return nil }
        let bytes = image.bitsPerComponent / 8
        let colors = gray ? 1 : 3
        let count = colors + (image.alphaInfo == .none ? 0 : 1)
        guard image.bitsPerPixel == count * bytes * 8,
            let places = ImageSamples.places(count, bytes, image.bitmapInfo.intersection(.byteOrderMask))
        else { return nil }
        let alphaIsFirst = [.first, .premultipliedFirst, .noneSkipFirst].contains(image.alphaInfo)
        let first = alphaIsFirst ? 1 : 0
        layout = PackedPixels.Layout(
            bytesPerPixel: count * bytes,
            red: places[first],
            green: places[gray ? first : first + 1],
            blue: places[gray ? first : first + 2]
        )
        let isMultiplied = image.alphaInfo == .premultipliedLast || image.alphaInfo == .premultipliedFirst
        multipliedAlpha = isMultiplied ? places[alphaIsFirst ? 0 : colors] : nil
        // The lower byte is the other one of the two.
        lowByteOfGray = gray && count == 1 && bytes == 2 ? places[0] ^ 1 : nil
    }

    /// Where the (higher) byte of each sample is in a pixel; nil for an order that mixes them.
    private static func places(_ count: Int, _ bytes: Int, _ order: CGBitmapInfo) -> [Int]? {
        switch (bytes, order) {
        case (1, []), (1, .byteOrder32Big): Array(0..<count)
        case (1, .byteOrder32Little): count == 4 ? [3, 2, 1, 0] : nil
        case (2, []), (2, .byteOrder16Big): (0..<count).map { 2 * $0 }
        case (2, .byteOrder16Little): (0..<count).map { 2 * $0 + 1 }
        default: nil
        }
    }

    /// A level divided by alpha, 0 to 255, rounded.
    static func divided(_ level: UInt8, by alpha: Int) -> UInt8 {
        guard alpha > 0, alpha < 255 else { return level }
        return UInt8(min(255, (Int(level) * 255 + alpha / 2) / alpha))
    }
}
