// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

import java.util.Arrays;

/**
 * Which pixels of one axis an output pixel is made of, and how much of each: Pillow's fixed-point
 * weights, computed in the order in which Pillow computes them (its src/libImaging/Resample.c,
 * Geometry.c).
 *
 * <p>Only the weights of a window are computed: a crop after the resize needs no others. An object
 * keeps its arrays, and what is in them if it is asked for the same again.
 */
final class Axis {
    /** Weights are multiplied by 2^22, and a sum of level x weight starts at one half. */
    static final int WEIGHT_BITS = 22;

    static final int HALF = 1 << (WEIGHT_BITS - 1);

    private int inSize;
    private int outSize;
    private Filter filter;
    private int begin;
    private int end;
    private int maxTaps;
    private int stride;

    /** Of output pixel i, at i - begin: its first input pixel, how many, where its weights are. */
    private int[] first = {};

    private int[] taps = {};
    private int[] weights = {};
    private double[] ofOne = {};

    /**
     * The weights of output pixels {@code begin} to {@code end} (exclusive) of an axis that goes
     * from {@code inSize} to {@code outSize} pixels.
     *
     * @throws IllegalArgumentException for NEAREST, a side below 1 or above MAX_SIDE, no pixels
     */
    Axis reset(int inSize, int outSize, Filter filter, int begin, int end) {
        if (inSize == this.inSize
                && outSize == this.outSize
                && filter == this.filter
                && begin == this.begin
                && end == this.end) {
            return this;
        }
        check(inSize, outSize, begin, end);
        double reach = reach(filter);
        this.inSize = 0; // what is in the arrays is no axis until this method has ended
        this.outSize = outSize;
        this.filter = filter;
        this.begin = begin;
        this.end = end;
        double scale = scale(inSize, outSize);
        double stretch = Math.max(scale, 1.0); // when shrinking: that is the antialiasing
        findSpans(inSize, scale, reach * stretch);
        findWeights(scale, 1.0 / stretch);
        this.inSize = inSize;
        return this;
    }

    private void findSpans(int inSize, double scale, double support) {
        first = Workspace.atLeast(first, end - begin);
        taps = Workspace.atLeast(taps, end - begin);
        maxTaps = 0;
        for (int i = begin; i < end; i++) {
            double centre = (i + 0.5) * scale;
            int low = Math.max(0, (int) (centre - support + 0.5));
            int high = Math.min(inSize, (int) (centre + support + 0.5));
            first[i - begin] = low;
            taps[i - begin] = high - low;
            maxTaps = Math.max(maxTaps, high - low);
        }
    }

    private void findWeights(double scale, double shrink) {
        stride = maxTaps + maxTaps % 2;
        int count = Math.multiplyExact(end - begin, stride);
        weights = Workspace.atLeast(weights, count);
        Arrays.fill(weights, 0, count, 0);
        if (ofOne.length < maxTaps) {
            ofOne = new double[maxTaps];
        }
        for (int i = begin; i < end; i++) {
            double centre = (i + 0.5) * scale;
            int low = first(i);
            int tapCount = taps(i);
            double sum = 0.0;
            for (int j = 0; j < tapCount; j++) {
                ofOne[j] = curve(filter, (j + low - centre + 0.5) * shrink);
                sum += ofOne[j];
            }
            int at = weightsAt(i);
            for (int j = 0; j < tapCount; j++) {
                weights[at + j] = toFixedPoint(sum != 0.0 ? ofOne[j] / sum : ofOne[j]);
            }
        }
    }

    int begin() {
        return begin;
    }

    int end() {
        return end;
    }

    int count() {
        return end - begin;
    }

    /** Output pixel i (begin <= i < end) is made of input pixels first(i) to last(i), exclusive. */
    int first(int i) {
        return first[i - begin];
    }

    int last(int i) {
        return first[i - begin] + taps[i - begin];
    }

    int taps(int i) {
        return taps[i - begin];
    }

    int maxTaps() {
        return maxTaps;
    }

    /**
     * The weights of all output pixels, times 2^22; those of pixel i are taps(i) ints from
     * weightsAt(i) on, and a 0 if that is an odd number. No sum of 255 x weight, taken in any
     * order, leaves 32 bits.
     */
    int[] weights() {
        return weights;
    }

    int weightsAt(int i) {
        return (i - begin) * stride;
    }

    /** A sum of level x weight as a level: the rounding half is in it already. */
    static int toLevel(int sum) {
        return clamp(sum >> WEIGHT_BITS); // arithmetic: -0.5 becomes -1, and 0 by the clamp
    }

    static int clamp(int level) {
        return Math.max(0, Math.min(255, level));
    }

    /**
     * Writes the input pixel under each of the output pixels {@code begin} to {@code end} of one
     * axis, with {@link Filter#NEAREST}, to {@code pixels}.
     */
    static void nearestPixels(int inSize, int outSize, int begin, int end, int[] pixels) {
        check(inSize, outSize, begin, end);
        double scale = scale(inSize, outSize);
        // A running sum, from the first pixel on, whatever `begin` is: (i + 0.5) * scale rounds to
        // other pixels.
        double x = scale * 0.5;
        for (int i = 0; i < end; i++, x += scale) {
            if (i >= begin) {
                pixels[i - begin] = Math.min((int) x, inSize - 1);
            }
        }
    }

    /** Input pixels per output pixel. Through float, as Pillow's box is: exact up to 2^24. */
    private static double scale(int inSize, int outSize) {
        return (double) (float) inSize / outSize;
    }

    private static int toFixedPoint(double weight) {
        double scaled = weight * (1 << WEIGHT_BITS);
        return (int) (weight < 0.0 ? scaled - 0.5 : scaled + 0.5); // half away from zero
    }

    /** How far a curve reaches from its middle, in pixels of the smaller picture. */
    private static double reach(Filter filter) {
        switch (filter) {
            case BOX:
                return 0.5;
            case BILINEAR:
            case HAMMING:
                return 1.0;
            case BICUBIC:
                return 2.0;
            case LANCZOS:
                return 3.0;
            default:
                throw new IllegalArgumentException(
                        "edgegen: no weights for " + filter + "; nearestPixels() does NEAREST");
        }
    }

    private static double curve(Filter filter, double x) {
        switch (filter) {
            case BOX:
                return x > -0.5 && x <= 0.5 ? 1.0 : 0.0;
            case BILINEAR:
                return bilinear(Math.abs(x));
            case HAMMING:
                return hamming(Math.abs(x));
            case BICUBIC:
                return bicubic(Math.abs(x));
            default:
                return -3.0 <= x && x < 3.0 ? sinc(x) * sinc(x / 3.0) : 0.0;
        }
    }

    private static double bilinear(double x) {
        return x < 1.0 ? 1.0 - x : 0.0;
    }

    private static double hamming(double x) {
        if (x == 0.0) {
            return 1.0;
        }
        if (x >= 1.0) {
            return 0.0;
        }
        double angle = x * Math.PI;
        // Floats: as doubles, 0.54 and 0.46 would give other weights.
        return StrictMath.sin(angle) / angle * (0.54f + 0.46f * StrictMath.cos(angle));
    }

    private static double bicubic(double x) {
        final double a = -0.5;
        if (x < 1.0) {
            return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
        }
        if (x < 2.0) {
            return (((x - 5.0) * x + 8.0) * x - 4.0) * a;
        }
        return 0.0;
    }

    /** StrictMath: the same bits on every JVM and on ART. */
    private static double sinc(double x) {
        if (x == 0.0) {
            return 1.0;
        }
        double angle = x * Math.PI;
        return StrictMath.sin(angle) / angle;
    }

    private static void check(int inSize, int outSize, int begin, int end) {
        if (!isSide(inSize) || !isSide(outSize)) {
            throw new IllegalArgumentException(
                    "edgegen: a resize from or to a side below 1 or above 2^20 pixels: got "
                            + inSize + " to " + outSize);
        }
        if (begin < 0 || end <= begin || end > outSize) {
            throw new IllegalArgumentException(
                    "edgegen: a resize of pixels outside the picture: " + begin + " to " + end
                            + " of " + outSize);
        }
    }

    private static boolean isSide(int size) {
        return size >= 1 && size <= RgbImage.MAX_SIDE;
    }
}
