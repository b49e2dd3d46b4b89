package edgegen.run;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import android.graphics.Bitmap;
import android.graphics.BitmapFactory;
import android.graphics.ImageFormat;
import android.view.View;
import android.widget.TextView;
import com.example.hello.model.Classifier;
import com.example.hello.model.Label;
import com.example.hello.model.Model;
import com.example.hello.model.Photos;
import com.example.hello.model.Preprocessor;
import com.example.hello.model.StoredPixels;
import com.example.hello.model.Tensor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;

/** The app and its model give Python's answers: on the screen, bit for bit in the tensor, from any picture. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, qualifiers = "w411dp-h891dp-port-420dpi")
public final class PhotoTest {
    @Before
    public void register() {
        PhotoProvider.register();
    }

    @Test
    public void theScreenNamesThePhotosAsPythonDoes() throws Exception {
        for (Expected.Answer answer : Expected.answers()) {
            try (Screen screen = Screen.share(answer.photo)) {
                screen.awaitAnswer();
                assertFalse(screen.shows("error"));
                answer.check(labels(screen));
                TextView name = Screen.find(screen.rows().get(0), "label");
                assertEquals(answer.name(0), name.getText().toString());
                TextView probability = Screen.find(screen.rows().get(0), "probability");
                float shown = Float.parseFloat(probability.getText().toString().replaceAll("[^0-9.]", ""));
                assertEquals(100 * answer.probability(0), shown, 0.06);
                assertTrue(screen.text("latency"), screen.text("latency").matches(".*\\d.*"));
            }
        }
    }

    @Test
    public void theTensorHasPythonsBits() throws Exception {
        Preprocessor preprocessor = new Preprocessor();
        for (Expected.Answer answer : Expected.answers()) {
            Tensor tensor = Tensor.zeros(Model.inputs().get(0));
            preprocessor.fill(tensor, Photos.decode(Files.readAllBytes(answer.photo.toPath())));
            byte[] bytes = new byte[tensor.bytes().remaining()];
            tensor.bytes().get(bytes);
            assertArrayEquals(answer.photo.getName(), answer.tensor, bytes);
        }
    }

    /** Alpha, Display P3, EXIF, gray, palettes: tests/android/run/pictures.py. */
    @Test
    public void picturesOfAllKindsHavePillowsPixels() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (File file : Expected.pictures("same")) {
            int[] size = new int[2];
            byte[] rgb = Expected.rgb(file, size);
            Bitmap seen = Photos.decode(Files.readAllBytes(file.toPath()));
            String difference = difference(size, rgb, seen);
            if (difference != null) {
                wrong.add(file.getName() + ": " + difference);
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** So that the user's page does not go on naming a difference that a newer Android has no more. */
    @Test
    public void thePicturesThatAndroidReadsOtherwiseStillDiffer() throws Exception {
        for (File file : Expected.pictures("other")) {
            int[] size = new int[2];
            byte[] rgb = Expected.rgb(file, size);
            assertNotNull(file.getName(), difference(size, rgb, Photos.decode(Files.readAllBytes(file.toPath()))));
        }
    }

    private static String difference(int[] size, byte[] rgb, Bitmap seen) {
        if (seen.getWidth() != size[0] || seen.getHeight() != size[1]) {
            return seen.getWidth() + " x " + seen.getHeight() + ", Pillow sees " + size[0] + " x " + size[1];
        }
        byte[] pixels = StoredPixels.of(seen);
        int differing = 0;
        int most = 0;
        for (int i = 0; i < rgb.length; i++) {
            int off = Math.abs((rgb[i] & 0xFF) - (pixels[i] & 0xFF));
            differing += off > 0 ? 1 : 0;
            most = Math.max(most, off);
        }
        return differing == 0 ? null : differing + " of " + rgb.length + " bytes differ, by up to " + most;
    }

    /** What another part of an app may hand over: a copy in the graphics processor's memory, fewer bits, more bits. */
    @Test
    public void bitmapsOfEveryConfigAreRead() throws Exception {
        Bitmap photo = Photos.decode(Files.readAllBytes(Expected.coffee().photo.toPath()));
        byte[] stored = StoredPixels.of(photo);
        assertArrayEquals(stored, StoredPixels.of(photo.copy(Bitmap.Config.HARDWARE, false)));
        assertArrayEquals(stored, StoredPixels.of(photo.copy(Bitmap.Config.RGBA_F16, false)));
        byte[] coarse = StoredPixels.of(photo.copy(Bitmap.Config.RGB_565, false));
        for (int i = 0; i < stored.length; i++) {
            assertEquals(stored[i] & 0xFF, coarse[i] & 0xFF, 8);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> StoredPixels.of(Bitmap.createBitmap(4, 4, Bitmap.Config.ALPHA_8)));
    }

    /** Decoded by an app itself: what is stored is read, not what getPixels makes of it in sRGB. */
    @Test
    public void aWidePictureWithAlphaIsReadAsItIsStored() throws Exception {
        File file = null;
        for (File each : Expected.pictures("same")) {
            file = each.getName().equals("display p3 with alpha.png") ? each : file;
        }
        BitmapFactory.Options options = new BitmapFactory.Options();
        options.inPremultiplied = false;
        Bitmap wide = BitmapFactory.decodeFile(file.getPath(), options);
        assertFalse(wide.getColorSpace().isSrgb());
        assertTrue(wide.hasAlpha() && !wide.isPremultiplied());
        byte[] stored = StoredPixels.of(wide);
        assertTrue("the app's bitmap was changed", wide.hasAlpha() && !wide.isRecycled());
        assertArrayEquals(Expected.rgb(file, new int[2]), stored);
    }

    @Test
    public void aCameraFrameIsNamedAsPythonNamesIt() throws Exception {
        Background.get(
                () -> {
                    try (Classifier classifier = Classifier.load(Screen.app())) {
                        Expected.frame().check(classifier.classify(FakeImage.ofCamera(), 90, 5));
                        FakeImage raw = FakeImage.ofFormat(ImageFormat.JPEG);
                        assertThrows(IllegalArgumentException.class, () -> classifier.classify(raw, 90, 5));
                        assertFalse("the caller closes the frame", raw.closed);
                    }
                    return null;
                });
    }

    @Test
    public void aPictureThatIsNoneIsAnErrorAndTheNextOneIsNot() throws Exception {
        for (File file : Expected.pictures("broken")) {
            try (Screen screen = Screen.share(file)) {
                screen.awaitAnswer();
                assertTrue(file.getName(), screen.shows("error"));
                assertEquals(file.getName(), List.of(), screen.rows());
            }
            assertThrows(file.getName(), IOException.class, () -> Photos.decode(Files.readAllBytes(file.toPath())));
        }
        try (Screen screen = Screen.share(new File("/nowhere/at/all.jpg"))) {
            screen.awaitAnswer();
            assertTrue(screen.shows("error"));
        }
        try (Screen screen = Screen.share(Expected.coffee().photo)) {
            screen.awaitAnswer();
            Expected.coffee().check(labels(screen));
        }
    }

    @Test
    public void heavyWorkIsRefusedOnTheMainThread() {
        assertThrows(IllegalStateException.class, () -> Classifier.load(Screen.app()));
    }

    @Test
    public void twoThreadsGetTheSameAnswer() throws Exception {
        Bitmap photo = Photos.decode(Files.readAllBytes(Expected.coffee().photo.toPath()));
        Background.get(
                () -> {
                    try (Classifier classifier = Classifier.load(Screen.app())) {
                        Thread other = new Thread(() -> classifyFiveTimes(classifier, photo), "other");
                        other.start();
                        classifyFiveTimes(classifier, photo);
                        other.join();
                        Expected.coffee().check(classifier.classify(photo, 5));
                    }
                    return null;
                });
    }

    private static void classifyFiveTimes(Classifier classifier, Bitmap photo) {
        try {
            for (int i = 0; i < 5; i++) {
                Expected.coffee().check(classifier.classify(photo, 5));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void theModelIsCopiedOutOnceAndADamagedCopyIsReplaced() throws Exception {
        Background.get(
                () -> {
                    Classifier.load(Screen.app()).close();
                    File copy = onlyModel();
                    long written = copy.lastModified();
                    Classifier.load(Screen.app()).close();
                    assertEquals(written, copy.lastModified());
                    assertSame("no second copy", 1, models().length);
                    Files.write(copy.toPath(), new byte[(int) copy.length()]);
                    Bitmap photo = Photos.decode(Files.readAllBytes(Expected.coffee().photo.toPath()));
                    try (Classifier classifier = Classifier.load(Screen.app())) {
                        Expected.coffee().check(classifier.classify(photo, 5));
                    }
                    return null;
                });
    }

    private static File onlyModel() {
        assertEquals(1, models().length);
        return models()[0];
    }

    private static File[] models() {
        File folder = new File(Screen.app().getNoBackupFilesDir(), "com.example.hello.model");
        return folder.listFiles((in, name) -> name.contains("model."));
    }

    private static List<Label> labels(Screen screen) {
        List<Label> labels = new ArrayList<>();
        for (View row : screen.rows()) {
            labels.add((Label) row.getTag());
        }
        return labels;
    }
}
