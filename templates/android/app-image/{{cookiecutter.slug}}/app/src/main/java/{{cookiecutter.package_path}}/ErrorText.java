// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.res.Resources;
import {{ cookiecutter.model_package }}.ModelException;
import java.io.IOException;

/** What went wrong, in words for the person who holds the phone. */
final class ErrorText {
    private ErrorText() {}

    static String of(Resources resources, Throwable problem) {
        if (problem instanceof ModelException) {
            return resources.getString(R.string.error_model, reason(problem));
        }
        if (problem instanceof SecurityException) {
            return resources.getString(R.string.error_photo_gone);
        }
        if (problem instanceof IOException) {
            return resources.getString(R.string.error_photo, reason(problem));
        }
        if (problem instanceof OutOfMemoryError) {
            return resources.getString(R.string.error_out_of_memory);
        }
        return resources.getString(R.string.error_unexpected, reason(problem));
    }

    private static String reason(Throwable problem) {
        String message = problem.getMessage();
        return message != null ? message : problem.getClass().getSimpleName();
    }
}
