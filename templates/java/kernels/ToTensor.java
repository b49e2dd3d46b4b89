// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

import java.nio.ByteBuffer;

/**
 * From pixels to the model's input: each 8-bit level is looked up in a table that Python made.
 *
 * <p>{@code levels[c][v]} is the bit pattern of the value that level v has in the tensor's channel
 * c: ints for float32, shorts for float16, bytes for uint8 and int8; as many rows as the picture
 * has channels, 256 each. The table is made by running the user's own transform on 0..255 in
 * Python. Computing (v / 255 - mean) / std here instead would differ in the last bit for up to half
 * of the levels, by the order of operations and by fused multiply-adds.
 *
 * <p>{@code out} is written from index 0 on, whatever its position and limit are; both stay as they
 * are. Of a {@link Workspace#Workspace(int, int) workspace for one part} only that part is written.
 * Best a direct buffer, in the byte order of this machine ({@code ByteOrder.nativeOrder()}).
 * Once the picture's workspace has seen its size and {@code out}, no call allocates.
 *
 * <p>All throw IllegalArgumentException for a table of another size, another byte order or too
 * little room, and ReadOnlyBufferException for a buffer that cannot be written.
 */
public final class ToTensor {
    private static final int LEVELS = 256;

    private ToTensor() {}

    /** Writes the picture as channels x height x width values of 32 bits, without gaps. */
    public static void toChw(Picture picture, int[][] levels, ChannelOrder order, ByteBuffer out) {
        chw(picture, table(picture, levels), order, out);
    }

    /** Writes the picture as channels x height x width values of 16 bits, without gaps. */
    public static void toChw(
            Picture picture, short[][] levels, ChannelOrder order, ByteBuffer out) {
        chw(picture, table(picture, levels), order, out);
    }

    /** Writes the picture as channels x height x width values of 8 bits, without gaps. */
    public static void toChw(Picture picture, byte[][] levels, ChannelOrder order, ByteBuffer out) {
        chw(picture, table(picture, levels), order, out);
    }

    /** Writes the picture as height x width x channels values of 32 bits, without gaps. */
    public static void toHwc(Picture picture, int[][] levels, ChannelOrder order, ByteBuffer out) {
        hwc(picture, table(picture, levels), order, out);
    }

    /** Writes the picture as height x width x channels values of 16 bits, without gaps. */
    public static void toHwc(
            Picture picture, short[][] levels, ChannelOrder order, ByteBuffer out) {
        hwc(picture, table(picture, levels), order, out);
    }

    /** Writes the picture as height x width x channels values of 8 bits, without gaps. */
    public static void toHwc(Picture picture, byte[][] levels, ChannelOrder order, ByteBuffer out) {
        hwc(picture, table(picture, levels), order, out);
    }

    private static TensorLine table(Picture picture, int[][] levels) {
        check(picture, levels.length);
        for (int[] channel : levels) {
            checkLevels(channel.length);
        }
        TensorLine.Ints line = picture.workspace().ints;
        line.levels = levels;
        return line;
    }

    private static TensorLine table(Picture picture, short[][] levels) {
        check(picture, levels.length);
        for (short[] channel : levels) {
            checkLevels(channel.length);
        }
        TensorLine.Shorts line = picture.workspace().shorts;
        line.levels = levels;
        return line;
    }

    private static TensorLine table(Picture picture, byte[][] levels) {
        check(picture, levels.length);
        for (byte[] channel : levels) {
            checkLevels(channel.length);
        }
        TensorLine.Bytes line = picture.workspace().bytes;
        line.levels = levels;
        return line;
    }

    private static void check(Picture picture, int channels) {
        if (channels != picture.channels()) {
            throw new IllegalArgumentException(
                    "edgegen: a table of levels for " + channels + " channels, and a picture of "
                            + picture.channels());
        }
    }

    private static void checkLevels(int count) {
        if (count != LEVELS) {
            throw new IllegalArgumentException(
                    "edgegen: a table of levels has 256 values to a channel, got " + count);
        }
    }

    private static void chw(Picture picture, TensorLine line, ChannelOrder order, ByteBuffer out) {
        int width = picture.width();
        int height = picture.height();
        int channels = picture.channels();
        line.begin(out, width, (long) width * height * channels);
        int first = picture.workspace().firstRow(height);
        int end = picture.workspace().endRow(height);
        if (first == end) {
            return; // fewer rows than parts
        }
        Rows rows = picture.rows(first, end);
        int[] row = picture.workspace().row(width * channels);
        for (int y = first; y < end; y++) {
            rows.row(y, row, 0);
            for (int c = 0; c < channels; c++) {
                line.lookUp(c, row, sample(c, channels, order), channels, width, 0, 1);
                line.put((c * height + y) * width, width);
            }
        }
    }

    private static void hwc(Picture picture, TensorLine line, ChannelOrder order, ByteBuffer out) {
        int width = picture.width();
        int height = picture.height();
        int channels = picture.channels();
        line.begin(out, width * channels, (long) width * height * channels);
        int first = picture.workspace().firstRow(height);
        int end = picture.workspace().endRow(height);
        if (first == end) {
            return; // fewer rows than parts
        }
        Rows rows = picture.rows(first, end);
        int[] row = picture.workspace().row(width * channels);
        for (int y = first; y < end; y++) {
            rows.row(y, row, 0);
            for (int c = 0; c < channels; c++) {
                line.lookUp(c, row, sample(c, channels, order), channels, width, c, channels);
            }
            line.put(y * width * channels, width * channels);
        }
    }

    /** Which of a pixel's samples is the tensor's channel c. */
    private static int sample(int c, int channels, ChannelOrder order) {
        return order == ChannelOrder.BGR ? channels - 1 - c : c;
    }
}
