// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import static org.junit.Assert.assertEquals;

import edgegen.kernels.RgbImage;
import edgegen.kernels.Yuv;
import java.nio.ByteBuffer;
import org.junit.Test;

/** A part of a frame has the pixels that the whole has there, however the camera is held. */
public final class FrameWindowTest {
    private static final int WIDTH = 7;
    private static final int HEIGHT = 5;

    private final Yuv yuv = new Yuv();
    private final RgbImage whole = new RgbImage();
    private final RgbImage part = new RgbImage();
    private final FrameWindow window = new FrameWindow();

    @Test
    public void everyWindowOfEveryTurn() {
        yuv.frame(WIDTH, HEIGHT);
        yuv.y(ramp(WIDTH * HEIGHT, 5), WIDTH, 1).u(ramp(12, 20), 4, 1).v(ramp(12, 13), 4, 1);
        for (int rotation = 0; rotation < 360; rotation += 90) {
            for (boolean mirror : new boolean[] {false, true}) {
                yuv.crop(0, 0, WIDTH, HEIGHT).turn(rotation, mirror).toRgb(whole);
                checkWindows(rotation, mirror);
            }
        }
    }

    private void checkWindows(int rotation, boolean mirror) {
        for (int left = 0; left < whole.width(); left++) {
            for (int top = 0; top < whole.height(); top++) {
                for (int right = left + 1; right <= whole.width(); right++) {
                    for (int bottom = top + 1; bottom <= whole.height(); bottom++) {
                        window.find(left, top, right, bottom, WIDTH, HEIGHT, rotation, mirror);
                        yuv.crop(window.left, window.top, window.right, window.bottom).toRgb(part);
                        String where = rotation + (mirror ? " mirrored" : "");
                        assertEquals(where, right - left, part.width());
                        assertEquals(where, bottom - top, part.height());
                        checkPixels(where, left, top);
                    }
                }
            }
        }
    }

    private void checkPixels(String where, int left, int top) {
        for (int y = 0; y < part.height(); y++) {
            for (int i = 0; i < 3 * part.width(); i++) {
                assertEquals(
                        where,
                        whole.pixels()[(top + y) * whole.rowBytes() + 3 * left + i],
                        part.pixels()[y * part.rowBytes() + i]);
            }
        }
    }

    private static ByteBuffer ramp(int length, int step) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(length);
        for (int i = 0; i < length; i++) {
            bytes.put(i, (byte) (i * step + 3));
        }
        return bytes;
    }
}
