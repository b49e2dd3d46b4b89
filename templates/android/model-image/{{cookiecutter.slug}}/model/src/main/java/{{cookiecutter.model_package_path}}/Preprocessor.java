// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import android.graphics.Bitmap;
import android.media.Image;
import edgegen.kernels.PixelSource;
import edgegen.kernels.RgbImage;
import edgegen.kernels.Workspace;

/**
 * Brings pictures into the model's inputs, bit for bit as Python does.
 *
 * <p>It owns the memory for that and uses it again from one frame of a camera to the next. Not
 * thread-safe: one to a thread.
 */
public final class Preprocessor {
    /** The memory of a frame is kept for the next one, that of a larger photo is not. */
    private static final int KEPT_PIXELS = 3_000_000;

    private final BitmapReader bitmaps = new BitmapReader();
    private final FrameReader frames = new FrameReader();
    private final ImageReader images = new ImageReader();
    private Workspace workspace = new Workspace();

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
        bitmaps.open(photo);
        try {
            fill(input, bitmaps);
        } finally {
            bitmaps.close();
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
        frames.open(frame, rotationDegrees, mirror);
        fill(input, frames);
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
        fill(input, images.open(photo));
    }

    private void fill(Tensor input, PixelSource source) {
        Pipeline.fill(input.name(), source, workspace, input.buffer(), null);
        if ((long) source.width() * source.height() > KEPT_PIXELS) {
            workspace = new Workspace();
        }
    }
}
