public final class CGImage: Hashable, @unchecked Sendable {
    // objc: CGImageCreate
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
    ) { fatalError() }
    public var width: Int { fatalError() }
    public var height: Int { fatalError() }
    public var bitsPerComponent: Int { fatalError() }
    public var bitsPerPixel: Int { fatalError() }
    public var bytesPerRow: Int { fatalError() }
    public var colorSpace: CGColorSpace? { fatalError() }
    public var alphaInfo: CGImageAlphaInfo { fatalError() }
    public var byteOrderInfo: CGImageByteOrderInfo { fatalError() }
    public var pixelFormatInfo: CGImagePixelFormatInfo { fatalError() }
    public var bitmapInfo: CGBitmapInfo { fatalError() }
    public var dataProvider: CGDataProvider? { fatalError() }
    public var decode: UnsafePointer<CGFloat>? { fatalError() }
    public var isMask: Bool { fatalError() }
    // objc: CGImageGetUTType
    public var utType: CFString? { fatalError() }
    public var shouldInterpolate: Bool { fatalError() }
    public var renderingIntent: CGColorRenderingIntent { fatalError() }
    // objc: CGImageCreateCopy
    public func copy() -> CGImage? { fatalError() }
    // objc: CGImageCreateCopyWithColorSpace
    public func copy(colorSpace space: CGColorSpace) -> CGImage? { fatalError() }
    // objc: CGImageCreateWithImageInRect
    public func cropping(to rect: CGRect) -> CGImage? { fatalError() }
    public static func == (lhs: CGImage, rhs: CGImage) -> Bool { fatalError() }
    public func hash(into hasher: inout Hasher) { fatalError() }
}

public final class CGContext: Hashable {
    // objc: CGBitmapContextCreate
    public init?(
        data: UnsafeMutableRawPointer?,
        width: Int,
        height: Int,
        bitsPerComponent: Int,
        bytesPerRow: Int,
        space: CGColorSpace,
        bitmapInfo: UInt32
    ) { fatalError() }
    // objc: CGBitmapContextGetData
    public var data: UnsafeMutableRawPointer? { fatalError() }
    // objc: CGBitmapContextGetWidth
    public var width: Int { fatalError() }
    // objc: CGBitmapContextGetHeight
    public var height: Int { fatalError() }
    // objc: CGBitmapContextGetBytesPerRow
    public var bytesPerRow: Int { fatalError() }
    // objc: CGBitmapContextGetColorSpace
    public var colorSpace: CGColorSpace? { fatalError() }
    public var interpolationQuality: CGInterpolationQuality {
        get { fatalError() }
        set { fatalError() }
    }
    // objc: CGContextDrawImage
    public func draw(_ image: CGImage, in rect: CGRect, byTiling: Bool = false) { fatalError() }
    // objc: CGBitmapContextCreateImage
    public func makeImage() -> CGImage? { fatalError() }
    public func setBlendMode(_ mode: CGBlendMode) { fatalError() }
    public func setFillColor(_ color: CGColor) { fatalError() }
    public func setFillColor(red: CGFloat, green: CGFloat, blue: CGFloat, alpha: CGFloat) { fatalError() }
    // objc: CGContextFillRect
    public func fill(_ rect: CGRect) { fatalError() }
    // objc: CGContextClearRect
    public func clear(_ rect: CGRect) { fatalError() }
    // objc: CGContextConcatCTM
    public func concatenate(_ transform: CGAffineTransform) { fatalError() }
    // objc: CGContextTranslateCTM
    public func translateBy(x tx: CGFloat, y ty: CGFloat) { fatalError() }
    // objc: CGContextScaleCTM
    public func scaleBy(x sx: CGFloat, y sy: CGFloat) { fatalError() }
    // objc: CGContextRotateCTM
    public func rotate(by angle: CGFloat) { fatalError() }
    public func saveGState() { fatalError() }
    public func restoreGState() { fatalError() }
    public func flush() { fatalError() }
    public static func == (lhs: CGContext, rhs: CGContext) -> Bool { fatalError() }
    public func hash(into hasher: inout Hasher) { fatalError() }
}
