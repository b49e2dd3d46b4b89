// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.Context;
import android.net.Uri;
import {{ cookiecutter.model_package }}.Tensor;
import {{ cookiecutter.model_package }}.TensorInfo;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** From the files that the person chooses to the model's inputs: each is an array of numbers. */
final class InputFiles {
    /** The MIME type of the files that can be chosen for an input. */
    static String type(TensorInfo input) {
        return "*/*"; // Android knows none for .npy.
    }

    /**
     * Reads the file for an input. On the model's thread.
     *
     * @throws IOException when it cannot be read, or does not fit; the message is for the person
     */
    Tensor read(Context context, TensorInfo input, Uri file) throws IOException {
        try (InputStream in = context.getContentResolver().openInputStream(file)) {
            if (in == null) {
                throw new FileNotFoundException(file.toString());
            }
            return NpyFile.read(context.getResources(), input, in);
        } catch (SecurityException e) {
            throw new IOException(e);
        }
    }
}
