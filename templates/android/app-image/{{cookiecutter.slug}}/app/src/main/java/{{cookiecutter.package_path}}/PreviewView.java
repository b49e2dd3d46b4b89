// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.Context;
import android.util.AttributeSet;
import android.util.Size;
import android.view.SurfaceView;
import org.jspecify.annotations.Nullable;

/**
 * As large as its parent allows at the camera's aspect ratio. The system turns what it shows to the
 * display.
 */
public final class PreviewView extends SurfaceView {
    private int widthPart;
    private int heightPart;

    public PreviewView(Context context, @Nullable AttributeSet attributes) {
        super(context, attributes);
    }

    /** Sets the ratio, as it is seen on the display: 3 to 4 for a phone held upright. */
    void setAspect(Size seen) {
        widthPart = seen.getWidth();
        heightPart = seen.getHeight();
        requestLayout();
    }

    @Override
    protected void onMeasure(int widthSpec, int heightSpec) {
        int width = MeasureSpec.getSize(widthSpec);
        int height = MeasureSpec.getSize(heightSpec);
        if (widthPart > 0 && heightPart > 0) {
            if ((long) width * heightPart > (long) height * widthPart) {
                width = (int) ((long) height * widthPart / heightPart);
            } else {
                height = (int) ((long) width * heightPart / widthPart);
            }
        }
        setMeasuredDimension(width, height);
    }
}
