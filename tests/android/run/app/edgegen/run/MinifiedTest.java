package edgegen.run;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import android.widget.TextView;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;

/** The app that R8 has shrunk and renamed: nothing of its classes can be named here but what it shows. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34)
public final class MinifiedTest {
    @Test
    public void itNamesThePhotosAsPythonDoes() throws Exception {
        PhotoProvider.register();
        File expected = new File(System.getProperty("edgegen.run.expected"), "expected.json");
        byte[] json = Files.readAllBytes(expected.toPath());
        JSONArray photos = new JSONObject(new String(json, StandardCharsets.UTF_8)).getJSONArray("photos");
        for (int i = 0; i < photos.length(); i++) {
            JSONObject answer = photos.getJSONObject(i);
            try (Screen screen = Screen.share(new File(answer.getString("input")))) {
                screen.awaitAnswer();
                assertFalse(screen.shows("error"));
                check(answer.getJSONArray("top"), screen);
            }
        }
    }

    private static void check(JSONArray top, Screen screen) throws Exception {
        assertEquals(top.length(), screen.rows().size());
        for (int place = 0; place < top.length(); place++) {
            TextView label = Screen.find(screen.rows().get(place), "label");
            assertEquals(top.getJSONObject(place).getString("label"), label.getText().toString());
            TextView score = Screen.find(screen.rows().get(place), "probability");
            double shown = Double.parseDouble(score.getText().toString().replaceAll("[^0-9.]", ""));
            assertEquals(100 * top.getJSONObject(place).getDouble("probability"), shown, 0.06);
        }
    }
}
