import com.sun.management.ThreadMXBean;
import edgegen.kernels.ChannelOrder;
import edgegen.kernels.Filter;
import edgegen.kernels.PassOrder;
import edgegen.kernels.Picture;
import edgegen.kernels.RgbImage;
import edgegen.kernels.ToTensor;
import edgegen.kernels.Workspace;
import edgegen.kernels.Yuv;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the preprocessing benchmark times: the pipeline that a generated project has for
 * torchvision's ImageNet preset, on decoded RGB.
 *
 * <pre>
 *     java Preprocess WIDTH HEIGHT PIXELS LEVELS TENSOR
 * </pre>
 *
 * <p>Reads the photo and the table of levels from files, runs until the just-in-time compiler has
 * settled, prints "ready", and then answers each line on its input with one line:
 *
 * <pre>
 *     run         nanoseconds of one call
 *     frame       nanoseconds of one call that begins with a camera's frame of the same size
 *     garbage     bytes that a call, and one with a frame, allocate
 *     write       writes the tensor of the last call, and says "written"
 * </pre>
 */
public final class Preprocess {
    private static final long WARM_UP_NANOSECONDS = 2_000_000_000L;
    private static final int GARBAGE_CALLS = 15;

    private final Workspace workspace = new Workspace();
    private final RgbImage photo;
    private final int[][] levels = new int[3][256];
    private final ByteBuffer tensor =
            ByteBuffer.allocateDirect(3 * 224 * 224 * 4).order(ByteOrder.nativeOrder());
    private final ByteBuffer y;
    private final ByteBuffer uv;
    private final Yuv yuv = new Yuv();
    private final RgbImage frame = new RgbImage();

    private Preprocess(int width, int height, byte[] pixels, byte[] table) {
        photo = new RgbImage(pixels, width, height, width * 3);
        ByteBuffer values = ByteBuffer.wrap(table).order(ByteOrder.nativeOrder());
        for (int i = 0; i < 768; i++) {
            levels[i / 256][i % 256] = values.getInt();
        }
        // Any numbers will do: what is timed does not depend on them.
        y = ByteBuffer.allocateDirect(width * height).put(pixels, 0, width * height);
        uv = ByteBuffer.allocateDirect(width * height / 2).put(pixels, 0, width * height / 2);
        uv.flip();
        y.flip();
    }

    public static void main(String[] arguments) throws IOException {
        Preprocess program =
                new Preprocess(
                        Integer.parseInt(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Files.readAllBytes(Path.of(arguments[2])),
                        Files.readAllBytes(Path.of(arguments[3])));
        program.warmUp();
        System.out.println("ready");
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(program.answer(line, Path.of(arguments[4])));
        }
    }

    private void warmUp() {
        long end = System.nanoTime() + WARM_UP_NANOSECONDS;
        while (System.nanoTime() < end) {
            runPhoto();
            runFrame();
        }
    }

    private String answer(String question, Path file) throws IOException {
        long start = System.nanoTime();
        switch (question) {
            case "run":
                runPhoto();
                return Long.toString(System.nanoTime() - start);
            case "frame":
                runFrame();
                return Long.toString(System.nanoTime() - start);
            case "garbage":
                return garbage(this::runPhoto) + " " + garbage(this::runFrame);
            case "write":
                byte[] bytes = new byte[tensor.capacity()];
                tensor.duplicate().get(bytes);
                Files.write(file, bytes);
                return "written";
            default:
                throw new IllegalArgumentException("no such question: " + question);
        }
    }

    private void runPhoto() {
        run(photo);
    }

    private void runFrame() {
        yuv.frame(photo.width(), photo.height())
                .y(y, photo.width(), 1)
                .u(uv, photo.width(), 2)
                .v(uv, photo.width(), 2)
                .turn(90, false)
                .toRgb(frame);
        run(frame);
    }

    private void run(RgbImage image) {
        Picture seen =
                workspace
                        .picture(image, PassOrder.PILLOW_13)
                        .resizeShortSide(256, Filter.BILINEAR)
                        .centerCrop(224, 224);
        ToTensor.toChw(seen, levels, ChannelOrder.RGB, tensor);
    }

    /** Bytes that most calls allocate; the compiler, when it replaces code, adds a few to some. */
    private static long garbage(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long[] allocated = new long[GARBAGE_CALLS];
        for (int i = 0; i < GARBAGE_CALLS; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            call.run();
            allocated[i] = threads.getThreadAllocatedBytes(thread) - before;
        }
        java.util.Arrays.sort(allocated);
        return allocated[GARBAGE_CALLS / 2];
    }
}
