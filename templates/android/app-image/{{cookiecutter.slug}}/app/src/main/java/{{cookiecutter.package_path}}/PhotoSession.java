// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.ContentResolver;
import android.graphics.Bitmap;
import android.net.Uri;
import android.os.Handler;
import android.os.Looper;
import android.os.SystemClock;
import {{ cookiecutter.model_package }}.Classifier;
import {{ cookiecutter.model_package }}.Label;
import {{ cookiecutter.model_package }}.ModelException;
import {{ cookiecutter.model_package }}.Photos;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One photo, what the model says of it, and the work that finds out. A screen shows it; a rotation
 * hands it to the next screen, and work in flight goes on.
 *
 * <p>Everything but {@link #classify} is for the main thread.
 */
final class PhotoSession {
    /** Told, on the main thread, that there is something new to show. */
    interface Listener {
        void onChanged();
    }

    /** How many labels are shown. */
    static final int TOP = 5;

    /** The longer side of the picture on screen, in pixels; the model gets all of the photo. */
    private static final int SHOWN_PX = 1600;

    private final Handler main = new Handler(Looper.getMainLooper());
    private final ModelHolder<Classifier> classifier;
    private final ContentResolver resolver;

    private @Nullable Listener listener;
    private @Nullable Uri uri;
    private @Nullable Bitmap shown;
    private List<Label> labels = Collections.emptyList();
    private @Nullable StageTimes times;
    private @Nullable Throwable problem;
    private boolean working;

    /**
     * The photo asked for last; the model's thread reads it, and drops a photo that has been
     * replaced.
     */
    private volatile int wanted;

    PhotoSession(DemoApplication application) {
        classifier = application.classifier();
        resolver = application.getContentResolver();
    }

    void setListener(@Nullable Listener listener) {
        this.listener = listener;
    }

    /**
     * The photo, or null before the first; a screen saves it for the time after the process was
     * ended.
     */
    @Nullable Uri uri() {
        return uri;
    }

    /** A copy of the photo small enough for a screen, or null until it is decoded. */
    @Nullable Bitmap shown() {
        return shown;
    }

    /** The best labels, best first; empty until they are known. */
    List<Label> labels() {
        return labels;
    }

    @Nullable StageTimes times() {
        return times;
    }

    /** Why there are no labels, or null. */
    @Nullable Throwable problem() {
        return problem;
    }

    boolean isWorking() {
        return working;
    }

    /** Begins to classify the photo at {@code uri} in place of the one before. */
    void open(Uri photo) {
        int number = ++wanted;
        uri = photo;
        shown = null;
        labels = Collections.emptyList();
        times = null;
        problem = null;
        working = true;
        changed();
        classifier.execute(() -> classify(photo, number));
    }

    /** On the model's thread. */
    private void classify(Uri photo, int number) {
        if (number != wanted) {
            return;
        }
        try {
            long begin = SystemClock.elapsedRealtimeNanos();
            Bitmap full = Photos.decode(resolver, photo);
            double decodeMillis = (SystemClock.elapsedRealtimeNanos() - begin) / 1e6;
            Bitmap small = forScreen(full);
            publish(number, () -> shown = small);
            Classifier loaded = classifier.get();
            List<Label> found = loaded.classify(full, TOP);
            StageTimes took = new StageTimes(decodeMillis, loaded.timings());
            if (small != full) {
                full.recycle();
            }
            publish(
                    number,
                    () -> {
                        labels = found;
                        times = took;
                        working = false;
                    });
        } catch (IOException | ModelException | IllegalArgumentException | OutOfMemoryError e) {
            publish(
                    number,
                    () -> {
                        problem = e;
                        working = false;
                    });
        }
    }

    private void publish(int number, Runnable change) {
        main.post(
                () -> {
                    if (number == wanted) {
                        change.run();
                        changed();
                    }
                });
    }

    private void changed() {
        Listener told = listener;
        if (told != null) {
            told.onChanged();
        }
    }

    private static Bitmap forScreen(Bitmap full) {
        int longer = Math.max(full.getWidth(), full.getHeight());
        if (longer <= SHOWN_PX) {
            return full;
        }
        int width = Math.max(1, Math.round((float) full.getWidth() * SHOWN_PX / longer));
        int height = Math.max(1, Math.round((float) full.getHeight() * SHOWN_PX / longer));
        return Bitmap.createScaledBitmap(full, width, height, true);
    }
}
