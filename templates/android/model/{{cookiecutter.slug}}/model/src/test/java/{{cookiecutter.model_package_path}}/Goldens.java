// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.fail;

import java.io.File;
import java.io.IOException;
import java.util.Locale;

/** Where the goldens are, and how they are compared: by bits. */
final class Goldens {
    private Goldens() {}

    /** The folder generated/ of the project; build.gradle says where it is. */
    static File generated() {
        String path = System.getProperty("edgegen.generated");
        assertNotNull("run by Gradle, or with -Dedgegen.generated=…/generated", path);
        return new File(path);
    }

    /** An array of generated/goldens. */
    static Tensor read(String name, String file) throws IOException {
        return Npy.read(name, new File(new File(generated(), "goldens"), file));
    }

    /**
     * Compares byte for byte. The failure names the first number that differs, both values and
     * their bits, and how many differ.
     */
    static void assertSame(String where, Tensor expected, Tensor actual) {
        assertEquals(where + ": the dtype differs", expected.dtype(), actual.dtype());
        assertArrayEquals(where + ": the shape differs", expected.shape(), actual.shape());
        int first = -1;
        int differing = 0;
        for (int i = 0; i < expected.count(); i++) {
            if (bits(expected, i) != bits(actual, i)) {
                first = first < 0 ? i : first;
                differing++;
            }
        }
        if (differing > 0) {
            fail(
                    where + ": differs at " + position(expected, first) + " of " + expected
                            + ": expected " + show(expected, first) + ", got "
                            + show(actual, first) + "; " + differing + " of "
                            + expected.count() + " values differ");
        }
    }

    private static long bits(Tensor tensor, int index) {
        switch (tensor.dtype().bytes()) {
            case 1:
                return tensor.bytes().get(index) & 0xFFL;
            case 2:
                return tensor.bytes().getShort(2 * index) & 0xFFFFL;
            case 4:
                return tensor.bytes().getInt(4 * index) & 0xFFFFFFFFL;
            default:
                return tensor.bytes().getLong(8 * index);
        }
    }

    /** As {@code "0.59375 (0x3f180000)"}. */
    private static String show(Tensor tensor, int index) {
        int digits = 2 * tensor.dtype().bytes();
        String format = "%s (0x%0" + digits + "x)";
        return String.format(Locale.ROOT, format, tensor.get(index), bits(tensor, index));
    }

    /** As {@code "[0, 2, 13, 7]"}. */
    private static String position(Tensor tensor, int index) {
        StringBuilder text = new StringBuilder("]");
        long[] shape = tensor.shape();
        long rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            text.insert(0, (axis > 0 ? ", " : "") + rest % shape[axis]);
            rest /= shape[axis];
        }
        return text.insert(0, "[").toString();
    }
}
