@_exported import Foundation

public struct UTType: Hashable, Sendable, Codable {
    // objc: typeWithIdentifier:
    public init?(_ identifier: String) { fatalError() }
    public init?(filenameExtension: String) { fatalError() }
    public init?(mimeType: String) { fatalError() }
    // objc: importedTypeWithIdentifier:conformingToType:
    public init(importedAs identifier: String, conformingTo parentType: UTType? = nil) { fatalError() }
    public var identifier: String { fatalError() }
    public var preferredFilenameExtension: String? { fatalError() }
    public var preferredMIMEType: String? { fatalError() }
    public func conforms(to type: UTType) -> Bool { fatalError() }
    public static var data: UTType { fatalError() }
    public static var image: UTType { fatalError() }
    public static var jpeg: UTType { fatalError() }
    public static var png: UTType { fatalError() }
    public static var heic: UTType { fatalError() }
    public static var heif: UTType { fatalError() }
    public static var tiff: UTType { fatalError() }
    public static var gif: UTType { fatalError() }
    public static var bmp: UTType { fatalError() }
    public static var webP: UTType { fatalError() }
    public static var package: UTType { fatalError() }
    public static var fileURL: UTType { fatalError() }
}
