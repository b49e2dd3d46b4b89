// AVFoundation: the camera. None of its classes is Sendable.

@_exported import CoreMedia
import Dispatch
@_exported import Foundation
@_exported import ImageIO
@_exported import QuartzCore

public struct AVMediaType: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { fatalError() }
    public static var video: AVMediaType { fatalError() }
    public static var audio: AVMediaType { fatalError() }
}

public enum AVAuthorizationStatus: Int, @unchecked Sendable {
    case notDetermined = 0
    case restricted = 1
    case denied = 2
    case authorized = 3
}

public struct AVLayerVideoGravity: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { fatalError() }
    public static var resize: AVLayerVideoGravity { fatalError() }
    public static var resizeAspect: AVLayerVideoGravity { fatalError() }
    public static var resizeAspectFill: AVLayerVideoGravity { fatalError() }
}

open class AVCaptureDevice: NSObject {
    // objc: AVCaptureDeviceType
    public struct DeviceType: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { fatalError() }
        public static var builtInWideAngleCamera: AVCaptureDevice.DeviceType { fatalError() }
        public static var builtInUltraWideCamera: AVCaptureDevice.DeviceType { fatalError() }
        public static var builtInTelephotoCamera: AVCaptureDevice.DeviceType { fatalError() }
        public static var builtInDualCamera: AVCaptureDevice.DeviceType { fatalError() }
        public static var builtInDualWideCamera: AVCaptureDevice.DeviceType { fatalError() }
        public static var builtInTripleCamera: AVCaptureDevice.DeviceType { fatalError() }
        @available(iOS 17, *)
        public static var external: AVCaptureDevice.DeviceType { fatalError() }
    }

    public enum Position: Int, @unchecked Sendable {
        case unspecified = 0
        case back = 1
        case front = 2
    }

    // objc: AVCaptureFocusMode
    public enum FocusMode: Int, @unchecked Sendable {
        case locked = 0
        case autoFocus = 1
        case continuousAutoFocus = 2
    }

    open class Format: NSObject {
        open var formatDescription: CMFormatDescription { fatalError() }
    }

    open class DiscoverySession: NSObject {
        public convenience init(
            deviceTypes: [AVCaptureDevice.DeviceType], mediaType: AVMediaType?, position: AVCaptureDevice.Position
        ) { fatalError() }
        open var devices: [AVCaptureDevice] { fatalError() }
    }

    @available(iOS 17, *)
    open class RotationCoordinator: NSObject {
        public init(device: AVCaptureDevice, previewLayer: CALayer?) { fatalError() }
        open weak var device: AVCaptureDevice? { fatalError() }
        open weak var previewLayer: CALayer? { fatalError() }
        open var videoRotationAngleForHorizonLevelPreview: CGFloat { fatalError() }
        open var videoRotationAngleForHorizonLevelCapture: CGFloat { fatalError() }
    }

    // objc: defaultDeviceWithMediaType:
    open class func `default`(for mediaType: AVMediaType) -> AVCaptureDevice? { fatalError() }
    // objc: defaultDeviceWithDeviceType:mediaType:position:
    open class func `default`(
        _ deviceType: AVCaptureDevice.DeviceType, for mediaType: AVMediaType?, position: AVCaptureDevice.Position
    ) -> AVCaptureDevice? { fatalError() }
    open class func authorizationStatus(for mediaType: AVMediaType) -> AVAuthorizationStatus { fatalError() }
    open class func requestAccess(for mediaType: AVMediaType) async -> Bool { fatalError() }
    open class func requestAccess(
        for mediaType: AVMediaType, completionHandler handler: @escaping @Sendable (Bool) -> Void
    ) { fatalError() }
    open var uniqueID: String { fatalError() }
    open var localizedName: String { fatalError() }
    open var position: AVCaptureDevice.Position { fatalError() }
    open var activeFormat: AVCaptureDevice.Format {
        get { fatalError() }
        set { fatalError() }
    }
    open var activeVideoMinFrameDuration: CMTime {
        get { fatalError() }
        set { fatalError() }
    }
    open func isFocusModeSupported(_ focusMode: AVCaptureDevice.FocusMode) -> Bool { fatalError() }
    open var focusMode: AVCaptureDevice.FocusMode {
        get { fatalError() }
        set { fatalError() }
    }
    open func lockForConfiguration() throws { fatalError() }
    open func unlockForConfiguration() { fatalError() }
}

open class AVCaptureInput: NSObject {}

open class AVCaptureDeviceInput: AVCaptureInput {
    public init(device: AVCaptureDevice) throws { fatalError() }
    open var device: AVCaptureDevice { fatalError() }
}

open class AVCaptureOutput: NSObject {
    open var connections: [AVCaptureConnection] { fatalError() }
    open func connection(with mediaType: AVMediaType) -> AVCaptureConnection? { fatalError() }
}

public enum AVCaptureVideoOrientation: Int, @unchecked Sendable {
    case portrait = 1
    case portraitUpsideDown = 2
    case landscapeRight = 3
    case landscapeLeft = 4
}

open class AVCaptureConnection: NSObject {
    open var isEnabled: Bool {
        get { fatalError() }
        set { fatalError() }
    }
    open var isActive: Bool { fatalError() }
    open var isVideoMirroringSupported: Bool { fatalError() }
    open var automaticallyAdjustsVideoMirroring: Bool {
        get { fatalError() }
        set { fatalError() }
    }
    open var isVideoMirrored: Bool {
        get { fatalError() }
        set { fatalError() }
    }
    @available(iOS 17, *)
    open func isVideoRotationAngleSupported(_ videoRotationAngle: CGFloat) -> Bool { fatalError() }
    @available(iOS 17, *)
    open var videoRotationAngle: CGFloat {
        get { fatalError() }
        set { fatalError() }
    }
    @available(iOS, deprecated: 17.0, message: "Use isVideoRotationAngleSupported(_:)")
    open var isVideoOrientationSupported: Bool { fatalError() }
    @available(iOS, deprecated: 17.0, message: "Use videoRotationAngle")
    open var videoOrientation: AVCaptureVideoOrientation {
        get { fatalError() }
        set { fatalError() }
    }
}

public protocol AVCaptureVideoDataOutputSampleBufferDelegate: NSObjectProtocol {
    func captureOutput(
        _ output: AVCaptureOutput, didOutput sampleBuffer: CMSampleBuffer, from connection: AVCaptureConnection
    )
    func captureOutput(
        _ output: AVCaptureOutput, didDrop sampleBuffer: CMSampleBuffer, from connection: AVCaptureConnection
    )
}

extension AVCaptureVideoDataOutputSampleBufferDelegate {
    // Both are optional in Objective-C.
    public func captureOutput(
        _ output: AVCaptureOutput, didOutput sampleBuffer: CMSampleBuffer, from connection: AVCaptureConnection
    ) { fatalError() }
    public func captureOutput(
        _ output: AVCaptureOutput, didDrop sampleBuffer: CMSampleBuffer, from connection: AVCaptureConnection
    ) { fatalError() }
}

open class AVCaptureVideoDataOutput: AVCaptureOutput {
    public override init() { fatalError() }
    open func setSampleBufferDelegate(
        _ sampleBufferDelegate: (any AVCaptureVideoDataOutputSampleBufferDelegate)?,
        queue sampleBufferCallbackQueue: DispatchQueue?
    ) { fatalError() }
    open var videoSettings: [String: Any]! {
        get { fatalError() }
        set { fatalError() }
    }
    // objc: availableVideoCVPixelFormatTypes
    open var availableVideoPixelFormatTypes: [OSType] { fatalError() }
    open var alwaysDiscardsLateVideoFrames: Bool {
        get { fatalError() }
        set { fatalError() }
    }
}

open class AVCaptureSession: NSObject {
    public struct Preset: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { fatalError() }
        public static var photo: AVCaptureSession.Preset { fatalError() }
        public static var high: AVCaptureSession.Preset { fatalError() }
        public static var medium: AVCaptureSession.Preset { fatalError() }
        public static var low: AVCaptureSession.Preset { fatalError() }
        // objc: AVCaptureSessionPreset640x480
        public static var vga640x480: AVCaptureSession.Preset { fatalError() }
        // objc: AVCaptureSessionPreset1280x720
        public static var hd1280x720: AVCaptureSession.Preset { fatalError() }
        // objc: AVCaptureSessionPreset1920x1080
        public static var hd1920x1080: AVCaptureSession.Preset { fatalError() }
        public static var inputPriority: AVCaptureSession.Preset { fatalError() }
    }

    public override init() { fatalError() }
    open func canSetSessionPreset(_ preset: AVCaptureSession.Preset) -> Bool { fatalError() }
    open var sessionPreset: AVCaptureSession.Preset {
        get { fatalError() }
        set { fatalError() }
    }
    open var inputs: [AVCaptureInput] { fatalError() }
    open var outputs: [AVCaptureOutput] { fatalError() }
    open func canAddInput(_ input: AVCaptureInput) -> Bool { fatalError() }
    open func addInput(_ input: AVCaptureInput) { fatalError() }
    open func removeInput(_ input: AVCaptureInput) { fatalError() }
    open func canAddOutput(_ output: AVCaptureOutput) -> Bool { fatalError() }
    open func addOutput(_ output: AVCaptureOutput) { fatalError() }
    open func removeOutput(_ output: AVCaptureOutput) { fatalError() }
    open func beginConfiguration() { fatalError() }
    open func commitConfiguration() { fatalError() }
    open var isRunning: Bool { fatalError() }
    open var isInterrupted: Bool { fatalError() }
    open func startRunning() { fatalError() }
    open func stopRunning() { fatalError() }
    public class var wasInterruptedNotification: Notification.Name { fatalError() }
    public class var interruptionEndedNotification: Notification.Name { fatalError() }
    public class var runtimeErrorNotification: Notification.Name { fatalError() }
}

open class AVCaptureVideoPreviewLayer: CALayer {
    public override init() { fatalError() }
    public init(session: AVCaptureSession) { fatalError() }
    open var session: AVCaptureSession? {
        get { fatalError() }
        set { fatalError() }
    }
    open var connection: AVCaptureConnection? { fatalError() }
    open var videoGravity: AVLayerVideoGravity {
        get { fatalError() }
        set { fatalError() }
    }
}
