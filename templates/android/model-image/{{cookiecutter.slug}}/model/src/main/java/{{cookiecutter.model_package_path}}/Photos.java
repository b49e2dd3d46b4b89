// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import android.content.ContentResolver;
import android.graphics.Bitmap;
import android.graphics.BitmapFactory;
import android.graphics.Matrix;
import android.media.ExifInterface;
import android.net.Uri;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Picture files as the model wants them: the stored numbers, as Pillow reads them in Python.
 *
 * <p>That is upright by the file's EXIF orientation, in the colours that the file holds (a Display
 * P3 picture stays one), and without transparency: what is behind a transparent pixel counts, as in
 * Pillow's convert("RGB"). The decoder is the device's own; of one JPEG, two devices may make
 * pixels that differ by a level or two.
 *
 * <p>Decoding takes long: call it on a thread of its own, on any, and on several at a time.
 */
public final class Photos {
    /**
     * A picture with more pixels than that, or with so many that they would fill half of the app's
     * memory, is halved until it has no more. The model's answer for it may then differ slightly
     * from Python's.
     */
    public static final int MAX_PIXELS = 25_000_000;

    /** What is larger is no photo, and would fill the memory before anybody could see that. */
    private static final int MAX_FILE_BYTES = 100_000_000;

    private static final int CHUNK_BYTES = 1 << 16;

    private Photos() {}

    /**
     * Reads a picture that the person chose: JPEG, PNG, WebP, GIF, BMP, from Android 9 on HEIC.
     *
     * @return upright and opaque; show it, and give it to the model
     * @throws IOException when it cannot be read, or is no picture that this device can decode
     */
    public static Bitmap decode(ContentResolver resolver, Uri picture) throws IOException {
        try (InputStream in = resolver.openInputStream(picture)) {
            if (in == null) {
                throw new FileNotFoundException("nothing provides " + picture);
            }
            return decode(readAll(in));
        } catch (SecurityException error) {
            throw new IOException("the app may not read " + picture, error);
        }
    }

    /**
     * Reads a picture from the bytes of its file, see {@link #decode(ContentResolver, Uri)}.
     *
     * @throws IOException when they are no picture that this device can decode
     */
    public static Bitmap decode(byte[] file) throws IOException {
        if (!PictureFile.isWhole(file)) {
            throw new IOException("the picture's file was cut off");
        }
        BitmapFactory.Options options = new BitmapFactory.Options();
        options.inJustDecodeBounds = true;
        BitmapFactory.decodeByteArray(file, 0, file.length, options);
        options.inJustDecodeBounds = false;
        options.inSampleSize = sampleSize(options.outWidth, options.outHeight);
        options.inPreferredConfig = Bitmap.Config.ARGB_8888;
        // Multiplied by alpha and divided again, four of five bytes would come back changed.
        options.inPremultiplied = false;
        Bitmap bitmap = BitmapFactory.decodeByteArray(file, 0, file.length, options);
        if (bitmap == null) {
            throw new IOException("this device cannot decode the picture");
        }
        bitmap.setHasAlpha(false);
        return upright(bitmap, orientation(file));
    }

    private static int sampleSize(int width, int height) {
        // Of the three bytes to a pixel, see Preprocessor; the bitmap itself lies elsewhere.
        long limit = Math.min(MAX_PIXELS, Runtime.getRuntime().maxMemory() / 2 / 3);
        int size = 1;
        while ((long) (width / size) * (height / size) > limit) {
            size *= 2;
        }
        return size;
    }

    private static int orientation(byte[] file) throws IOException {
        ExifInterface exif = new ExifInterface(new ByteArrayInputStream(file));
        return exif.getAttributeInt(
                ExifInterface.TAG_ORIENTATION, ExifInterface.ORIENTATION_NORMAL);
    }

    /** Turned so that an EXIF orientation of 1 would describe it; the pixels keep their values. */
    private static Bitmap upright(Bitmap bitmap, int orientation) {
        Matrix turn = new Matrix();
        switch (orientation) {
            case ExifInterface.ORIENTATION_FLIP_HORIZONTAL:
                turn.setScale(-1, 1);
                break;
            case ExifInterface.ORIENTATION_ROTATE_180:
                turn.setRotate(180);
                break;
            case ExifInterface.ORIENTATION_FLIP_VERTICAL:
                turn.setScale(1, -1);
                break;
            case ExifInterface.ORIENTATION_TRANSPOSE:
                turn.setRotate(90);
                turn.postScale(-1, 1);
                break;
            case ExifInterface.ORIENTATION_ROTATE_90:
                turn.setRotate(90);
                break;
            case ExifInterface.ORIENTATION_TRANSVERSE:
                turn.setRotate(-90);
                turn.postScale(-1, 1);
                break;
            case ExifInterface.ORIENTATION_ROTATE_270:
                turn.setRotate(-90);
                break;
            default:
                return bitmap;
        }
        Bitmap turned =
                Bitmap.createBitmap(
                        bitmap, 0, 0, bitmap.getWidth(), bitmap.getHeight(), turn, false);
        if (turned != bitmap) {
            bitmap.recycle();
        }
        return turned;
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(in.available(), 32));
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            bytes.write(chunk, 0, count);
            if (bytes.size() > MAX_FILE_BYTES) {
                throw new IOException("the picture's file has more than 100 MB");
            }
        }
        return bytes.toByteArray();
    }
}
