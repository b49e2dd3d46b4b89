// SPDX-License-Identifier: MIT-0

/// How a resize weighs the pixels that it merges, by Pillow's names. All but `nearest` antialias.
enum Filter: Sendable {
    case nearest
    case box
    case bilinear
    case hamming
    case bicubic
    case lanczos
}
