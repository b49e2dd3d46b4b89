// SPDX-License-Identifier: MIT-0

/// A class that the model finds probable.
public struct Label: Sendable, Hashable, Identifiable {
    /// The class's index in the model's output, from 0.
    public let index: Int
    /// The class's name.
    public let name: String
    /// How probable the model finds it, 0 to 1; the raw score where edgegen.toml says activation "none".
    public let probability: Float

    public var id: Int { index }

    public init(index: Int, name: String, probability: Float) {
        self.index = index
        self.name = name
        self.probability = probability
    }
}
