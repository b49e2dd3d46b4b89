// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import android.annotation.TargetApi;
import android.graphics.Bitmap;
import android.graphics.Color;
import android.os.Build;
import edgegen.kernels.PixelSource;
import edgegen.kernels.RgbImage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a bitmap stores, as Pillow would see them: no colour is converted.
 *
 * <p>{@link Bitmap#getPixels} is that for sRGB, but it converts a Display P3 picture to sRGB, which
 * changes nine of ten bytes and is nothing that Python does. Such a bitmap is read by {@link
 * Bitmap#copyPixelsToBuffer}, which gives what is stored, in the order in which this device stores
 * red and blue.
 */
final class BitmapReader implements PixelSource {
    /** So many rows are read at a time, so that a large photo is not in memory a third time. */
    private static final int BAND_ROWS = 16;

    private int[] colors = {};
    private byte[] stored = {};
    private @Nullable Bitmap bitmap;

    /**
     * The bitmap itself, or a copy of it that {@link #open} can read; the caller recycles a copy.
     *
     * @throws IllegalArgumentException for a bitmap without colours
     */
    static Bitmap readable(Bitmap photo) {
        Bitmap.Config config = photo.getConfig();
        if (config == null || config == Bitmap.Config.ALPHA_8) {
            throw new IllegalArgumentException(
                    "a bitmap of the config " + config + " has no colours");
        }
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O && mustBeCopied(photo)) {
            return copied(photo);
        }
        return photo;
    }

    @TargetApi(Build.VERSION_CODES.O)
    private static boolean mustBeCopied(Bitmap photo) {
        // The pixels of a hardware bitmap lie in the memory of the graphics processor.
        return photo.getConfig() == Bitmap.Config.HARDWARE || isUndrawable(photo);
    }

    @TargetApi(Build.VERSION_CODES.O)
    private static Bitmap copied(Bitmap photo) {
        Bitmap copy = photo.copy(Bitmap.Config.ARGB_8888, false);
        if (copy == null) {
            throw new IllegalArgumentException("the bitmap cannot be copied");
        }
        if (isUndrawable(copy)) {
            copy.setHasAlpha(false);
        }
        return copy;
    }

    /** Whether the platform refuses to draw it, and so to cut it into bands. */
    @TargetApi(Build.VERSION_CODES.O)
    private static boolean isUndrawable(Bitmap bitmap) {
        return isWide(bitmap) && bitmap.hasAlpha() && !bitmap.isPremultiplied();
    }

    /** Reads that bitmap, a {@link #readable} one, from now on, until {@link #close}. */
    void open(Bitmap photo) {
        bitmap = photo;
    }

    void close() {
        bitmap = null;
    }

    private Bitmap opened() {
        if (bitmap == null) {
            throw new IllegalStateException("no bitmap is open");
        }
        return bitmap;
    }

    @Override
    public int width() {
        return opened().getWidth();
    }

    @Override
    public int height() {
        return opened().getHeight();
    }

    @Override
    public void read(int left, int top, int right, int bottom, RgbImage out) {
        Bitmap readable = opened();
        out.reset(right - left, bottom - top);
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O && isWide(readable)) {
            readStored(readable, left, top, out);
        } else {
            readColors(readable, left, top, out);
        }
    }

    /** Writes all of a bitmap's pixels to {@code out}. */
    void read(Bitmap photo, RgbImage out) {
        Bitmap readable = readable(photo);
        open(readable);
        try {
            read(0, 0, width(), height(), out);
        } finally {
            close();
            if (readable != photo) {
                readable.recycle();
            }
        }
    }

    /** Whether getPixels would convert its colours from one 8-bit space to another. */
    @TargetApi(Build.VERSION_CODES.O)
    private static boolean isWide(Bitmap bitmap) {
        return bitmap.getConfig() == Bitmap.Config.ARGB_8888
                && bitmap.getColorSpace() != null
                && !bitmap.getColorSpace().isSrgb();
    }

    private void readColors(Bitmap bitmap, int left, int top, RgbImage out) {
        int width = out.width();
        if (colors.length < width * BAND_ROWS) {
            colors = new int[width * BAND_ROWS];
        }
        byte[] pixels = out.pixels();
        int at = 0;
        for (int line = 0; line < out.height(); line += BAND_ROWS) {
            int rows = Math.min(BAND_ROWS, out.height() - line);
            bitmap.getPixels(colors, 0, width, left, top + line, width, rows);
            for (int i = 0; i < width * rows; i++) {
                int color = colors[i];
                pixels[at++] = (byte) (color >> 16);
                pixels[at++] = (byte) (color >> 8);
                pixels[at++] = (byte) color;
            }
        }
    }

    private void readStored(Bitmap bitmap, int left, int top, RgbImage out) {
        for (int line = 0; line < out.height(); line += BAND_ROWS) {
            int rows = Math.min(BAND_ROWS, out.height() - line);
            Bitmap band = Bitmap.createBitmap(bitmap, left, top + line, out.width(), rows);
            readBand(band, line, out);
            if (band != bitmap) {
                band.recycle();
            }
        }
    }

    /** Copies a bitmap to the rows of {@code out} from {@code line} on. */
    private void readBand(Bitmap band, int line, RgbImage out) {
        if (stored.length < band.getByteCount()) {
            stored = new byte[band.getByteCount()];
        }
        band.copyPixelsToBuffer(ByteBuffer.wrap(stored));
        boolean isMultiplied = band.hasAlpha() && band.isPremultiplied();
        byte[] pixels = out.pixels();
        int red = StoredOrder.RED;
        for (int y = 0; y < band.getHeight(); y++) {
            int from = y * band.getRowBytes();
            int to = (line + y) * out.rowBytes();
            for (int x = 0; x < out.width(); x++, from += 4, to += 3) {
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
