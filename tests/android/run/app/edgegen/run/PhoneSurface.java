package edgegen.run;

import android.graphics.Canvas;
import android.graphics.ImageFormat;
import android.graphics.PixelFormat;
import android.graphics.Rect;
import android.media.ImageReader;
import android.os.Handler;
import android.os.Looper;
import android.view.Surface;
import android.view.SurfaceHolder;
import android.view.SurfaceView;
import java.util.ArrayList;
import java.util.List;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowSurfaceView;

/** A SurfaceView with a surface behind it, as a phone has; Robolectric's own has none. */
@Implements(SurfaceView.class)
public final class PhoneSurface extends ShadowSurfaceView {
    private final Holder holder = new Holder();

    @Implementation
    protected SurfaceHolder getHolder() {
        return holder;
    }

    private static final class Holder implements SurfaceHolder {
        private final ImageReader consumer = ImageReader.newInstance(16, 16, ImageFormat.PRIVATE, 1);
        private final List<Callback> callbacks = new ArrayList<>();
        private Rect frame = new Rect(0, 0, 100, 100);

        @Override
        public void addCallback(Callback callback) {
            callbacks.add(callback);
        }

        @Override
        public void removeCallback(Callback callback) {
            callbacks.remove(callback);
        }

        @Override
        public boolean isCreating() {
            return false;
        }

        @Override
        @Deprecated
        public void setType(int type) {}

        @Override
        public void setFixedSize(int width, int height) {
            new Handler(Looper.getMainLooper())
                    .post(
                            () -> {
                                frame = new Rect(0, 0, width, height);
                                for (Callback callback : List.copyOf(callbacks)) {
                                    callback.surfaceChanged(this, PixelFormat.OPAQUE, width, height);
                                }
                            });
        }

        @Override
        public void setSizeFromLayout() {}

        @Override
        public void setFormat(int format) {}

        @Override
        public void setKeepScreenOn(boolean on) {}

        @Override
        public Canvas lockCanvas() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Canvas lockCanvas(Rect dirty) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unlockCanvasAndPost(Canvas canvas) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Rect getSurfaceFrame() {
            return frame;
        }

        @Override
        public Surface getSurface() {
            return consumer.getSurface();
        }
    }
}
