// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import android.annotation.TargetApi;
import android.graphics.ImageFormat;
import android.graphics.Rect;
import android.hardware.DataSpace;
import android.media.Image;
import android.os.Build;
import edgegen.kernels.PixelSource;
import edgegen.kernels.RgbImage;
import edgegen.kernels.Yuv;

/** A frame of the camera as RGB, however YUV_420_888 has laid its planes into memory. */
final class FrameReader implements PixelSource {
    private final Yuv yuv = new Yuv();
    private final FrameWindow window = new FrameWindow();
    private int frameLeft;
    private int frameTop;
    private int frameWidth;
    private int frameHeight;
    private int rotation;
    private boolean mirrored;

    /** Reads that frame from now on, turned and mirrored as {@link Preprocessor#fill} says. */
    void open(Image frame, int rotationDegrees, boolean mirror) {
        if (frame.getFormat() != ImageFormat.YUV_420_888) {
            throw new IllegalArgumentException(
                    "the frame has the format " + frame.getFormat() + ", not YUV_420_888 ("
                            + ImageFormat.YUV_420_888 + ")");
        }
        Image.Plane[] planes = frame.getPlanes();
        yuv.frame(frame.getWidth(), frame.getHeight())
                .y(planes[0].getBuffer(), planes[0].getRowStride(), planes[0].getPixelStride())
                .u(planes[1].getBuffer(), planes[1].getRowStride(), planes[1].getPixelStride())
                .v(planes[2].getBuffer(), planes[2].getRowStride(), planes[2].getPixelStride())
                .turn(rotationDegrees, mirror);
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            setColors(frame.getDataSpace());
        }
        Rect crop = frame.getCropRect();
        frameLeft = crop.left;
        frameTop = crop.top;
        frameWidth = crop.width();
        frameHeight = crop.height();
        rotation = rotationDegrees;
        mirrored = mirror;
    }

    @Override
    public int width() {
        return rotation % 180 == 0 ? frameWidth : frameHeight;
    }

    @Override
    public int height() {
        return rotation % 180 == 0 ? frameHeight : frameWidth;
    }

    @Override
    public void read(int left, int top, int right, int bottom, RgbImage out) {
        window.find(left, top, right, bottom, frameWidth, frameHeight, rotation, mirrored);
        yuv.crop(
                        frameLeft + window.left,
                        frameTop + window.top,
                        frameLeft + window.right,
                        frameTop + window.bottom)
                .toRgb(out);
    }

    /** What the frame says of its colours; without a word they are a JPEG's: BT.601, full range. */
    @TargetApi(Build.VERSION_CODES.TIRAMISU)
    private void setColors(int dataSpace) {
        boolean isHd = DataSpace.getStandard(dataSpace) == DataSpace.STANDARD_BT709;
        boolean isLimited = DataSpace.getRange(dataSpace) == DataSpace.RANGE_LIMITED;
        yuv.colors(
                isHd ? Yuv.Matrix.BT709 : Yuv.Matrix.BT601,
                isLimited ? Yuv.Range.LIMITED : Yuv.Range.FULL);
    }
}
