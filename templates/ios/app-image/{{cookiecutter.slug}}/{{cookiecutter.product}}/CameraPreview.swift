// SPDX-License-Identifier: MIT-0
import AVFoundation
import SwiftUI
import UIKit

/// What the camera sees, upright whichever way the device is held.
struct CameraPreview: UIViewRepresentable {
    let feed: CameraFeed
    /// Whether frames have come: from then on the preview is connected to the camera.
    let isShowing: Bool
    /// Whether the picture stands still.
    let isFrozen: Bool

    func makeUIView(context: Context) -> PreviewView {
        let view = PreviewView(frame: .zero)
        view.preview.session = feed.session
        view.preview.videoGravity = .resizeAspect
        if let device = CameraFeed.device {
            let feed = feed
            let rotation = CameraRotation(device: device, preview: view.preview) { feed.turn($0) }
            view.laidOut = { [weak rotation] in rotation?.turnPreview() }
            context.coordinator.rotation = rotation
        }
        return view
    }

    func updateUIView(_ view: PreviewView, context: Context) {
        if isShowing {
            context.coordinator.rotation?.turnPreview()
        }
        view.preview.connection?.isEnabled = !isFrozen
    }

    static func dismantleUIView(_ view: PreviewView, coordinator: Coordinator) {
        coordinator.rotation?.stop()
    }

    func makeCoordinator() -> Coordinator {
        Coordinator()
    }

    @MainActor
    final class Coordinator {
        /// Kept as long as the view is: it follows the device.
        var rotation: CameraRotation?
    }

    /// A view that is a preview layer, which therefore has its size at all times.
    final class PreviewView: UIView {
        /// Told when the view has got its place, as after the screen was turned.
        var laidOut: () -> Void = {}

        override class var layerClass: AnyClass {
            AVCaptureVideoPreviewLayer.self
        }

        var preview: AVCaptureVideoPreviewLayer {
            guard let layer = layer as? AVCaptureVideoPreviewLayer else {
                preconditionFailure("the layer is of layerClass")
            }
            return layer
        }

        override func layoutSubviews() {
            super.layoutSubviews()
            laidOut()
        }
    }
}
