import ModelKit

/// The model has no input that is a picture.
func picture(_ given: Run.Input) throws -> Tensor {
    throw ModelError.unsuitable("\(given.name) is no picture")
}
