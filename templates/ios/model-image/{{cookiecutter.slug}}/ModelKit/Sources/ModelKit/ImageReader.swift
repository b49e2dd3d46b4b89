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
            ImageReader.divide(out, by: pixels, alpha, window)
        }
    }

    /// The image itself, where its samples are bytes; else, as for a palette or one bit to a pixel, the same
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

    /// Levels that were multiplied by alpha, as near as they can be had back.
    private static func divide(_ out: RgbBuffer, by pixels: PackedPixels, _ alpha: Int, _ window: Window) {
        let rgb = UnsafeMutablePointer(mutating: out.image.base)
        for y in 0..<window.height {
            let line = pixels.base + (window.top + y) * pixels.bytesPerRow
            for x in 0..<window.width {
                let share = Int(line[(window.left + x) * pixels.layout.bytesPerPixel + alpha])
                let to = rgb + 3 * (y * window.width + x)
                for channel in 0..<3 {
                    to[channel] = ImageSamples.divided(to[channel], by: share)
                }
            }
        }
    }
}

/// Where an image's samples are, where they are bytes or can be taken for some.
struct ImageSamples {
    let layout: PackedPixels.Layout
    /// Where alpha is, in bytes from the beginning of a pixel, if the other samples were multiplied by it.
    let multipliedAlpha: Int?

    /// Nil for what has to be drawn to be read.
    init?(_ image: CGImage) {
        let gray = image.colorSpace?.model == .monochrome
        guard gray || image.colorSpace?.model == .rgb, image.decode == nil,
            image.bitsPerComponent == 8, image.bitsPerPixel % 8 == 0,
            !image.bitmapInfo.contains(.floatComponents)
        else { return nil }
        let size = image.bitsPerPixel / 8
        let colors = gray ? 1 : 3
        let alphaIsFirst: Bool
        switch image.alphaInfo {
        case .none: alphaIsFirst = false
        case .last, .premultipliedLast, .noneSkipLast: alphaIsFirst = false
        case .first, .premultipliedFirst, .noneSkipFirst: alphaIsFirst = true
        case .alphaOnly: return nil
        @unknown default: return nil
        }
        guard size == colors + (image.alphaInfo == .none ? 0 : 1) else { return nil }
        let order = image.bitmapInfo.intersection(.byteOrderMask)
        let isReversed = order == .byteOrder32Little
        guard isReversed ? size == 4 : order == [] || order == .byteOrder32Big else { return nil }
        func place(_ sample: Int) -> Int { isReversed ? size - 1 - sample : sample }
        let first = alphaIsFirst ? 1 : 0
        layout = PackedPixels.Layout(
            bytesPerPixel: size,
            red: place(first),
            green: place(gray ? first : first + 1),
            blue: place(gray ? first : first + 2)
        )
        let isMultiplied = image.alphaInfo == .premultipliedLast || image.alphaInfo == .premultipliedFirst
        multipliedAlpha = isMultiplied ? place(alphaIsFirst ? 0 : colors) : nil
    }

    /// A level divided by alpha, 0 to 255, rounded.
    static func divided(_ level: UInt8, by alpha: Int) -> UInt8 {
        guard alpha > 0, alpha < 255 else { return level }
        return UInt8(min(255, (Int(level) * 255 + alpha / 2) / alpha))
    }
}
