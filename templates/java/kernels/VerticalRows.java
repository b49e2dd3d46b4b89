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
        int[] weights = axis.weights();
        int weight = axis.weightsAt(y) - first;
        Arrays.fill(sums, 0, samples, Axis.HALF);
        int in = first;
        for (; in + 4 <= last; in += 4) {
            addFour(in, weights, weight + in);
        }
        for (; in < last; in++) {
            addOne(ring[in % slots], weights[weight + in]);
        }
        for (int x = 0; x < samples; x++) {
            room[at + x] = Axis.toLevel(sums[x]);
        }
    }

    private void addFour(int in, int[] weights, int at) {
        addFour(
                sums,
                samples,
                ring[in % slots],
                ring[(in + 1) % slots],
                ring[(in + 2) % slots],
                ring[(in + 3) % slots],
                weights[at],
                weights[at + 1],
                weights[at + 2],
                weights[at + 3]);
    }

    private static void addFour(
            int[] sums,
            int count,
            int[] a,
            int[] b,
            int[] c,
            int[] d,
            int ka,
            int kb,
            int kc,
            int kd) {
        for (int x = 0; x < count; x++) {
            sums[x] += ka * a[x] + kb * b[x] + kc * c[x] + kd * d[x];
        }
    }

    private void addOne(int[] row, int weight) {
        int[] to = sums;
        for (int x = 0; x < samples; x++) {
            to[x] += weight * row[x];
        }
    }
}
