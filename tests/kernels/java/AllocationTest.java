package edgegen.kernels;

import static edgegen.kernels.Testing.check;
import static edgegen.kernels.Testing.noise;
import static edgegen.kernels.Testing.noiseImage;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** No garbage per frame after the first ones, counted by the virtual machine. */
final class AllocationTest {
    private static final int WARM_UP = 3;
    private static final int FRAMES = 100;

    private AllocationTest() {}

    /**
     * What a frame allocates it allocates every time. A frame in which something else was counted
     * is one during which the just-in-time compiler replaced its code (an interpreter counts none).
     */
    private static void checkAllocatesNothing(Runnable frame) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int clean = 0;
        for (int i = 0; i < WARM_UP + FRAMES; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            frame.run();
            long allocated = threads.getThreadAllocatedBytes(thread) - before;
            clean += i >= WARM_UP && allocated == 0 ? 1 : 0;
        }
        check(clean >= FRAMES * 9 / 10);
    }

    static void anAllocationIsSeen() {
        byte[][] kept = new byte[1][];
        try {
            checkAllocatesNothing(() -> kept[0] = new byte[1]);
        } catch (AssertionError expected) {
            return;
        }
        throw new AssertionError("an array of one byte was not counted");
    }

    private static ByteBuffer tensor(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    static void aPhotoOnItsSideMakesNoGarbage() {
        RgbImage photo = noiseImage(240, 320, 1);
        RgbImage upright = new RgbImage();
        Workspace workspace = new Workspace();
        ByteBuffer out = tensor(3 * 112 * 112 * 4);
        int[][] levels = new int[3][256];
        checkAllocatesNothing(() -> {
            Orientation.orient(photo, 6, upright);
            Picture seen = workspace.picture(upright, PassOrder.PILLOW_13)
                    .resizeShortSide(128, Filter.BICUBIC)
                    .centerCrop(112, 112);
            ToTensor.toChw(seen, levels, ChannelOrder.RGB, out);
        });
    }

    static void aCamerasFrameMakesNoGarbage() {
        ByteBuffer y = ByteBuffer.allocateDirect(320 * 240).put(noise(320 * 240, 1));
        ByteBuffer uv = ByteBuffer.allocateDirect(320 * 120).put(noise(320 * 120, 2));
        Yuv yuv = new Yuv();
        RgbImage photo = new RgbImage();
        Workspace workspace = new Workspace();
        ByteBuffer out = tensor(3 * 96 * 96);
        byte[][] levels = new byte[3][256];
        // One slot of the planes' limit is not read: each row ends with its last sample.
        ByteBuffer u = uv.duplicate();
        u.flip();
        checkAllocatesNothing(() -> {
            yuv.frame(320, 239).y(y, 320, 1).u(u, 320, 2).v(u, 320, 2)
                    .crop(1, 1, 319, 239)
                    .colors(Yuv.Matrix.BT709, Yuv.Range.LIMITED)
                    .turn(90, true)
                    .toRgb(photo);
            Picture seen = workspace.picture(photo, PassOrder.PILLOW_13)
                    .letterbox(96, 96, Filter.BILINEAR, 114, 114, 114);
            ToTensor.toHwc(seen, levels, ChannelOrder.BGR, out);
        });
    }

    static void everyStepMakesNoGarbage() {
        RgbImage photo = noiseImage(90, 70, 1);
        Workspace workspace = new Workspace();
        ByteBuffer out = tensor(40 * 40 * 2);
        short[][] levels = new short[1][256];
        checkAllocatesNothing(() -> {
            Picture seen = workspace.picture(photo, PassOrder.HORIZONTAL_FIRST)
                    .pad(1, 2, 3, 4, 5, 6, 7)
                    .resize(60, 80, Filter.NEAREST)
                    .gray(1)
                    .resize(50, 50, Filter.LANCZOS)
                    .centerCrop(40, 40);
            ToTensor.toChw(seen, levels, ChannelOrder.RGB, out);
        });
    }
}
