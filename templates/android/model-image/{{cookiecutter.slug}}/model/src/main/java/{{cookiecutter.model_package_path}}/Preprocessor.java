// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import android.graphics.Bitmap;
import android.media.Image;
import edgegen.kernels.PixelSource;
import edgegen.kernels.RgbImage;
import edgegen.kernels.Workspace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings pictures into the model's inputs, bit for bit as Python does.
 *
 * <p>It owns the memory for that and uses it again from one frame of a camera to the next. The work
 * is shared with a second thread, where the device has two processors. Not thread-safe: one to a
 * thread.
 */
public final class Preprocessor {
    /** The memory of a frame is kept for the next one, that of a larger photo is not. */
    private static final int KEPT_PIXELS = 3_000_000;

    /**
     * Into so many parts a picture's rows are divided between two threads. More than two, because a
     * phone's second core is often slower than its first; not many more, because neighbours both
     * compute the photo's rows at their border.
     */
    private static final int PARTS = 4;

    private final TwoThreads threads = new TwoThreads();
    private final TwoThreads.Job fillPart = this::fillPart;
    private final Part[] parts;

    /** What is being filled. */
    private @Nullable Tensor input;

    public Preprocessor() {
        parts = new Part[Runtime.getRuntime().availableProcessors() > 1 ? PARTS : 1];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part(i, parts.length);
        }
    }

    /**
     * Fills an input with a picture.
     *
     * @param input an input that is a picture, from {@link Tensor#zeros(TensorInfo)}
     * @param photo upright, of any size and kind but ALPHA_8; {@link Photos#decode} reads a file so
     *     that the result is Python's
     * @throws IllegalArgumentException when the input is no picture, or the picture's shape cannot
     *     be brought to its size
     */
    public void fill(Tensor input, Bitmap photo) {
        Bitmap readable = BitmapReader.readable(photo);
        try {
            for (Part part : parts) {
                part.bitmaps.open(readable);
                part.source = part.bitmaps;
            }
            fill(input);
        } finally {
            for (Part part : parts) {
                part.bitmaps.close();
            }
            if (readable != photo) {
                readable.recycle();
            }
        }
    }

    /**
     * Fills an input with a frame of the camera.
     *
     * @param input an input that is a picture, from {@link Tensor#zeros(TensorInfo)}
     * @param frame of the format YUV_420_888; what is in its crop rectangle is seen. The caller
     *     closes it
     * @param rotationDegrees how far to turn it clockwise until it is upright: 0, 90, 180 or 270
     * @param mirror whether to swap left and right after that, as a front camera's preview does
     * @throws IllegalArgumentException when the input is no picture, or for another format or angle
     */
    public void fill(Tensor input, Image frame, int rotationDegrees, boolean mirror) {
        for (Part part : parts) {
            part.frames.open(frame, rotationDegrees, mirror);
            part.source = part.frames;
        }
        fill(input);
    }

    /**
     * Fills an input with a picture in memory.
     *
     * @param input an input that is a picture, from {@link Tensor#zeros(TensorInfo)}
     * @param photo upright, of any size
     * @throws IllegalArgumentException when the input is no picture, or the picture's shape cannot
     *     be brought to its size
     */
    public void fill(Tensor input, RgbImage photo) {
        for (Part part : parts) {
            part.source = part.images.open(photo);
        }
        fill(input);
    }

    private void fill(Tensor input) {
        this.input = input;
        threads.run(fillPart, parts.length);
        for (Part part : parts) {
            part.release();
        }
    }

    private void fillPart(int index) {
        parts[index].fill(Objects.requireNonNull(input));
    }

    /** What one part of a picture is read with and computed in, by one thread at a time. */
    private static final class Part {
        final BitmapReader bitmaps = new BitmapReader();
        final FrameReader frames = new FrameReader();
        final ImageReader images = new ImageReader();
        private final int index;
        private final int count;
        private Workspace workspace;

        /** The reader that has been opened. */
        PixelSource source = images;

        Part(int index, int count) {
            this.index = index;
            this.count = count;
            workspace = new Workspace(index, count);
        }

        void fill(Tensor input) {
            Pipeline.fill(input.name(), source, workspace, input.buffer(), null);
        }

        void release() {
            if ((long) source.width() * source.height() > KEPT_PIXELS) {
                workspace = new Workspace(index, count);
            }
        }
    }
}
