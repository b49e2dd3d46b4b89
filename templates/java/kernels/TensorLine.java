// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/**
 * One row's values, before they are put into the tensor as a whole; one class to a width of values.
 *
 * <p>A view of the tensor is an object, so it is kept as long as the same tensor comes again. Its
 * position is set through {@link Buffer}: as a method of IntBuffer and the others it exists only
 * since Java 9, and not on Android 7.
 */
abstract class TensorLine {
    private final int valueBytes;
    private ByteBuffer tensor;
    private Buffer view;

    private TensorLine(int valueBytes) {
        this.valueBytes = valueBytes;
    }

    /** Makes room for {@code count} values; checks that {@code out} has room for {@code all}. */
    void begin(ByteBuffer out, int count, long all) {
        if (out.order() != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException(
                    "edgegen: a tensor in " + out.order() + "; use order(ByteOrder.nativeOrder())");
        }
        if (out.capacity() / valueBytes < all) {
            throw new IllegalArgumentException(
                    "edgegen: a tensor of " + all * valueBytes + " bytes does not fit into "
                            + out.capacity());
        }
        if (out != tensor) {
            ByteBuffer whole = out.duplicate().order(ByteOrder.nativeOrder());
            Buffer positions = whole;
            positions.clear();
            view = viewOf(whole);
            tensor = out;
        }
        grow(count);
    }

    /** Sample {@code row[from + x * channels]} becomes value {@code at + x * step} of the line. */
    abstract void lookUp(int c, int[] row, int from, int channels, int width, int at, int step);

    /** Writes {@code count} values of the line to the tensor, from value {@code index} on. */
    void put(int index, int count) {
        view.position(index);
        putLine(count);
    }

    abstract Buffer viewOf(ByteBuffer whole);

    abstract void grow(int count);

    abstract void putLine(int count);

    /** Values of 32 bits: float32. */
    static final class Ints extends TensorLine {
        int[][] levels;
        private int[] line = {};
        private IntBuffer out;

        Ints() {
            super(Integer.BYTES);
        }

        @Override
        Buffer viewOf(ByteBuffer whole) {
            out = whole.asIntBuffer();
            return out;
        }

        @Override
        void grow(int count) {
            line = Workspace.atLeast(line, count);
        }

        @Override
        void lookUp(int c, int[] row, int from, int channels, int width, int at, int step) {
            int[] values = levels[c];
            int[] to = line;
            for (int x = 0; x < width; x++) {
                to[at + x * step] = values[row[from + x * channels]];
            }
        }

        @Override
        void putLine(int count) {
            out.put(line, 0, count);
        }
    }

    /** Values of 16 bits: float16. */
    static final class Shorts extends TensorLine {
        short[][] levels;
        private short[] line = {};
        private ShortBuffer out;

        Shorts() {
            super(Short.BYTES);
        }

        @Override
        Buffer viewOf(ByteBuffer whole) {
            out = whole.asShortBuffer();
            return out;
        }

        @Override
        void grow(int count) {
            line = line.length < count ? new short[count] : line;
        }

        @Override
        void lookUp(int c, int[] row, int from, int channels, int width, int at, int step) {
            short[] values = levels[c];
            short[] to = line;
            for (int x = 0; x < width; x++) {
                to[at + x * step] = values[row[from + x * channels]];
            }
        }

        @Override
        void putLine(int count) {
            out.put(line, 0, count);
        }
    }

    /** Values of 8 bits: uint8 and int8. */
    static final class Bytes extends TensorLine {
        byte[][] levels;
        private byte[] line = {};
        private ByteBuffer out;

        Bytes() {
            super(Byte.BYTES);
        }

        @Override
        Buffer viewOf(ByteBuffer whole) {
            out = whole;
            return out;
        }

        @Override
        void grow(int count) {
            line = line.length < count ? new byte[count] : line;
        }

        @Override
        void lookUp(int c, int[] row, int from, int channels, int width, int at, int step) {
            byte[] values = levels[c];
            byte[] to = line;
            for (int x = 0; x < width; x++) {
                to[at + x * step] = values[row[from + x * channels]];
            }
        }

        @Override
        void putLine(int count) {
            out.put(line, 0, count);
        }
    }
}
