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
            return resources.getString(words((ModelException) problem), detail(problem));
        }
        if (problem instanceof OutOfMemoryError) {
            return resources.getString(R.string.error_out_of_memory);
        }
        if (problem instanceof SecurityException
                || problem.getCause() instanceof SecurityException) {
            return resources.getString(R.string.error_file_gone);
        }
        if (problem instanceof IOException) {
            return resources.getString(R.string.error_file, detail(problem));
        }
        return resources.getString(R.string.error_unfit, detail(problem));
    }

    private static int words(ModelException problem) {
        switch (problem.reason()) {
            case MISSING:
                return R.string.error_model_missing;
            case TRUNCATED:
            case FOREIGN:
                return R.string.error_model_damaged;
            case STORAGE:
                return R.string.error_model_storage;
            case FAILED:
                return R.string.error_model_failed;
            default:
                return R.string.error_model_unusable;
        }
    }

    private static String detail(Throwable problem) {
        String message = problem.getMessage();
        return message != null ? message : problem.getClass().getSimpleName();
    }
}
