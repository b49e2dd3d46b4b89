package edgegen.kernels;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs the kernels' tests: every static method without parameters of the classes in {@link
 * #CLASSES} is one, and its name is the claim.
 *
 * <pre>
 *     java edgegen.kernels.Testing [--list | NAME …]
 * </pre>
 */
final class Testing {
    private static final Class<?>[] CLASSES = {
        AllocationTest.class,
        AxisTest.class,
        OrientationTest.class,
        PictureTest.class,
        PixelSourceTest.class,
        RgbImageTest.class,
        ToTensorTest.class,
        YuvTest.class,
    };

    private Testing() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Map<String, Method> tests = new TreeMap<>();
        for (Class<?> testClass : CLASSES) {
            for (Method method : testClass.getDeclaredMethods()) {
                int modifiers = method.getModifiers();
                if (Modifier.isStatic(modifiers)
                        && !Modifier.isPrivate(modifiers)
                        && !method.isSynthetic()) {
                    tests.put(method.getName(), method);
                }
            }
        }
        if (Arrays.equals(arguments, new String[] {"--list"})) {
            tests.keySet().forEach(System.out::println);
            return;
        }
        int failed = 0;
        for (String name : arguments.length == 0 ? tests.keySet() : Arrays.asList(arguments)) {
            if (!tests.containsKey(name)) {
                System.err.println("no test " + name);
                failed++;
                continue;
            }
            failed += run(name, tests.get(name)) ? 0 : 1;
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private static boolean run(String name, Method test) throws IllegalAccessException {
        try {
            test.invoke(null);
        } catch (InvocationTargetException error) {
            System.out.println("FAILED  " + name);
            error.getCause().printStackTrace();
            return false;
        }
        System.out.println("ok      " + name);
        return true;
    }

    static void check(boolean claim) {
        if (!claim) {
            throw new AssertionError("the claim does not hold");
        }
    }

    static void checkEqual(Object got, Object expected) {
        if (!got.equals(expected)) {
            throw new AssertionError("\n    expected " + expected + "\n    got      " + got);
        }
    }

    /** Bytes as levels. */
    static void checkLevels(byte[] got, int... expected) {
        int[] levels = new int[got.length];
        for (int i = 0; i < got.length; i++) {
            levels[i] = got[i] & 0xFF;
        }
        checkEqual(Arrays.toString(levels), Arrays.toString(expected));
    }

    /** Fails unless the call is refused with these words in the reason. */
    static void checkRefused(String words, Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException refusal) {
            String reason = String.valueOf(refusal.getMessage());
            check(reason.startsWith("edgegen: "));
            if (!reason.contains(words)) {
                throw new AssertionError("refused with: " + reason + "; expected: " + words);
            }
            return;
        }
        throw new AssertionError("not refused; expected: " + words);
    }

    /** Levels that look random and are the same in every run; a third is 0 or 255. */
    static byte[] noise(int count, int seed) {
        byte[] levels = new byte[count];
        int state = seed * 0x9E3779B1 + 1;
        for (int i = 0; i < count; i++) {
            state = state * 1664525 + 1013904223;
            int top = state >>> 24;
            levels[i] = (byte) (top < 43 ? 0 : top < 86 ? 255 : top);
        }
        return levels;
    }

    static RgbImage noiseImage(int height, int width, int seed) {
        return new RgbImage(noise(height * width * 3, seed), width, height, width * 3);
    }

    /** An image of gray pixels, one for each level. */
    static RgbImage grayImage(int height, int width, int... levels) {
        byte[] pixels = new byte[3 * levels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) levels[i / 3];
        }
        return new RgbImage(pixels, width, height, width * 3);
    }

    static Picture picture(RgbImage photo) {
        return new Workspace().picture(photo, PassOrder.PILLOW_13);
    }
}
