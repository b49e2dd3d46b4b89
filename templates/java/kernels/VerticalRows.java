// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

import java.util.Arrays;

/**
 * The vertical pass of a resize: makes one row of several. Keeps, in a ring, as many rows of the
 * source as one output row is made of.
 */
final class VerticalRows extends Rows {
    private final Axis axis = new Axis();
    private Rows source;
    private int samples;
    private int slots;
    private int next; // the first input row not yet asked for
    private int[][] ring = {}; // input row r is at r % slots
    private int[] sums = {};

    /** First the axis, from which the window of the source follows … */
    Axis axis() {
        return axis;
    }

    /** … then the source, opened on that window, whose rows have {@code samples} samples. */
    VerticalRows reset(Rows source, int samples) {
        this.source = source;
        this.samples = samples;
        slots = axis.maxTaps();
        next = axis.first(axis.begin());
        sums = Workspace.atLeast(sums, samples);
        if (ring.length < slots) {
            ring = Arrays.copyOf(ring, slots);
        }
        for (int slot = 0; slot < slots; slot++) {
            ring[slot] = Workspace.atLeast(ring[slot], samples);
        }
        return this;
    }

    @Override
    void row(int y, int[] room, int at) {
        int first = axis.first(y);
        int last = axis.last(y);
        for (next = Math.max(next, first); next < last; next++) {
            source.row(next, ring[next % slots], 0);
        }
        for (int in = first; in < last; in += 4) {
            addFour(in, y);
        }
        int[] from = sums;
        for (int x = 0; x < samples; x++) {
            room[at + x] = Axis.toLevel(from[x]);
        }
    }

    /** Four rows at a time; where there are fewer, the rest has no weight, and any row will do. */
    private void addFour(int in, int y) {
        int[] weights = axis.weights();
        int at = axis.weightsAt(y) + in - axis.first(y);
        int count = axis.last(y) - in;
        int[] a = ring[in % slots];
        int[] b = count > 1 ? ring[(in + 1) % slots] : a;
        int[] c = count > 2 ? ring[(in + 2) % slots] : a;
        int[] d = count > 3 ? ring[(in + 3) % slots] : a;
        int ofA = weights[at];
        int ofB = count > 1 ? weights[at + 1] : 0;
        int ofC = count > 2 ? weights[at + 2] : 0;
        int ofD = count > 3 ? weights[at + 3] : 0;
        if (in == axis.first(y)) {
            start(sums, samples, a, b, c, d, ofA, ofB, ofC, ofD);
        } else {
            add(sums, samples, a, b, c, d, ofA, ofB, ofC, ofD);
        }
    }

    private static void start(
            int[] sums,
            int count,
            int[] a,
            int[] b,
            int[] c,
            int[] d,
            int ofA,
            int ofB,
            int ofC,
            int ofD) {
        for (int x = 0; x < count; x++) {
            sums[x] = Axis.HALF + ofA * a[x] + ofB * b[x] + ofC * c[x] + ofD * d[x];
        }
    }

    private static void add(
            int[] sums,
            int count,
            int[] a,
            int[] b,
            int[] c,
            int[] d,
            int ofA,
            int ofB,
            int ofC,
            int ofD) {
        for (int x = 0; x < count; x++) {
            sums[x] += ofA * a[x] + ofB * b[x] + ofC * c[x] + ofD * d[x];
        }
    }
}
