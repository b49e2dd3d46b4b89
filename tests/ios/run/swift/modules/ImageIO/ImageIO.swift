// Image I/O for Linux: the one format that it reads is PAM, with 8 or 16 bits to a sample; Python decodes others into it.
// Comments of the file say what PAM cannot: `# ORIENTATION 6`, EXIF's number.
@_exported import CoreGraphics

public enum CGImagePropertyOrientation: UInt32, Sendable {
    case up = 1
    case upMirrored, down, downMirrored, leftMirrored, right, rightMirrored, left
}

public enum CGImageSourceStatus: Int32, Sendable {
    case statusUnexpectedEOF = -5
    case statusInvalidData, statusUnknownType, statusReadingHeader, statusIncomplete, statusComplete
}

/// A picture's file.
public final class CGImageSource {
    let image: CGImage?
    let orientation: UInt32

    init(_ data: CFData) {
        let given = data as Data
        let file = given.starts(with: Data("P7\n".utf8)) ? given : (try? CGImageSource.decoded(given)) ?? Data()
        let end = file.range(of: Data("ENDHDR\n".utf8))
        var fields: [String: Int] = [:]
        for line in String(decoding: file.prefix(end?.lowerBound ?? 0), as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ").filter { $0 != "#" }
            if words.count == 2, let value = Int(words[1]) { fields[String(words[0])] = value }
        }
        orientation = UInt32(fields["ORIENTATION"] ?? 1)
        let (width, height) = (fields["WIDTH"] ?? 0, fields["HEIGHT"] ?? 0)
        let (depth, bits) = (fields["DEPTH"] ?? 0, fields["MAXVAL"] == 65535 ? 16 : 8)
        let pixels = file.suffix(from: end?.upperBound ?? file.endIndex)
        let space = depth < 3 ? CGColorSpaceCreateDeviceGray() : CGColorSpaceCreateDeviceRGB()
        let alpha: CGImageAlphaInfo = depth.isMultiple(of: 2) ? .last : .none
        let order: CGBitmapInfo = bits == 16 ? .byteOrder16Big : []
        image = CGDataProvider(data: Data(pixels) as CFData).flatMap { provider in
            CGImage(
                width: width, height: height, bitsPerComponent: bits, bitsPerPixel: bits * depth,
                bytesPerRow: width * depth * bits / 8, space: space,
                bitmapInfo: CGBitmapInfo(rawValue: alpha.rawValue).union(order), provider: provider, decode: nil,
                shouldInterpolate: false, intent: .defaultIntent)
        }
    }
}

extension CGImageSource {
    /// Any other picture as PAM. Throws where it cannot be decoded, or nobody is there to do it.
    fileprivate static func decoded(_ file: Data) throws -> Data {
        let picture = Evaluator.Tensor(name: "picture", dtype: "uint8", shape: [file.count], bytes: file.count)
        return try Evaluator.ask(.init(model: "decode", inputs: [picture]), [file]).1
    }
}

public func CGImageSourceCreateWithData(_ data: CFData, _ options: CFDictionary?) -> CGImageSource? {
    data.length == 0 ? nil : CGImageSource(data)
}

public func CGImageSourceGetStatus(_ isrc: CGImageSource) -> CGImageSourceStatus {
    isrc.image == nil ? .statusUnexpectedEOF : .statusComplete
}

public func CGImageSourceGetPrimaryImageIndex(_ isrc: CGImageSource) -> Int { 0 }

public func CGImageSourceCopyPropertiesAtIndex(
    _ isrc: CGImageSource, _ index: Int, _ options: CFDictionary?
) -> CFDictionary? {
    [kCGImagePropertyOrientation: isrc.orientation] as NSDictionary
}

public func CGImageSourceCreateImageAtIndex(
    _ isrc: CGImageSource, _ index: Int, _ options: CFDictionary?
) -> CGImage? {
    isrc.image
}

public nonisolated(unsafe) let kCGImagePropertyOrientation: CFString = "Orientation"
public nonisolated(unsafe) let kCGImageSourceShouldCache: CFString = "kCGImageSourceShouldCache"
public nonisolated(unsafe) let kCGImageSourceShouldAllowFloat: CFString = "kCGImageSourceShouldAllowFloat"
public nonisolated(unsafe) let kCGImageSourceShouldCacheImmediately: CFString = "kCGImageSourceShouldCacheImmediately"
