// SPDX-License-Identifier: MIT-0
import ImageIO
import ModelKit
import PhotosUI
import SwiftUI

/// The photo on the screen, what the model says of it, and the work that finds out.
@MainActor
final class PhotoSession: ObservableObject {
    enum Phase {
        case start
        case working
        case answered(Answer)
        case failed(Failure)
    }

    /// Where the photo on the screen comes from.
    private enum Source {
        case library(PhotosPickerItem)
        case camera(UIImage)
    }

    @Published private(set) var picture: UIImage?
    @Published private(set) var phase = Phase.start

    private var source: Source?
    private var classifier: Classifier?
    private var work: Task<Void, Never>?

    /// Looks at a photo of the library.
    func look(at item: PhotosPickerItem) {
        begin(with: .library(item))
    }

    /// Looks at a photo that the camera took.
    func look(at shot: UIImage) {
        begin(with: .camera(shot))
    }

    /// Looks at the same photo again.
    func tryAgain() {
        if let source {
            begin(with: source)
        }
    }

    /// Shows why there is nothing to look at.
    func fail(_ failure: Failure) {
        work?.cancel()
        source = nil
        phase = .failed(failure)
    }

    private func begin(with source: Source) {
        work?.cancel()
        self.source = source
        phase = .working
        work = Task {
            do {
                let answer = try await answer(to: source)
                try Task.checkCancellation()
                phase = .answered(answer)
                UIAccessibility.post(notification: .announcement, argument: answer.words)
            } catch {
                // Cancelled: another photo is being looked at.
                if !Task.isCancelled {
                    phase = .failed(Failure(error))
                }
            }
        }
    }

    private func answer(to source: Source) async throws -> Answer {
        switch source {
        case .library(let item):
            guard let file = try await item.loadTransferable(type: Data.self) else {
                throw CocoaError(.fileReadUnknown)
            }
            await show(UIImage(data: file))
            let (photo, time) = try await Self.decode(file)
            return try await answer(to: photo, decode: time)
        case .camera(let shot):
            await show(shot)
            guard let image = shot.cgImage else {
                throw CocoaError(.fileReadCorruptFile)
            }
            let orientation = CGImagePropertyOrientation(shot.imageOrientation)
            return try await answer(to: Photo(image: image, orientation: orientation), decode: nil)
        }
    }

    private func answer(to photo: Photo, decode: TimeInterval?) async throws -> Answer {
        let classifier = try await loaded()
        let labels = try await classifier.classify(photo, top: Answer.count)
        return Answer(labels: labels, decode: decode, timings: await classifier.timings)
    }

    private func loaded() async throws -> Classifier {
        if let classifier {
            return classifier
        }
        let loaded = try await Classifier.load()
        classifier = loaded
        return loaded
    }

    /// Reads a photo's file away from the main actor, and says how many seconds it took.
    private nonisolated static func decode(_ file: Data) async throws -> (Photo, TimeInterval) {
        let begin = ContinuousClock.now
        let photo = try Photos.decode(file)
        return (photo, (ContinuousClock.now - begin) / .seconds(1))
    }

    /// Shows the photo, made small away from the main actor: a screen has a tenth of a camera's pixels.
    private func show(_ image: UIImage?) async {
        guard let image else { return }
        let side = 1600.0
        let scale = min(1, side / max(image.size.width, image.size.height))
        let size = CGSize(width: image.size.width * scale, height: image.size.height * scale)
        let small = await image.byPreparingThumbnail(ofSize: size)
        if !Task.isCancelled {
            picture = small ?? image
        }
    }
}
