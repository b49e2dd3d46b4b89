package edgegen.kernels;

import static edgegen.kernels.Testing.check;
import static edgegen.kernels.Testing.checkEqual;
import static edgegen.kernels.Testing.checkLevels;
import static edgegen.kernels.Testing.checkRefused;
import static edgegen.kernels.Testing.grayImage;
import static edgegen.kernels.Testing.noiseImage;
import static edgegen.kernels.Testing.picture;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;

/** Where each value of the tensor comes from, in both layouts, both orders and all widths. */
final class ToTensorTest {
    private ToTensorTest() {}

    /** Two pixels side by side: R G B, R G B. */
    private static Picture two() {
        return picture(new RgbImage(new byte[] {1, 2, 3, 4, 5, 6}, 2, 1, 6));
    }

    private static ByteBuffer tensor(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static int[][] ints(int channels) {
        int[][] levels = new int[channels][256];
        for (int i = 0; i < channels * 256; i++) {
            levels[i / 256][i % 256] = (i / 256 + 1) * 100_000 + i % 256;
        }
        return levels;
    }

    private static short[][] shorts() {
        short[][] levels = new short[3][256];
        for (int i = 0; i < 768; i++) {
            levels[i / 256][i % 256] = (short) ((i / 256 + 1) * 1000 + i % 256);
        }
        return levels;
    }

    private static byte[][] bytes() {
        byte[][] levels = new byte[3][256];
        for (int i = 0; i < 768; i++) {
            levels[i / 256][i % 256] = (byte) ((i / 256 + 1) * 50 + i % 256);
        }
        return levels;
    }

    private static void checkValues(ByteBuffer out, int valueBytes, int... expected) {
        for (int i = 0; i < expected.length; i++) {
            int at = i * valueBytes;
            int got = valueBytes == 4 ? out.getInt(at)
                    : valueBytes == 2 ? out.getShort(at) : out.get(at) & 0xFF;
            checkEqual(got, expected[i]);
        }
    }

    static void eachValueOf32BitsIsAtItsPlace() {
        ByteBuffer out = tensor(24);
        ToTensor.toChw(two(), ints(3), ChannelOrder.RGB, out);
        checkValues(out, 4, 100001, 100004, 200002, 200005, 300003, 300006);
        ToTensor.toChw(two(), ints(3), ChannelOrder.BGR, out);
        checkValues(out, 4, 100003, 100006, 200002, 200005, 300001, 300004);
        ToTensor.toHwc(two(), ints(3), ChannelOrder.RGB, out);
        checkValues(out, 4, 100001, 200002, 300003, 100004, 200005, 300006);
        ToTensor.toHwc(two(), ints(3), ChannelOrder.BGR, out);
        checkValues(out, 4, 100003, 200002, 300001, 100006, 200005, 300004);
    }

    static void eachValueOf16BitsIsAtItsPlace() {
        ByteBuffer out = tensor(12);
        ToTensor.toChw(two(), shorts(), ChannelOrder.RGB, out);
        checkValues(out, 2, 1001, 1004, 2002, 2005, 3003, 3006);
        ToTensor.toHwc(two(), shorts(), ChannelOrder.BGR, out);
        checkValues(out, 2, 1003, 2002, 3001, 1006, 2005, 3004);
    }

    static void eachValueOf8BitsIsAtItsPlace() {
        ByteBuffer out = tensor(6);
        ToTensor.toChw(two(), bytes(), ChannelOrder.RGB, out);
        checkValues(out, 1, 51, 54, 102, 105, 153, 156);
        ToTensor.toHwc(two(), bytes(), ChannelOrder.BGR, out);
        checkValues(out, 1, 53, 102, 151, 56, 105, 154);
    }

    static void aGrayPictureHasOneChannel() {
        ByteBuffer out = tensor(16);
        for (ChannelOrder order : ChannelOrder.values()) {
            Picture gray = picture(grayImage(2, 2, 7, 8, 9, 10)).gray(1);
            ToTensor.toChw(gray, ints(1), order, out);
            checkValues(out, 4, 100007, 100008, 100009, 100010);
        }
    }

    static void theTensorIsMadeOfThePicturesPixels() {
        byte[][] same = new byte[3][256];
        for (int i = 0; i < 768; i++) {
            same[i / 256][i % 256] = (byte) i;
        }
        Picture picture =
                picture(noiseImage(50, 70, 2))
                        .resizeShortSide(20, Filter.BILINEAR)
                        .centerCrop(16, 18);
        ByteBuffer out = tensor(16 * 18 * 3);
        ToTensor.toHwc(picture, same, ChannelOrder.RGB, out);
        byte[] got = new byte[out.capacity()];
        out.get(got);
        check(java.util.Arrays.equals(got, picture.pixels()));
    }

    /** Every step with a window of its own, in an order in which each has another one after it. */
    private static Picture everyStep(Workspace workspace, RgbImage photo, PassOrder order) {
        return workspace.picture(photo, order)
                .resize(61, 40, Filter.BICUBIC)
                .pad(1, 2, 3, 4, 5, 6, 7)
                .resize(50, 57, Filter.NEAREST)
                .gray(3)
                .centerCrop(44, 45)
                .letterbox(37, 46, Filter.LANCZOS, 9, 8, 7);
    }

    static void aTensorMadeInPartsIsTheOneMadeAtOnce() {
        RgbImage photo = noiseImage(90, 70, 3);
        for (PassOrder order : PassOrder.values()) {
            ByteBuffer chw = tensor(37 * 46 * 3 * 4);
            ByteBuffer hwc = tensor(37 * 46 * 3);
            Picture whole = everyStep(new Workspace(), photo, order);
            ToTensor.toChw(whole, ints(3), ChannelOrder.BGR, chw);
            ToTensor.toHwc(whole, bytes(), ChannelOrder.RGB, hwc);
            for (int parts : new int[] {1, 2, 3, 4, 36, 37, 38, 100}) {
                ByteBuffer chwOfParts = tensor(chw.capacity());
                ByteBuffer hwcOfParts = tensor(hwc.capacity());
                for (int part = parts - 1; part >= 0; part--) {
                    Picture seen = everyStep(new Workspace(part, parts), photo, order);
                    ToTensor.toChw(seen, ints(3), ChannelOrder.BGR, chwOfParts);
                    ToTensor.toHwc(seen, bytes(), ChannelOrder.RGB, hwcOfParts);
                }
                checkEqual(chwOfParts, chw);
                checkEqual(hwcOfParts, hwc);
            }
        }
    }

    static void aPartLeavesTheRestOfTheTensorAlone() {
        RgbImage photo = grayImage(5, 1, 1, 2, 3, 4, 5);
        byte[][] same = new byte[3][256];
        for (int i = 0; i < 768; i++) {
            same[i / 256][i % 256] = (byte) i;
        }
        ByteBuffer out = tensor(15);
        Picture part = new Workspace(1, 3).picture(photo, PassOrder.PILLOW_13);
        ToTensor.toChw(part, same, ChannelOrder.RGB, out);
        checkValues(out, 1, 0, 2, 3, 0, 0, 0, 2, 3, 0, 0, 0, 2, 3, 0, 0);
        checkRefused("for part 3 of 3", () -> new Workspace(3, 3));
        checkRefused("for part 0 of 0", () -> new Workspace(0, 0));
        checkRefused("for part -1 of 2", () -> new Workspace(-1, 2));
    }

    static void positionAndLimitOfTheBufferStayAndDoNotMatter() {
        ByteBuffer out = tensor(24);
        Buffer positions = out;
        positions.position(3);
        positions.limit(5);
        ToTensor.toChw(two(), ints(3), ChannelOrder.RGB, out);
        checkEqual(out.position(), 3);
        checkEqual(out.limit(), 5);
        positions.clear();
        checkValues(out, 4, 100001, 100004, 200002, 200005, 300003, 300006);
    }

    static void twoTensorsInTurnAreNotMixedUp() {
        Workspace workspace = new Workspace();
        ByteBuffer[] out = {tensor(12), tensor(12)};
        for (int i = 0; i < 4; i++) {
            RgbImage one = new RgbImage(new byte[] {(byte) i, 0, 0}, 1, 1, 3);
            Picture picture = workspace.picture(one, PassOrder.PILLOW_13);
            ToTensor.toChw(picture, ints(3), ChannelOrder.RGB, out[i % 2]);
        }
        checkValues(out[0], 4, 100002);
        checkValues(out[1], 4, 100003);
    }

    static void aHeapBufferWillDo() {
        ByteBuffer out = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
        ToTensor.toChw(two(), ints(3), ChannelOrder.RGB, out);
        checkValues(out, 4, 100001, 100004, 200002);
        byte[][] levels = bytes();
        ByteBuffer small = ByteBuffer.allocate(6).order(ByteOrder.nativeOrder());
        ToTensor.toHwc(two(), levels, ChannelOrder.RGB, small);
        checkLevels(small.array(), 51, 102, 153, 54, 105, 156);
    }

    static void badArgumentsOfATensorAreRefused() {
        ChannelOrder rgb = ChannelOrder.RGB;
        ByteOrder native_ = ByteOrder.nativeOrder();
        ByteOrder other =
                native_ == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer swapped = tensor(24).order(other);
        checkRefused("order(ByteOrder.nativeOrder())",
                () -> ToTensor.toChw(two(), ints(3), rgb, swapped));
        checkRefused("of 24 bytes does not fit into 23",
                () -> ToTensor.toChw(two(), ints(3), rgb, tensor(23)));
        checkRefused("of 12 bytes does not fit into 11",
                () -> ToTensor.toHwc(two(), shorts(), rgb, tensor(11)));
        checkRefused("for 1 channels, and a picture of 3",
                () -> ToTensor.toChw(two(), ints(1), rgb, tensor(24)));
        checkRefused("256 values to a channel, got 255",
                () -> ToTensor.toHwc(two(), new byte[3][255], rgb, tensor(24)));
        try {
            ToTensor.toChw(two(), ints(3), rgb, tensor(24).asReadOnlyBuffer().order(native_));
        } catch (ReadOnlyBufferException expected) {
            return;
        }
        throw new AssertionError("a buffer that cannot be written was not refused");
    }
}
