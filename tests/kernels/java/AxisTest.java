package edgegen.kernels;

import static edgegen.kernels.Testing.check;
import static edgegen.kernels.Testing.checkEqual;
import static edgegen.kernels.Testing.checkRefused;

import java.util.Arrays;

/** The weights of one axis, recomputed or known from Pillow 13. */
final class AxisTest {
    private static final Filter[] FILTERS = {
        Filter.BOX, Filter.BILINEAR, Filter.HAMMING, Filter.BICUBIC, Filter.LANCZOS
    };

    private AxisTest() {}

    private static Axis axis(int in, int out, Filter filter, int begin, int end) {
        return new Axis().reset(in, out, filter, begin, end);
    }

    private static int weight(Axis axis, int i, int j) {
        return axis.weights()[axis.weightsAt(i) + j];
    }

    static void boxByTwoIsOneHalfEach() {
        Axis axis = axis(4, 2, Filter.BOX, 0, 2);
        for (int i = 0; i < 2; i++) {
            checkEqual(axis.first(i), 2 * i);
            checkEqual(axis.taps(i), 2);
            checkEqual(weight(axis, i, 0), 1 << 21);
            checkEqual(weight(axis, i, 1), 1 << 21);
        }
    }

    static void bilinearEnlargedByTwoIsThreeQuartersAndOne() {
        Axis axis = axis(2, 4, Filter.BILINEAR, 0, 4);
        // The neighbour beyond the edge is left out and the rest divided by its sum.
        checkEqual(axis.taps(0), 1);
        checkEqual(weight(axis, 0, 0), 1 << 22);
        checkEqual(weight(axis, 1, 0), 3 << 20);
        checkEqual(weight(axis, 1, 1), 1 << 20);
    }

    static void weightsOfAWindowAreThoseOfTheWholeAxis() {
        for (Filter filter : FILTERS) {
            Axis whole = axis(1000, 77, filter, 0, 77);
            Axis part = axis(1000, 77, filter, 20, 31);
            checkEqual(part.begin(), 20);
            checkEqual(part.end(), 31);
            for (int i = 20; i < 31; i++) {
                checkEqual(part.first(i), whole.first(i));
                checkEqual(part.taps(i), whole.taps(i));
                for (int j = 0; j < part.taps(i); j++) {
                    checkEqual(weight(part, i, j), weight(whole, i, j));
                }
            }
        }
    }

    /** Each differs from the one before it in one thing only, or in all. */
    static void anAxisThatIsUsedAgainIsAsGoodAsNew() {
        Axis used = new Axis();
        for (Filter filter : FILTERS) {
            checkAsGoodAsNew(used, 1000, 77, filter, 10, 20);
        }
        for (int end : new int[] {20, 77, 11}) {
            checkAsGoodAsNew(used, 1000, 77, Filter.LANCZOS, 10, end);
        }
        for (int begin : new int[] {10, 0, 5}) {
            checkAsGoodAsNew(used, 1000, 77, Filter.LANCZOS, begin, 11);
        }
        for (int in : new int[] {1000, 10, 77, 999}) {
            checkAsGoodAsNew(used, in, 77, Filter.LANCZOS, 5, 11);
        }
        for (int out : new int[] {77, 700, 12, 5000}) {
            checkAsGoodAsNew(used, 999, out, Filter.BICUBIC, 5, 11);
        }
    }

    private static void checkAsGoodAsNew(
            Axis used, int in, int out, Filter filter, int begin, int end) {
        used.reset(in, out, filter, begin, end);
        Axis fresh = axis(in, out, filter, begin, end);
        for (int i = begin; i < end; i++) {
            int taps = used.taps(i);
            checkEqual(taps, fresh.taps(i));
            checkEqual(used.first(i), fresh.first(i));
            for (int j = 0; j < taps + taps % 2; j++) {
                checkEqual(weight(used, i, j), weight(fresh, i, j));
            }
        }
    }

    static void anOddNumberOfWeightsEndsWithAZero() {
        for (Filter filter : FILTERS) {
            Axis axis = axis(31, 30, filter, 0, 30);
            for (int i = 0; i < 30; i++) {
                if (axis.taps(i) % 2 == 1) {
                    checkEqual(weight(axis, i, axis.taps(i)), 0);
                }
            }
        }
    }

    static void anAxisThatWasRefusedIsNotTakenForAGoodOne() {
        Axis axis = axis(4, 2, Filter.BOX, 0, 2);
        checkRefused("outside the picture", () -> axis.reset(9, 3, Filter.BOX, 0, 4));
        checkEqual(axis.reset(4, 2, Filter.BOX, 0, 2).taps(1), 2);
    }

    static void spansStayInsideAndNeverGoBack() {
        int[][] sizes = {{1, 9}, {9, 1}, {7, 7}, {4096, 3}, {3, 4096}, {31, 30}};
        for (Filter filter : FILTERS) {
            for (int[] size : sizes) {
                Axis axis = axis(size[0], size[1], filter, 0, size[1]);
                for (int i = 0; i < size[1]; i++) {
                    check(axis.first(i) >= 0 && axis.taps(i) >= 1 && axis.last(i) <= size[0]);
                    check(axis.taps(i) <= axis.maxTaps());
                    check(i == 0 || axis.first(i) >= axis.first(i - 1));
                    check(i == 0 || axis.last(i) >= axis.last(i - 1));
                }
            }
        }
    }

    static void noSumLeaves32Bits() {
        int[][] sizes = {{4096, 224}, {2, 4096}, {4096, 4095}, {8191, 1}, {3, 10007}};
        for (Filter filter : FILTERS) {
            for (int in = 1; in <= 48; in++) {
                for (int out = 1; out <= 48; out++) {
                    checkSumsFit(axis(in, out, filter, 0, out));
                }
            }
            for (int[] size : sizes) {
                checkSumsFit(axis(size[0], size[1], filter, 0, size[1]));
            }
        }
    }

    private static void checkSumsFit(Axis axis) {
        for (int i = axis.begin(); i < axis.end(); i++) {
            long above = Axis.HALF;
            long below = 0;
            for (int j = 0; j < axis.taps(i); j++) {
                long product = 255L * weight(axis, i, j);
                above += Math.max(product, 0);
                below += Math.min(product, 0);
            }
            check(above <= Integer.MAX_VALUE && below >= Integer.MIN_VALUE);
        }
    }

    static void nearestIsARunningSum() {
        // Pixel 3 of 2 → 7: seven times 2/7 adds up to a little less than 1, and (3 + 0.5) * (2/7)
        // is exactly 1.
        int[] pixels = new int[7];
        Axis.nearestPixels(2, 7, 0, 7, pixels);
        checkEqual(Arrays.toString(pixels), "[0, 0, 0, 0, 1, 1, 1]");
        Axis.nearestPixels(2, 7, 3, 5, pixels);
        checkEqual(Arrays.toString(Arrays.copyOf(pixels, 2)), "[0, 1]");
    }

    static void anAxisRefusesWhatIsNoAxis() {
        checkRefused("below 1 or above 2^20", () -> axis(0, 4, Filter.BOX, 0, 4));
        checkRefused("below 1 or above 2^20", () -> axis(4, 0, Filter.BOX, 0, 0));
        checkRefused("below 1 or above 2^20", () -> axis(-1, 4, Filter.BOX, 0, 4));
        checkRefused(
                "below 1 or above 2^20", () -> axis(4, RgbImage.MAX_SIDE + 1, Filter.BOX, 0, 4));
        checkRefused("outside the picture", () -> axis(4, 4, Filter.BOX, -1, 4));
        checkRefused("outside the picture", () -> axis(4, 4, Filter.BOX, 2, 2));
        checkRefused("outside the picture", () -> axis(4, 4, Filter.BOX, 0, 5));
        checkRefused("no weights for NEAREST", () -> axis(4, 4, Filter.NEAREST, 0, 4));
        checkRefused("got 0 to 4", () -> Axis.nearestPixels(0, 4, 0, 4, new int[4]));
    }
}
