package edgegen.run;

import android.view.View;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;

/**
 * Gives the app the photos of a list and writes down what its screen says: tests/harness/android.py.
 *
 * <p>Only names that every generated app has are used, so this one class serves all of them.
 */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, qualifiers = "w411dp-h891dp-port-420dpi")
public final class HarnessTest {
    @Test
    public void run() throws Exception {
        PhotoProvider.register();
        JSONArray results = new JSONArray();
        for (String photo : Files.readAllLines(property("photos").toPath(), StandardCharsets.UTF_8)) {
            try (Screen screen = Screen.share(new File(photo))) {
                screen.awaitAnswer();
                results.put(result(screen, photo));
                if (System.getProperty("edgegen.run.screenshot") != null) {
                    screen.screenshot(property("screenshot"));
                }
            }
        }
        String document = new JSONObject().put("results", results).toString();
        Files.write(property("result").toPath(), document.getBytes(StandardCharsets.UTF_8));
    }

    private static JSONObject result(Screen screen, String photo) throws Exception {
        JSONObject result = new JSONObject().put("input", photo);
        if (screen.shows("error")) {
            return result.put("error", screen.text("error"));
        }
        JSONArray top = new JSONArray();
        for (View row : screen.rows()) {
            top.put(label(row.getTag()));
        }
        return result.put("top", top).put("milliseconds", milliseconds(screen.find("latency").getTag()));
    }

    private static JSONObject label(Object label) throws Exception {
        float probability = (float) call(label, "probability");
        return new JSONObject()
                .put("index", call(label, "index"))
                .put("label", call(label, "name"))
                // The shortest decimal that is this float32.
                .put("probability", Double.parseDouble(Float.toString(probability)));
    }

    private static JSONObject milliseconds(Object times) throws JSONException, ReflectiveOperationException {
        JSONObject milliseconds = new JSONObject();
        for (String stage : List.of("decode", "preprocess", "forward", "postprocess")) {
            java.lang.reflect.Field field = times.getClass().getDeclaredField(stage);
            field.setAccessible(true);
            milliseconds.put(stage, field.getDouble(times));
        }
        return milliseconds;
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    private static File property(String name) {
        return new File(System.getProperty("edgegen.run." + name));
    }
}
