// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the arrays of generated/goldens: NumPy's .npy files, in C order and little endian. */
final class Npy {
    private static final Pattern HEADER =
            Pattern.compile("'descr': '[<|]([a-z]\\d)'.*'shape': \\(([\\d, ]*)\\)");
    private static final int MAGIC_BYTES = 10;

    private Npy() {}

    /** The array as a tensor of that name. */
    static Tensor read(String name, File file) throws IOException {
        byte[] all = Files.readAllBytes(file.toPath());
        // "\x93NUMPY", the version, and the length of the header in two bytes.
        int header = MAGIC_BYTES + ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        String text = new String(all, MAGIC_BYTES, header - MAGIC_BYTES, StandardCharsets.US_ASCII);
        Matcher matcher = HEADER.matcher(text);
        if (!matcher.find()) {
            throw new IOException(file + " has a header that cannot be read: " + text);
        }
        long[] shape =
                Arrays.stream(matcher.group(2).split(","))
                        .map(String::trim)
                        .filter(side -> !side.isEmpty())
                        .mapToLong(Long::parseLong)
                        .toArray();
        Tensor tensor = Tensor.output(name, dtypeOf(matcher.group(1)), shape);
        tensor.bytes().put(all, header, all.length - header);
        return tensor;
    }

    private static DType dtypeOf(String description) throws IOException {
        switch (description) {
            case "f4":
                return DType.FLOAT32;
            case "f2":
                return DType.FLOAT16;
            case "f8":
                return DType.FLOAT64;
            case "i8":
                return DType.INT64;
            case "i4":
                return DType.INT32;
            case "i2":
                return DType.INT16;
            case "i1":
                return DType.INT8;
            case "u1":
                return DType.UINT8;
            case "b1":
                return DType.BOOL;
            default:
                throw new IOException("no tensor holds " + description);
        }
    }
}
