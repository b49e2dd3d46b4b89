package edgegen.run;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.Activity;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.graphics.drawable.BitmapDrawable;
import android.net.Uri;
import android.provider.MediaStore;
import android.provider.Settings;
import android.view.View;
import android.view.ViewGroup;
import android.widget.ImageView;
import android.widget.TextView;
import android.widget.Toolbar;
import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;

/** What a person does with the main screen: choose, take and share photos, turn the phone, say no, listen. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, qualifiers = "w411dp-h891dp-port-420dpi")
public final class ScreenTest {
    private static final int ALLOWED = PackageManager.PERMISSION_GRANTED;
    private static final int DENIED = PackageManager.PERMISSION_DENIED;

    @Before
    public void register() {
        PhotoProvider.register();
    }

    @Test
    public void itBeginsEmptyAndSaysWhatToDo() {
        try (Screen screen = Screen.launch()) {
            assertEquals(List.of(), screen.rows());
            assertFalse(screen.shows("error"));
            assertFalse(screen.shows("progress"));
            assertFalse(screen.shows("latency"));
            assertTrue(screen.shows("status"));
        }
    }

    @Test
    public void turnedInTheMiddleItGoesOnWithTheSamePhoto() throws Exception {
        try (Screen screen = Screen.share(Expected.coffee().photo)) {
            Activity upright = screen.activity();
            assertTrue(screen.shows("progress"));
            screen.turn("+land");
            assertNotSame("the activity is made anew", upright, screen.activity());
            screen.awaitAnswer();
            assertEquals(Expected.coffee().name(0), firstLabel(screen));
            assertNotNull("the photo is shown", shownPhoto(screen));
            Object answer = screen.find("latency").getTag();
            screen.turn("+port");
            assertEquals("there at once", Expected.coffee().name(0), firstLabel(screen));
            assertSame("not computed again", answer, screen.find("latency").getTag());
        }
    }

    @Test
    public void afterTheProcessWasEndedThePhotoIsBack() throws Exception {
        try (Screen screen = Screen.share(Expected.coffee().photo)) {
            screen.awaitAnswer();
            try (Screen later = screen.afterTheProcessWasEnded()) {
                later.awaitAnswer();
                assertEquals(Expected.coffee().name(0), firstLabel(later));
            }
        }
    }

    @Test
    public void theLastOfTwoPhotosIsTheOneThatIsNamed() throws Exception {
        List<Expected.Answer> answers = Expected.answers();
        try (Screen screen = Screen.launch()) {
            for (Expected.Answer answer : List.of(answers.get(1), answers.get(0))) {
                screen.click("pick_photo");
                Intent asked = nextStarted(screen);
                Intent chosen = new Intent().setData(PhotoProvider.share(answer.photo));
                shadowOf(screen.activity()).receiveResult(asked, Activity.RESULT_OK, chosen);
            }
            screen.awaitAnswer();
            assertEquals(answers.get(0).name(0), firstLabel(screen));
        }
    }

    @Test
    public void choosingNothingChangesNothing() throws Exception {
        try (Screen screen = Screen.share(Expected.coffee().photo)) {
            screen.awaitAnswer();
            screen.click("pick_photo");
            Intent asked = nextStarted(screen);
            assertEquals(MediaStore.ACTION_PICK_IMAGES, asked.getAction());
            assertEquals("image/*", asked.getType());
            shadowOf(screen.activity()).receiveResult(asked, Activity.RESULT_CANCELED, null);
            assertEquals(Expected.coffee().name(0), firstLabel(screen));
        }
    }

    @Test
    public void aPhotoIsTakenByTheCameraApp() throws Exception {
        shadowOf(Screen.app()).grantPermissions(Manifest.permission.CAMERA);
        try (Screen screen = Screen.launch()) {
            screen.click("take_photo");
            Intent asked = nextStarted(screen);
            assertEquals(MediaStore.ACTION_IMAGE_CAPTURE, asked.getAction());
            int both = Intent.FLAG_GRANT_READ_URI_PERMISSION | Intent.FLAG_GRANT_WRITE_URI_PERMISSION;
            assertEquals(both, asked.getFlags() & both);
            Uri target = asked.getParcelableExtra(MediaStore.EXTRA_OUTPUT, Uri.class);
            try (OutputStream camera = screen.activity().getContentResolver().openOutputStream(target)) {
                camera.write(Files.readAllBytes(Expected.coffee().photo.toPath()));
            }
            shadowOf(screen.activity()).receiveResult(asked, Activity.RESULT_OK, null);
            screen.awaitAnswer();
            assertEquals(Expected.coffee().name(0), firstLabel(screen));
        }
    }

    @Test
    public void withoutTheCameraItExplainsAndGoesOn() throws Exception {
        for (String button : List.of("take_photo", "live_camera")) {
            try (Screen screen = Screen.launch()) {
                screen.click(button);
                assertEquals(
                        List.of(Manifest.permission.CAMERA),
                        List.of(shadowOf(screen.activity()).getLastRequestedPermission().requestedPermissions));
                shadowOf(Screen.app().getPackageManager())
                        .setShouldShowRequestPermissionRationale(Manifest.permission.CAMERA, true);
                answer(screen, DENIED);
                assertTrue(screen.shows("error"));
                assertFalse("the settings are for later", screen.shows("error_action"));
                screen.turn("+land");
                assertTrue("the explanation survives a turn", screen.shows("error"));
                screen.turn("+port");
                screen.click("pick_photo");
                Intent asked = nextStarted(screen);
                Intent chosen = new Intent().setData(PhotoProvider.share(Expected.coffee().photo));
                shadowOf(screen.activity()).receiveResult(asked, Activity.RESULT_OK, chosen);
                screen.awaitAnswer();
                assertFalse("a photo can be looked at all the same", screen.shows("error"));
            }
        }
    }

    @Test
    public void deniedForGoodItLeadsToTheSettings() {
        try (Screen screen = Screen.launch()) {
            screen.click("live_camera");
            shadowOf(Screen.app().getPackageManager())
                    .setShouldShowRequestPermissionRationale(Manifest.permission.CAMERA, false);
            answer(screen, DENIED);
            assertTrue(screen.shows("error"));
            screen.click("error_action");
            Intent settings = nextStarted(screen);
            assertEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, settings.getAction());
            assertEquals("package:com.example.hello", settings.getDataString());
        }
    }

    @Test
    public void allowedItOpensTheLiveCamera() {
        try (Screen screen = Screen.launch()) {
            screen.click("live_camera");
            shadowOf(Screen.app()).grantPermissions(Manifest.permission.CAMERA);
            answer(screen, ALLOWED);
            Intent started = nextStarted(screen);
            assertEquals("com.example.hello.LiveActivity", started.getComponent().getClassName());
        }
    }

    private static void answer(Screen screen, int grant) {
        int request = shadowOf(screen.activity()).getLastRequestedPermission().requestCode;
        String[] permissions = {Manifest.permission.CAMERA};
        screen.activity().onRequestPermissionsResult(request, permissions, new int[] {grant});
    }

    @Test
    public void whatIsSharedMayBeNothing() {
        try (Screen screen = Screen.shareNothing()) {
            screen.awaitAnswer();
            assertTrue(screen.shows("error"));
        }
    }

    @Test
    public void theLicencesAreShown() {
        try (Screen screen = Screen.launch()) {
            Toolbar toolbar = screen.find("toolbar");
            assertTrue(toolbar.getMenu().performIdentifierAction(Screen.id("licences"), 0));
            Intent started = nextStarted(screen);
            try (Screen licences = Screen.open(started)) {
                Screen.await("the licences", () -> !licences.text("notice").isEmpty());
                String notice = licences.text("notice");
                assertTrue(notice, notice.contains("EfficientNet") && notice.contains("Apache"));
            }
        }
    }

    /** Everything that can be pressed or is a picture has words, and so has each row of results, for TalkBack. */
    @Test
    public void everythingHasWordsForThoseWhoListen() throws Exception {
        try (Screen screen = Screen.share(Expected.coffee().photo)) {
            screen.awaitAnswer();
            List<String> silent = new ArrayList<>();
            collectSilent(screen.activity().findViewById(android.R.id.content), silent);
            assertEquals(List.of(), silent);
            String spoken = screen.rows().get(0).getContentDescription().toString();
            assertTrue(spoken, spoken.contains(Expected.coffee().name(0)) && spoken.contains("95"));
            int polite = View.ACCESSIBILITY_LIVE_REGION_POLITE;
            assertEquals(polite, screen.find("status").getAccessibilityLiveRegion());
            int assertive = View.ACCESSIBILITY_LIVE_REGION_ASSERTIVE;
            assertEquals(assertive, screen.find("error").getAccessibilityLiveRegion());
        }
    }

    private static void collectSilent(View view, List<String> silent) {
        boolean needsWords = view.isClickable() || view instanceof ImageView;
        boolean hasWords =
                view.getContentDescription() != null
                        || (view instanceof TextView && ((TextView) view).getText().length() > 0);
        if (view.isShown() && needsWords && !hasWords) {
            silent.add(view.toString());
        }
        if (view instanceof ViewGroup) {
            for (int i = 0; i < ((ViewGroup) view).getChildCount(); i++) {
                collectSilent(((ViewGroup) view).getChildAt(i), silent);
            }
        }
    }

    @Test
    public void touchTargetsAreLargeEnough() {
        try (Screen screen = Screen.launch()) {
            float density = Screen.app().getResources().getDisplayMetrics().density;
            for (String button : List.of("pick_photo", "take_photo", "live_camera")) {
                View view = screen.find(button);
                assertTrue(button, view.getHeight() >= 48 * density && view.getWidth() >= 48 * density);
            }
        }
    }

    /** What the app last asked the system to open; permissions are asked for by intents, too. */
    private static Intent nextStarted(Screen screen) {
        Intent next = shadowOf(screen.activity()).getNextStartedActivity();
        while (next != null && "android.content.pm.action.REQUEST_PERMISSIONS".equals(next.getAction())) {
            next = shadowOf(screen.activity()).getNextStartedActivity();
        }
        return next;
    }

    private static String firstLabel(Screen screen) {
        assertFalse("no results", screen.rows().isEmpty());
        TextView label = Screen.find(screen.rows().get(0), "label");
        return label.getText().toString();
    }

    private static BitmapDrawable shownPhoto(Screen screen) {
        ImageView photo = screen.find("photo");
        return (BitmapDrawable) photo.getDrawable();
    }
}
