// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.Context;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;
import android.os.ParcelFileDescriptor;
import android.provider.OpenableColumns;
import java.io.File;
import java.io.FileNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Lets the camera app write the one photo it is asked for into this app's cache, and this app read
 * it.
 *
 * <p>MediaStore would need a storage permission before API 29, and would leave every trial in the
 * person's gallery. AndroidX has FileProvider for this; one file needs no more than what stands
 * here.
 */
public final class CaptureProvider extends ContentProvider {
    private static final String FILE = "capture.jpg";

    /** Where the camera app is to put the next photo. The one before is thrown away. */
    static Uri next(Context context) {
        // A camera app that says it has a photo and wrote none must not bring the old one back.
        file(context).delete();
        return uri(context);
    }

    /** Where the photo is. */
    static Uri uri(Context context) {
        return new Uri.Builder()
                .scheme("content")
                .authority(context.getPackageName() + ".captures")
                .path(FILE)
                .build();
    }

    private static File file(Context context) {
        return new File(context.getCacheDir(), FILE);
    }

    @Override
    public boolean onCreate() {
        return true;
    }

    @Override
    public String getType(Uri uri) {
        return "image/jpeg";
    }

    @Override
    public ParcelFileDescriptor openFile(Uri uri, String mode) throws FileNotFoundException {
        return ParcelFileDescriptor.open(known(uri), ParcelFileDescriptor.parseMode(mode));
    }

    @Override
    public Cursor query(
            Uri uri,
            String @Nullable [] projection,
            @Nullable String selection,
            String @Nullable [] selectionArguments,
            @Nullable String sortOrder) {
        MatrixCursor cursor =
                new MatrixCursor(
                        new String[] {OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE}, 1);
        try {
            cursor.addRow(new Object[] {FILE, known(uri).length()});
        } catch (FileNotFoundException e) {
            // No row: that is how a provider says that there is no such thing.
        }
        return cursor;
    }

    /** The one file there is, and no path of a caller's making. */
    private File known(Uri uri) throws FileNotFoundException {
        Context context = getContext();
        if (context == null
                || !FILE.equals(uri.getLastPathSegment())
                || uri.getPathSegments().size() != 1) {
            throw new FileNotFoundException(uri.toString());
        }
        return file(context);
    }

    @Override
    public @Nullable Uri insert(Uri uri, @Nullable ContentValues values) {
        throw new UnsupportedOperationException(
                "only one photo is kept here, and create() makes it");
    }

    @Override
    public int update(
            Uri uri,
            @Nullable ContentValues values,
            @Nullable String selection,
            String @Nullable [] selectionArguments) {
        throw new UnsupportedOperationException("a photo has no values");
    }

    @Override
    public int delete(Uri uri, @Nullable String selection, String @Nullable [] selectionArguments) {
        throw new UnsupportedOperationException("create() replaces the photo");
    }
}
