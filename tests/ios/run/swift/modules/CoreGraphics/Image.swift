/// A picture's pixels in memory, and what they mean.
public final class CGImage: Hashable, @unchecked Sendable {
    public let width: Int
    public let height: Int
    public let bitsPerComponent: Int
    public let bitsPerPixel: Int
    public let bytesPerRow: Int
    public let colorSpace: CGColorSpace?
    public let bitmapInfo: CGBitmapInfo
    public let dataProvider: CGDataProvider?
    public let decode: UnsafePointer<CGFloat>?

    /// Nil where the provider has too few bytes.
    public init?(
        width: Int,
        height: Int,
        bitsPerComponent: Int,
        bitsPerPixel: Int,
        bytesPerRow: Int,
        space: CGColorSpace,
        bitmapInfo: CGBitmapInfo,
        provider: CGDataProvider,
        decode: UnsafePointer<CGFloat>?,
        shouldInterpolate: Bool,
        intent: CGColorRenderingIntent
    ) {
        let shortest = (bitsPerPixel * width + 7) / 8
        guard width > 0, height > 0, bytesPerRow >= shortest,
            provider.content.length >= bytesPerRow * (height - 1) + shortest
        else { return nil }
        self.width = width
        self.height = height
        self.bitsPerComponent = bitsPerComponent
        self.bitsPerPixel = bitsPerPixel
        self.bytesPerRow = bytesPerRow
        colorSpace = space
        self.bitmapInfo = bitmapInfo
        dataProvider = provider
        self.decode = decode
    }

    public var alphaInfo: CGImageAlphaInfo {
        CGImageAlphaInfo(rawValue: bitmapInfo.rawValue & CGBitmapInfo.alphaInfoMask.rawValue) ?? .none
    }

    public static func == (lhs: CGImage, rhs: CGImage) -> Bool { lhs === rhs }
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// Memory to draw into: 8 bits to a sample, R G B and a fourth byte, or gray.
public final class CGContext {
    public let width: Int
    public let height: Int
    public let bytesPerRow: Int
    public let colorSpace: CGColorSpace?
    private let info: CGBitmapInfo
    private let pixels: NSMutableData

    /// Nil for anything else than 8 bits to a sample, and memory of its own.
    public init?(
        data: UnsafeMutableRawPointer?,
        width: Int,
        height: Int,
        bitsPerComponent: Int,
        bytesPerRow: Int,
        space: CGColorSpace,
        bitmapInfo: UInt32
    ) {
        guard data == nil, bitsPerComponent == 8, bytesPerRow == 0, space.baseColorSpace == nil else { return nil }
        self.width = width
        self.height = height
        // Rows with a gap between them, as Core Graphics makes them.
        self.bytesPerRow = (width * (space.model == .monochrome ? 1 : 4) + 15) / 16 * 16
        colorSpace = space
        info = CGBitmapInfo(rawValue: bitmapInfo)
        guard let pixels = NSMutableData(length: self.bytesPerRow * height) else { return nil }
        self.pixels = pixels
    }

    public func setBlendMode(_ mode: CGBlendMode) {}

    /// Draws an image of the context's own size, with a palette or 16 bits to a sample; the row above comes first.
    public func draw(_ image: CGImage, in rect: CGRect, byTiling: Bool = false) {
        precondition(image.width == width && image.height == height, "nothing is scaled here")
        let samples = space(of: image)
        let out = pixels.mutableBytes.assumingMemoryBound(to: UInt8.self)
        for y in 0..<height {
            for x in 0..<width {
                let colors = samples(x, y)
                let to = out + y * bytesPerRow + x * (colorSpace?.model == .monochrome ? 1 : 4)
                for (index, level) in colors.enumerated() { to[index] = level }
                if colors.count == 3 { to[3] = 255 }
            }
        }
    }

    public func makeImage() -> CGImage? {
        guard let space = colorSpace, let provider = CGDataProvider(data: pixels) else { return nil }
        let bits = space.model == .monochrome ? 8 : 32
        return CGImage(
            width: width, height: height, bitsPerComponent: 8, bitsPerPixel: bits, bytesPerRow: bytesPerRow,
            space: space, bitmapInfo: info, provider: provider, decode: nil, shouldInterpolate: false,
            intent: .defaultIntent)
    }

    /// The levels at a place of an image, one to a colour.
    private func space(of image: CGImage) -> (Int, Int) -> [UInt8] {
        let data = image.dataProvider?.data ?? NSData()
        let memory = data.bytes.assumingMemoryBound(to: UInt8.self)
        if let palette = image.colorSpace?.colorTable {
            return { x, y in
                let entry = Int(memory[y * image.bytesPerRow + x])
                return Array(palette[3 * entry..<3 * entry + 3])
            }
        }
        precondition(image.bitsPerComponent == 16, "only palettes and 16 bits to a sample are drawn here")
        let colors = image.colorSpace?.model == .monochrome ? 1 : 3
        let high = image.bitmapInfo.contains(.byteOrder16Little) ? 1 : 0
        return { x, y in
            let start = y * image.bytesPerRow + x * image.bitsPerPixel / 8
            return (0..<colors).map { memory[start + 2 * $0 + high] }
        }
    }
}
