// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.app.Application;
import android.content.Context;
import android.os.Handler;
import android.os.HandlerThread;
import android.os.Looper;
import {{ cookiecutter.model_package }}.Classifier;

/** What outlives a screen: the classifier, and the thread that the camera is driven from. */
public final class DemoApplication extends Application {
    private final ModelHolder<Classifier> classifier =
            new ModelHolder<>(() -> Classifier.load(this), Classifier::close);

    /** The application that {@code context} belongs to. */
    static DemoApplication of(Context context) {
        return (DemoApplication) context.getApplicationContext();
    }

    ModelHolder<Classifier> classifier() {
        return classifier;
    }

    /**
     * The camera's thread. There is one for the whole process, so that a camera that is being
     * closed is closed before the next screen opens it.
     */
    static Handler cameraThread() {
        return new Handler(CameraLooper.LOOPER);
    }

    @Override
    public void onTrimMemory(int level) {
        super.onTrimMemory(level);
        if (level >= TRIM_MEMORY_UI_HIDDEN) {
            classifier.release();
        }
    }

    /** Started with the first use of the camera, so not at all where there is none. */
    private static final class CameraLooper {
        static final Looper LOOPER = start();

        private static Looper start() {
            HandlerThread thread = new HandlerThread("camera");
            thread.start();
            return thread.getLooper();
        }
    }
}
