// SPDX-License-Identifier: MIT-0
import AVFoundation
import ImageIO
import ModelKit

/// The camera's frames, each shown to the model on the camera's own queue.
///
/// A frame that comes while the last one is looked at is dropped at once, so that what is looked at is never old.
///
/// `@unchecked Sendable`: `queue` is the only place that touches what can change, and `AVCaptureSession` may be
/// shown by a preview layer while it is used elsewhere.
final class CameraFeed: NSObject, @unchecked Sendable {
    typealias Result = Swift.Result<Answer, any Error>

    let session = AVCaptureSession()

    private let queue = DispatchQueue(label: "CameraFeed", qos: .userInitiated)
    private var classifier: ClassifierSession?
    private var output: AVCaptureVideoDataOutput?
    private var orientation = CGImagePropertyOrientation.right
    private var isHeld = false
    private var results: AsyncStream<Result>.Continuation?
    private var observers: [any NSObjectProtocol] = []

    /// The camera in use, the one on the back where there is one. Nil where the device has none.
    static var device: AVCaptureDevice? {
        AVCaptureDevice.default(.builtInWideAngleCamera, for: .video, position: .back)
            ?? AVCaptureDevice.default(for: .video)
    }

    /// Starts the camera, which runs until nobody listens any more. Only the newest answer is kept for the listener.
    func run() -> AsyncStream<Result> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            continuation.onTermination = { [self] _ in
                queue.async { self.stop() }
            }
            queue.async { self.start(telling: continuation) }
        }
    }

    /// How the frames have to be turned so that they stand upright.
    func turn(_ orientation: CGImagePropertyOrientation) {
        queue.async { self.orientation = orientation }
    }

    /// Looks at no frame while `isHeld`.
    func hold(_ isHeld: Bool) {
        queue.async { self.isHeld = isHeld }
    }

    // MARK: On the queue

    private func start(telling continuation: AsyncStream<Result>.Continuation) {
        results = continuation
        do {
            if output == nil {
                output = try connect()
            }
            observe()
            session.startRunning()
            // After the camera, whose picture is there while the model loads.
            if classifier == nil {
                classifier = try ClassifierSession()
            }
        } catch {
            continuation.yield(.failure(error))
            continuation.finish()
        }
    }

    private func stop() {
        results = nil
        observers.forEach(NotificationCenter.default.removeObserver)
        observers = []
        session.stopRunning()
    }

    private func connect() throws -> AVCaptureVideoDataOutput {
        guard let device = Self.device else {
            throw CameraError.missing
        }
        let input = try AVCaptureDeviceInput(device: device)
        let output = AVCaptureVideoDataOutput()
        // What the sensor's pipeline gives: converted by the system, the same picture would have other bits.
        output.videoSettings = [
            kCVPixelBufferPixelFormatTypeKey as String: kCVPixelFormatType_420YpCbCr8BiPlanarFullRange
        ]
        output.alwaysDiscardsLateVideoFrames = true
        output.setSampleBufferDelegate(self, queue: queue)
        session.beginConfiguration()
        defer { session.commitConfiguration() }
        guard session.canAddInput(input), session.canAddOutput(output) else {
            throw CameraError.unusable
        }
        let preset = AVCaptureSession.Preset.{{ cookiecutter.camera_preset }}
        if session.canSetSessionPreset(preset) {
            session.sessionPreset = preset
        }
        session.addInput(input)
        session.addOutput(output)
        return output
    }

    /// Passes on what stops the camera while it runs: a call, another app beside this one, a fault of the system's.
    private func observe() {
        observers = [
            observer(of: AVCaptureSession.wasInterruptedNotification, meaning: .interrupted),
            observer(of: AVCaptureSession.runtimeErrorNotification, meaning: .stopped),
        ]
    }

    private func observer(of name: Notification.Name, meaning error: CameraError) -> any NSObjectProtocol {
        NotificationCenter.default.addObserver(forName: name, object: session, queue: nil) { [self] _ in
            queue.async { self.results?.yield(.failure(error)) }
        }
    }
}

extension CameraFeed: AVCaptureVideoDataOutputSampleBufferDelegate {
    func captureOutput(
        _ output: AVCaptureOutput,
        didOutput sampleBuffer: CMSampleBuffer,
        from connection: AVCaptureConnection
    ) {
        guard !isHeld, let results, let classifier, let frame = sampleBuffer.imageBuffer else { return }
        do {
            let labels = try classifier.classify(frame, orientation: orientation, top: Answer.count)
            results.yield(.success(Answer(labels: labels, decode: nil, timings: classifier.timings)))
        } catch {
            results.yield(.failure(error))
            results.finish()
        }
    }
}
