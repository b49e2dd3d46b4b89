// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import edgegen.kernels.PixelSource;
import edgegen.kernels.RgbImage;

/** A picture that is in memory already. */
final class ImageReader implements PixelSource {
    private RgbImage image = new RgbImage();

    /** Reads that picture from now on; it is borrowed. */
    ImageReader open(RgbImage photo) {
        if (photo.width() == 0) {
            throw new IllegalArgumentException("an image without pixels");
        }
        image = photo;
        return this;
    }

    @Override
    public int width() {
        return image.width();
    }

    @Override
    public int height() {
        return image.height();
    }

    @Override
    public void read(int left, int top, int right, int bottom, RgbImage out) {
        out.reset(right - left, bottom - top);
        for (int line = top; line < bottom; line++) {
            System.arraycopy(
                    image.pixels(),
                    line * image.rowBytes() + 3 * left,
                    out.pixels(),
                    (line - top) * out.rowBytes(),
                    3 * (right - left));
        }
    }
}
