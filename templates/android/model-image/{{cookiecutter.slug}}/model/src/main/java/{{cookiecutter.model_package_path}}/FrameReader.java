// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import android.annotation.TargetApi;
import android.graphics.ImageFormat;
import android.graphics.Rect;
import android.hardware.DataSpace;
import android.media.Image;
import android.os.Build;
import edgegen.kernels.RgbImage;
import edgegen.kernels.Yuv;

/** A frame of the camera as RGB, however YUV_420_888 has laid its planes into memory. */
final class FrameReader {
    private final Yuv yuv = new Yuv();

    /** Writes the frame, upright, to {@code out}; see {@link Preprocessor#fill}. */
    void read(Image frame, int rotationDegrees, boolean mirror, RgbImage out) {
        if (frame.getFormat() != ImageFormat.YUV_420_888) {
            throw new IllegalArgumentException(
                    "the frame has the format " + frame.getFormat() + ", not YUV_420_888 ("
                            + ImageFormat.YUV_420_888 + ")");
        }
        Image.Plane[] planes = frame.getPlanes();
        Rect crop = frame.getCropRect();
        yuv.frame(frame.getWidth(), frame.getHeight())
                .y(planes[0].getBuffer(), planes[0].getRowStride(), planes[0].getPixelStride())
                .u(planes[1].getBuffer(), planes[1].getRowStride(), planes[1].getPixelStride())
                .v(planes[2].getBuffer(), planes[2].getRowStride(), planes[2].getPixelStride())
                .crop(crop.left, crop.top, crop.right, crop.bottom)
                .turn(rotationDegrees, mirror);
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            setColors(frame.getDataSpace());
        }
        yuv.toRgb(out);
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
