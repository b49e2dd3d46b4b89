// SPDX-License-Identifier: MIT-0

/// What the kernels refuse, in words: sizes that no picture can have, memory that is too small.
struct KernelError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ words: String) {
        description = "edgegen: \(words)"
    }
}
