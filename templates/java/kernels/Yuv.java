// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * A camera's frame, YUV 4:2:0 in three planes, as RGB: the same integers in every language (see
 * docs/preprocessing.md, "The camera", of edgegen).
 *
 * <pre>{@code
 * Image.Plane[] planes = image.getPlanes();
 * yuv.frame(image.getWidth(), image.getHeight())
 *         .y(planes[0].getBuffer(), planes[0].getRowStride(), planes[0].getPixelStride())
 *         .u(planes[1].getBuffer(), planes[1].getRowStride(), planes[1].getPixelStride())
 *         .v(planes[2].getBuffer(), planes[2].getRowStride(), planes[2].getPixelStride())
 *         .turn(rotationDegrees, mirrored)
 *         .toRgb(photo);
 * }</pre>
 *
 * <p>U and V have one sample for two by two pixels, that of pixel (x, y) is at (x / 2, y / 2).
 * Planes may be apart (I420, YV12) or interleaved (NV12, NV21: a pixel stride of 2), and their last
 * row may end with its last sample. One object serves all frames of a camera and allocates nothing
 * after the first. Not thread-safe, but two objects may read the same frame at a time: {@link
 * #toRgb} moves the positions of the planes' buffers and puts them back, and holds the lock of a
 * buffer meanwhile.
 */
public final class Yuv {
    /** Which red, green and blue the Y was made of. Cameras use BT601 unless they say otherwise. */
    public enum Matrix {
        BT601,
        BT709
    }

    /** Whether Y goes from 0 to 255 (a camera's and JPEG's) or from 16 to 235 (a video's). */
    public enum Range {
        FULL,
        LIMITED
    }

    /** Weights are multiplied by 2^20, and a sum starts at one half. */
    private static final int BITS = 20;

    private static final int HALF = 1 << (BITS - 1);

    /**
     * The frame is read in bands of rows, and a band is turned in tiles of columns: pixel by pixel,
     * a turned row would touch another line of the cache, and another page, for each of its pixels.
     */
    private static final int BAND = 16;

    private static final int TILE = 64;

    private final Plane y = new Plane("Y");
    private final Plane u = new Plane("U");
    private final Plane v = new Plane("V");
    private int width;
    private int height;
    private int left;
    private int top;
    private int right;
    private int bottom;
    private Matrix matrix = Matrix.BT601;
    private Range range = Range.FULL;
    private int rotation;
    private boolean mirrored;

    /**
     * The next frame; its planes follow. The crop is the whole frame again, colours and turn stay.
     *
     * @throws IllegalArgumentException for a side below 1 or above {@link RgbImage#MAX_SIDE}
     */
    public Yuv frame(int width, int height) {
        RgbImage.checkSides(width, height);
        this.width = width;
        this.height = height;
        y.clear();
        u.clear();
        v.clear();
        return crop(0, 0, width, height);
    }

    /** Luma, width x height samples from index 0 of the buffer on. Strides are counted in bytes. */
    public Yuv y(ByteBuffer samples, int rowStride, int pixelStride) {
        y.set(samples, rowStride, pixelStride);
        return this;
    }

    /** Cb, half as wide and high, rounded up. Strides are counted in bytes. */
    public Yuv u(ByteBuffer samples, int rowStride, int pixelStride) {
        u.set(samples, rowStride, pixelStride);
        return this;
    }

    /** Cr, half as wide and high, rounded up. Strides are counted in bytes. */
    public Yuv v(ByteBuffer samples, int rowStride, int pixelStride) {
        v.set(samples, rowStride, pixelStride);
        return this;
    }

    /**
     * The part of the frame that is wanted, in its pixels; {@code right} and {@code bottom} are
     * just outside.
     *
     * @throws IllegalArgumentException if it is empty or not inside the frame
     */
    public Yuv crop(int left, int top, int right, int bottom) {
        if (left < 0 || top < 0 || left >= right || top >= bottom || right > width
                || bottom > height) {
            throw new IllegalArgumentException(
                    "edgegen: a crop of " + left + "," + top + " to " + right + "," + bottom
                            + " is empty or not inside the frame of " + width + "x" + height);
        }
        this.left = left;
        this.top = top;
        this.right = right;
        this.bottom = bottom;
        return this;
    }

    /** What the numbers mean; BT601 and FULL at first. */
    public Yuv colors(Matrix matrix, Range range) {
        this.matrix = matrix;
        this.range = range;
        return this;
    }

    /**
     * Turns the picture clockwise, and then mirrors it left-right if that is wanted.
     *
     * @param degrees 0, 90, 180 or 270: as much as makes the picture upright
     * @throws IllegalArgumentException for another angle
     */
    public Yuv turn(int degrees, boolean mirrored) {
        if (degrees != 0 && degrees != 90 && degrees != 180 && degrees != 270) {
            throw new IllegalArgumentException(
                    "edgegen: a rotation of 0, 90, 180 or 270 degrees, got " + degrees);
        }
        this.rotation = degrees;
        this.mirrored = mirrored;
        return this;
    }

    /**
     * Writes the crop, turned, to {@code out}, which gets its size; its array is used again if it
     * is long enough.
     *
     * @throws IllegalArgumentException if a plane is missing or too small for the crop
     */
    public void toRgb(RgbImage out) {
        y.check(right - 1, bottom - 1);
        u.check((right - 1) / 2, (bottom - 1) / 2);
        v.check((right - 1) / 2, (bottom - 1) / 2);
        int rows = bottom - top;
        int columns = right - left;
        boolean exchangesSides = rotation == 90 || rotation == 270;
        out.reset(exchangesSides ? rows : columns, exchangesSides ? columns : rows);
        // How many bytes further the frame's next pixel, and its next row, go in the output.
        int stepRight = step(1, 0, out);
        int stepDown = step(0, 1, out);
        int start = (stepRight < 0 ? -stepRight * (columns - 1) : 0)
                + (stepDown < 0 ? -stepDown * (rows - 1) : 0);
        int tile = exchangesSides ? TILE : columns;
        for (int line = top; line < bottom; line += BAND) {
            int end = Math.min(line + BAND, bottom);
            y.read(left, right - 1, line, end - 1);
            u.read(left / 2, (right - 1) / 2, line / 2, (end - 1) / 2);
            v.read(left / 2, (right - 1) / 2, line / 2, (end - 1) / 2);
            for (int column = left; column < right; column += tile) {
                int columnEnd = Math.min(column + tile, right);
                int at = start + (column - left) * stepRight + (line - top) * stepDown;
                for (int row = line; row < end; row++, at += stepDown) {
                    convert(row, column, columnEnd, out.pixels(), at, stepRight);
                }
            }
        }
    }

    /** The step in {@code out} for a step of (dx, dy) in the frame, one of them 1, one 0. */
    private int step(int dx, int dy, RgbImage out) {
        int across = rotation == 0 ? dx : rotation == 90 ? -dy : rotation == 180 ? -dx : dy;
        int down = rotation == 0 ? dy : rotation == 90 ? dx : rotation == 180 ? -dy : -dx;
        return (mirrored ? -across : across) * 3 + down * out.rowBytes();
    }

    /** Pixels {@code begin} to {@code end} of a row that has been read. */
    private void convert(int row, int begin, int end, byte[] out, int at, int step) {
        int odd = begin % 2;
        int pairs = (end - begin - odd) / 2;
        if (odd == 1) {
            convertPairs(row, begin, 1, 0, out, at, step);
        }
        convertPairs(row, begin + odd, pairs, step, out, at + odd * step, 2 * step);
        int next = begin + odd + 2 * pairs;
        if (next < end) {
            convertPairs(row, next, 1, 0, out, at + (next - begin) * step, step);
        }
    }

    /**
     * Pairs of pixels that have the same chroma, from pixel x on.
     *
     * @param second how many bytes further the second pixel of a pair goes; 0: there is none
     */
    private void convertPairs(
            int row, int x, int pairs, int second, byte[] out, int at, int step) {
        int[] weights = weights(matrix, range);
        int ofY = weights[1];
        int redOfV = weights[2];
        int greenOfU = weights[3];
        int greenOfV = weights[4];
        int blueOfU = weights[5];
        int half = HALF - weights[0] * ofY;
        byte[] lumas = y.band;
        byte[] blues = u.band;
        byte[] reds = v.band;
        int luma = y.at(x, row);
        int lumaStep = y.pixelStride;
        int lumaSecond = second == 0 ? 0 : lumaStep;
        int cbAt = u.at(x / 2, row / 2);
        int crAt = v.at(x / 2, row / 2);
        int cbStep = u.pixelStride;
        int crStep = v.pixelStride;
        for (int i = 0; i < pairs; i++) {
            int cb = (blues[cbAt + i * cbStep] & 0xFF) - 128;
            int cr = (reds[crAt + i * crStep] & 0xFF) - 128;
            int red = half + redOfV * cr;
            int green = half + greenOfU * cb + greenOfV * cr;
            int blue = half + blueOfU * cb;
            int sum = ofY * (lumas[luma] & 0xFF);
            store(sum + red >> BITS, sum + green >> BITS, sum + blue >> BITS, out, at);
            // Where there is no second pixel, this is the first once more.
            sum = ofY * (lumas[luma + lumaSecond] & 0xFF);
            store(sum + red >> BITS, sum + green >> BITS, sum + blue >> BITS, out, at + second);
            luma += 2 * lumaStep;
            at += step;
        }
    }

    /** Always clamped: asking first whether it is needed takes twice as long on a noisy frame. */
    private static void store(int red, int green, int blue, byte[] out, int at) {
        out[at] = (byte) Axis.clamp(red);
        out[at + 1] = (byte) Axis.clamp(green);
        out[at + 2] = (byte) Axis.clamp(blue);
    }

    /**
     * Black's Y, then the weights of Y, of V in red, of U and V in green and of U in blue: ITU-R
     * BT.601 and BT.709, times 2^20, rounded. Limited range stretches Y by 255/219, U and V by
     * 255/224.
     */
    private static int[] weights(Matrix matrix, Range range) {
        if (matrix == Matrix.BT601) {
            return range == Range.FULL ? BT601_FULL : BT601_LIMITED;
        }
        return range == Range.FULL ? BT709_FULL : BT709_LIMITED;
    }

    private static final int[] BT601_FULL = {0, 1048576, 1470104, -360853, -748826, 1858077};
    private static final int[] BT601_LIMITED = {16, 1220945, 1673555, -410793, -852458, 2115221};
    private static final int[] BT709_FULL = {0, 1048576, 1651297, -196424, -490864, 1945738};
    private static final int[] BT709_LIMITED = {16, 1220945, 1879825, -223607, -558796, 2215014};

    /** One plane: how it lies in its buffer, and the rows of it that were read last. */
    private static final class Plane {
        private final String name;
        private ByteBuffer samples;
        private int rowStride;
        private int pixelStride;
        private byte[] band = {};
        private int bandStride;
        private int bandLeft;
        private int bandTop;

        Plane(String name) {
            this.name = name;
        }

        void clear() {
            samples = null;
        }

        void set(ByteBuffer samples, int rowStride, int pixelStride) {
            if (samples == null || rowStride < 1 || pixelStride < 1) {
                throw new IllegalArgumentException(
                        "edgegen: a " + name + " plane needs a buffer and strides above 0");
            }
            this.samples = samples;
            this.rowStride = rowStride;
            this.pixelStride = pixelStride;
        }

        void check(int lastColumn, int lastRow) {
            if (samples == null) {
                throw new IllegalArgumentException(
                        "edgegen: a frame without its " + name + " plane");
            }
            long needed = (long) rowStride * lastRow + (long) pixelStride * lastColumn + 1;
            if (samples.limit() < needed) {
                throw new IllegalArgumentException(
                        "edgegen: the " + name + " plane needs " + needed + " bytes, got "
                                + samples.limit());
            }
        }

        /** Reads columns and rows, the last ones included. On ART, one call for a byte is slow. */
        void read(int left, int right, int top, int bottom) {
            bandLeft = left;
            bandTop = top;
            bandStride = (right - left) * pixelStride + 1;
            int rows = bottom - top + 1;
            if (band.length < rows * bandStride) {
                band = new byte[Math.max(rows, BAND) * bandStride];
            }
            Buffer positions = samples; // ByteBuffer.position(int) is not there on Android 7
            // Of one frame, several threads may each make a part.
            synchronized (samples) {
                int before = positions.position();
                for (int row = 0; row < rows; row++) {
                    positions.position((top + row) * rowStride + left * pixelStride);
                    samples.get(band, row * bandStride, bandStride);
                }
                positions.position(before);
            }
        }

        /** Where a sample that was read is in {@link #band}. */
        int at(int column, int row) {
            return (row - bandTop) * bandStride + (column - bandLeft) * pixelStride;
        }
    }
}
