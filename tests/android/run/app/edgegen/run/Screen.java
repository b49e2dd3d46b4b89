package edgegen.run;

import android.app.Activity;
import android.app.Application;
import android.content.Intent;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.net.Uri;
import android.os.Bundle;
import android.view.View;
import android.view.ViewGroup;
import android.widget.TextView;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.shadows.ShadowLooper;

/**
 * The app's main screen as a person has it: opened, looked at, touched, turned.
 *
 * <p>Views are found by the names of their ids, so that one class serves every generated project.
 */
final class Screen implements AutoCloseable {
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** What ended a thread of the app. On a device that ends the app; here it must end the test. */
    private static volatile Throwable crash;

    static {
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> crash = problem);
    }

    private final ActivityController<? extends Activity> controller;

    private Screen(ActivityController<? extends Activity> controller) {
        this.controller = controller;
    }

    /** Opens the app from the launcher. */
    static Screen launch() {
        return new Screen(Robolectric.buildActivity(mainActivity(), new Intent(Intent.ACTION_MAIN)).setup());
    }

    /** Opens the app with a picture that another app shares. */
    static Screen share(File picture) {
        Intent intent = sharing(PhotoProvider.share(picture));
        return new Screen(Robolectric.buildActivity(mainActivity(), intent).setup());
    }

    /** Opens the app as another app does that forgets what it wanted to share. */
    static Screen shareNothing() {
        Intent intent = new Intent(Intent.ACTION_SEND).setType("image/*");
        return new Screen(Robolectric.buildActivity(mainActivity(), intent).setup());
    }

    /** Opens the app's own screen that an intent names. */
    static Screen open(Intent intent) {
        Class<? extends Activity> type = activityClass(intent.getComponent().getClassName());
        return new Screen(Robolectric.buildActivity(type, intent).setup());
    }

    /** The screen that a person finds who comes back after the system took the memory. */
    Screen afterTheProcessWasEnded() {
        Bundle state = new Bundle();
        controller.saveInstanceState(state);
        Intent intent = controller.get().getIntent();
        return new Screen(Robolectric.buildActivity(mainActivity(), intent).setup(state));
    }

    private static Intent sharing(Uri picture) {
        Intent intent = new Intent(Intent.ACTION_SEND);
        intent.setType("image/*");
        intent.putExtra(Intent.EXTRA_STREAM, picture);
        return intent;
    }

    Activity activity() {
        return controller.get();
    }

    <V extends View> V find(String id) {
        return find(activity().getWindow().getDecorView(), id);
    }

    static <V extends View> V find(View within, String id) {
        V view = within.findViewById(id(id));
        if (view == null) {
            throw new AssertionError("no view has the id " + id);
        }
        return view;
    }

    String text(String id) {
        return ((TextView) find(id)).getText().toString();
    }

    /** Whether a view and all that it lies in are shown. */
    boolean shows(String id) {
        View view = activity().getWindow().getDecorView().findViewById(id(id));
        return view != null && view.isShown();
    }

    void click(String id) {
        if (!find(id).performClick()) {
            throw new AssertionError(id + " does not listen to clicks");
        }
        ShadowLooper.idleMainLooper();
    }

    /** The rows of results, or none. */
    List<View> rows() {
        ViewGroup results = find("results");
        List<View> rows = new ArrayList<>();
        for (int i = 0; results.isShown() && i < results.getChildCount(); i++) {
            rows.add(results.getChildAt(i));
        }
        return rows;
    }

    /** Waits for what the app does in the background to be on the screen. */
    static void await(String what, BooleanSupplier there) {
        long start = System.nanoTime();
        ShadowLooper.idleMainLooper();
        while (!there.getAsBoolean()) {
            if (crash != null) {
                throw new AssertionError("the app crashed", crash);
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("waited in vain for " + what);
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            ShadowLooper.idleMainLooper();
        }
    }

    /** Waits until results or an error are shown. */
    void awaitAnswer() {
        await("results or an error", () -> !shows("progress") && (!rows().isEmpty() || shows("error")));
    }

    /** Turns the device, as the system does it: the activity is destroyed and made anew. */
    void turn(String qualifiers) {
        RuntimeEnvironment.setQualifiers(qualifiers);
        controller.configurationChange();
        controller.visible(); // Robolectric leaves the new activity without a window.
        ShadowLooper.idleMainLooper();
    }

    /** Goes to another app, and comes back. */
    void leaveAndReturn() {
        controller.pause().stop();
        ShadowLooper.idleMainLooper();
        controller.restart().resume();
        ShadowLooper.idleMainLooper();
    }

    /** Writes what is on the screen as a PNG. */
    void screenshot(File file) throws IOException {
        View root = activity().getWindow().getDecorView();
        Bitmap picture = Bitmap.createBitmap(root.getWidth(), root.getHeight(), Bitmap.Config.ARGB_8888);
        root.draw(new Canvas(picture));
        try (OutputStream out = new FileOutputStream(file)) {
            picture.compress(Bitmap.CompressFormat.PNG, 100, out);
        }
    }

    @Override
    public void close() {
        controller.pause().stop().destroy();
        ShadowLooper.idleMainLooper();
    }

    static Application app() {
        return RuntimeEnvironment.getApplication();
    }

    static int id(String name) {
        return app().getResources().getIdentifier(name, "id", app().getPackageName());
    }

    private static Class<? extends Activity> mainActivity() {
        Intent launcher = app().getPackageManager().getLaunchIntentForPackage(app().getPackageName());
        return activityClass(launcher.getComponent().getClassName());
    }

    private static Class<? extends Activity> activityClass(String name) {
        try {
            return Class.forName(name).asSubclass(Activity.class);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
