package edgegen.kernels;

import static edgegen.kernels.Testing.check;
import static edgegen.kernels.Testing.checkEqual;
import static edgegen.kernels.Testing.noiseImage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Photos whose pixels are made on demand: which of them are asked for, and when. */
final class PixelSourceTest {
    private PixelSourceTest() {}

    /** Gives an image's pixels, and writes down which. */
    private static final class Recorder implements PixelSource {
        private final RgbImage image;
        private final List<String> windows = new ArrayList<>();

        Recorder(RgbImage image) {
            this.image = image;
        }

        @Override
        public int width() {
            return image.width();
        }

        @Override
        public int height() {
            return image.height();
        }

        @Override
        public void read(int left, int top, int right, int bottom, RgbImage out) {
            windows.add(left + "," + top + " to " + right + "," + bottom);
            out.reset(right - left, bottom - top);
            for (int y = top; y < bottom; y++) {
                System.arraycopy(
                        image.pixels(),
                        image.at(left, y),
                        out.pixels(),
                        out.at(0, y - top),
                        (right - left) * 3);
            }
        }
    }

    private static List<String> windows(RgbImage photo, UnaryOperator<Picture> steps) {
        Recorder source = new Recorder(photo);
        Workspace workspace = new Workspace();
        Picture picture = steps.apply(workspace.picture(source, PassOrder.PILLOW_13));
        checkEqual(source.windows.size(), 0);
        byte[] got = picture.pixels();
        Picture whole = steps.apply(Testing.picture(photo));
        check(Arrays.equals(got, whole.pixels()));
        return source.windows;
    }

    static void onlyWhatSurvivesTheCropIsAskedFor() {
        List<String> windows =
                windows(
                        noiseImage(480, 640, 1),
                        photo -> photo.resizeShortSide(256, Filter.BILINEAR).centerCrop(224, 224));
        // Rows 16 to 240 of 256 are made of rows 29 to 451 of 480, columns 58 to 282 of 341 of
        // columns 108 to 530 of 640.
        checkEqual(windows.toString(), "[108,29 to 530,451]");
    }

    static void everyWayToThePhotoHasItsPixels() {
        RgbImage photo = noiseImage(41, 60, 2);
        checkEqual(windows(photo, p -> p).toString(), "[0,0 to 60,41]");
        checkEqual(windows(photo, p -> p.centerCrop(11, 20)).toString(), "[20,15 to 40,26]");
        for (Filter filter : Filter.values()) {
            windows(photo, p -> p.resize(30, 17, filter).centerCrop(9, 9));
            windows(photo, p -> p.centerCrop(30, 30).resize(7, 50, filter));
            windows(photo, p -> p.letterbox(32, 32, filter, 1, 2, 3).gray(3));
        }
        windows(photo, p -> p.gray(1).pad(3, 2, 1, 0, 5, 5, 5));
    }

    static void whatIsNowhereToBeSeenIsNotAskedFor() {
        List<String> windows =
                windows(noiseImage(1, 100, 3), p -> p.letterbox(2, 2, Filter.BOX, 1, 2, 3));
        checkEqual(windows.toString(), "[]");
    }
}
