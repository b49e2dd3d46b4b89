// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/**
 * In which order the two passes of a resize run. The picture is rounded to 8 bits between them, so
 * it shows.
 */
public enum PassOrder {
    /** Pillow 13: vertical first if the height shrinks by more than twice what the width does. */
    PILLOW_13,
    /** Pillow 9.5 to 12: always the horizontal pass first. */
    HORIZONTAL_FIRST;

    /** True if the vertical pass comes first. Sizes in pixels, before and after. */
    boolean verticalFirst(int inHeight, int inWidth, int outHeight, int outWidth) {
        if (this == HORIZONTAL_FIRST) {
            return false;
        }
        int linesLess = inHeight - outHeight;
        return linesLess > 0 && linesLess > 2 * (inWidth - outWidth);
    }
}
