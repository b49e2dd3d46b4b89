// Image I/O: reading pictures, their properties and their orientation.

@_exported import CoreGraphics

public enum CGImagePropertyOrientation: UInt32, @unchecked Sendable {
    case up = 1
    case upMirrored = 2
    case down = 3
    case downMirrored = 4
    case leftMirrored = 5
    case right = 6
    case rightMirrored = 7
    case left = 8
}

public enum CGImageSourceStatus: Int32, @unchecked Sendable {
    case statusUnexpectedEOF = -5
    case statusInvalidData = -4
    case statusUnknownType = -3
    case statusReadingHeader = -2
    case statusIncomplete = -1
    case statusComplete = 0
}

public final class CGImageSource {
    init() { fatalError() }
}

public final class CGImageDestination {
    init() { fatalError() }
}

public func CGImageSourceCreateWithData(_ data: CFData, _ options: CFDictionary?) -> CGImageSource? { fatalError() }
public func CGImageSourceCreateWithURL(_ url: CFURL, _ options: CFDictionary?) -> CGImageSource? { fatalError() }
public func CGImageSourceGetType(_ isrc: CGImageSource) -> CFString? { fatalError() }
public func CGImageSourceGetCount(_ isrc: CGImageSource) -> Int { fatalError() }
public func CGImageSourceGetPrimaryImageIndex(_ isrc: CGImageSource) -> Int { fatalError() }
public func CGImageSourceGetStatus(_ isrc: CGImageSource) -> CGImageSourceStatus { fatalError() }
public func CGImageSourceGetStatusAtIndex(_ isrc: CGImageSource, _ index: Int) -> CGImageSourceStatus { fatalError() }
public func CGImageSourceCopyProperties(_ isrc: CGImageSource, _ options: CFDictionary?) -> CFDictionary? {
    fatalError()
}
public func CGImageSourceCopyPropertiesAtIndex(
    _ isrc: CGImageSource, _ index: Int, _ options: CFDictionary?
) -> CFDictionary? { fatalError() }
public func CGImageSourceCreateImageAtIndex(
    _ isrc: CGImageSource, _ index: Int, _ options: CFDictionary?
) -> CGImage? { fatalError() }
public func CGImageSourceCreateThumbnailAtIndex(
    _ isrc: CGImageSource, _ index: Int, _ options: CFDictionary?
) -> CGImage? { fatalError() }
public func CGImageDestinationCreateWithData(
    _ data: CFMutableData, _ type: CFString, _ count: Int, _ options: CFDictionary?
) -> CGImageDestination? { fatalError() }
public func CGImageDestinationAddImage(
    _ idst: CGImageDestination, _ image: CGImage, _ properties: CFDictionary?
) { fatalError() }
public func CGImageDestinationFinalize(_ idst: CGImageDestination) -> Bool { fatalError() }

public nonisolated(unsafe) let kCGImagePropertyOrientation: CFString = ""
public nonisolated(unsafe) let kCGImagePropertyPixelWidth: CFString = ""
public nonisolated(unsafe) let kCGImagePropertyPixelHeight: CFString = ""
public nonisolated(unsafe) let kCGImagePropertyDepth: CFString = ""
public nonisolated(unsafe) let kCGImagePropertyHasAlpha: CFString = ""
public nonisolated(unsafe) let kCGImagePropertyColorModel: CFString = ""
public nonisolated(unsafe) let kCGImagePropertyProfileName: CFString = ""
public nonisolated(unsafe) let kCGImagePropertyExifDictionary: CFString = ""
public nonisolated(unsafe) let kCGImagePropertyTIFFDictionary: CFString = ""
public nonisolated(unsafe) let kCGImagePropertyTIFFOrientation: CFString = ""
public nonisolated(unsafe) let kCGImageSourceShouldCache: CFString = ""
public nonisolated(unsafe) let kCGImageSourceShouldCacheImmediately: CFString = ""
public nonisolated(unsafe) let kCGImageSourceShouldAllowFloat: CFString = ""
public nonisolated(unsafe) let kCGImageSourceTypeIdentifierHint: CFString = ""
public nonisolated(unsafe) let kCGImageSourceCreateThumbnailFromImageAlways: CFString = ""
public nonisolated(unsafe) let kCGImageSourceCreateThumbnailFromImageIfAbsent: CFString = ""
public nonisolated(unsafe) let kCGImageSourceCreateThumbnailWithTransform: CFString = ""
public nonisolated(unsafe) let kCGImageSourceThumbnailMaxPixelSize: CFString = ""

@available(iOS 17, *)
public nonisolated(unsafe) let kCGImageSourceDecodeRequest: CFString = ""
@available(iOS 17, *)
public nonisolated(unsafe) let kCGImageSourceDecodeToSDR: CFString = ""
@available(iOS 17, *)
public nonisolated(unsafe) let kCGImageSourceDecodeToHDR: CFString = ""
