// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.res.Resources;
import {{ cookiecutter.model_package }}.DType;
import {{ cookiecutter.model_package }}.Tensor;
import {{ cookiecutter.model_package }}.TensorInfo;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arrays that {@code numpy.save} writes, as input tensors.
 *
 * <pre>
 *   93 4E 55 4D 50 59  major minor  length  {'descr': '&lt;f4', 'fortran_order': False, ...}
 *   magic               version       2 or 4   header, padded with blanks; then the numbers
 * </pre>
 *
 * <p>Little-endian and in C order, which is what NumPy writes on every machine of today; anything
 * else is refused in words.
 */
final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** More than any header of a plain array: its dtype and a few sizes. */
    private static final int MAX_HEADER_BYTES = 1 << 16;

    private static final Pattern DESCR = Pattern.compile("'descr': *'([^']*)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order': *True");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");

    private NpyFile() {}

    /**
     * Reads the array for an input.
     *
     * @throws IOException when it cannot be read, is no such array, or has another dtype or shape
     *     than the input; the message is for the person
     */
    static Tensor read(Resources resources, TensorInfo input, InputStream file) throws IOException {
        DataInputStream in = new DataInputStream(file);
        try {
            String header = header(resources, in);
            Tensor tensor = tensor(resources, input, header);
            readInto(tensor.bytes(), in);
            if (in.read() >= 0) {
                throw new IOException(resources.getString(R.string.npy_too_long));
            }
            return tensor;
        } catch (EOFException e) {
            throw new IOException(resources.getString(R.string.npy_too_short), e);
        }
    }

    private static String header(Resources resources, DataInputStream in) throws IOException {
        byte[] magic = new byte[MAGIC.length];
        in.readFully(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException(resources.getString(R.string.npy_other));
        }
        int major = in.readUnsignedByte();
        in.readUnsignedByte(); // The minor version is 0, and would change nothing.
        int length =
                major == 1
                        ? Short.reverseBytes(in.readShort()) & 0xFFFF
                        : Integer.reverseBytes(in.readInt());
        if (major < 1 || major > 3 || length < 0 || length > MAX_HEADER_BYTES) {
            throw new IOException(resources.getString(R.string.npy_other));
        }
        byte[] header = new byte[length];
        in.readFully(header);
        return new String(header, StandardCharsets.UTF_8);
    }

    private static Tensor tensor(Resources resources, TensorInfo input, String header)
            throws IOException {
        Matcher descr = DESCR.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!descr.find() || !shape.find()) {
            throw new IOException(resources.getString(R.string.npy_other));
        }
        long[] sides = sides(resources, shape.group(1));
        if (FORTRAN.matcher(header).find() && sides.length > 1) {
            throw new IOException(resources.getString(R.string.npy_fortran));
        }
        if (!descr.group(1).equals(descr(input.dtype()))) {
            throw new IOException(
                    resources.getString(R.string.npy_dtype, descr.group(1), input.dtype()));
        }
        try {
            return Tensor.zeros(input, sides);
        } catch (IllegalArgumentException e) {
            String found = Arrays.toString(sides);
            throw new IOException(resources.getString(R.string.npy_shape, found, input), e);
        }
    }

    private static long[] sides(Resources resources, String shape) throws IOException {
        String trimmed = shape.trim();
        if (trimmed.isEmpty()) {
            return new long[0];
        }
        String[] words = trimmed.split(" *, *");
        long[] sides = new long[words.length];
        for (int axis = 0; axis < words.length; axis++) {
            try {
                sides[axis] = Long.parseLong(words[axis]);
            } catch (NumberFormatException e) {
                throw new IOException(resources.getString(R.string.npy_other), e);
            }
        }
        return sides;
    }

    /** NumPy's short name of a dtype, with the byte order that every Android has. */
    private static String descr(DType dtype) {
        switch (dtype) {
            case FLOAT32:
                return "<f4";
            case FLOAT16:
                return "<f2";
            case FLOAT64:
                return "<f8";
            case INT64:
                return "<i8";
            case INT32:
                return "<i4";
            case INT16:
                return "<i2";
            case INT8:
                return "|i1";
            case UINT8:
                return "|u1";
            default:
                return "|b1";
        }
    }

    private static void readInto(ByteBuffer numbers, DataInputStream in) throws IOException {
        byte[] part = new byte[Math.min(1 << 16, numbers.remaining())];
        while (numbers.hasRemaining()) {
            int count = Math.min(part.length, numbers.remaining());
            in.readFully(part, 0, count);
            numbers.put(part, 0, count);
        }
    }
}
