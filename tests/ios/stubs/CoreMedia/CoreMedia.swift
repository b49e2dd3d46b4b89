// Core Media: what a capture queue is handed.

@_exported import CoreVideo

public final class CMSampleBuffer: Hashable {
    init() { fatalError() }
    // objc: CMSampleBufferGetImageBuffer
    public var imageBuffer: CVImageBuffer? { fatalError() }
    // objc: CMSampleBufferGetPresentationTimeStamp
    public var presentationTimeStamp: CMTime { fatalError() }
    public static func == (lhs: CMSampleBuffer, rhs: CMSampleBuffer) -> Bool { fatalError() }
    public func hash(into hasher: inout Hasher) { fatalError() }
}

public func CMSampleBufferGetImageBuffer(_ sbuf: CMSampleBuffer) -> CVImageBuffer? { fatalError() }
public func CMSampleBufferGetPresentationTimeStamp(_ sbuf: CMSampleBuffer) -> CMTime { fatalError() }
public func CMSampleBufferIsValid(_ sbuf: CMSampleBuffer) -> Bool { fatalError() }

public typealias CMTimeValue = Int64
public typealias CMTimeScale = Int32

public struct CMTime: Sendable, Comparable, Hashable {
    public var value: CMTimeValue
    public var timescale: CMTimeScale
    public init() { fatalError() }
    // objc: CMTimeMake
    public init(value: CMTimeValue, timescale: CMTimeScale) { fatalError() }
    // objc: CMTimeMakeWithSeconds
    public init(seconds: Double, preferredTimescale: CMTimeScale) { fatalError() }
    public var seconds: Double { fatalError() }
    // objc: kCMTimeZero
    public static var zero: CMTime { fatalError() }
    // objc: kCMTimeInvalid
    public static var invalid: CMTime { fatalError() }
    public static func < (lhs: CMTime, rhs: CMTime) -> Bool { fatalError() }
}

public struct CMVideoDimensions: Sendable {
    public var width: Int32
    public var height: Int32
    // swift: the fields of CMVideoDimensions in order
    public init(width: Int32, height: Int32) { fatalError() }
}

public final class CMFormatDescription: Hashable, @unchecked Sendable {
    init() { fatalError() }
    public static func == (lhs: CMFormatDescription, rhs: CMFormatDescription) -> Bool { fatalError() }
    public func hash(into hasher: inout Hasher) { fatalError() }
}

public typealias CMVideoFormatDescription = CMFormatDescription

public func CMVideoFormatDescriptionGetDimensions(_ videoDesc: CMVideoFormatDescription) -> CMVideoDimensions {
    fatalError()
}
public func CMFormatDescriptionGetMediaSubType(_ desc: CMFormatDescription) -> FourCharCode { fatalError() }
