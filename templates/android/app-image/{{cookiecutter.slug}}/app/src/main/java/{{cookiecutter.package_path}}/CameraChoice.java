// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.graphics.ImageFormat;
import android.hardware.camera2.CameraAccessException;
import android.hardware.camera2.CameraCharacteristics;
import android.hardware.camera2.CameraManager;
import android.hardware.camera2.params.StreamConfigurationMap;
import android.util.Size;
import android.view.SurfaceHolder;
import org.jspecify.annotations.Nullable;

/**
 * Which camera, and in which sizes: small frames for the model, larger ones for the eye, of the
 * same shape.
 */
final class CameraChoice {
    /** The shorter side that the model's frames have at least, in pixels, where the camera can. */
    private static final int FRAME_PX = {{ cookiecutter.frame_px }};

    /** The longer side that the preview has at most, in pixels. */
    private static final int PREVIEW_PX = 1440;

    final String id;
    final Size frame;
    final Size preview;

    /**
     * How far the sensor's picture has to be turned clockwise to stand upright in the device's
     * natural position.
     */
    final int sensorDegrees;

    final boolean front;

    private CameraChoice(String id, CameraCharacteristics facts, StreamConfigurationMap sizes) {
        this.id = id;
        frame = smallestFrom(FRAME_PX, sizes.getOutputSizes(ImageFormat.YUV_420_888));
        preview = largestLike(frame, sizes.getOutputSizes(SurfaceHolder.class));
        Integer degrees = facts.get(CameraCharacteristics.SENSOR_ORIENTATION);
        sensorDegrees = degrees == null ? 0 : degrees;
        front = isFront(facts);
    }

    /**
     * The first camera that looks away from the person, else the first that can be used at all,
     * else null.
     */
    static @Nullable CameraChoice of(CameraManager manager) throws CameraAccessException {
        CameraChoice found = null;
        for (String id : manager.getCameraIdList()) {
            CameraCharacteristics facts = manager.getCameraCharacteristics(id);
            StreamConfigurationMap sizes =
                    facts.get(CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP);
            // A depth camera has a map without these, an old external one may have none.
            boolean usable = sizes != null && sizes.isOutputSupportedFor(ImageFormat.YUV_420_888);
            if (usable && (found == null || (found.front && !isFront(facts)))) {
                found = new CameraChoice(id, facts, sizes);
            }
        }
        return found;
    }

    /**
     * How far a frame has to be turned clockwise to stand upright on a display turned by {@code
     * displayDegrees}.
     */
    int rotationDegrees(int displayDegrees) {
        int turned = front ? sensorDegrees + displayDegrees : sensorDegrees - displayDegrees;
        return (turned + 360) % 360;
    }

    /** The preview's size as it is seen on a display turned by {@code displayDegrees}. */
    Size previewOnDisplay(int displayDegrees) {
        boolean sideways = rotationDegrees(displayDegrees) % 180 != 0;
        return sideways ? new Size(preview.getHeight(), preview.getWidth()) : preview;
    }

    private static boolean isFront(CameraCharacteristics facts) {
        Integer facing = facts.get(CameraCharacteristics.LENS_FACING);
        return facing != null && facing == CameraCharacteristics.LENS_FACING_FRONT;
    }

    /**
     * The smallest of {@code sizes} with a shorter side of at least {@code px}, or the largest
     * there is.
     */
    static Size smallestFrom(int px, Size[] sizes) {
        Size best = sizes[0];
        for (Size size : sizes) {
            boolean enough = shorter(size) >= px;
            boolean bestEnough = shorter(best) >= px;
            if (enough != bestEnough ? enough : enough == area(size) < area(best)) {
                best = size;
            }
        }
        return best;
    }

    /**
     * The largest of {@code sizes} that has the shape of {@code frame} and is no longer than
     * PREVIEW_PX.
     */
    static Size largestLike(Size frame, Size[] sizes) {
        Size best = frame;
        for (Size size : sizes) {
            long across = (long) size.getWidth() * frame.getHeight();
            boolean sameShape = across == (long) size.getHeight() * frame.getWidth();
            if (sameShape && size.getWidth() <= PREVIEW_PX && area(size) > area(best)) {
                best = size;
            }
        }
        return best;
    }

    private static int shorter(Size size) {
        return Math.min(size.getWidth(), size.getHeight());
    }

    private static long area(Size size) {
        return (long) size.getWidth() * size.getHeight();
    }
}
