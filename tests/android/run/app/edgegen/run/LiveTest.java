package edgegen.run;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.content.Intent;
import android.graphics.ImageFormat;
import android.hardware.camera2.CameraCharacteristics;
import android.hardware.camera2.CameraManager;
import android.util.Size;
import android.view.View;
import android.widget.TextView;
import com.example.hello.LiveActivity;
import com.example.hello.model.Label;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowCameraCharacteristics;
import org.robolectric.shadows.ShadowCameraManager;
import org.robolectric.shadows.StreamConfigurationMapBuilder;

/** The live camera's screen, as far as a camera without a lens goes: the frames are given to it by hand. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, qualifiers = "w411dp-h891dp-port-420dpi", shadows = PhoneSurface.class)
public final class LiveTest {
    @Before
    public void allow() {
        shadowOf(Screen.app()).grantPermissions(Manifest.permission.CAMERA);
    }

    @Test
    public void aFrameIsNamedAsPythonNamesIt() throws Exception {
        addCamera();
        try (Screen screen = open()) {
            assertFalse(screen.shows("error"));
            show(screen);
            Expected.frame().check(labels(screen));
            assertTrue(screen.text("latency"), screen.text("latency").matches(".*\\d.*"));
        }
    }

    @Test
    public void heldItKeepsTheResultsAndBackLetsItGoOn() throws Exception {
        addCamera();
        try (Screen screen = open()) {
            show(screen);
            String hold = screen.text("hold");
            screen.click("hold");
            assertFalse(hold.equals(screen.text("hold")));
            assertFalse("the results stay", screen.rows().isEmpty());
            goBack(screen);
            assertEquals("back lets it go on", hold, screen.text("hold"));
            assertFalse(screen.activity().isFinishing());
            goBack(screen);
            assertTrue("and again leaves", screen.activity().isFinishing());
        }
    }

    @Test
    public void leftAndReturnedToItRunsAgain() throws Exception {
        addCamera();
        try (Screen screen = open()) {
            show(screen);
            screen.leaveAndReturn();
            show(screen);
            Expected.frame().check(labels(screen));
            screen.turn("+land");
            show(screen);
            Expected.frame().check(labels(screen));
        }
    }

    @Test
    public void withoutACameraItSaysSoAndCanTryAgain() throws Exception {
        try (Screen screen = open()) {
            Screen.await("the error", () -> screen.shows("error"));
            assertTrue(screen.shows("error_action"));
            addCamera();
            screen.click("error_action");
            assertFalse(screen.shows("error"));
            show(screen);
            assertFalse(screen.rows().isEmpty());
        }
    }

    @Test
    public void theCameraTakenAwayMeanwhileItLeaves() {
        addCamera();
        shadowOf(Screen.app()).denyPermissions(Manifest.permission.CAMERA);
        try (Screen screen = open()) {
            assertTrue(screen.activity().isFinishing());
        }
    }

    private static Screen open() {
        return Screen.open(new Intent(Screen.app(), LiveActivity.class));
    }

    /** Gives the screen a frame, as the camera's thread does, and waits for its labels. */
    private static void show(Screen screen) throws Exception {
        LiveActivity activity = (LiveActivity) screen.activity();
        Background.get(
                () -> {
                    activity.onFrame(FakeImage.ofCamera(), 90);
                    return null;
                });
        Screen.await("labels", () -> !screen.rows().isEmpty());
    }

    @SuppressWarnings("deprecation") // Robolectric's window has no dispatcher of back gestures.
    private static void goBack(Screen screen) {
        screen.activity().onBackPressed();
    }

    private static List<Label> labels(Screen screen) {
        List<Label> labels = new ArrayList<>();
        for (View row : screen.rows()) {
            labels.add((Label) row.getTag());
            assertTrue(((TextView) Screen.find(row, "label")).getText().length() > 0);
        }
        return labels;
    }

    private static void addCamera() {
        CameraCharacteristics facts = ShadowCameraCharacteristics.newCameraCharacteristics();
        ShadowCameraCharacteristics shadow = Shadow.extract(facts);
        shadow.set(CameraCharacteristics.LENS_FACING, CameraCharacteristics.LENS_FACING_BACK);
        shadow.set(CameraCharacteristics.SENSOR_ORIENTATION, 90);
        shadow.set(
                CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP,
                StreamConfigurationMapBuilder.newBuilder()
                        .addOutputSize(ImageFormat.YUV_420_888, new Size(640, 480))
                        .addOutputSize(new Size(1280, 960))
                        .build());
        ShadowCameraManager manager = Shadow.extract(Screen.app().getSystemService(CameraManager.class));
        manager.addCamera("0", facts);
    }
}
