package edgegen.run;

import com.example.hello.model.Label;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** What Python says, in the folder that tests/android/run/expected.py wrote. */
final class Expected {
    /** How far a probability may be from Python's. */
    static final float TOLERANCE = 1e-5f;

    private static final File FOLDER = new File(System.getProperty("edgegen.run.expected"));

    private Expected() {}

    /** One photo: its file, the model's input as bytes, and the labels, best first. */
    static final class Answer {
        final File photo;
        final byte[] tensor;
        private final JSONArray top;

        Answer(JSONObject json) throws JSONException, IOException {
            photo = new File(json.getString("input"));
            tensor = Files.readAllBytes(new File(FOLDER, json.getString("tensor")).toPath());
            top = json.getJSONArray("top");
        }

        int size() {
            return top.length();
        }

        String name(int place) throws JSONException {
            return top.getJSONObject(place).getString("label");
        }

        float probability(int place) throws JSONException {
            return (float) top.getJSONObject(place).getDouble("probability");
        }

        /** Fails unless {@code labels} are Python's, in its order. */
        void check(List<Label> labels) throws JSONException {
            if (labels.size() != size()) {
                throw new AssertionError(photo + ": " + labels);
            }
            for (int place = 0; place < size(); place++) {
                JSONObject wanted = top.getJSONObject(place);
                Label label = labels.get(place);
                boolean same = label.index() == wanted.getInt("index") && label.name().equals(name(place));
                if (!same || Math.abs(label.probability() - probability(place)) > TOLERANCE) {
                    throw new AssertionError(
                            photo + ", place " + place + ": " + label.index() + " " + label.name() + " "
                                    + label.probability() + ", Python says " + wanted);
                }
            }
        }
    }

    /** The photos, the first of which is the coffee. */
    static List<Answer> answers() throws IOException, JSONException {
        JSONArray list = document().getJSONArray("photos");
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < list.length(); i++) {
            answers.add(new Answer(list.getJSONObject(i)));
        }
        return answers;
    }

    static Answer coffee() throws IOException, JSONException {
        return answers().get(0);
    }

    /** The answer for the frame of {@link FakeImage#ofCamera}. */
    static Answer frame() throws IOException, JSONException {
        return new Answer(document().getJSONObject("frame"));
    }

    /** The files of a folder ("same", "other" or "broken") by their names. */
    static List<File> pictures(String kind) {
        File[] files = new File(FOLDER, kind).listFiles((folder, name) -> !name.endsWith(".rgb"));
        Arrays.sort(files);
        return Arrays.asList(files);
    }

    /** The pixels that Pillow sees in a picture: width and height in `size`, then RGB rows. */
    static byte[] rgb(File picture, int[] size) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(new File(picture + ".rgb").toPath()));
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        size[0] = bytes.getInt();
        size[1] = bytes.getInt();
        byte[] rows = new byte[bytes.remaining()];
        bytes.get(rows);
        return rows;
    }

    static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(new File(FOLDER, name).toPath());
    }

    private static JSONObject document() throws IOException, JSONException {
        return new JSONObject(new String(bytes("expected.json"), StandardCharsets.UTF_8));
    }
}
