// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/** EXIF orientation: how the camera was held, undone. */
public final class Orientation {
    /** Copied in tiles: row by row, a picture that is turned is read with a miss for each pixel. */
    private static final int TILE = 32;

    private Orientation() {}

    /**
     * Turns and mirrors a picture as Pillow's ImageOps.exif_transpose does. {@code exif} is tag
     * 0x0112:
     *
     * <pre>
     *     1 as it is      2 mirrored left-right   3 turned by 180°   4 mirrored top-bottom
     *     5 transposed    6 turned by 90°         7 transverse       8 turned by 270°   (clockwise)
     * </pre>
     *
     * <p>Any other number is taken as 1, as Pillow takes it. 5 to 8 exchange width and height.
     *
     * @param to gets the picture, rows without gaps; its array is used again if it is long enough
     * @throws IllegalArgumentException if {@code from} has no pixels, or both share their array
     */
    public static void orient(RgbImage from, int exif, RgbImage to) {
        if (from.width() == 0) {
            throw new IllegalArgumentException("edgegen: an image without pixels");
        }
        if (from.pixels() == to.pixels()) {
            throw new IllegalArgumentException("edgegen: an image cannot be turned in its place");
        }
        boolean exchangesSides = exif >= 5 && exif <= 8;
        if (exchangesSides) {
            to.reset(from.height(), from.width());
        } else {
            to.reset(from.width(), from.height());
        }
        int line = from.rowBytes();
        int lastPixel = 3 * (from.width() - 1);
        int lastLine = line * (from.height() - 1);
        // Where the output's first pixel comes from, and how many bytes further the next one of its
        // row, and of its column, is.
        switch (exif) {
            case 2:
                copy(from, to, lastPixel, -3, line);
                break;
            case 3:
                copy(from, to, lastPixel + lastLine, -3, -line);
                break;
            case 4:
                copy(from, to, lastLine, 3, -line);
                break;
            case 5:
                copy(from, to, 0, line, 3);
                break;
            case 6:
                copy(from, to, lastLine, -line, 3);
                break;
            case 7:
                copy(from, to, lastPixel + lastLine, -line, -3);
                break;
            case 8:
                copy(from, to, lastPixel, line, -3);
                break;
            default:
                copy(from, to, 0, 3, line);
        }
    }

    private static void copy(RgbImage from, RgbImage to, int start, int right, int down) {
        for (int top = 0; top < to.height(); top += TILE) {
            int bottom = Math.min(top + TILE, to.height());
            for (int left = 0; left < to.width(); left += TILE) {
                int end = Math.min(left + TILE, to.width());
                for (int y = top; y < bottom; y++) {
                    int in = start + y * down + left * right;
                    copyPixels(from.pixels(), in, right, to.pixels(), to.at(left, y), end - left);
                }
            }
        }
    }

    private static void copyPixels(byte[] in, int at, int step, byte[] out, int outAt, int count) {
        for (int x = 0; x < count; x++, at += step, outAt += 3) {
            out[outAt] = in[at];
            out[outAt + 1] = in[at + 1];
            out[outAt + 2] = in[at + 2];
        }
    }
}
