// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import android.annotation.TargetApi;
import android.graphics.Bitmap;
import android.graphics.Color;
import android.os.Build;
import edgegen.kernels.RgbImage;
import java.nio.ByteBuffer;

/**
 * The numbers that a bitmap stores, as Pillow would see them: no colour is converted.
 *
 * <p>{@link Bitmap#getPixels} is that for sRGB, but it converts a Display P3 picture to sRGB, which
 * changes nine of ten bytes and is nothing that Python does. Such a bitmap is read by {@link
 * Bitmap#copyPixelsToBuffer}, which gives what is stored, in the order in which this device stores
 * red and blue.
 */
final class BitmapReader {
    /** So many rows are read at a time, so that a large photo is not in memory a third time. */
    private static final int BAND_ROWS = 64;

    private int[] colors = {};
    private byte[] stored = {};

    /** Writes the bitmap's pixels to {@code out}; see {@link Preprocessor#fill}. */
    void read(Bitmap bitmap, RgbImage out) {
        Bitmap.Config config = bitmap.getConfig();
        if (config == null || config == Bitmap.Config.ALPHA_8) {
            throw new IllegalArgumentException(
                    "a bitmap of the config " + config + " has no colours");
        }
        out.reset(bitmap.getWidth(), bitmap.getHeight());
        boolean isHardware =
                Build.VERSION.SDK_INT >= Build.VERSION_CODES.O
                        && config == Bitmap.Config.HARDWARE;
        // Its pixels lie in the memory of the graphics processor.
        Bitmap readable = isHardware ? bitmap.copy(Bitmap.Config.ARGB_8888, false) : bitmap;
        if (readable == null) {
            throw new IllegalArgumentException("the hardware bitmap cannot be read");
        }
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O && isWide(readable)) {
            readStored(readable, out);
        } else {
            readColors(readable, out);
        }
        if (readable != bitmap) {
            readable.recycle();
        }
    }

    /** Whether getPixels would convert its colours from one 8-bit space to another. */
    @TargetApi(Build.VERSION_CODES.O)
    private static boolean isWide(Bitmap bitmap) {
        return bitmap.getConfig() == Bitmap.Config.ARGB_8888
                && bitmap.getColorSpace() != null
                && !bitmap.getColorSpace().isSrgb();
    }

    private void readColors(Bitmap bitmap, RgbImage out) {
        int width = bitmap.getWidth();
        if (colors.length < width * BAND_ROWS) {
            colors = new int[width * BAND_ROWS];
        }
        for (int top = 0; top < bitmap.getHeight(); top += BAND_ROWS) {
            int rows = Math.min(BAND_ROWS, bitmap.getHeight() - top);
            bitmap.getPixels(colors, 0, width, 0, top, width, rows);
            byte[] pixels = out.pixels();
            int at = top * out.rowBytes();
            for (int i = 0; i < width * rows; i++) {
                int color = colors[i];
                pixels[at++] = (byte) (color >> 16);
                pixels[at++] = (byte) (color >> 8);
                pixels[at++] = (byte) color;
            }
        }
    }

    private void readStored(Bitmap bitmap, RgbImage out) {
        if (bitmap.hasAlpha() && !bitmap.isPremultiplied()) {
            // The platform cannot draw such a bitmap, and so cannot cut it into bands.
            readBand(bitmap, 0, out);
            return;
        }
        for (int top = 0; top < bitmap.getHeight(); top += BAND_ROWS) {
            int rows = Math.min(BAND_ROWS, bitmap.getHeight() - top);
            Bitmap band = Bitmap.createBitmap(bitmap, 0, top, bitmap.getWidth(), rows);
            readBand(band, top, out);
            if (band != bitmap) {
                band.recycle();
            }
        }
    }

    private void readBand(Bitmap band, int top, RgbImage out) {
        if (stored.length < band.getByteCount()) {
            stored = new byte[band.getByteCount()];
        }
        band.copyPixelsToBuffer(ByteBuffer.wrap(stored));
        boolean isMultiplied = band.hasAlpha() && band.isPremultiplied();
        byte[] pixels = out.pixels();
        int red = StoredOrder.RED;
        for (int y = 0; y < band.getHeight(); y++) {
            int from = y * band.getRowBytes();
            int to = (top + y) * out.rowBytes();
            for (int x = 0; x < band.getWidth(); x++, from += 4, to += 3) {
                int alpha = isMultiplied ? stored[from + 3] & 0xFF : 0xFF;
                pixels[to] = divided(stored[from + red], alpha);
                pixels[to + 1] = divided(stored[from + 1], alpha);
                pixels[to + 2] = divided(stored[from + 2 - red], alpha);
            }
        }
    }

    /** A level that was multiplied by alpha, as near as it can be had back. */
    private static byte divided(byte level, int alpha) {
        if (alpha == 0xFF || alpha == 0) {
            return level;
        }
        return (byte) Math.min(255, ((level & 0xFF) * 255 + alpha / 2) / alpha);
    }

    /** Android stores R G B A, its twin on a desktop B G R A: a red pixel tells. */
    private static final class StoredOrder {
        /** Where red is among the four bytes of a pixel, 0 or 2; blue is at the other one. */
        static final int RED = find();

        private static int find() {
            Bitmap pixel = Bitmap.createBitmap(1, 1, Bitmap.Config.ARGB_8888);
            pixel.setPixel(0, 0, Color.RED);
            byte[] bytes = new byte[4];
            pixel.copyPixelsToBuffer(ByteBuffer.wrap(bytes));
            pixel.recycle();
            return bytes[0] == 0 ? 2 : 0;
        }
    }
}
