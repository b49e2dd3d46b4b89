// SPDX-License-Identifier: MIT-0
import AVFoundation
import ImageIO
import UIKit

/// Follows how the device is held: turns the preview, and tells how frames have to be turned.
///
/// iOS 17 says it in degrees; before, it follows from the device's orientation and the screen's.
@MainActor
final class CameraRotation {
    private let preview: AVCaptureVideoPreviewLayer
    private let turned: (CGImagePropertyOrientation) -> Void
    private let source: any RotationSource

    /// `turned` is told the orientation at once, and then whenever the device is turned.
    init(
        device: AVCaptureDevice,
        preview: AVCaptureVideoPreviewLayer,
        turned: @escaping (CGImagePropertyOrientation) -> Void
    ) {
        self.preview = preview
        self.turned = turned
        if #available(iOS 17.0, *) {
            source = CoordinatedRotation(device: device, preview: preview)
        } else {
            source = DeviceRotation()
        }
        source.follow { [weak self] in
            self?.turnPreview()
            self?.tellTurn()
        }
        tellTurn()
    }

    /// Turns the preview, which can be turned only once the camera is connected to it.
    func turnPreview() {
        if let connection = preview.connection {
            source.turn(connection)
        }
    }

    func stop() {
        source.stop()
    }

    private func tellTurn() {
        turned(source.orientation)
    }
}

/// Where the angles come from.
@MainActor
private protocol RotationSource {
    /// How frames of the camera on the back have to be turned.
    var orientation: CGImagePropertyOrientation { get }
    /// Turns the preview's picture to the screen.
    func turn(_ connection: AVCaptureConnection)
    /// Calls `changed` whenever the device is turned.
    func follow(_ changed: @escaping @MainActor () -> Void)
    func stop()
}

@available(iOS 17.0, *)
private final class CoordinatedRotation: RotationSource {
    private let coordinator: AVCaptureDevice.RotationCoordinator
    private var observations: [NSKeyValueObservation] = []

    init(device: AVCaptureDevice, preview: AVCaptureVideoPreviewLayer) {
        coordinator = AVCaptureDevice.RotationCoordinator(device: device, previewLayer: preview)
    }

    /// A frame has to be turned clockwise: EXIF calls a quarter "right".
    var orientation: CGImagePropertyOrientation {
        switch coordinator.videoRotationAngleForHorizonLevelCapture {
        case 90: .right
        case 180: .down
        case 270: .left
        default: .up
        }
    }

    func turn(_ connection: AVCaptureConnection) {
        let angle = coordinator.videoRotationAngleForHorizonLevelPreview
        if connection.isVideoRotationAngleSupported(angle) {
            connection.videoRotationAngle = angle
        }
    }

    func follow(_ changed: @escaping @MainActor () -> Void) {
        // The coordinator changes its angles on the main queue.
        observations = [
            coordinator.observe(\.videoRotationAngleForHorizonLevelPreview) { _, _ in
                MainActor.assumeIsolated(changed)
            },
            coordinator.observe(\.videoRotationAngleForHorizonLevelCapture) { _, _ in
                MainActor.assumeIsolated(changed)
            },
        ]
    }

    func stop() {
        observations = []
    }
}

private final class DeviceRotation: RotationSource {
    private var observer: (any NSObjectProtocol)?
    /// The last that says how the picture stands: a device that lies flat says nothing.
    private var device = UIDeviceOrientation.portrait

    var orientation: CGImagePropertyOrientation {
        switch device {
        case .landscapeLeft: .up
        case .landscapeRight: .down
        case .portraitUpsideDown: .left
        default: .right
        }
    }

    func turn(_ connection: AVCaptureConnection) {
        let scene = UIApplication.shared.connectedScenes.lazy.compactMap { $0 as? UIWindowScene }.first
        guard connection.isVideoOrientationSupported, let scene else { return }
        switch scene.interfaceOrientation {
        case .landscapeLeft: connection.videoOrientation = .landscapeLeft
        case .landscapeRight: connection.videoOrientation = .landscapeRight
        case .portraitUpsideDown: connection.videoOrientation = .portraitUpsideDown
        default: connection.videoOrientation = .portrait
        }
    }

    func follow(_ changed: @escaping @MainActor () -> Void) {
        UIDevice.current.beginGeneratingDeviceOrientationNotifications()
        observer = NotificationCenter.default.addObserver(
            forName: UIDevice.orientationDidChangeNotification, object: nil, queue: .main
        ) { [weak self] _ in
            MainActor.assumeIsolated {
                self?.note(UIDevice.current.orientation)
                changed()
            }
        }
        note(UIDevice.current.orientation)
    }

    func stop() {
        observer.map(NotificationCenter.default.removeObserver)
        observer = nil
        UIDevice.current.endGeneratingDeviceOrientationNotifications()
    }

    private func note(_ orientation: UIDeviceOrientation) {
        if orientation.isPortrait || orientation.isLandscape {
            device = orientation
        }
    }
}
