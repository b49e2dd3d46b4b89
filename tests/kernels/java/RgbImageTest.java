package edgegen.kernels;

import static edgegen.kernels.Testing.check;
import static edgegen.kernels.Testing.checkEqual;
import static edgegen.kernels.Testing.checkRefused;

/** What is a picture and what is not, and whose array it is in. */
final class RgbImageTest {
    private RgbImageTest() {}

    private static void refused(String words, byte[] pixels, int width, int height, int rowBytes) {
        checkRefused(words, () -> new RgbImage(pixels, width, height, rowBytes));
    }

    static void whatIsNoImageIsRefused() {
        byte[] levels = new byte[12];
        checkEqual(new RgbImage(levels, 2, 2, 6).width(), 2);
        refused("without pixels", null, 2, 2, 6);
        refused("a side below 1", levels, 0, 2, 6);
        refused("a side below 1", levels, 2, -2, 6);
        refused("above 2^20", levels, Integer.MAX_VALUE, 1, 12);
        refused("less than its width * 3: got 5", levels, 2, 2, 5);
        refused("less than its width * 3", levels, 2, 2, -6);
        refused("needs 13 bytes, got 12", levels, 2, 2, 7);
        refused("got 12", levels, 1, 1 << 20, 1 << 20);
        checkRefused("too large", () -> new RgbImage().reset(1 << 20, 1 << 20));
    }

    static void theLastRowMayEndWithItsLastPixel() {
        checkEqual(new RgbImage(new byte[13], 2, 2, 7).rowBytes(), 7);
    }

    static void anImageThatRefusesStaysAsItWas() {
        byte[] levels = new byte[12];
        RgbImage image = new RgbImage(levels, 2, 2, 6);
        checkRefused("needs 18", () -> image.reset(levels, 3, 2, 9));
        checkEqual(image.width(), 2);
        checkEqual(image.rowBytes(), 6);
    }

    static void anArrayThatIsLongEnoughIsUsedAgain() {
        RgbImage image = new RgbImage();
        image.reset(4, 4);
        byte[] first = image.pixels();
        image.reset(5, 3);
        check(image.pixels() == first);
        checkEqual(image.rowBytes(), 15);
        image.reset(5, 4);
        check(image.pixels() != first);
    }
}
