// UIKit: pictures, views that SwiftUI wraps, and what an app asks of the system.

@_exported import CoreGraphics
@_exported import Foundation
@_exported import ImageIO
@_exported import QuartzCore
@_exported import UniformTypeIdentifiers

open class UIImage: NSObject, @unchecked Sendable {
    public enum Orientation: Int, @unchecked Sendable {
        case up = 0
        case down = 1
        case left = 2
        case right = 3
        case upMirrored = 4
        case downMirrored = 5
        case leftMirrored = 6
        case rightMirrored = 7
    }

    public init?(data: Data) { fatalError() }
    public init?(contentsOfFile path: String) { fatalError() }
    // objc: imageNamed:
    public init?(named name: String) { fatalError() }
    // objc: systemImageNamed:
    public init?(systemName name: String) { fatalError() }
    public init(cgImage: CGImage) { fatalError() }
    public init(cgImage: CGImage, scale: CGFloat, orientation: UIImage.Orientation) { fatalError() }
    open var size: CGSize { fatalError() }
    open var scale: CGFloat { fatalError() }
    open var cgImage: CGImage? { fatalError() }
    open var imageOrientation: UIImage.Orientation { fatalError() }
    // objc: UIImageJPEGRepresentation
    open func jpegData(compressionQuality: CGFloat) -> Data? { fatalError() }
    // objc: UIImagePNGRepresentation
    open func pngData() -> Data? { fatalError() }
    // objc: imageByPreparingThumbnailOfSize:
    open func preparingThumbnail(of size: CGSize) -> UIImage? { fatalError() }
    // objc: prepareThumbnailOfSize:completionHandler:
    open func byPreparingThumbnail(ofSize size: CGSize) async -> UIImage? { fatalError() }
    // objc: prepareForDisplayWithCompletionHandler:
    open func byPreparingForDisplay() async -> UIImage? { fatalError() }
}

open class UIColor: NSObject, @unchecked Sendable {
    open class var black: UIColor { fatalError() }
    open class var systemBackground: UIColor { fatalError() }
}

@MainActor
open class UIResponder: NSObject {
    public nonisolated override init() { fatalError() }
    // objc: nextResponder
    open var next: UIResponder? { fatalError() }
}

@MainActor
open class UIView: UIResponder {
    public enum ContentMode: Int, @unchecked Sendable {
        case scaleToFill = 0
        case scaleAspectFit = 1
        case scaleAspectFill = 2
    }

    public nonisolated override convenience init() { fatalError() }
    public init(frame: CGRect) { fatalError() }
    public required init?(coder: NSCoder) { fatalError() }
    open class var layerClass: AnyClass { fatalError() }
    open var layer: CALayer { fatalError() }
    open var frame: CGRect {
        get { fatalError() }
        set { fatalError() }
    }
    open var bounds: CGRect {
        get { fatalError() }
        set { fatalError() }
    }
    open var backgroundColor: UIColor? {
        get { fatalError() }
        set { fatalError() }
    }
    open var contentMode: UIView.ContentMode {
        get { fatalError() }
        set { fatalError() }
    }
    open var clipsToBounds: Bool {
        get { fatalError() }
        set { fatalError() }
    }
    open var window: UIWindow? { fatalError() }
    open func addSubview(_ view: UIView) { fatalError() }
    open func layoutSubviews() { fatalError() }
    open func setNeedsLayout() { fatalError() }
    open func didMoveToWindow() { fatalError() }
    open var isAccessibilityElement: Bool {
        get { fatalError() }
        set { fatalError() }
    }
    open var accessibilityLabel: String? {
        get { fatalError() }
        set { fatalError() }
    }
}

@MainActor
open class UIImageView: UIView {
    public init(image: UIImage?) { fatalError() }
    public required init?(coder: NSCoder) { fatalError() }
    open var image: UIImage? {
        get { fatalError() }
        set { fatalError() }
    }
}

@MainActor
open class UIScene: UIResponder {
    public enum ActivationState: Int, @unchecked Sendable {
        case unattached = -1
        case foregroundActive = 0
        case foregroundInactive = 1
        case background = 2
    }

    open var activationState: UIScene.ActivationState { fatalError() }
}

public enum UIInterfaceOrientation: Int, @unchecked Sendable {
    case unknown = 0
    case portrait = 1
    case portraitUpsideDown = 2
    case landscapeLeft = 4
    case landscapeRight = 3
}

public enum UIDeviceOrientation: Int, @unchecked Sendable {
    case unknown = 0
    case portrait = 1
    case portraitUpsideDown = 2
    case landscapeLeft = 3
    case landscapeRight = 4
    case faceUp = 5
    case faceDown = 6
    // objc: UIDeviceOrientationIsLandscape
    public var isLandscape: Bool { fatalError() }
    // objc: UIDeviceOrientationIsPortrait
    public var isPortrait: Bool { fatalError() }
    // swift: Apple documents UIDeviceOrientation.isFlat
    public var isFlat: Bool { fatalError() }
}

@MainActor
open class UIWindowScene: UIScene {
    open var windows: [UIWindow] { fatalError() }
    open var keyWindow: UIWindow? { fatalError() }
    @available(iOS, deprecated: 26.0, message: "Use effectiveGeometry.interfaceOrientation")
    open var interfaceOrientation: UIInterfaceOrientation { fatalError() }
}

@MainActor
open class UIWindow: UIView {
    open var windowScene: UIWindowScene? {
        get { fatalError() }
        set { fatalError() }
    }
}

@MainActor
open class UIViewController: UIResponder {
    public init(nibName nibNameOrNil: String?, bundle nibBundleOrNil: Bundle?) { fatalError() }
    public required init?(coder: NSCoder) { fatalError() }
    open var view: UIView! {
        get { fatalError() }
        set { fatalError() }
    }
    open func viewDidLoad() { fatalError() }
    open func viewDidLayoutSubviews() { fatalError() }
    // objc: dismissViewControllerAnimated:completion:
    open func dismiss(animated flag: Bool, completion: (() -> Void)? = nil) { fatalError() }
}

@MainActor
open class UINavigationController: UIViewController {}

@MainActor
public protocol UINavigationControllerDelegate: NSObjectProtocol {}

@MainActor
public protocol UIImagePickerControllerDelegate: NSObjectProtocol {
    func imagePickerController(
        _ picker: UIImagePickerController,
        didFinishPickingMediaWithInfo info: [UIImagePickerController.InfoKey: Any]
    )
    func imagePickerControllerDidCancel(_ picker: UIImagePickerController)
}

extension UIImagePickerControllerDelegate {
    // Both are optional in Objective-C.
    public func imagePickerController(
        _ picker: UIImagePickerController,
        didFinishPickingMediaWithInfo info: [UIImagePickerController.InfoKey: Any]
    ) { fatalError() }
    public func imagePickerControllerDidCancel(_ picker: UIImagePickerController) { fatalError() }
}

@MainActor
open class UIImagePickerController: UINavigationController {
    public enum SourceType: Int, @unchecked Sendable {
        case photoLibrary = 0
        case camera = 1
        case savedPhotosAlbum = 2
    }

    public struct InfoKey: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { fatalError() }
        public static var originalImage: UIImagePickerController.InfoKey { fatalError() }
        public static var editedImage: UIImagePickerController.InfoKey { fatalError() }
        public static var imageURL: UIImagePickerController.InfoKey { fatalError() }
        public static var mediaType: UIImagePickerController.InfoKey { fatalError() }
    }

    public init() { fatalError() }
    public required init?(coder: NSCoder) { fatalError() }
    open class func isSourceTypeAvailable(_ sourceType: UIImagePickerController.SourceType) -> Bool { fatalError() }
    open weak var delegate: (any UIImagePickerControllerDelegate & UINavigationControllerDelegate)? {
        get { fatalError() }
        set { fatalError() }
    }
    open var sourceType: UIImagePickerController.SourceType {
        get { fatalError() }
        set { fatalError() }
    }
    open var mediaTypes: [String] {
        get { fatalError() }
        set { fatalError() }
    }
    open var allowsEditing: Bool {
        get { fatalError() }
        set { fatalError() }
    }
}

@MainActor
open class UIApplication: UIResponder {
    public struct OpenExternalURLOptionsKey: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { fatalError() }
    }

    open class var shared: UIApplication { fatalError() }
    open var connectedScenes: Set<UIScene> { fatalError() }
    public nonisolated class var openSettingsURLString: String { fatalError() }
    public nonisolated class var didReceiveMemoryWarningNotification: Notification.Name { fatalError() }
    public nonisolated class var didEnterBackgroundNotification: Notification.Name { fatalError() }
    open var isIdleTimerDisabled: Bool {
        get { fatalError() }
        set { fatalError() }
    }
    open func canOpenURL(_ url: URL) -> Bool { fatalError() }
    open func open(
        _ url: URL,
        options: [UIApplication.OpenExternalURLOptionsKey: Any] = [:],
        completionHandler completion: (@MainActor @Sendable (Bool) -> Void)? = nil
    ) { fatalError() }
}

@MainActor
open class UIDevice: NSObject {
    open class var current: UIDevice { fatalError() }
    public nonisolated class var orientationDidChangeNotification: Notification.Name { fatalError() }
    open var orientation: UIDeviceOrientation { fatalError() }
    open var isGeneratingDeviceOrientationNotifications: Bool { fatalError() }
    open func beginGeneratingDeviceOrientationNotifications() { fatalError() }
    open func endGeneratingDeviceOrientationNotifications() { fatalError() }
    open var model: String { fatalError() }
    open var systemVersion: String { fatalError() }
}

public enum UIAccessibility {
    // objc: UIAccessibilityNotifications
    public struct Notification: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt32
        public init(rawValue: UInt32) { fatalError() }
        // objc: UIAccessibilityAnnouncementNotification
        public static var announcement: UIAccessibility.Notification { fatalError() }
        // objc: UIAccessibilityScreenChangedNotification
        public static var screenChanged: UIAccessibility.Notification { fatalError() }
        // objc: UIAccessibilityLayoutChangedNotification
        public static var layoutChanged: UIAccessibility.Notification { fatalError() }
    }

    @MainActor
    // objc: UIAccessibilityPostNotification
    public static func post(notification: UIAccessibility.Notification, argument: Any?) { fatalError() }
    @MainActor
    // objc: UIAccessibilityIsVoiceOverRunning
    public static var isVoiceOverRunning: Bool { fatalError() }
}

public enum UIKeyboardType: Int, @unchecked Sendable {
    case `default` = 0
    case asciiCapable = 1
    case numbersAndPunctuation = 2
    case URL = 3
    case numberPad = 4
    case decimalPad = 8
}
