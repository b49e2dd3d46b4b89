package com.example.hello.model;

import android.graphics.Bitmap;
import edgegen.kernels.RgbImage;

/** What the model's own adapters see, for tests: they are private to `:model`. */
public final class StoredPixels {
    private StoredPixels() {}

    /** Width x height x 3 bytes, RGB, tightly packed. */
    public static byte[] of(Bitmap bitmap) {
        RgbImage image = new RgbImage();
        new BitmapReader().read(bitmap, image);
        return packed(image);
    }

    private static byte[] packed(RgbImage image) {
        byte[] packed = new byte[3 * image.width() * image.height()];
        for (int y = 0; y < image.height(); y++) {
            int row = 3 * image.width();
            System.arraycopy(image.pixels(), y * image.rowBytes(), packed, y * row, row);
        }
        return packed;
    }
}
