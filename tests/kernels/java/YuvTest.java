package edgegen.kernels;

import static edgegen.kernels.Testing.check;
import static edgegen.kernels.Testing.checkEqual;
import static edgegen.kernels.Testing.checkLevels;
import static edgegen.kernels.Testing.checkRefused;
import static edgegen.kernels.Testing.noise;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Frames as Android's cameras give them, and values written out by hand. */
final class YuvTest {
    private YuvTest() {}

    private static ByteBuffer direct(byte... bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            buffer.put(i, bytes[i]);
        }
        return buffer;
    }

    private static ByteBuffer samples(int... levels) {
        byte[] bytes = new byte[levels.length];
        for (int i = 0; i < levels.length; i++) {
            bytes[i] = (byte) levels[i];
        }
        return direct(bytes);
    }

    private static byte[] pixels(RgbImage image) {
        return Arrays.copyOf(image.pixels(), image.width() * image.height() * 3);
    }

    /** One pixel. */
    private static byte[] rgb(int y, int u, int v, Yuv.Matrix matrix, Yuv.Range range) {
        RgbImage out = new RgbImage();
        new Yuv().frame(1, 1)
                .y(samples(y), 1, 1).u(samples(u), 1, 1).v(samples(v), 1, 1)
                .colors(matrix, range).toRgb(out);
        return pixels(out);
    }

    static void knownColours() {
        // JFIF's red, green and blue, as Pillow's convert("YCbCr") gives them.
        checkLevels(rgb(76, 85, 255, Yuv.Matrix.BT601, Yuv.Range.FULL), 254, 0, 0);
        checkLevels(rgb(150, 44, 21, Yuv.Matrix.BT601, Yuv.Range.FULL), 0, 255, 1);
        checkLevels(rgb(29, 255, 107, Yuv.Matrix.BT601, Yuv.Range.FULL), 0, 0, 254);
        // The bars of limited range: BT.601's red is 81 90 240, BT.709's is 63 102 240.
        checkLevels(rgb(81, 90, 240, Yuv.Matrix.BT601, Yuv.Range.LIMITED), 254, 0, 0);
        checkLevels(rgb(63, 102, 240, Yuv.Matrix.BT709, Yuv.Range.LIMITED), 255, 1, 0);
        checkLevels(rgb(16, 128, 128, Yuv.Matrix.BT601, Yuv.Range.LIMITED), 0, 0, 0);
        checkLevels(rgb(235, 128, 128, Yuv.Matrix.BT709, Yuv.Range.LIMITED), 255, 255, 255);
        checkLevels(rgb(255, 128, 128, Yuv.Matrix.BT709, Yuv.Range.LIMITED), 255, 255, 255);
    }

    /** A frame of 4 x 2 gray pixels, A B C D / E F G H. */
    private static String turned(int degrees, boolean mirrored) {
        RgbImage out = new RgbImage();
        ByteBuffer gray = samples(128, 128);
        new Yuv().frame(4, 2)
                .y(direct("ABCDEFGH".getBytes(java.nio.charset.StandardCharsets.US_ASCII)), 4, 1)
                .u(gray, 2, 1).v(gray, 2, 1)
                .turn(degrees, mirrored).toRgb(out);
        StringBuilder lines = new StringBuilder();
        for (int y = 0; y < out.height(); y++) {
            lines.append(y == 0 ? "" : "/");
            for (int x = 0; x < out.width(); x++) {
                lines.append((char) out.pixels()[out.at(x, y)]);
            }
        }
        return lines.toString();
    }

    static void turnedClockwiseAndThenMirrored() {
        checkEqual(turned(0, false), "ABCD/EFGH");
        checkEqual(turned(90, false), "EA/FB/GC/HD");
        checkEqual(turned(180, false), "HGFE/DCBA");
        checkEqual(turned(270, false), "DH/CG/BF/AE");
        checkEqual(turned(0, true), "DCBA/HGFE");
        checkEqual(turned(90, true), "AE/BF/CG/DH");
        checkEqual(turned(180, true), "EFGH/ABCD");
        checkEqual(turned(270, true), "HD/GC/FB/EA");
    }

    /** NV21 and NV12 share one buffer, the second plane one byte further; I420 has two. */
    static void interleavedAndSeparatePlanesGiveTheSamePicture() {
        byte[] y = noise(6 * 4, 1);
        byte[] u = noise(3 * 2, 2);
        byte[] v = noise(3 * 2, 3);
        byte[] interleaved = new byte[12];
        for (int i = 0; i < 6; i++) {
            interleaved[2 * i] = v[i];
            interleaved[2 * i + 1] = u[i];
        }
        ByteBuffer vu = direct(interleaved);
        Buffer positions = vu;
        positions.position(1);
        ByteBuffer uOfVu = vu.slice();
        positions.position(0);
        RgbImage apart = new RgbImage();
        RgbImage together = new RgbImage();
        Yuv yuv = new Yuv();
        yuv.frame(6, 4).y(direct(y), 6, 1).u(direct(u), 3, 1).v(direct(v), 3, 1).toRgb(apart);
        yuv.frame(6, 4).y(direct(y), 6, 1).u(uOfVu, 6, 2).v(vu, 6, 2).toRgb(together);
        check(Arrays.equals(pixels(apart), pixels(together)));
    }

    static void aCropKeepsTheChromaOfItsPlace() {
        ByteBuffer y = ByteBuffer.allocateDirect(16);
        ByteBuffer u = samples(0, 64, 128, 255);
        ByteBuffer v = samples(128, 128, 128, 128);
        RgbImage whole = new RgbImage();
        RgbImage middle = new RgbImage();
        Yuv yuv = new Yuv().frame(4, 4).y(y, 4, 1).u(u, 2, 1).v(v, 2, 1);
        yuv.toRgb(whole);
        yuv.crop(1, 1, 3, 4).toRgb(middle);
        for (int row = 0; row < 3; row++) {
            int at = whole.at(1, row + 1);
            check(Arrays.equals(
                    Arrays.copyOfRange(middle.pixels(), row * 6, row * 6 + 6),
                    Arrays.copyOfRange(whole.pixels(), at, at + 6)));
        }
    }

    static void heapBuffersAndReadOnlyOnesWillDo() {
        byte[] levels = noise(4, 1);
        RgbImage direct = new RgbImage();
        RgbImage heap = new RgbImage();
        Yuv yuv = new Yuv();
        yuv.frame(2, 2).y(direct(levels), 2, 1).u(samples(9), 1, 1).v(samples(200), 1, 1)
                .toRgb(direct);
        yuv.frame(2, 2).y(ByteBuffer.wrap(levels), 2, 1)
                .u(samples(9).asReadOnlyBuffer(), 1, 1).v(samples(200), 1, 1).toRgb(heap);
        check(Arrays.equals(pixels(direct), pixels(heap)));
    }

    static void positionsOfThePlanesStayAndDoNotMatter() {
        ByteBuffer y = samples(10, 20, 30, 40);
        Buffer positions = y;
        positions.position(3);
        RgbImage out = new RgbImage();
        new Yuv().frame(2, 2).y(y, 2, 1).u(samples(128), 1, 1).v(samples(128), 1, 1).toRgb(out);
        checkLevels(pixels(out), 10, 10, 10, 20, 20, 20, 30, 30, 30, 40, 40, 40);
        checkEqual(y.position(), 3);
    }

    static void aNewFrameForgetsTheCropAndThePlanesButNotTheTurn() {
        ByteBuffer y = samples(1, 2, 3, 4);
        ByteBuffer gray = samples(128);
        RgbImage out = new RgbImage();
        Yuv yuv = new Yuv().turn(180, false);
        yuv.frame(2, 2).y(y, 2, 1).u(gray, 1, 1).v(gray, 1, 1).crop(1, 1, 2, 2).toRgb(out);
        checkLevels(pixels(out), 4, 4, 4);
        checkRefused("without its Y plane", () -> yuv.frame(2, 2).toRgb(out));
        yuv.frame(2, 2).y(y, 2, 1).u(gray, 1, 1).v(gray, 1, 1).toRgb(out);
        checkLevels(pixels(out), 4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 1);
    }

    static void aPlaneThatIsTooShortIsRefusedBeforeAnythingIsWritten() {
        ByteBuffer gray = samples(128, 128, 128, 128);
        ByteBuffer y = ByteBuffer.allocateDirect(4 * 8 + 3);
        RgbImage out = new RgbImage();
        Yuv yuv = new Yuv().frame(4, 4).u(gray, 2, 1).v(gray, 2, 1);
        checkRefused("the Y plane needs 36 bytes, got 35", () -> yuv.y(y, 8 + 3, 1)
                .crop(0, 0, 3, 4).toRgb(out));
        checkEqual(out.width(), 0);
        // What the crop does not read need not be there.
        yuv.y(y, 8, 1).crop(0, 0, 4, 4).toRgb(out);
        checkRefused("the V plane needs 6 bytes, got 4",
                () -> yuv.v(gray, 4, 1).toRgb(out));
        checkRefused("the U plane needs 6 bytes, got 4",
                () -> yuv.v(gray, 2, 1).u(gray, 4, 1).toRgb(out));
        yuv.crop(0, 0, 2, 2).toRgb(out);
    }

    static void whatIsNoFrameIsRefused() {
        Yuv yuv = new Yuv().frame(4, 2);
        checkRefused("a side below 1", () -> new Yuv().frame(0, 2));
        checkRefused("above 2^20", () -> new Yuv().frame(4, (1 << 20) + 1));
        checkRefused("strides above 0", () -> yuv.y(null, 4, 1));
        checkRefused("strides above 0", () -> yuv.u(samples(1), 0, 1));
        checkRefused("strides above 0", () -> yuv.v(samples(1), 1, -1));
        checkRefused("is empty or not inside", () -> yuv.crop(0, 0, 5, 2));
        checkRefused("is empty or not inside", () -> yuv.crop(-1, 0, 4, 2));
        checkRefused("is empty or not inside", () -> yuv.crop(2, 0, 2, 2));
        checkRefused("is empty or not inside", () -> yuv.crop(0, 1, 4, 1));
        checkRefused("90, 180 or 270 degrees, got 45", () -> yuv.turn(45, false));
        checkRefused("got -90", () -> yuv.turn(-90, false));
        checkRefused("got 360", () -> yuv.turn(360, false));
        checkRefused("without its Y plane", () -> new Yuv().toRgb(new RgbImage()));
    }

    /** Each thread with an object of its own, both on the same buffers. */
    static void twoThreadsReadTheSameFrame() {
        ByteBuffer y = direct(noise(160 * 120, 1));
        ByteBuffer uv = direct(noise(160 * 60, 2));
        ByteBuffer u = uv.duplicate();
        RgbImage expected = new RgbImage();
        read(new Yuv(), y, u, expected);
        AtomicInteger wrong = new AtomicInteger();
        Runnable reading =
                () -> {
                    Yuv yuv = new Yuv();
                    RgbImage out = new RgbImage();
                    for (int i = 0; i < 500; i++) {
                        read(yuv, y, u, out);
                        wrong.addAndGet(Arrays.equals(out.pixels(), expected.pixels()) ? 0 : 1);
                    }
                };
        Thread other = new Thread(reading);
        other.start();
        reading.run();
        try {
            other.join();
        } catch (InterruptedException interruption) {
            throw new AssertionError(interruption);
        }
        checkEqual(wrong.get(), 0);
    }

    private static void read(Yuv yuv, ByteBuffer y, ByteBuffer u, RgbImage out) {
        yuv.frame(160, 119).y(y, 160, 1).u(u, 160, 2).v(u, 160, 2).turn(90, true).toRgb(out);
    }
}
