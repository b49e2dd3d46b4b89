// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.

/// What the model sees: from the pixels of an upright RGB photo to the tensor.
enum Pipeline {
    /// Sees every stage on the way, by the name it has in Generated/goldens. For tests.
    typealias Observer = (_ stage: String, _ picture: Picture) -> Void

    /// The inputs that are pictures, by their names.
    static let inputs: [String] = [{{ cookiecutter.pipeline_inputs }}]

    /// Fills the input of that name.
    ///
    /// - Parameters:
    ///   - photo: upright, of any size; only what the steps leave of it is read.
    ///   - workspace: the buffers, reused from one photo to the next; not for two threads at once.
    ///   - tensor: receives the input's values in its own layout and dtype.
    /// - Throws: ``KernelError`` when the input is no picture, or the photo's shape cannot be brought to the
    ///   tensor's size.
    static func fill(
        _ input: String,
        with photo: any PixelSource,
        using workspace: Workspace,
        into tensor: UnsafeMutableRawBufferPointer,
        observer: Observer? = nil
    ) throws(KernelError) {
        switch input {
{{ cookiecutter.pipeline_cases }}
        default:
            throw KernelError("the input \(input) is no picture")
        }
    }

{{ cookiecutter.pipeline_functions }}
}

extension Picture {
    /// Shows the observer what has become of the photo.
    fileprivate func stage(_ name: String, _ observer: Pipeline.Observer?) -> Picture {
        observer?(name, self)
        return self
    }

    /// Where the steps leave a side to the photo's shape, not every photo ends at the tensor's size.
    fileprivate func requireSize(height: Int, width: Int) throws(KernelError) {
        guard self.height == height, self.width == width else {
            throw KernelError(
                "the photo becomes \(self.width) x \(self.height) pixels, "
                    + "the model needs \(width) x \(height)"
            )
        }
    }
}
