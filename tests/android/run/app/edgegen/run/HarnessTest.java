package edgegen.run;

import static org.robolectric.Shadows.shadowOf;

import android.app.Activity;
import android.content.Intent;
import android.view.View;
import android.view.ViewGroup;
import java.io.File;
import java.lang.reflect.Field;
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
 * Gives the app what it is to look at and writes down what its screen says: tests/harness/android.py.
 *
 * <p>Only names that every generated app has are used, so this one class serves all of them. The
 * file {@code edgegen.run.runs} is a list of {@code {"input", "photo"}}, to share with the app, or
 * {@code {"input", "files": {NAME: FILE}}}, to choose in it.
 */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, qualifiers = "w411dp-h891dp-port-420dpi", shadows = RealClock.class)
public final class HarnessTest {
    @Test
    public void run() throws Exception {
        PhotoProvider.register();
        byte[] runs = Files.readAllBytes(property("runs").toPath());
        JSONArray wanted = new JSONArray(new String(runs, StandardCharsets.UTF_8));
        JSONArray results = new JSONArray();
        for (int i = 0; i < wanted.length(); i++) {
            JSONObject run = wanted.getJSONObject(i);
            JSONObject result = run.has("photo") ? share(run) : choose(run);
            results.put(result.put("input", run.getString("input")));
        }
        String document = new JSONObject().put("results", results).toString();
        Files.write(property("result").toPath(), document.getBytes(StandardCharsets.UTF_8));
    }

    /** A classifier of pictures is given one by another app. */
    private static JSONObject share(JSONObject run) throws Exception {
        try (Screen screen = Screen.share(new File(run.getString("photo")))) {
            screen.awaitAnswer();
            shoot(screen);
            if (screen.shows("error")) {
                return new JSONObject().put("error", screen.text("error"));
            }
            JSONArray top = new JSONArray();
            for (View row : screen.rows()) {
                top.put(label(row.getTag()));
            }
            Object times = screen.find("latency").getTag();
            JSONObject took = milliseconds(times, "decode", "preprocess", "forward", "postprocess");
            return new JSONObject().put("top", top).put("milliseconds", took);
        }
    }

    /** Any other app has a row for each input, with a button to choose a file. */
    private static JSONObject choose(JSONObject run) throws Exception {
        try (Screen screen = Screen.launch()) {
            ViewGroup inputs = screen.find("inputs");
            for (int i = 0; i < inputs.getChildCount(); i++) {
                View row = inputs.getChildAt(i);
                String name = (String) call(row.getTag(), "name");
                Screen.find(row, "choose").performClick();
                Intent asked = shadowOf(screen.activity()).getNextStartedActivity();
                File file = new File(run.getJSONObject("files").getString(name));
                Intent chosen = new Intent().setData(PhotoProvider.share(file));
                shadowOf(screen.activity()).receiveResult(asked, Activity.RESULT_OK, chosen);
            }
            screen.click("run");
            ViewGroup outputs = screen.find("outputs");
            Screen.await(
                    "outputs or an error",
                    () -> !screen.shows("progress") && (outputs.getChildCount() > 0 || screen.shows("error")));
            shoot(screen);
            if (screen.shows("error")) {
                return new JSONObject().put("error", screen.text("error"));
            }
            JSONObject values = new JSONObject();
            for (int i = 0; i < outputs.getChildCount(); i++) {
                Object tensor = outputs.getChildAt(i).getTag();
                values.put((String) call(tensor, "name"), tensor(tensor));
            }
            Object times = screen.find("latency").getTag();
            JSONObject took = milliseconds(times, "read", "forward");
            took.put("decode", took.remove("read"));
            return new JSONObject().put("outputs", values).put("milliseconds", took);
        }
    }

    private static void shoot(Screen screen) throws Exception {
        if (System.getProperty("edgegen.run.screenshot") != null) {
            screen.screenshot(property("screenshot"));
        }
    }

    private static JSONObject label(Object label) throws Exception {
        return new JSONObject()
                .put("index", call(label, "index"))
                .put("label", call(label, "name"))
                .put("probability", shortest((float) call(label, "probability")));
    }

    private static JSONObject tensor(Object tensor) throws Exception {
        JSONArray shape = new JSONArray();
        for (long side : (long[]) call(tensor, "shape")) {
            shape.put(side);
        }
        boolean narrow = call(tensor, "dtype").toString().toLowerCase().matches("float(16|32)");
        JSONArray values = new JSONArray();
        int count = (int) call(tensor, "count");
        for (int i = 0; i < count; i++) {
            double value = (double) tensor.getClass().getMethod("get", int.class).invoke(tensor, i);
            boolean finite = Double.isFinite(value);
            values.put(finite ? (Object) (narrow ? shortest((float) value) : value) : JSONObject.NULL);
        }
        return new JSONObject().put("shape", shape).put("values", values);
    }

    /** The shortest decimal that is this float32. */
    private static double shortest(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    private static JSONObject milliseconds(Object times, String... stages)
            throws JSONException, ReflectiveOperationException {
        JSONObject milliseconds = new JSONObject();
        for (String stage : List.of(stages)) {
            Field field = times.getClass().getDeclaredField(stage);
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
