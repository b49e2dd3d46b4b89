// SPDX-License-Identifier: MIT-0
import ModelKit
import PhotosUI
import SwiftUI

/// The photo that an input is made of.
struct PictureSource: Sendable {
    let photo: Photo
    /// To be shown.
    let thumbnail: UIImage?

    static func first(for info: TensorInfo) -> PictureSource? {
        nil
    }

    /// Reads a photo of the library, away from the main actor.
    static func read(_ item: PhotosPickerItem) async throws -> PictureSource {
        guard let file = try await item.loadTransferable(type: Data.self) else {
            throw CocoaError(.fileReadUnknown)
        }
        let small = CGSize(width: 200, height: 200)
        let thumbnail = await UIImage(data: file)?.byPreparingThumbnail(ofSize: small)
        return PictureSource(photo: try Photos.decode(file), thumbnail: thumbnail)
    }

    /// What the model sees of it.
    func tensor(for info: TensorInfo) throws -> Tensor {
        try Preprocessor().tensor(info.name, from: photo.image, orientation: photo.orientation)
    }
}
