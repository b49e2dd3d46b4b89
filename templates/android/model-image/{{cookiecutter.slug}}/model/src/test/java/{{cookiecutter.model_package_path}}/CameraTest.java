// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import static org.junit.Assert.assertEquals;

import edgegen.kernels.Orientation;
import edgegen.kernels.RgbImage;
import edgegen.kernels.Yuv;
import java.nio.ByteBuffer;
import org.junit.Test;

/** How the camera held the picture, and what the numbers of its frames mean. */
public final class CameraTest {
    /** Y, U and V: black, white, the ends of limited range, three colours, and values to clamp. */
    private static final int[][] SAMPLES = {
        {0, 128, 128}, {255, 128, 128}, {16, 128, 128}, {235, 128, 128}, {81, 90, 240},
        {145, 54, 34}, {41, 240, 110}, {128, 0, 255}, {200, 255, 0}, {77, 131, 99},
    };

    /** By matrix and range, 0xRRGGBB for each of the samples, as Python computed them. */
    private static final int[][] COLORS = {
        {
            0x000000, 0xffffff, 0x101010, 0xebebeb, 0xee0e0e,
            0x0dee0e, 0x100fef, 0xff5100, 0x15f8ff, 0x246152,
        },
        {
            0x000000, 0xffffff, 0x000000, 0xffffff, 0xfe0000,
            0x00ff01, 0x0000ff, 0xff4d00, 0x0affff, 0x195d4d,
        },
        {
            0x000000, 0xffffff, 0x101010, 0xebebeb, 0xff240a,
            0x00cb08, 0x0d1cf9, 0xff5d00, 0x00ecff, 0x1f5a53,
        },
        {
            0x000000, 0xffffff, 0x000000, 0xffffff, 0xff1800,
            0x00d800, 0x000fff, 0xff5a00, 0x00ffff, 0x13564d,
        },
    };

    private final Yuv yuv = new Yuv();
    private final RgbImage out = new RgbImage();

    @Test
    public void framesHaveTheColoursThatPythonComputes() {
        int row = 0;
        for (Yuv.Matrix matrix : Yuv.Matrix.values()) {
            for (Yuv.Range range : Yuv.Range.values()) {
                for (int i = 0; i < SAMPLES.length; i++) {
                    int[] sample = SAMPLES[i];
                    yuv.frame(1, 1).y(bytes(sample[0]), 1, 1);
                    yuv.u(bytes(sample[1]), 1, 1).v(bytes(sample[2]), 1, 1);
                    yuv.colors(matrix, range).toRgb(out);
                    String where = matrix + " " + range + ", sample " + i;
                    assertEquals(where, hex(COLORS[row][i]), hex(color(0, 0)));
                }
                row++;
            }
        }
    }

    @Test
    public void framesAreTurnedClockwiseAndThenMirrored() {
        assertEquals("12 34 56", turned(0, false));
        assertEquals("531 642", turned(90, false));
        assertEquals("65 43 21", turned(180, false));
        assertEquals("246 135", turned(270, false));
        assertEquals("21 43 65", turned(0, true));
        assertEquals("135 246", turned(90, true));
        assertEquals("56 34 12", turned(180, true));
        assertEquals("642 531", turned(270, true));
    }

    @Test
    public void everyExifOrientationIsUndone() {
        String[] upright = {
            "12 34 56", "21 43 65", "65 43 21", "56 34 12",
            "135 246", "531 642", "642 531", "246 135",
        };
        byte[] pixels = new byte[18];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i / 3 + 1);
        }
        for (int exif = 1; exif <= 8; exif++) {
            Orientation.orient(new RgbImage(pixels, 2, 3, 6), exif, out);
            assertEquals("orientation " + exif, upright[exif - 1], digits());
        }
    }

    @Test
    public void cropsAndStridesAreThoseOfTheFrame() {
        // Rows of 6 bytes, of which every other is a sample: 1 2 3 / 4 5 6 / 7 8 9.
        ByteBuffer luma = bytes(1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 9);
        ByteBuffer gray = bytes(128, 128, 128, 128);
        yuv.frame(3, 3).y(luma, 6, 2).u(gray, 2, 1).v(gray, 2, 1).crop(1, 0, 3, 2).toRgb(out);
        assertEquals("23 56", digits());
    }

    /** A gray frame of two columns and three rows, 1 to 6, as it comes out. */
    private String turned(int degrees, boolean mirrored) {
        ByteBuffer gray = bytes(128, 128);
        yuv.frame(2, 3).y(bytes(1, 2, 3, 4, 5, 6), 2, 1).u(gray, 1, 1).v(gray, 1, 1);
        yuv.turn(degrees, mirrored).toRgb(out);
        return digits();
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(values.length);
        for (int i = 0; i < values.length; i++) {
            buffer.put(i, (byte) values[i]);
        }
        return buffer;
    }

    /** The red of each pixel, a digit each; rows apart. */
    private String digits() {
        StringBuilder text = new StringBuilder();
        for (int y = 0; y < out.height(); y++) {
            text.append(y == 0 ? "" : " ");
            for (int x = 0; x < out.width(); x++) {
                text.append(color(x, y) >> 16);
            }
        }
        return text.toString();
    }

    private int color(int x, int y) {
        int at = y * out.rowBytes() + 3 * x;
        byte[] rgb = out.pixels();
        return (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | rgb[at + 2] & 0xFF;
    }

    private static String hex(int color) {
        return String.format("#%06x", color);
    }
}
