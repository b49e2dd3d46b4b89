// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/**
 * A photo whose pixels are made when it is known which of them are needed: of a camera's frame that
 * is resized and cropped, for one, often half of them.
 */
public interface PixelSource {
    /** Of the whole photo, in pixels; 1 to {@link RgbImage#MAX_SIDE}. */
    int width();

    /** Of the whole photo, in pixels; 1 to {@link RgbImage#MAX_SIDE}. */
    int height();

    /**
     * Makes the pixels of a window, which is not empty and inside the photo; {@code right} and
     * {@code bottom} are just outside.
     *
     * @param out becomes an image of the window's size, its first pixel that at (left, top)
     */
    void read(int left, int top, int right, int bottom, RgbImage out);
}
