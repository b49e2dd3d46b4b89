// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.Context;
import android.graphics.Bitmap;
import android.net.Uri;
import {{ cookiecutter.model_package }}.Photos;
import {{ cookiecutter.model_package }}.Preprocessor;
import {{ cookiecutter.model_package }}.Tensor;
import {{ cookiecutter.model_package }}.TensorInfo;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** From the files that the person chooses to the model's inputs: pictures and arrays of numbers. */
final class InputFiles {
    private static final List<String> PICTURES = Arrays.asList({{ cookiecutter.picture_inputs }});

    private final Preprocessor preprocessor = new Preprocessor();

    /** The MIME type of the files that can be chosen for an input. */
    static String type(TensorInfo input) {
        return isPicture(input) ? "image/*" : "*/*"; // Android knows none for .npy.
    }

    /**
     * Reads the file for an input. On the model's thread.
     *
     * @throws IOException when it cannot be read, or does not fit; the message is for the person
     * @throws IllegalArgumentException when a picture cannot be brought to the model's size
     */
    Tensor read(Context context, TensorInfo input, Uri file) throws IOException {
        return isPicture(input) ? picture(context, input, file) : numbers(context, input, file);
    }

    private static boolean isPicture(TensorInfo input) {
        return PICTURES.contains(input.name());
    }

    private Tensor picture(Context context, TensorInfo input, Uri file) throws IOException {
        Bitmap photo = Photos.decode(context.getContentResolver(), file);
        Tensor tensor = Tensor.zeros(input);
        preprocessor.fill(tensor, photo);
        photo.recycle();
        return tensor;
    }

    private static Tensor numbers(Context context, TensorInfo input, Uri file) throws IOException {
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
