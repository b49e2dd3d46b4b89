package edgegen.run;

import android.graphics.Bitmap;
import android.graphics.BitmapFactory;
import com.example.hello.model.Classifier;
import com.example.hello.model.Model;
import com.example.hello.model.Preprocessor;
import com.example.hello.model.Tensor;
import com.sun.management.ThreadMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.pytorch.executorch.EValue;
import org.pytorch.executorch.Module;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;

/**
 * benchmarks/android_app.py: a camera's frame and a photo of 640 x 480 through {@code :model}, beside the runtime's
 * bare forward, in turns; and what the garbage collector gets of each frame.
 */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34)
public final class BenchTest {
    private static final int WARM_UP = Integer.getInteger("edgegen.run.warmup");
    private static final int ROUNDS = Integer.getInteger("edgegen.run.rounds");

    @Test
    public void measure() throws Exception {
        JSONObject result = Background.get(BenchTest::result);
        byte[] text = result.toString().getBytes(StandardCharsets.UTF_8);
        Files.write(new File(System.getProperty("edgegen.run.result")).toPath(), text);
    }

    private static JSONObject result() throws Exception {
        FakeImage frame = FakeImage.ofCamera();
        Bitmap photo = BitmapFactory.decodeFile(new File(System.getProperty("edgegen.run.photo")).getPath());
        Tensor tensor = Tensor.zeros(Model.inputs().get(0));
        Preprocessor preprocessor = new Preprocessor();
        preprocessor.fill(tensor, frame, 90, false);
        try (Classifier classifier = Classifier.load(Screen.app())) {
            File copy = new File(Screen.app().getNoBackupFilesDir(), "com.example.hello.model");
            String file = copy.listFiles((in, name) -> name.endsWith(".pte"))[0].getPath();
            // The number of threads is the process's: from here on the classifier has one, too.
            Module module = Module.load(file, Module.LOAD_MODE_FILE, 1);
            EValue input =
                    EValue.from(
                            org.pytorch.executorch.Tensor.fromBlob(
                                    tensor.bytes().asFloatBuffer(), tensor.shape()));
            Map<String, Callable<?>> programs = new LinkedHashMap<>();
            programs.put("forward", () -> module.forward(input));
            programs.put("frame", () -> classifier.classify(frame, 90, 5));
            programs.put("photo", () -> classifier.classify(photo, 5));
            programs.put("preprocess", () -> filled(preprocessor, tensor, frame));
            JSONObject times = times(programs);
            long fillBytes = allocated(programs.get("preprocess"));
            long frameBytes = allocated(programs.get("frame"));
            module.destroy();
            return new JSONObject()
                    .put("milliseconds", times)
                    .put("preprocess_bytes", fillBytes)
                    .put("frame_bytes", frameBytes);
        }
    }

    private static Object filled(Preprocessor preprocessor, Tensor tensor, FakeImage frame) {
        preprocessor.fill(tensor, frame, 90, false);
        return tensor;
    }

    /** Every program's calls, in milliseconds, taking turns, so that what else the machine does touches all alike. */
    private static JSONObject times(Map<String, Callable<?>> programs) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            for (Callable<?> program : programs.values()) {
                program.call();
            }
        }
        Map<String, List<Double>> taken = new LinkedHashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (Map.Entry<String, Callable<?>> program : programs.entrySet()) {
                long start = System.nanoTime();
                program.getValue().call();
                double millis = (System.nanoTime() - start) / 1e6;
                taken.computeIfAbsent(program.getKey(), name -> new ArrayList<>()).add(millis);
            }
        }
        JSONObject result = new JSONObject();
        for (Map.Entry<String, List<Double>> program : taken.entrySet()) {
            Collections.sort(program.getValue());
            result.put(program.getKey(), new JSONArray(program.getValue()));
        }
        return result;
    }

    /** Bytes of Java heap that one call takes: the fewest of many, as the JVM itself takes some now and then. */
    private static long allocated(Callable<?> program) throws Exception {
        program.call();
        long[] ids =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread == Thread.currentThread() || thread.getName().startsWith("edgegen-"))
                        .mapToLong(Thread::getId)
                        .toArray();
        // Asking for the number takes some bytes itself.
        return least(program, ids) - least(() -> null, ids);
    }

    private static long least(Callable<?> program, long[] threads) throws Exception {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long before = allocatedBy(threads);
            program.call();
            least = Math.min(least, allocatedBy(threads) - before);
        }
        return least;
    }

    private static long allocatedBy(long[] threads) {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (long id : threads) {
            bytes += bean.getThreadAllocatedBytes(id);
        }
        return bytes;
    }
}
