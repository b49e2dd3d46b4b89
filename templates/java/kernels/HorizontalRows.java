// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/**
 * The horizontal pass of a resize: makes each row narrower or wider, two rows at a time.
 *
 * <p>The same sample of two rows stands in one long, 32 bits apart, so that one multiplication does
 * both:
 *
 * <pre>
 *     63       39   32                7    0
 *     0 … 0 [ lower row ] 0 … 0 [ upper row ]      x weight, summed over the taps
 * </pre>
 *
 * <p>No sum leaves its 32 bits. A negative one borrows 1 from the one above it, which is given back
 * when they are taken apart.
 */
final class HorizontalRows extends Rows {
    private static final long HALVES = (long) Axis.HALF << 32 | Axis.HALF;

    private final Axis axis = new Axis();
    private Rows source;
    private int channels;
    private int bottom;
    private int inSamples;
    private int outSamples;
    private int[] inUpper = {};
    private int[] inLower = {};
    private int[] outUpper = {};
    private int[] outLower = {};
    private long[] pairs = {};
    private int upper; // the row in outUpper; the next one is in outLower

    /** First the axis, from which the window of the source follows … */
    Axis axis() {
        return axis;
    }

    /** … then the source, opened on that window; rows from {@code bottom} on do not exist. */
    HorizontalRows reset(Rows source, int channels, int bottom) {
        this.source = source;
        this.channels = channels;
        this.bottom = bottom;
        int first = axis.first(axis.begin());
        inSamples = (axis.last(axis.end() - 1) - first) * channels;
        outSamples = axis.count() * channels;
        if (source.lent() == null) {
            inUpper = Workspace.atLeast(inUpper, inSamples);
            inLower = Workspace.atLeast(inLower, inSamples);
        }
        outUpper = Workspace.atLeast(outUpper, outSamples);
        outLower = Workspace.atLeast(outLower, outSamples);
        if (pairs.length < inSamples + channels) {
            pairs = new long[inSamples + channels]; // one pixel more: taps are taken two by two
        }
        upper = -2;
        return this;
    }

    @Override
    void row(int y, int[] room, int at) {
        if (y > upper + 1 || upper < 0) {
            makeTwo(y);
        }
        System.arraycopy(y == upper ? outUpper : outLower, 0, room, at, outSamples);
    }

    private void makeTwo(int y) {
        upper = y;
        int lower = Math.min(y + 1, bottom - 1); // below the last row: the last row again
        byte[] lent = source.lent();
        if (lent != null) {
            pair(lent, source.lentAt(y), source.lentAt(lower), inSamples, pairs);
        } else {
            source.row(y, inUpper, 0);
            source.row(lower, inLower, 0);
            pair(inUpper, inLower, inSamples, pairs);
        }
        if (channels == 3) {
            filterRgb();
        } else {
            filterGray();
        }
    }

    private static void pair(byte[] in, int upper, int lower, int count, long[] pairs) {
        for (int i = 0; i < count; i++) {
            pairs[i] = in[upper + i] & 0xFFL | (in[lower + i] & 0xFFL) << 32;
        }
    }

    private static void pair(int[] upper, int[] lower, int count, long[] pairs) {
        for (int i = 0; i < count; i++) {
            pairs[i] = upper[i] | (long) lower[i] << 32;
        }
    }

    /**
     * Two taps at a time, the second of which may be one too many, with a weight of 0. One by one,
     * HotSpot makes vectors of longs of this loop, which is slower by half.
     */
    private void filterRgb() {
        int[] weights = axis.weights();
        long[] in = pairs;
        int start = axis.first(axis.begin());
        int out = 0;
        for (int x = axis.begin(); x < axis.end(); x++, out += 3) {
            long red = HALVES;
            long green = HALVES;
            long blue = HALVES;
            int at = (axis.first(x) - start) * 3;
            int from = axis.weightsAt(x);
            int to = from + axis.taps(x);
            for (int j = from; j < to; j += 2, at += 6) {
                long weight = weights[j];
                red += weight * in[at];
                green += weight * in[at + 1];
                blue += weight * in[at + 2];
                long next = weights[j + 1];
                red += next * in[at + 3];
                green += next * in[at + 4];
                blue += next * in[at + 5];
            }
            store(red, green, blue, out);
        }
    }

    private void filterGray() {
        int[] weights = axis.weights();
        long[] in = pairs;
        int start = axis.first(axis.begin());
        for (int x = axis.begin(); x < axis.end(); x++) {
            long gray = HALVES;
            int at = axis.first(x) - start;
            int from = axis.weightsAt(x);
            int to = from + axis.taps(x);
            for (int j = from; j < to; j += 2, at += 2) {
                gray += (long) weights[j] * in[at];
                gray += (long) weights[j + 1] * in[at + 1];
            }
            int upperSum = (int) gray;
            outUpper[x - axis.begin()] = Axis.toLevel(upperSum);
            outLower[x - axis.begin()] = Axis.toLevel(lower(gray, upperSum));
        }
    }

    private void store(long red, long green, long blue, int out) {
        int upperRed = (int) red;
        int lowerRed = lower(red, upperRed) >> Axis.WEIGHT_BITS;
        upperRed >>= Axis.WEIGHT_BITS;
        int upperGreen = (int) green;
        int lowerGreen = lower(green, upperGreen) >> Axis.WEIGHT_BITS;
        upperGreen >>= Axis.WEIGHT_BITS;
        int upperBlue = (int) blue;
        int lowerBlue = lower(blue, upperBlue) >> Axis.WEIGHT_BITS;
        upperBlue >>= Axis.WEIGHT_BITS;
        // One question for all six: only filters with negative weights ever overshoot.
        int all = upperRed | upperGreen | upperBlue | lowerRed | lowerGreen | lowerBlue;
        if ((all & ~0xFF) != 0) {
            upperRed = Axis.clamp(upperRed);
            upperGreen = Axis.clamp(upperGreen);
            upperBlue = Axis.clamp(upperBlue);
            lowerRed = Axis.clamp(lowerRed);
            lowerGreen = Axis.clamp(lowerGreen);
            lowerBlue = Axis.clamp(lowerBlue);
        }
        int[] upperRow = outUpper;
        int[] lowerRow = outLower;
        upperRow[out] = upperRed;
        upperRow[out + 1] = upperGreen;
        upperRow[out + 2] = upperBlue;
        lowerRow[out] = lowerRed;
        lowerRow[out + 1] = lowerGreen;
        lowerRow[out + 2] = lowerBlue;
    }

    /** The lower row's sum, without what the upper one has borrowed. */
    private static int lower(long sums, int upperSum) {
        return (int) (sums - upperSum >> 32);
    }
}
