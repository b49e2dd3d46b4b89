// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/**
 * A picture in memory: H x W x 3, uint8, R G B.
 *
 * <pre>
 *     pixels ─▶ R G B R G B … R G B  (padding)     rowBytes from one row to the next
 *               R G B R G B … R G B  (padding)
 * </pre>
 *
 * <p>The last row may end right after its last pixel. The array is borrowed, never copied; one
 * object serves all frames of a camera by {@link #reset}. Not thread-safe.
 */
public final class RgbImage {
    /**
     * The longest side a picture may have, here and after every step. It keeps every product of
     * sizes far from overflow.
     */
    public static final int MAX_SIDE = 1 << 20;

    private byte[] pixels = {};
    private int width;
    private int height;
    private int rowBytes;

    /** An image without a pixel, to be filled by reset, {@link Yuv} or {@link Orientation}. */
    public RgbImage() {}

    /** See {@link #reset(byte[], int, int, int)}. */
    public RgbImage(byte[] pixels, int width, int height, int rowBytes) {
        reset(pixels, width, height, rowBytes);
    }

    /**
     * Shows other pixels from now on.
     *
     * @param pixels borrowed; at least {@code rowBytes * (height - 1) + width * 3} bytes
     * @param width in pixels, 1 to {@link #MAX_SIDE}
     * @param height in pixels, 1 to {@link #MAX_SIDE}
     * @param rowBytes at least {@code width * 3}
     * @throws IllegalArgumentException if one of these rules is broken; the image stays as it was
     */
    public void reset(byte[] pixels, int width, int height, int rowBytes) {
        if (pixels == null) {
            throw new IllegalArgumentException("edgegen: an image without pixels");
        }
        checkSides(width, height);
        if (rowBytes < width * 3) {
            throw new IllegalArgumentException(
                    "edgegen: an image whose rowBytes is less than its width * 3: got "
                            + rowBytes + " for " + width + " pixels");
        }
        long needed = (long) rowBytes * (height - 1) + width * 3L;
        if (pixels.length < needed) {
            throw new IllegalArgumentException(
                    "edgegen: an image of " + width + "x" + height + " needs " + needed
                            + " bytes, got " + pixels.length);
        }
        this.pixels = pixels;
        this.width = width;
        this.height = height;
        this.rowBytes = rowBytes;
    }

    /**
     * Has that size from now on, rows without gaps, in the array it has if that is long enough. The
     * pixels are not cleared.
     *
     * @throws IllegalArgumentException for a side below 1 or above {@link #MAX_SIDE}, or more than
     *     2^31 bytes
     */
    public void reset(int width, int height) {
        checkSides(width, height);
        long needed = 3L * width * height;
        if (needed > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "edgegen: an image of " + width + "x" + height + " pixels is too large");
        }
        if (pixels.length < needed) {
            pixels = new byte[(int) needed];
        }
        this.width = width;
        this.height = height;
        this.rowBytes = 3 * width;
    }

    static void checkSides(int width, int height) {
        if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE) {
            throw new IllegalArgumentException(
                    "edgegen: an image with a side below 1 or above 2^20 pixels: got "
                            + width + "x" + height);
        }
    }

    /** The borrowed array. */
    public byte[] pixels() {
        return pixels;
    }

    /** In pixels; 0 if there is none yet. */
    public int width() {
        return width;
    }

    /** In pixels; 0 if there is none yet. */
    public int height() {
        return height;
    }

    /** Bytes from one row to the next. */
    public int rowBytes() {
        return rowBytes;
    }

    /** Where the pixel is in {@link #pixels()}. */
    int at(int x, int y) {
        return y * rowBytes + x * 3;
    }
}
