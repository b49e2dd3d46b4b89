// SPDX-License-Identifier: MIT-0
import AVFoundation
import ImageIO
import UIKit

/// Follows how the device is held: turns the preview, and tells how frames have to be turned.
@MainActor
final class CameraRotation {
    private let coordinator: AVCaptureDevice.RotationCoordinator
    private let preview: AVCaptureVideoPreviewLayer
    private let turned: (CGImagePropertyOrientation) -> Void
    private var observations: [NSKeyValueObservation] = []

    /// `turned` is told the orientation at once, and then whenever the device is turned.
    init(
        device: AVCaptureDevice,
        preview: AVCaptureVideoPreviewLayer,
        turned: @escaping (CGImagePropertyOrientation) -> Void
    ) {
        coordinator = AVCaptureDevice.RotationCoordinator(device: device, previewLayer: preview)
        self.preview = preview
        self.turned = turned
        // The coordinator changes its angles on the main queue.
        observations = [
            coordinator.observe(\.videoRotationAngleForHorizonLevelPreview) { [weak self] _, _ in
                MainActor.assumeIsolated { self?.turnPreview() }
            },
            coordinator.observe(\.videoRotationAngleForHorizonLevelCapture) { [weak self] _, _ in
                MainActor.assumeIsolated { self?.tellTurn() }
            },
        ]
        tellTurn()
    }

    /// Turns the preview, which can be turned only once the camera is connected to it.
    func turnPreview() {
        let angle = coordinator.videoRotationAngleForHorizonLevelPreview
        if let connection = preview.connection, connection.isVideoRotationAngleSupported(angle) {
            connection.videoRotationAngle = angle
        }
    }

    func stop() {
        observations = []
    }

    private func tellTurn() {
        // How far a frame has to be turned clockwise: EXIF calls a quarter "right".
        switch coordinator.videoRotationAngleForHorizonLevelCapture {
        case 90: turned(.right)
        case 180: turned(.down)
        case 270: turned(.left)
        default: turned(.up)
        }
    }
}
