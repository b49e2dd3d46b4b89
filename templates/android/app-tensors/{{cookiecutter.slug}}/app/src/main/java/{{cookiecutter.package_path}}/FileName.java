// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.ContentResolver;
import android.database.Cursor;
import android.net.Uri;
import android.provider.OpenableColumns;

/** What the person calls a file that another app provides. */
final class FileName {
    private FileName() {}

    /**
     * The name that its provider gives, else the end of its address. Asks another app: takes long.
     */
    static String of(ContentResolver resolver, Uri file) {
        String[] wanted = {OpenableColumns.DISPLAY_NAME};
        try (Cursor cursor = resolver.query(file, wanted, null, null, null)) {
            if (cursor != null && cursor.moveToFirst() && !cursor.isNull(0)) {
                return cursor.getString(0);
            }
        } catch (SecurityException | IllegalArgumentException | UnsupportedOperationException e) {
            // The provider does not answer questions, or not this one: the file may be readable
            // still.
        }
        return String.valueOf(file.getLastPathSegment());
    }
}
