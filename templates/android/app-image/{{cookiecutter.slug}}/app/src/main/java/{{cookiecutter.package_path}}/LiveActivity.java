// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.Manifest;
import android.app.Activity;
import android.content.pm.PackageManager;
import android.graphics.Rect;
import android.media.Image;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.os.SystemClock;
import android.util.Size;
import android.view.Display;
import android.view.SurfaceHolder;
import android.view.View;
import android.widget.Button;
import android.widget.TextView;
import android.widget.Toolbar;
import {{ cookiecutter.model_package }}.Classifier;
import {{ cookiecutter.model_package }}.Label;
import {{ cookiecutter.model_package }}.ModelException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the camera sees and what the model says of it, as fast as the model is. {@code Hold} stops
 * the picture to read the result; back, or {@code Go on}, lets it run again.
 */
public final class LiveActivity extends Activity
        implements CameraFeed.Listener, SurfaceHolder.Callback {
    /** A new best label is read aloud no sooner than this after the last. */
    private static final long SPEAK_MILLIS = 2000;

    /** The share of the newest interval in the number of frames a second. */
    private static final double SMOOTHING = 0.1;

    private final Handler main = new Handler(Looper.getMainLooper());
    private ModelHolder<Classifier> classifier;
    private PreviewView preview;
    private ResultsView results;
    private BackHandler back;

    /** From onResume, or trying again, to onPause or a failure; the main thread's. */
    private @Nullable CameraFeed feed;

    private @Nullable CameraChoice choice;
    private boolean opened;
    private boolean held;
    private long lastSpokenMillis;
    private long lastFrameNanos;
    private double meanNanos;

    @Override
    protected void onCreate(@Nullable Bundle savedInstanceState) {
        super.onCreate(savedInstanceState);
        setContentView(R.layout.activity_live);
        EdgeToEdge.apply(getWindow(), findViewById(R.id.root));
        classifier = DemoApplication.of(this).classifier();
        Toolbar toolbar = findViewById(R.id.toolbar);
        toolbar.setNavigationOnClickListener(view -> finish());
        results = findViewById(R.id.results);
        preview = findViewById(R.id.preview);
        preview.setKeepScreenOn(true);
        preview.getHolder().addCallback(this);
        back = new BackHandler(this, () -> hold(false));
        findViewById(R.id.hold).setOnClickListener(view -> hold(!held));
        Button retry = findViewById(R.id.error_action);
        retry.setText(R.string.try_again);
        retry.setOnClickListener(view -> start());
    }

    @Override
    protected void onResume() {
        super.onResume();
        if (checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED) {
            start();
        } else {
            // Taken away in the settings meanwhile. The screen before this one asks and explains.
            finish();
        }
    }

    @Override
    protected void onPause() {
        stop();
        super.onPause();
    }

    /** Called before API 33 only; from then on the BackHandler's callback is. */
    @Override
    @SuppressWarnings("deprecation")
    public void onBackPressed() {
        if (!back.handleBackPressed()) {
            super.onBackPressed();
        }
    }

    private void start() {
        stop();
        showError("");
        say(R.id.status, getString(R.string.status_live));
        meanNanos = 0;
        lastFrameNanos = 0;
        CameraFeed started = new CameraFeed(this, DemoApplication.cameraThread(), classifier, this);
        feed = started;
        started.prepare();
    }

    private void stop() {
        hold(false);
        CameraFeed running = feed;
        feed = null;
        choice = null;
        opened = false;
        if (running != null) {
            running.close();
        }
    }

    private void hold(boolean hold) {
        held = hold;
        back.setEnabled(hold);
        Button button = findViewById(R.id.hold);
        button.setText(hold ? R.string.go_on : R.string.hold);
        if (feed != null) {
            feed.setHeld(hold);
        }
    }

    @Override
    public void onChosen(CameraChoice chosen) {
        choice = chosen;
        sizePreview();
    }

    /** Once the camera is chosen and the preview is on a display, in whichever order. */
    private void sizePreview() {
        CameraChoice chosen = choice;
        Display display = preview.getDisplay();
        if (chosen == null || display == null) {
            return;
        }
        preview.setAspect(chosen.previewOnDisplay(CameraFeed.degrees(display)));
        preview.getHolder().setFixedSize(chosen.preview.getWidth(), chosen.preview.getHeight());
        openWhenSized();
    }

    /** Opens the camera as soon as there is a surface of the preview's size. */
    private void openWhenSized() {
        SurfaceHolder holder = preview.getHolder();
        CameraChoice chosen = choice;
        Display display = preview.getDisplay();
        if (feed == null
                || chosen == null
                || opened
                || display == null
                || !holder.getSurface().isValid()) {
            return;
        }
        Rect sized = holder.getSurfaceFrame();
        if (new Size(sized.width(), sized.height()).equals(chosen.preview)) {
            opened = true;
            feed.open(holder.getSurface(), display);
        }
    }

    @Override
    public void surfaceCreated(SurfaceHolder holder) {
        sizePreview();
    }

    @Override
    public void surfaceChanged(SurfaceHolder holder, int format, int width, int height) {
        openWhenSized();
    }

    @Override
    public void surfaceDestroyed(SurfaceHolder holder) {
        if (opened) {
            stop();
        }
    }

    /** On the model's thread. */
    @Override
    public void onFrame(Image frame, int rotationDegrees) {
        try {
            Classifier loaded = classifier.get();
            List<Label> labels = loaded.classify(frame, rotationDegrees, PhotoSession.TOP);
            StageTimes times = new StageTimes(0, loaded.timings());
            main.post(() -> show(labels, times));
        } catch (ModelException | IllegalArgumentException e) {
            main.post(
                    () -> {
                        stop();
                        showError(ErrorText.of(getResources(), e));
                    });
        }
    }

    @Override
    public void onFailed(int words) {
        if (feed != null) {
            stop();
            showError(getString(words));
        }
    }

    private void show(List<Label> labels, StageTimes times) {
        if (feed == null || held) {
            return; // The frame was on its way when the picture stopped.
        }
        results.show(labels);
        double rate = framesASecond();
        say(
                R.id.latency,
                getString(
                        R.string.latency_live,
                        times.preprocess,
                        times.forward,
                        times.postprocess,
                        rate));
        findViewById(R.id.latency).setTag(times);
        long now = SystemClock.elapsedRealtime();
        if (now - lastSpokenMillis >= SPEAK_MILLIS) {
            lastSpokenMillis = now;
            say(R.id.status, labels.get(0).name());
        }
    }

    private double framesASecond() {
        long now = SystemClock.elapsedRealtimeNanos();
        if (lastFrameNanos != 0) {
            double interval = now - lastFrameNanos;
            meanNanos = meanNanos == 0 ? interval : meanNanos + SMOOTHING * (interval - meanNanos);
        }
        lastFrameNanos = now;
        return meanNanos == 0 ? 0 : 1e9 / meanNanos;
    }

    private void showError(String words) {
        results.show(Collections.emptyList());
        say(R.id.latency, "");
        say(R.id.status, "");
        say(R.id.error, words);
        findViewById(R.id.error_action).setVisibility(words.isEmpty() ? View.GONE : View.VISIBLE);
        findViewById(R.id.hold).setEnabled(words.isEmpty());
    }

    /**
     * Only what is new is set: a live region is read aloud each time. An empty text takes no room.
     */
    private void say(int view, String words) {
        TextView text = findViewById(view);
        if (!words.contentEquals(text.getText())) {
            text.setText(words);
        }
        text.setVisibility(words.isEmpty() ? View.GONE : View.VISIBLE);
    }
}
