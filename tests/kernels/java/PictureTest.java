package edgegen.kernels;

import static edgegen.kernels.Testing.check;
import static edgegen.kernels.Testing.checkEqual;
import static edgegen.kernels.Testing.checkLevels;
import static edgegen.kernels.Testing.checkRefused;
import static edgegen.kernels.Testing.grayImage;
import static edgegen.kernels.Testing.noise;
import static edgegen.kernels.Testing.noiseImage;
import static edgegen.kernels.Testing.picture;

import java.util.Arrays;

/** The steps of a picture: sizes and places that were read off Pillow 13 and torchvision 0.28. */
final class PictureTest {
    private PictureTest() {}

    private static byte[] resized(int width, Filter filter) {
        RgbImage row = grayImage(1, 7, 10, 200, 30, 255, 0, 77, 128);
        byte[] gray = picture(row).gray(1).resize(1, width, filter).pixels();
        byte[] rgb = picture(row).resize(1, width, filter).pixels();
        for (int i = 0; i < rgb.length; i++) {
            checkEqual(rgb[i], gray[i / 3]);
        }
        return gray;
    }

    static void aRowResizedAsPillowDoes() {
        checkLevels(resized(4, Filter.NEAREST), 10, 30, 0, 128);
        checkLevels(resized(4, Filter.BOX), 105, 143, 0, 103);
        checkLevels(resized(4, Filter.BILINEAR), 92, 127, 87, 100);
        checkLevels(resized(4, Filter.HAMMING), 89, 100, 67, 106);
        checkLevels(resized(4, Filter.BICUBIC), 88, 136, 87, 96);
        checkLevels(resized(4, Filter.LANCZOS), 81, 149, 85, 88);
        checkLevels(resized(10, Filter.NEAREST), 10, 200, 200, 30, 255, 255, 0, 77, 77, 128);
        checkLevels(resized(10, Filter.BILINEAR), 10, 114, 158, 38, 176, 166, 4, 58, 100, 128);
        checkLevels(resized(10, Filter.LANCZOS), 0, 130, 173, 29, 198, 199, 0, 36, 117, 130);
    }

    static void theOrderOfThePassesShows() {
        int[] levels = new int[36];
        for (int i = 0; i < 36; i++) {
            levels[i] = i * 97 % 256;
        }
        RgbImage image = grayImage(9, 4, levels);
        Workspace workspace = new Workspace();
        checkLevels(
                workspace.picture(image, PassOrder.PILLOW_13)
                        .gray(1).resize(2, 3, Filter.BILINEAR).pixels(),
                97, 154, 115, 112, 169, 130);
        checkLevels(
                workspace.picture(image, PassOrder.HORIZONTAL_FIRST)
                        .gray(1).resize(2, 3, Filter.BILINEAR).pixels(),
                97, 155, 115, 112, 169, 130);
    }

    static void verticalFirstOnlyIfItShrinksMoreThanTwiceAsMuch() {
        PassOrder pillow13 = PassOrder.PILLOW_13;
        check(!pillow13.verticalFirst(100, 100, 80, 90)); // 20 lines less, 10 columns less
        check(pillow13.verticalFirst(100, 100, 79, 90));
        check(pillow13.verticalFirst(100, 100, 99, 200));
        check(!pillow13.verticalFirst(100, 100, 100, 200)); // enlarged only: never
        check(!pillow13.verticalFirst(100, 100, 150, 400));
        check(!PassOrder.HORIZONTAL_FIRST.verticalFirst(100, 100, 10, 100));
    }

    private static String size(int width, int height, int shortSide, int maxSize) {
        Picture got = picture(noiseImage(height, width, 1))
                .resizeShortSide(shortSide, Filter.NEAREST, maxSize);
        return got.width() + "x" + got.height();
    }

    static void theLongSideIsCutOffNotRounded() {
        checkEqual(size(1000, 333, 256, 0), "768x256"); // 768.77
        checkEqual(size(333, 1000, 256, 0), "256x768");
        checkEqual(size(7, 5, 3, 0), "4x3");
        checkEqual(size(5, 5, 3, 0), "3x3");
        checkEqual(size(1000, 333, 256, 500), "500x166"); // 166.67
        checkEqual(size(1000, 333, 256, 800), "768x256");
    }

    static void aCentredCropRoundsHalfToEven() {
        checkEqual(CropRows.centreStart(10, 10), 0);
        checkEqual(CropRows.centreStart(11, 10), 0); // 0.5
        checkEqual(CropRows.centreStart(12, 10), 1);
        checkEqual(CropRows.centreStart(13, 10), 2); // 1.5
        checkEqual(CropRows.centreStart(15, 10), 2); // 2.5
        checkEqual(CropRows.centreStart(17, 10), 4); // 3.5
        RgbImage image = grayImage(1, 7, 0, 1, 2, 3, 4, 5, 6);
        checkLevels(picture(image).gray(1).centerCrop(1, 2).pixels(), 2, 3); // from 2.5
    }

    static void aCropBeyondTheEdgeIsBlackThere() {
        RgbImage image = grayImage(1, 3, 7, 8, 9);
        checkLevels(picture(image).gray(1).centerCrop(1, 6).pixels(), 0, 7, 8, 9, 0, 0);
        checkLevels(picture(image).gray(1).centerCrop(2, 1).pixels(), 8, 0);
    }

    static void aLetterboxIsCentredAndRoundsHalfToEven() {
        RgbImage image = grayImage(1, 2, 80, 90);
        // The picture is 2x1 in a box of 2x4: one row, 1.5 rows above it, so two.
        checkLevels(
                picture(image).gray(1).letterbox(4, 2, Filter.BOX, 5, 6, 7).pixels(),
                5, 5, 5, 5, 80, 90, 5, 5);
        checkLevels(
                picture(image).gray(1).letterbox(1, 2, Filter.BOX, 5, 6, 7).pixels(), 80, 90);
        // Half a row above it, so none.
        checkLevels(
                picture(image).gray(1).letterbox(2, 2, Filter.BOX, 5, 6, 7).pixels(),
                80, 90, 5, 5);
    }

    static void aLetterboxOfWhichNothingIsLeft() {
        RgbImage image = noiseImage(1, 100, 1);
        Workspace workspace = new Workspace();
        checkLevels(
                workspace.picture(image, PassOrder.PILLOW_13)
                        .letterbox(2, 2, Filter.BILINEAR, 1, 2, 3).pixels(),
                1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3);
        Picture older = workspace.picture(image, PassOrder.HORIZONTAL_FIRST);
        checkRefused(
                "resize to a side of 0 pixels",
                () -> older.letterbox(2, 2, Filter.BILINEAR, 0, 0, 0));
    }

    static void padPaintsEachSide() {
        RgbImage image = new RgbImage(new byte[] {10, 20, 30}, 1, 1, 3);
        Picture got = picture(image).pad(1, 0, 0, 1, 1, 2, 3);
        checkEqual(got.width() + "x" + got.height(), "2x2");
        checkLevels(got.pixels(), 1, 2, 3, 10, 20, 30, 1, 2, 3, 1, 2, 3);
    }

    static void grayIsPillowsLuma() {
        checkEqual(GrayRows.grayLevel(255, 255, 255), 255);
        checkEqual(GrayRows.grayLevel(255, 0, 0), 76);
        checkEqual(GrayRows.grayLevel(0, 255, 0), 150);
        checkEqual(GrayRows.grayLevel(0, 0, 255), 29);
        RgbImage image = new RgbImage(new byte[] {-1, 0, 0, 0, -1, 0}, 2, 1, 6);
        checkLevels(picture(image).gray(1).pixels(), 76, 150);
        checkLevels(picture(image).gray(3).pixels(), 76, 76, 76, 150, 150, 150);
        checkLevels(picture(image).gray(1).gray(3).pixels(), 76, 76, 76, 150, 150, 150);
    }

    static void extremeLevelsAreClamped() {
        int[] stripes = new int[64 * 64];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = i / 5 % 2 == 0 ? 0 : 255;
        }
        byte[] got =
                picture(grayImage(64, 64, stripes)).resize(90, 90, Filter.LANCZOS).pixels();
        int black = 0;
        int white = 0;
        for (byte level : got) {
            black += level == 0 ? 1 : 0;
            white += level == -1 ? 1 : 0;
        }
        // Lanczos overshoots at each edge: without the clamp, 255 + a little would be a little.
        check(black > 1000 && white > 1000);
    }

    static void whatLiesBetweenTheRowsIsNotLookedAt() {
        RgbImage dense = noiseImage(37, 53, 5);
        int row = 53 * 3;
        for (int gap : new int[] {1, 3, 64}) {
            // Exactly as many bytes as a picture with gaps needs: none after its last pixel.
            byte[] memory = new byte[(row + gap) * 36 + row];
            Arrays.fill(memory, (byte) 0xEE);
            for (int y = 0; y < 37; y++) {
                System.arraycopy(dense.pixels(), y * row, memory, y * (row + gap), row);
            }
            RgbImage view = new RgbImage(memory, 53, 37, row + gap);
            for (Filter filter : Filter.values()) {
                check(Arrays.equals(
                        picture(view).resize(20, 11, filter).pixels(),
                        picture(dense).resize(20, 11, filter).pixels()));
            }
            check(Arrays.equals(picture(view).pixels(), dense.pixels()));
        }
    }

    /** Two rows are computed at once, in one number: neither may touch the other. */
    static void aNegativeSumOfOneRowLeavesTheOtherAsItIs() {
        // Enlarged by 2, the weights are whole 128ths: -3, 29, 111 and -9, or the other way round.
        // A lower row of n + 1/2 is at the edge of a level, where a borrowed 1 would show.
        int[][] upper = {{255, 0, 0, 255}, {0, 0, 0, 0}, {255, 255, 255, 255}};
        int found = 0;
        for (int seed = 0; seed < 4096; seed++) {
            int[] lower = {seed & 15, 40 + (seed >> 4 & 15), seed >> 8 & 15, 100};
            if ((-3 * lower[0] + 29 * lower[1] + 111 * lower[2] - 9 * lower[3] & 127) != 64) {
                continue;
            }
            found++;
            byte[] alone = picture(grayImage(1, 4, lower)).resize(1, 8, Filter.BICUBIC).pixels();
            for (int[] row : upper) {
                int[] both = Arrays.copyOf(row, 8);
                System.arraycopy(lower, 0, both, 4, 4);
                byte[] got = picture(grayImage(2, 4, both)).resize(2, 8, Filter.BICUBIC).pixels();
                check(Arrays.equals(Arrays.copyOfRange(got, 24, 48), alone));
            }
        }
        check(found > 10);
    }

    static void smallSizesStayInsideTheirArrays() {
        for (Filter filter : Filter.values()) {
            for (int out = 1; out <= 9; out++) {
                Workspace used = new Workspace(); // its arrays grow, or are just long enough
                for (int in = 1; in <= 9; in++) {
                    RgbImage photo = noiseImage(in, in, in);
                    Picture small =
                            used.picture(photo, PassOrder.PILLOW_13).resize(out, out, filter);
                    byte[] gray = picture(photo).gray(1).resize(out, out, filter).pixels();
                    checkEqual(small.pixels().length, out * out * 3);
                    checkEqual(gray.length, out * out);
                }
            }
        }
    }

    static void aCropOfThePhotoIsResizedAsAPhotoOfItsOwn() {
        RgbImage photo = noiseImage(61, 83, 6);
        for (Filter filter : Filter.values()) {
            Picture crop = picture(photo).centerCrop(31, 40);
            Picture lazy = crop.resize(20, 17, filter);
            Picture eager = fresh(crop, PassOrder.PILLOW_13).resize(20, 17, filter);
            check(Arrays.equals(lazy.pixels(), eager.pixels()));
        }
    }

    /** The picture computed and started anew, so that the next step sees no history. */
    private static Picture fresh(Picture picture, PassOrder order) {
        RgbImage image = new RgbImage(
                picture.pixels(), picture.width(), picture.height(), picture.width() * 3);
        return new Workspace().picture(image, order);
    }

    static void aChainIsItsStepsOneByOne() {
        Workspace workspace = new Workspace();
        for (PassOrder order : PassOrder.values()) {
            RgbImage photo = noiseImage(90, 41, 3);
            Picture start = workspace.picture(photo, order);
            Picture lazy = start.resize(33, 60, Filter.BICUBIC)
                    .pad(3, 1, 0, 2, 9, 8, 7)
                    .resizeShortSide(50, Filter.NEAREST)
                    .letterbox(64, 48, Filter.LANCZOS, 1, 2, 3)
                    .gray(3)
                    .resize(20, 48, Filter.HAMMING)
                    .centerCrop(30, 31);
            Picture eager = fresh(start.resize(33, 60, Filter.BICUBIC), order);
            eager = fresh(eager.pad(3, 1, 0, 2, 9, 8, 7), order);
            eager = fresh(eager.resizeShortSide(50, Filter.NEAREST), order);
            eager = fresh(eager.letterbox(64, 48, Filter.LANCZOS, 1, 2, 3), order);
            eager = fresh(eager.gray(3), order);
            eager = fresh(eager.resize(20, 48, Filter.HAMMING), order);
            eager = fresh(eager.centerCrop(30, 31), order);
            check(Arrays.equals(lazy.pixels(), eager.pixels()));
        }
    }

    static void aWorkspaceThatIsUsedAgainGivesTheSamePixels() {
        Workspace used = new Workspace();
        for (int i = 0; i < 60; i++) {
            RgbImage photo = noiseImage(3 + i * 7 % 50, 3 + i * 13 % 50, i);
            Filter filter = Filter.values()[i % 6];
            int size = 1 + i * 11 % 40;
            Picture again = used.picture(photo, PassOrder.PILLOW_13)
                    .resize(size, 41 - size, filter).gray(i % 2 == 0 ? 1 : 3).centerCrop(20, 20);
            Picture once = picture(photo)
                    .resize(size, 41 - size, filter).gray(i % 2 == 0 ? 1 : 3).centerCrop(20, 20);
            check(Arrays.equals(again.pixels(), once.pixels()));
        }
    }

    static void everyStageOfAPhotoMayBeAskedForInTurn() {
        RgbImage photo = noiseImage(60, 80, 4);
        Picture start = picture(photo);
        Picture small = start.resize(30, 40, Filter.BILINEAR);
        Picture crop = small.centerCrop(16, 16);
        byte[] first = crop.pixels();
        check(Arrays.equals(start.pixels(), photo.pixels()));
        checkEqual(small.pixels().length, 30 * 40 * 3);
        check(Arrays.equals(crop.pixels(), first));
    }

    static void nothingIsComputedBeforePixelsAreAskedFor() {
        byte[] levels = noise(48 * 64 * 3, 1);
        Picture picture = picture(new RgbImage(levels, 64, 48, 192)).resize(24, 32, Filter.BOX);
        Arrays.fill(levels, (byte) 9);
        byte[] expected = new byte[24 * 32 * 3];
        Arrays.fill(expected, (byte) 9);
        check(Arrays.equals(picture.pixels(), expected));
    }

    static void badArgumentsAreRefused() {
        Picture picture = picture(noiseImage(4, 6, 1));
        int huge = Integer.MAX_VALUE;
        checkRefused("resize to a side of 0", () -> picture.resize(0, 4, Filter.BOX));
        checkRefused("resize to a side of -1", () -> picture.resize(4, -1, Filter.BOX));
        checkRefused("1 to 1048576", () -> picture.resize(huge, 4, Filter.BOX));
        checkRefused("resizeShortSide to a side of 0",
                () -> picture.resizeShortSide(0, Filter.BOX));
        checkRefused("not above size: got 8 for 8",
                () -> picture.resizeShortSide(8, Filter.BOX, 8));
        checkRefused("not above size", () -> picture.resizeShortSide(8, Filter.BOX, -1));
        checkRefused("resizeShortSide to a side of 1572864",
                () -> picture.resizeShortSide(RgbImage.MAX_SIDE, Filter.BOX));
        checkRefused("letterbox to a side of 0",
                () -> picture.letterbox(0, 5, Filter.BOX, 0, 0, 0));
        checkRefused("0 to 255: got 0, 256, 0",
                () -> picture.letterbox(5, 5, Filter.BOX, 0, 256, 0));
        checkRefused("centerCrop to a side of 0", () -> picture.centerCrop(0, 5));
        checkRefused("centerCrop to a side", () -> picture.centerCrop(5, Integer.MIN_VALUE));
        checkRefused("less than 0", () -> picture.pad(-1, 0, 0, 0, 0, 0, 0));
        checkRefused("0 to 255: got -1, 0, 0", () -> picture.pad(1, 1, 1, 1, -1, 0, 0));
        checkRefused("pad to a side of", () -> picture.pad(huge, 0, huge, 0, 0, 0, 0));
        checkRefused("pad to a side of", () -> picture.pad(0, huge, 0, 0, 0, 0, 0));
        checkRefused("neither 1 nor 3 channels: got 2", () -> picture.gray(2));
        Picture thread = picture(noiseImage(1, 1000, 1));
        checkRefused("resizeShortSide to a side of 0",
                () -> thread.resizeShortSide(1, Filter.BOX, 2)); // 2 x 0
        checkRefused("without pixels",
                () -> new Workspace().picture(new RgbImage(), PassOrder.PILLOW_13));
    }

    static void theLargestSizesDoNotOverflow() {
        RgbImage image = noiseImage(1, 3, 1);
        int max = RgbImage.MAX_SIDE;
        Picture picture = picture(image).resize(max, max, Filter.NEAREST);
        byte[] got = picture.centerCrop(2, 2).pixels(); // 4 pixels of 2^40
        checkEqual(got.length, 12);
        checkEqual(got[0], image.pixels()[3]);
    }
}
