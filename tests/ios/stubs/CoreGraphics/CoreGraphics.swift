// Core Graphics. Geometry is Foundation's on Linux; Apple's Foundation re-exports it from here.

@_exported import struct Foundation.CGFloat
@_exported import struct Foundation.CGPoint
@_exported import struct Foundation.CGRect
@_exported import struct Foundation.CGSize
@_exported import CoreFoundationStubs

public struct CGAffineTransform: Equatable, Sendable {
    public var a, b, c, d, tx, ty: CGFloat
    public init() { fatalError() }
    // objc: CGAffineTransformMake
    public init(a: CGFloat, b: CGFloat, c: CGFloat, d: CGFloat, tx: CGFloat, ty: CGFloat) { fatalError() }
    // objc: CGAffineTransformMakeTranslation
    public init(translationX tx: CGFloat, y ty: CGFloat) { fatalError() }
    // objc: CGAffineTransformMakeScale
    public init(scaleX sx: CGFloat, y sy: CGFloat) { fatalError() }
    // objc: CGAffineTransformMakeRotation
    public init(rotationAngle angle: CGFloat) { fatalError() }
    public static var identity: CGAffineTransform { fatalError() }
    // objc: CGAffineTransformTranslate
    public func translatedBy(x tx: CGFloat, y ty: CGFloat) -> CGAffineTransform { fatalError() }
    // objc: CGAffineTransformScale
    public func scaledBy(x sx: CGFloat, y sy: CGFloat) -> CGAffineTransform { fatalError() }
    // objc: CGAffineTransformRotate
    public func rotated(by angle: CGFloat) -> CGAffineTransform { fatalError() }
    // objc: CGAffineTransformConcat
    public func concatenating(_ t2: CGAffineTransform) -> CGAffineTransform { fatalError() }
    // objc: CGAffineTransformInvert
    public func inverted() -> CGAffineTransform { fatalError() }
}

public enum CGImageAlphaInfo: UInt32, @unchecked Sendable {
    case none = 0
    case premultipliedLast = 1
    case premultipliedFirst = 2
    case last = 3
    case first = 4
    case noneSkipLast = 5
    case noneSkipFirst = 6
    case alphaOnly = 7
}

public enum CGImageByteOrderInfo: UInt32, @unchecked Sendable {
    case orderMask = 0x7000
    case orderDefault = 0x0000
    case order16Little = 0x1000
    case order32Little = 0x2000
    case order16Big = 0x3000
    case order32Big = 0x4000
}

public enum CGImagePixelFormatInfo: UInt32, @unchecked Sendable {
    case mask = 0xF0000
    case packed = 0x00000
    case RGB555 = 0x10000
    case RGB565 = 0x20000
    case RGB101010 = 0x30000
    case RGBCIF10 = 0x40000
}

public struct CGBitmapInfo: OptionSet, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    public static var alphaInfoMask: CGBitmapInfo { fatalError() }
    public static var floatComponents: CGBitmapInfo { fatalError() }
    public static var floatInfoMask: CGBitmapInfo { fatalError() }
    public static var byteOrderMask: CGBitmapInfo { fatalError() }
    public static var byteOrder16Little: CGBitmapInfo { fatalError() }
    public static var byteOrder32Little: CGBitmapInfo { fatalError() }
    public static var byteOrder16Big: CGBitmapInfo { fatalError() }
    public static var byteOrder32Big: CGBitmapInfo { fatalError() }
}

public enum CGColorRenderingIntent: Int32, @unchecked Sendable {
    // objc: kCGRenderingIntentDefault
    case defaultIntent = 0
    case absoluteColorimetric = 1
    case relativeColorimetric = 2
    case perceptual = 3
    case saturation = 4
}

public enum CGInterpolationQuality: Int32, @unchecked Sendable {
    case `default` = 0
    case none = 1
    case low = 2
    case medium = 4
    case high = 3
}

public enum CGBlendMode: Int32, @unchecked Sendable {
    case normal = 0
    case copy = 17
}

public enum CGColorSpaceModel: Int32, @unchecked Sendable {
    case unknown = -1
    case monochrome = 0
    case rgb = 1
    case cmyk = 2
    case lab = 3
    case deviceN = 4
    case indexed = 5
    case pattern = 6
    case XYZ = 7
}

public final class CGColorSpace: Hashable, @unchecked Sendable {
    // objc: CGColorSpaceCreateWithName
    public init?(name: CFString) { fatalError() }
    // objc: CGColorSpaceCreateWithICCData
    public init?(iccData: CFTypeRef) { fatalError() }
    // objc: CGColorSpaceCreateIndexed
    public init?(indexedBaseSpace baseSpace: CGColorSpace, last: Int, colorTable: UnsafePointer<UInt8>) {
        fatalError()
    }
    public var name: CFString? { fatalError() }
    public var numberOfComponents: Int { fatalError() }
    public var model: CGColorSpaceModel { fatalError() }
    public var baseColorSpace: CGColorSpace? { fatalError() }
    public var colorTable: [UInt8]? { fatalError() }
    public var isWideGamutRGB: Bool { fatalError() }
    public var supportsOutput: Bool { fatalError() }
    public func copyICCData() -> CFData? { fatalError() }
    // objc: kCGColorSpaceSRGB
    public nonisolated(unsafe) static let sRGB: CFString = ""
    // objc: kCGColorSpaceDisplayP3
    public nonisolated(unsafe) static let displayP3: CFString = ""
    // objc: kCGColorSpaceLinearSRGB
    public nonisolated(unsafe) static let linearSRGB: CFString = ""
    // objc: kCGColorSpaceExtendedSRGB
    public nonisolated(unsafe) static let extendedSRGB: CFString = ""
    // objc: kCGColorSpaceGenericGrayGamma2_2
    public nonisolated(unsafe) static let genericGrayGamma2_2: CFString = ""
    // objc: kCGColorSpaceLinearGray
    public nonisolated(unsafe) static let linearGray: CFString = ""
    public static func == (lhs: CGColorSpace, rhs: CGColorSpace) -> Bool { fatalError() }
    public func hash(into hasher: inout Hasher) { fatalError() }
}

public func CGColorSpaceCreateDeviceRGB() -> CGColorSpace { fatalError() }
public func CGColorSpaceCreateDeviceGray() -> CGColorSpace { fatalError() }
public func CGColorSpaceCreateDeviceCMYK() -> CGColorSpace { fatalError() }

public typealias CGDataProviderReleaseDataCallback =
    @convention(c) (UnsafeMutableRawPointer?, UnsafeRawPointer, Int) -> Void

public final class CGDataProvider: Hashable {
    // objc: CGDataProviderCreateWithCFData
    public init?(data: CFData) { fatalError() }
    // objc: CGDataProviderCreateWithURL
    public init?(url: CFURL) { fatalError() }
    // objc: CGDataProviderCreateWithData
    public init?(
        dataInfo info: UnsafeMutableRawPointer?,
        data: UnsafeRawPointer,
        size: Int,
        releaseData: CGDataProviderReleaseDataCallback
    ) { fatalError() }
    // objc: CGDataProviderCopyData
    public var data: CFData? { fatalError() }
    public static func == (lhs: CGDataProvider, rhs: CGDataProvider) -> Bool { fatalError() }
    public func hash(into hasher: inout Hasher) { fatalError() }
}

public final class CGColor: Hashable, @unchecked Sendable {
    // objc: CGColorCreateSRGB
    public init(red: CGFloat, green: CGFloat, blue: CGFloat, alpha: CGFloat) { fatalError() }
    public static func == (lhs: CGColor, rhs: CGColor) -> Bool { fatalError() }
    public func hash(into hasher: inout Hasher) { fatalError() }
}
