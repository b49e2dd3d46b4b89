// SPDX-License-Identifier: MIT-0

/// In which order the two passes of a resize run. The picture is rounded to 8 bits between them, so it
/// shows.
enum PassOrder: Sendable {
    /// Pillow 13: vertical first if the height shrinks by more than twice what the width does.
    case pillow13
    /// Pillow 9.5 to 12: always the horizontal pass first.
    case horizontalFirst

    /// True if the vertical pass comes first. Sizes in pixels, before and after.
    func isVerticalFirst(inHeight: Int, inWidth: Int, outHeight: Int, outWidth: Int) -> Bool {
        guard self == .pillow13 else { return false }
        let linesLess = inHeight - outHeight
        return linesLess > 0 && linesLess > 2 * (inWidth - outWidth)
    }
}
