// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/**
 * Makes the rows of one window of a picture, from top to bottom, so that no step needs to hold more
 * of the picture than the few rows it is working on.
 *
 * <p>Levels are ints from 0 to 255: loops over them become vector instructions on a JVM and on ART,
 * loops that widen bytes do not. Only the photo's own rows are bytes; who can read those directly
 * asks {@link #lent()}.
 */
abstract class Rows {
    /**
     * Writes row y of the picture, from the window's left to its right, to {@code room} from index
     * {@code at} on. {@code y} is inside the window and never less than in the call before.
     */
    abstract void row(int y, int[] room, int at);

    /** The photo's bytes, if the rows are there as they are; else null. */
    byte[] lent() {
        return null;
    }

    /** Where row y begins in {@link #lent()}. */
    int lentAt(int y) {
        throw new IllegalStateException("edgegen: no row is lent here");
    }

    /** {@code count} bytes as levels. */
    static void widen(byte[] in, int inAt, int[] out, int outAt, int count) {
        for (int i = 0; i < count; i++) {
            out[outAt + i] = in[inAt + i] & 0xFF;
        }
    }
}
