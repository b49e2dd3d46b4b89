package edgegen.kernels;

import static edgegen.kernels.Testing.checkEqual;
import static edgegen.kernels.Testing.checkLevels;
import static edgegen.kernels.Testing.checkRefused;
import static edgegen.kernels.Testing.grayImage;
import static edgegen.kernels.Testing.noiseImage;

import java.util.Arrays;

/** The eight EXIF orientations of one small picture, written out by hand. */
final class OrientationTest {
    private OrientationTest() {}

    /** A B C / D E F. */
    private static String oriented(int exif) {
        RgbImage to = new RgbImage();
        Orientation.orient(grayImage(2, 3, 'A', 'B', 'C', 'D', 'E', 'F'), exif, to);
        StringBuilder lines = new StringBuilder();
        for (int y = 0; y < to.height(); y++) {
            lines.append(y == 0 ? "" : "/");
            for (int x = 0; x < to.width(); x++) {
                lines.append((char) to.pixels()[to.at(x, y)]);
            }
        }
        return lines.toString();
    }

    static void allEightOrientations() {
        checkEqual(oriented(1), "ABC/DEF");
        checkEqual(oriented(2), "CBA/FED");
        checkEqual(oriented(3), "FED/CBA");
        checkEqual(oriented(4), "DEF/ABC");
        checkEqual(oriented(5), "AD/BE/CF");
        checkEqual(oriented(6), "DA/EB/FC");
        checkEqual(oriented(7), "FC/EB/DA");
        checkEqual(oriented(8), "CF/BE/AD");
    }

    static void otherNumbersLeaveThePictureAsItIs() {
        for (int exif : new int[] {0, -1, 9, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            checkEqual(oriented(exif), "ABC/DEF");
        }
    }

    static void channelsAndGapsSurviveTurning() {
        byte[] memory = {1, 2, 3, 4, 5, 6, 99, 7, 8, 9, 10, 11, 12};
        RgbImage to = new RgbImage();
        Orientation.orient(new RgbImage(memory, 2, 2, 7), 6, to);
        checkLevels(to.pixels(), 7, 8, 9, 1, 2, 3, 10, 11, 12, 4, 5, 6);
    }

    static void tilesMeet() {
        // Larger than a tile in both directions, and no multiple of it.
        RgbImage image = noiseImage(70, 45, 1);
        checkEqual(twice(image, 6, 8), Arrays.toString(image.pixels()));
        checkEqual(twice(image, 3, 3), Arrays.toString(image.pixels()));
        for (int mirror : new int[] {2, 4, 5, 7}) {
            checkEqual(twice(image, mirror, mirror), Arrays.toString(image.pixels()));
        }
    }

    private static String twice(RgbImage image, int first, int second) {
        RgbImage turned = new RgbImage();
        RgbImage back = new RgbImage();
        Orientation.orient(image, first, turned);
        Orientation.orient(turned, second, back);
        checkEqual(back.width(), image.width());
        return Arrays.toString(back.pixels());
    }

    static void orientRefusesWhatCannotBeTurned() {
        RgbImage image = noiseImage(2, 2, 1);
        RgbImage same = new RgbImage(image.pixels(), 2, 2, 6);
        checkRefused("without pixels", () -> Orientation.orient(new RgbImage(), 1, image));
        checkRefused("in its place", () -> Orientation.orient(image, 6, same));
    }
}
