// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/**
 * Numbers in C order: an input to fill, or an output to read.
 *
 * <p>The views ({@link #floats} and its kin) share the tensor's memory and each has a position of
 * its own. Not thread-safe.
 */
public final class Tensor {
    private final String name;
    private final DType dtype;
    private final long[] shape;
    private final int count;
    private final ByteBuffer buffer;

    private Tensor(String name, DType dtype, long[] shape, boolean direct) {
        this.name = name;
        this.dtype = dtype;
        this.shape = shape;
        this.count = countOf(shape, dtype);
        int bytes = count * dtype.bytes();
        // The runtimes read a direct buffer where it is; any other they would have to copy.
        ByteBuffer memory = direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
        this.buffer = memory.order(ByteOrder.nativeOrder());
    }

    private static int countOf(long[] shape, DType dtype) {
        long count = 1;
        for (long side : shape) {
            if (side < 0 || (side > 0 && count > Integer.MAX_VALUE / side)) {
                throw new IllegalArgumentException("a tensor has sides of 0 to 2^31 bytes in all");
            }
            count *= side;
        }
        if (count * dtype.bytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a tensor has no more than 2^31 bytes");
        }
        return (int) count;
    }

    /** A tensor for that input, filled with zeros: of the shape that the model was made with. */
    public static Tensor zeros(TensorInfo info) {
        return new Tensor(info.name(), info.dtype(), info.shape(), true);
    }

    /**
     * The same in another size, for an input with dynamic axes.
     *
     * @throws IllegalArgumentException when the input cannot have that shape
     */
    public static Tensor zeros(TensorInfo info, long... shape) {
        if (!info.fits(info.dtype(), shape)) {
            throw new IllegalArgumentException(
                    info.name() + " is " + info + ", not " + describe(info.dtype(), shape));
        }
        return new Tensor(info.name(), info.dtype(), shape.clone(), true);
    }

    /** Memory for an output: an ordinary array, which the garbage collector frees at once. */
    static Tensor output(String name, DType dtype, long[] shape) {
        return new Tensor(name, dtype, shape, false);
    }

    /** The name of the input or output that it is. */
    public String name() {
        return name;
    }

    /** What the numbers are. */
    public DType dtype() {
        return dtype;
    }

    /** The sizes of the axes, in a new array. */
    public long[] shape() {
        return shape.clone();
    }

    /** How many numbers there are. */
    public int count() {
        return count;
    }

    /** The memory itself, at position 0, which nobody moves. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** All bytes, in the byte order of this device. */
    public ByteBuffer bytes() {
        return buffer.duplicate().order(ByteOrder.nativeOrder());
    }

    /** The numbers of a float32 tensor. */
    public FloatBuffer floats() {
        require(DType.FLOAT32);
        return buffer.asFloatBuffer();
    }

    /** The numbers of a float64 tensor. */
    public DoubleBuffer doubles() {
        require(DType.FLOAT64);
        return buffer.asDoubleBuffer();
    }

    /** The numbers of an int64 tensor. */
    public LongBuffer longs() {
        require(DType.INT64);
        return buffer.asLongBuffer();
    }

    /** The numbers of an int32 tensor. */
    public IntBuffer ints() {
        require(DType.INT32);
        return buffer.asIntBuffer();
    }

    /** The numbers of an int16 tensor, or the bits of a float16 tensor's. */
    public ShortBuffer shorts() {
        if (dtype != DType.FLOAT16) {
            require(DType.INT16);
        }
        return buffer.asShortBuffer();
    }

    private void require(DType wanted) {
        if (dtype != wanted) {
            throw new IllegalStateException(name + " holds " + dtype + ", not " + wanted);
        }
    }

    /**
     * A number of any dtype; true is 1. An int64 beyond 2^53 is rounded.
     *
     * @param index in C order, 0 to {@code count() - 1}
     */
    public double get(int index) {
        switch (dtype) {
            case FLOAT32:
                return buffer.getFloat(4 * index);
            case FLOAT16:
                return fromHalf(buffer.getShort(2 * index));
            case FLOAT64:
                return buffer.getDouble(8 * index);
            case INT64:
                return buffer.getLong(8 * index);
            case INT32:
                return buffer.getInt(4 * index);
            case INT16:
                return buffer.getShort(2 * index);
            case INT8:
                return buffer.get(index);
            case UINT8:
                return buffer.get(index) & 0xFF;
            default:
                return buffer.get(index) == 0 ? 0 : 1;
        }
    }

    /**
     * IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. android.util.Half needs API
     * level 26.
     */
    static float fromHalf(short bits) {
        int exponent = (bits >> 10) & 31;
        int fraction = bits & 1023;
        float magnitude;
        if (exponent == 31) {
            magnitude = fraction != 0 ? Float.NaN : Float.POSITIVE_INFINITY;
        } else if (exponent == 0) {
            magnitude = Math.scalb((float) fraction, -24);
        } else {
            magnitude = Math.scalb((float) (fraction + 1024), exponent - 25);
        }
        return bits < 0 ? -magnitude : magnitude;
    }

    /** As {@code "1x3x224x224 float32"}. */
    @Override
    public String toString() {
        return describe(dtype, shape);
    }

    static String describe(DType dtype, long[] shape) {
        return new TensorInfo("", dtype, shape).toString();
    }
}
