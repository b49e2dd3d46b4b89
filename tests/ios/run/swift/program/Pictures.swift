import Foundation
import ModelKit

/// The input that is made of a picture.
func picture(_ given: Run.Input) throws -> Tensor {
    let photo = try Photos.decode(content(given.file))
    return try Preprocessor().tensor(given.name, from: photo.image, orientation: photo.orientation)
}
