package org.pytorch;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** Test-only stand-in with the published signatures; a direct buffer is used without a copy. */
public abstract class Tensor {
    final long[] shape;
    final Buffer data;
    private final DType dtype;

    private Tensor(DType dtype, Buffer data, long[] shape) {
        if (data == null || shape == null) {
            throw new IllegalArgumentException("Data and shape must be not null");
        }
        if (data.capacity() != numel(shape)) {
            throw new IllegalArgumentException(
                    "Inconsistent data capacity:" + data.capacity() + " and shape number elements:"
                            + numel(shape));
        }
        this.dtype = dtype;
        this.data = data;
        this.shape = shape.clone();
    }

    private static Tensor of(DType dtype, Buffer data, ByteOrder order, long[] shape) {
        if (!data.isDirect()) {
            throw new IllegalArgumentException("Data buffer must be direct");
        }
        if (order != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException("Data buffer must have native byte order");
        }
        return new Tensor(dtype, data, shape) { };
    }

    /** What the shim gives back: a copy of the module's result. */
    static Tensor output(int code, long[] shape, ByteBuffer bytes) {
        ByteBuffer data = allocateByteBuffer(bytes.capacity()).put(bytes);
        data.rewind();
        switch (DType.values()[code - 1]) {
            case INT32:
                return fromBlob(data.asIntBuffer(), shape);
            case INT64:
                return fromBlob(data.asLongBuffer(), shape);
            case FLOAT32:
                return fromBlob(data.asFloatBuffer(), shape);
            case FLOAT64:
                return fromBlob(data.asDoubleBuffer(), shape);
            case UINT8:
                return fromBlobUnsigned(data, shape);
            case INT8:
                return fromBlob(data, shape);
            default:
                throw new IllegalArgumentException("no dtype has the code " + code);
        }
    }

    public static Tensor fromBlob(float[] data, long[] shape) {
        return fromBlob(allocateFloatBuffer(data.length).put(data), shape);
    }

    public static Tensor fromBlob(int[] data, long[] shape) {
        return fromBlob(allocateIntBuffer(data.length).put(data), shape);
    }

    public static Tensor fromBlob(long[] data, long[] shape) {
        return fromBlob(allocateLongBuffer(data.length).put(data), shape);
    }

    public static Tensor fromBlob(byte[] data, long[] shape) {
        return fromBlob(allocateByteBuffer(data.length).put(data), shape);
    }

    public static Tensor fromBlobUnsigned(byte[] data, long[] shape) {
        return fromBlobUnsigned(allocateByteBuffer(data.length).put(data), shape);
    }

    public static Tensor fromBlob(FloatBuffer data, long[] shape) {
        return of(DType.FLOAT32, data, data.order(), shape);
    }

    public static Tensor fromBlob(IntBuffer data, long[] shape) {
        return of(DType.INT32, data, data.order(), shape);
    }

    public static Tensor fromBlob(LongBuffer data, long[] shape) {
        return of(DType.INT64, data, data.order(), shape);
    }

    public static Tensor fromBlob(DoubleBuffer data, long[] shape) {
        return of(DType.FLOAT64, data, data.order(), shape);
    }

    public static Tensor fromBlob(ByteBuffer data, long[] shape) {
        return of(DType.INT8, data, data.order(), shape);
    }

    public static Tensor fromBlobUnsigned(ByteBuffer data, long[] shape) {
        return of(DType.UINT8, data, data.order(), shape);
    }

    public static ByteBuffer allocateByteBuffer(int numElements) {
        return ByteBuffer.allocateDirect(numElements).order(ByteOrder.nativeOrder());
    }

    public static IntBuffer allocateIntBuffer(int numElements) {
        return allocateByteBuffer(4 * numElements).asIntBuffer();
    }

    public static FloatBuffer allocateFloatBuffer(int numElements) {
        return allocateByteBuffer(4 * numElements).asFloatBuffer();
    }

    public static LongBuffer allocateLongBuffer(int numElements) {
        return allocateByteBuffer(8 * numElements).asLongBuffer();
    }

    public static DoubleBuffer allocateDoubleBuffer(int numElements) {
        return allocateByteBuffer(8 * numElements).asDoubleBuffer();
    }

    public long numel() {
        return numel(shape);
    }

    public static long numel(long[] shape) {
        long elements = 1;
        for (long side : shape) {
            if (side < 0) {
                throw new IllegalArgumentException("Shape elements must be non negative");
            }
            elements *= side;
        }
        return elements;
    }

    public long[] shape() {
        return shape.clone();
    }

    public DType dtype() {
        return dtype;
    }

    public float[] getDataAsFloatArray() {
        float[] values = new float[needed(DType.FLOAT32)];
        ((FloatBuffer) data.rewind()).get(values);
        return values;
    }

    public int[] getDataAsIntArray() {
        int[] values = new int[needed(DType.INT32)];
        ((IntBuffer) data.rewind()).get(values);
        return values;
    }

    public long[] getDataAsLongArray() {
        long[] values = new long[needed(DType.INT64)];
        ((LongBuffer) data.rewind()).get(values);
        return values;
    }

    public double[] getDataAsDoubleArray() {
        double[] values = new double[needed(DType.FLOAT64)];
        ((DoubleBuffer) data.rewind()).get(values);
        return values;
    }

    public byte[] getDataAsByteArray() {
        byte[] values = new byte[needed(DType.INT8)];
        ((ByteBuffer) data.rewind()).get(values);
        return values;
    }

    public byte[] getDataAsUnsignedByteArray() {
        byte[] values = new byte[needed(DType.UINT8)];
        ((ByteBuffer) data.rewind()).get(values);
        return values;
    }

    private int needed(DType wanted) {
        if (dtype != wanted) {
            throw new IllegalStateException("Tensor of type " + dtype + " cannot return data as " + wanted);
        }
        return data.capacity();
    }
}
