// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.Context;
import android.graphics.ImageFormat;
import android.hardware.camera2.CameraAccessException;
import android.hardware.camera2.CameraCaptureSession;
import android.hardware.camera2.CameraDevice;
import android.hardware.camera2.CameraManager;
import android.hardware.camera2.CaptureRequest;
import android.hardware.camera2.params.OutputConfiguration;
import android.hardware.camera2.params.SessionConfiguration;
import android.media.Image;
import android.media.ImageReader;
import android.os.Build;
import android.os.Handler;
import android.os.Looper;
import android.view.Display;
import android.view.Surface;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The camera, from {@link #prepare} to {@link #close}: a preview on a surface, and frames for the
 * model one at a time.
 *
 * <p>A frame that comes while the last is being looked at is dropped at once, so what is looked at
 * is never old. The public methods are for the main thread and return at once; the camera itself is
 * driven from its own thread.
 */
final class CameraFeed {
    /** What becomes of the camera. */
    interface Listener {
        /**
         * The camera is chosen; now is the time to size the surface and to {@link #open}. On the
         * main thread.
         */
        void onChosen(CameraChoice choice);

        /**
         * One frame, on the worker; it is closed afterwards. {@code rotationDegrees} clockwise make
         * it upright.
         */
        void onFrame(Image frame, int rotationDegrees);

        /**
         * The camera cannot be used or has stopped; {@code words} is a string resource. On the main
         * thread.
         */
        void onFailed(int words);
    }

    /** One in the worker's hands, and two for acquireLatestImage to choose from. */
    private static final int IMAGES = 3;

    private final CameraManager manager;
    private final Handler camera;
    private final Executor worker;
    private final Listener listener;
    private final Handler main = new Handler(Looper.getMainLooper());
    private final AtomicBoolean busy = new AtomicBoolean();

    /** The main thread's: after this, nothing is said any more. */
    private boolean ended;

    // The rest belongs to the camera's thread.
    private @Nullable CameraChoice choice;
    private @Nullable CameraDevice device;
    private @Nullable CameraCaptureSession session;
    private @Nullable CaptureRequest request;
    private @Nullable ImageReader reader;
    private boolean held;
    private boolean closed;

    /**
     * A feed that drives the camera from {@code camera}'s thread and gives frames to {@code
     * worker}, in order.
     */
    CameraFeed(Context context, Handler camera, Executor worker, Listener listener) {
        manager = (CameraManager) context.getSystemService(Context.CAMERA_SERVICE);
        this.camera = camera;
        this.worker = worker;
        this.listener = listener;
    }

    /** Looks for a camera and tells the listener. */
    void prepare() {
        camera.post(this::choose);
    }

    /**
     * Opens the chosen camera; {@code preview} has its preview size, {@code display} is where it is
     * shown.
     */
    void open(Surface preview, Display display) {
        camera.post(() -> openOn(preview, display));
    }

    /** Stops the picture where it is, or lets it go on. */
    void setHeld(boolean hold) {
        camera.post(
                () -> {
                    held = hold;
                    repeat();
                });
    }

    /**
     * Gives the camera back. Nothing is reported from now on, save a frame that is being looked at.
     */
    void close() {
        ended = true;
        camera.post(this::shut);
    }

    private void tell(Runnable news) {
        main.post(
                () -> {
                    if (!ended) {
                        news.run();
                    }
                });
    }

    private void choose() {
        try {
            CameraChoice found = CameraChoice.of(manager);
            choice = found;
            if (found == null) {
                fail(R.string.error_camera_none);
            } else {
                tell(() -> listener.onChosen(found));
            }
        } catch (CameraAccessException e) {
            fail(words(e));
        }
    }

    private void openOn(Surface preview, Display display) {
        CameraChoice chosen = choice;
        if (closed || chosen == null) {
            return;
        }
        ImageReader frames =
                ImageReader.newInstance(
                        chosen.frame.getWidth(),
                        chosen.frame.getHeight(),
                        ImageFormat.YUV_420_888,
                        IMAGES);
        reader = frames;
        frames.setOnImageAvailableListener(
                source -> offer(source, chosen.rotationDegrees(degrees(display))), camera);
        try {
            manager.openCamera(chosen.id, new DeviceCallback(preview, frames.getSurface()), camera);
        } catch (CameraAccessException e) {
            fail(words(e));
        } catch (SecurityException e) {
            fail(R.string.error_camera_denied);
        } catch (IllegalArgumentException e) {
            fail(R.string.error_camera_none); // It was unplugged since it was chosen.
        }
    }

    /**
     * Gives the newest frame to the worker, or drops it where the worker is not done with the last.
     */
    private void offer(ImageReader source, int rotationDegrees) {
        Image newest = source.acquireLatestImage();
        if (newest == null) {
            return;
        }
        if (closed || held || !busy.compareAndSet(false, true)) {
            newest.close();
            return;
        }
        worker.execute(
                () -> {
                    try (Image frame = newest) {
                        listener.onFrame(frame, rotationDegrees);
                    } finally {
                        busy.set(false);
                    }
                });
    }

    private void startPreview(CameraDevice opened, Surface preview, Surface frames) {
        try {
            CaptureRequest.Builder builder =
                    opened.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW);
            builder.addTarget(preview);
            builder.addTarget(frames);
            builder.set(
                    CaptureRequest.CONTROL_AF_MODE,
                    CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE);
            request = builder.build();
            createSession(opened, preview, frames);
        } catch (CameraAccessException e) {
            fail(words(e));
        } catch (IllegalArgumentException | IllegalStateException e) {
            fail(R.string.error_camera_failed); // The surface or the camera went away meanwhile.
        }
    }

    @SuppressWarnings("deprecation") // SessionConfiguration is new in API 28.
    private void createSession(CameraDevice opened, Surface preview, Surface frames)
            throws CameraAccessException {
        SessionCallback callback = new SessionCallback();
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) {
            List<OutputConfiguration> outputs =
                    Arrays.asList(
                            new OutputConfiguration(preview), new OutputConfiguration(frames));
            opened.createCaptureSession(
                    new SessionConfiguration(
                            SessionConfiguration.SESSION_REGULAR, outputs, camera::post, callback));
        } else {
            opened.createCaptureSession(Arrays.asList(preview, frames), callback, camera);
        }
    }

    private void repeat() {
        CameraCaptureSession running = session;
        CaptureRequest wanted = request;
        if (closed || running == null || wanted == null) {
            return;
        }
        try {
            if (held) {
                running.stopRepeating();
            } else {
                running.setRepeatingRequest(wanted, null, camera);
            }
        } catch (CameraAccessException e) {
            fail(words(e));
        } catch (IllegalArgumentException | IllegalStateException e) {
            fail(R.string.error_camera_failed);
        }
    }

    private void shut() {
        closed = true;
        session = null;
        if (device != null) {
            device.close();
            device = null;
        }
        ImageReader frames = reader;
        reader = null;
        if (frames != null) {
            frames.setOnImageAvailableListener(null, null);
            // After the frame that the worker may have: closing the reader takes its memory away.
            worker.execute(frames::close);
        }
    }

    /** Reports once, and gives back what there is. */
    private void fail(int words) {
        if (!closed) {
            shut();
            tell(() -> listener.onFailed(words));
        }
    }

    private static int words(CameraAccessException problem) {
        switch (problem.getReason()) {
            case CameraAccessException.CAMERA_IN_USE:
            case CameraAccessException.MAX_CAMERAS_IN_USE:
                return R.string.error_camera_in_use;
            case CameraAccessException.CAMERA_DISABLED:
                return R.string.error_camera_disabled;
            default:
                return R.string.error_camera_failed;
        }
    }

    /** How far the display is turned from the device's natural position: 0, 90, 180 or 270. */
    static int degrees(Display display) {
        switch (display.getRotation()) {
            case Surface.ROTATION_90:
                return 90;
            case Surface.ROTATION_180:
                return 180;
            case Surface.ROTATION_270:
                return 270;
            default:
                return 0;
        }
    }

    private final class DeviceCallback extends CameraDevice.StateCallback {
        private final Surface preview;
        private final Surface frames;

        DeviceCallback(Surface preview, Surface frames) {
            this.preview = preview;
            this.frames = frames;
        }

        @Override
        public void onOpened(CameraDevice opened) {
            if (closed) {
                opened.close();
                return;
            }
            device = opened;
            startPreview(opened, preview, frames);
        }

        @Override
        public void onDisconnected(CameraDevice lost) {
            lost.close();
            fail(R.string.error_camera_in_use);
        }

        @Override
        public void onError(CameraDevice broken, int error) {
            broken.close();
            switch (error) {
                case ERROR_CAMERA_IN_USE:
                case ERROR_MAX_CAMERAS_IN_USE:
                    fail(R.string.error_camera_in_use);
                    break;
                case ERROR_CAMERA_DISABLED:
                    fail(R.string.error_camera_disabled);
                    break;
                default:
                    fail(R.string.error_camera_failed);
            }
        }
    }

    private final class SessionCallback extends CameraCaptureSession.StateCallback {
        @Override
        public void onConfigured(CameraCaptureSession configured) {
            session = configured;
            repeat();
        }

        @Override
        public void onConfigureFailed(CameraCaptureSession refused) {
            fail(R.string.error_camera_failed);
        }
    }
}
