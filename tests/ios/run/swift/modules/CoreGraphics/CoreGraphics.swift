// As much of Core Graphics as a generated ModelKit reads pictures with, working on Linux.
@_exported import CoreFoundationStubs
@_exported import Foundation

public enum CGImageAlphaInfo: UInt32, Sendable {
    case none, premultipliedLast, premultipliedFirst, last, first, noneSkipLast, noneSkipFirst, alphaOnly
}

public struct CGBitmapInfo: OptionSet, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    public static let alphaInfoMask = CGBitmapInfo(rawValue: 0x1F)
    public static let floatComponents = CGBitmapInfo(rawValue: 0x100)
    public static let byteOrderMask = CGBitmapInfo(rawValue: 0x7000)
    public static let byteOrder16Little = CGBitmapInfo(rawValue: 0x1000)
    public static let byteOrder32Little = CGBitmapInfo(rawValue: 0x2000)
    public static let byteOrder16Big = CGBitmapInfo(rawValue: 0x3000)
    public static let byteOrder32Big = CGBitmapInfo(rawValue: 0x4000)
}

public enum CGColorRenderingIntent: Int32, Sendable {
    case defaultIntent, absoluteColorimetric, relativeColorimetric, perceptual, saturation
}

public enum CGBlendMode: Int32, Sendable {
    case normal = 0
    case copy = 17
}

public enum CGColorSpaceModel: Int32, Sendable {
    case unknown = -1
    case monochrome, rgb, cmyk, lab, deviceN, indexed, pattern, XYZ
}

/// What the numbers of a pixel mean.
public final class CGColorSpace: Hashable, @unchecked Sendable {
    public let name: CFString?
    public let model: CGColorSpaceModel
    public let baseColorSpace: CGColorSpace?
    public let colorTable: [UInt8]?

    init(_ name: CFString?, _ model: CGColorSpaceModel, base: CGColorSpace? = nil, table: [UInt8]? = nil) {
        self.name = name
        self.model = model
        baseColorSpace = base
        colorTable = table
    }

    public convenience init?(name: CFString) {
        let grays: [CFString] = [CGColorSpace.genericGrayGamma2_2, CGColorSpace.linearGray]
        self.init(name, grays.contains(name) ? .monochrome : .rgb)
    }

    /// A palette of `last + 1` colours of the base's space.
    public convenience init?(indexedBaseSpace base: CGColorSpace, last: Int, colorTable: UnsafePointer<UInt8>) {
        let bytes = (last + 1) * base.numberOfComponents
        self.init(nil, .indexed, base: base, table: Array(UnsafeBufferPointer(start: colorTable, count: bytes)))
    }

    public var numberOfComponents: Int {
        switch model {
        case .monochrome, .indexed: 1
        case .cmyk: 4
        default: 3
        }
    }

    public nonisolated(unsafe) static let sRGB: CFString = "kCGColorSpaceSRGB"
    public nonisolated(unsafe) static let displayP3: CFString = "kCGColorSpaceDisplayP3"
    public nonisolated(unsafe) static let linearSRGB: CFString = "kCGColorSpaceLinearSRGB"
    public nonisolated(unsafe) static let extendedSRGB: CFString = "kCGColorSpaceExtendedSRGB"
    public nonisolated(unsafe) static let genericGrayGamma2_2: CFString = "kCGColorSpaceGenericGrayGamma2_2"
    public nonisolated(unsafe) static let linearGray: CFString = "kCGColorSpaceLinearGray"

    public static func == (lhs: CGColorSpace, rhs: CGColorSpace) -> Bool { lhs === rhs }
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

public func CGColorSpaceCreateDeviceRGB() -> CGColorSpace { CGColorSpace("kCGColorSpaceDeviceRGB", .rgb) }
public func CGColorSpaceCreateDeviceGray() -> CGColorSpace { CGColorSpace("kCGColorSpaceDeviceGray", .monochrome) }
public func CGColorSpaceCreateDeviceCMYK() -> CGColorSpace { CGColorSpace("kCGColorSpaceDeviceCMYK", .cmyk) }

/// The bytes of an image.
public final class CGDataProvider {
    let content: CFData

    public init?(data: CFData) { content = data }

    public var data: CFData? { content }
}
