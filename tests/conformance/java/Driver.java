import edgegen.kernels.ChannelOrder;
import edgegen.kernels.Filter;
import edgegen.kernels.Orientation;
import edgegen.kernels.PassOrder;
import edgegen.kernels.Picture;
import edgegen.kernels.RgbImage;
import edgegen.kernels.ToTensor;
import edgegen.kernels.Workspace;
import edgegen.kernels.Yuv;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Runs conformance cases through the Java kernels: reads a folder of cases, writes every stage of
 * every case.
 *
 * <pre>
 *     java Driver FOLDER PATH      PATH is "java", or "yuv" for the folder's frames
 * </pre>
 *
 * <p>The format of the files is told in tests/conformance/casefile.py and yuv.py. Exit code 3:
 * there is no such path. One workspace serves all cases, as it serves all frames of a camera.
 */
public final class Driver {
    private static final int NO_SUCH_PATH = 3;

    private final Words words;
    private final ByteBuffer bytes;
    private final Stages stages;
    private final Workspace workspace = new Workspace();

    /** Each tensor is made once more, in three parts. */
    private final Workspace[] parts = {
        new Workspace(0, 3), new Workspace(1, 3), new Workspace(2, 3),
    };

    private final RgbImage photo = new RgbImage();
    private final RgbImage upright = new RgbImage();
    private final Yuv yuv = new Yuv();

    private Driver(Words words, ByteBuffer bytes, Stages stages) {
        this.words = words;
        this.bytes = bytes;
        this.stages = stages;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: java Driver FOLDER PATH");
            System.exit(2);
        }
        boolean frames = arguments[1].equals("yuv");
        if (!frames && !arguments[1].equals("java")) {
            System.err.println("driver: there is no path " + arguments[1]);
            System.exit(NO_SUCH_PATH);
        }
        Path folder = Path.of(arguments[0]);
        Words words = new Words(folder.resolve(frames ? "yuv.txt" : "cases.txt"));
        byte[] bytes = Files.readAllBytes(folder.resolve(frames ? "yuv.bin" : "pixels.bin"));
        try (Stages stages = new Stages(folder)) {
            Driver driver =
                    new Driver(
                            words,
                            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN),
                            stages);
            while (words.hasMore()) {
                if (frames) {
                    driver.runFrame();
                } else {
                    driver.runCase();
                }
            }
        }
    }

    private void runCase() throws IOException {
        words.expect("case");
        String name = words.next();
        int height = words.number();
        int width = words.number();
        int rowBytes = words.number();
        int orientation = words.number();
        boolean pillow13 = words.next().equals("pillow13");
        photo.reset(take(rowBytes * (height - 1) + width * 3), width, height, rowBytes);
        Orientation.orient(photo, orientation, upright);
        stages.write(name, "decoded " + upright.height() + "x" + upright.width() + "x3",
                upright.pixels(), upright.width() * upright.height() * 3);

        // A picture that is upright is read where it lies, with the gaps between its rows.
        RgbImage first = orientation == 1 ? photo : upright;
        PassOrder passes = pillow13 ? PassOrder.PILLOW_13 : PassOrder.HORIZONTAL_FIRST;
        Picture picture = workspace.picture(first, passes);
        List<UnaryOperator<Picture>> steps = new ArrayList<>();
        String op = words.next();
        for (int index = 1; !op.equals("tensor"); index++) {
            String step = op.equals("short_side") ? "resize" : op;
            String kind = op;
            String[] operands = words.operands(op);
            steps.add(before -> apply(before, kind, operands));
            if (picture != null) {
                picture = next(name, picture, steps.get(index - 1));
            }
            if (picture != null) {
                stages.write(name, index + "_" + step, picture);
            }
            op = words.next();
        }
        boolean chw = words.next().equals("NCHW");
        ChannelOrder order = words.next().equals("bgr") ? ChannelOrder.BGR : ChannelOrder.RGB;
        int bits = words.number();
        int channels = words.number();
        byte[] table = take(channels * 256 * bits / 8);
        if (picture != null) {
            ByteBuffer whole = tensor(picture, bits);
            ByteBuffer inParts = tensor(picture, bits);
            fill(picture, chw, order, bits, table, whole);
            for (Workspace part : parts) {
                Picture same = part.picture(first, passes);
                for (UnaryOperator<Picture> step : steps) {
                    same = step.apply(same);
                }
                fill(same, chw, order, bits, table, inParts);
            }
            if (!inParts.equals(whole)) {
                throw new IllegalStateException(name + ": made in parts, it is another tensor");
            }
            byte[] tensor = new byte[whole.capacity()];
            whole.get(tensor);
            stages.write(name, "tensor " + (chw ? "NCHW" : "NHWC"), tensor, tensor.length);
        }
    }

    /** The next picture, or null if the kernels refuse the step, which is then written down. */
    private Picture next(String name, Picture picture, UnaryOperator<Picture> step)
            throws IOException {
        try {
            return step.apply(picture);
        } catch (IllegalArgumentException refusal) {
            stages.refuse(name, refusal.getMessage());
            return null;
        }
    }

    private static Picture apply(Picture picture, String op, String[] of) {
        switch (op) {
            case "gray":
                return picture.gray(number(of[0]));
            case "resize":
                return picture.resize(number(of[0]), number(of[1]), filter(of[2]));
            case "short_side":
                return picture.resizeShortSide(number(of[0]), filter(of[1]), number(of[2]));
            case "letterbox":
                return picture.letterbox(
                        number(of[0]),
                        number(of[1]),
                        filter(of[2]),
                        number(of[3]),
                        number(of[4]),
                        number(of[5]));
            case "center_crop":
                return picture.centerCrop(number(of[0]), number(of[1]));
            default:
                return picture.pad(
                        number(of[0]),
                        number(of[1]),
                        number(of[2]),
                        number(of[3]),
                        number(of[4]),
                        number(of[5]),
                        number(of[6]));
        }
    }

    private static ByteBuffer tensor(Picture picture, int bits) {
        int values = picture.width() * picture.height() * picture.channels();
        return ByteBuffer.allocateDirect(values * bits / 8).order(ByteOrder.nativeOrder());
    }

    private static void fill(
            Picture picture,
            boolean chw,
            ChannelOrder order,
            int bits,
            byte[] table,
            ByteBuffer out) {
        ByteBuffer levels = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        int channels = picture.channels();
        if (bits == 32) {
            int[][] rows = new int[channels][256];
            for (int i = 0; i < channels * 256; i++) {
                rows[i / 256][i % 256] = levels.getInt();
            }
            if (chw) {
                ToTensor.toChw(picture, rows, order, out);
            } else {
                ToTensor.toHwc(picture, rows, order, out);
            }
        } else if (bits == 16) {
            short[][] rows = new short[channels][256];
            for (int i = 0; i < channels * 256; i++) {
                rows[i / 256][i % 256] = levels.getShort();
            }
            if (chw) {
                ToTensor.toChw(picture, rows, order, out);
            } else {
                ToTensor.toHwc(picture, rows, order, out);
            }
        } else {
            byte[][] rows = new byte[channels][256];
            for (int i = 0; i < channels * 256; i++) {
                rows[i / 256][i % 256] = levels.get();
            }
            if (chw) {
                ToTensor.toChw(picture, rows, order, out);
            } else {
                ToTensor.toHwc(picture, rows, order, out);
            }
        }
    }

    private void runFrame() throws IOException {
        words.expect("frame");
        String name = words.next();
        yuv.frame(words.number(), words.number())
                .crop(words.number(), words.number(), words.number(), words.number())
                .colors(matrix(words.next()), range(words.next()))
                .turn(words.number(), words.number() != 0);
        int[] strides = new int[6];
        ByteBuffer[] planes = new ByteBuffer[3];
        for (int i = 0; i < 3; i++) {
            strides[2 * i] = words.number();
            strides[2 * i + 1] = words.number();
            byte[] samples = take(words.number());
            planes[i] = ByteBuffer.allocateDirect(samples.length).put(samples);
        }
        yuv.y(planes[0], strides[0], strides[1])
                .u(planes[1], strides[2], strides[3])
                .v(planes[2], strides[4], strides[5])
                .toRgb(photo);
        stages.write(name, "rgb " + photo.height() + "x" + photo.width() + "x3", photo.pixels(),
                photo.width() * photo.height() * 3);
    }

    /** The next bytes of the data file in an array of their own. */
    private byte[] take(int count) {
        byte[] taken = new byte[count];
        bytes.get(taken);
        return taken;
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }

    private static Filter filter(String name) {
        return Filter.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Yuv.Matrix matrix(String name) {
        return Yuv.Matrix.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Yuv.Range range(String name) {
        return Yuv.Range.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The words of a text file, one after the other. */
    private static final class Words {
        private final ArrayDeque<String> words;

        Words(Path file) throws IOException {
            words = new ArrayDeque<>(Arrays.asList(Files.readString(file).trim().split("\\s+")));
        }

        boolean hasMore() {
            return !words.isEmpty();
        }

        String next() {
            return words.remove();
        }

        int number() {
            return Integer.parseInt(next());
        }

        void expect(String word) {
            String found = next();
            if (!found.equals(word)) {
                throw new IllegalStateException("expected " + word + ", got " + found);
            }
        }

        String[] operands(String op) {
            String[] found = new String[operandCount(op)];
            for (int i = 0; i < found.length; i++) {
                found[i] = next();
            }
            return found;
        }

        private static int operandCount(String op) {
            switch (op) {
                case "gray":
                    return 1;
                case "center_crop":
                    return 2;
                case "resize":
                case "short_side":
                    return 3;
                case "letterbox":
                    return 6;
                case "pad":
                    return 7;
                default:
                    throw new IllegalStateException("cases.txt: no operation " + op);
            }
        }
    }

    /** stages.txt and stages.bin. */
    private static final class Stages implements AutoCloseable {
        private final Writer index;
        private final OutputStream data;

        Stages(Path folder) throws IOException {
            index = Files.newBufferedWriter(folder.resolve("stages.txt"), StandardCharsets.UTF_8);
            data = new BufferedOutputStream(Files.newOutputStream(folder.resolve("stages.bin")));
        }

        void write(String name, String stage, byte[] bytes, int count) throws IOException {
            index.write(name + " " + stage + " " + count + "\n");
            data.write(bytes, 0, count);
        }

        void write(String name, String stage, Picture picture) throws IOException {
            byte[] pixels = picture.pixels();
            String shape = picture.height() + "x" + picture.width() + "x" + picture.channels();
            write(name, stage + " " + shape, pixels, pixels.length);
        }

        void refuse(String name, String why) throws IOException {
            index.write(name + " refused " + why + "\n");
        }

        @Override
        public void close() throws IOException {
            index.close();
            data.close();
        }
    }
}
