// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.Context;
import android.graphics.Bitmap;
import android.net.Uri;
import {{ cookiecutter.model_package }}.Photos;
import {{ cookiecutter.model_package }}.Preprocessor;
import {{ cookiecutter.model_package }}.Tensor;
import {{ cookiecutter.model_package }}.TensorInfo;
import java.io.IOException;

/** From the files that the person chooses to the model's inputs: each is a picture. */
final class InputFiles {
    private final Preprocessor preprocessor = new Preprocessor();

    /** The MIME type of the files that can be chosen for an input. */
    static String type(TensorInfo input) {
        return "image/*";
    }

    /**
     * Reads the file for an input. On the model's thread.
     *
     * @throws IOException when it cannot be read; the message is for the person
     * @throws IllegalArgumentException when the picture cannot be brought to the model's size
     */
    Tensor read(Context context, TensorInfo input, Uri file) throws IOException {
        Bitmap photo = Photos.decode(context.getContentResolver(), file);
        Tensor tensor = Tensor.zeros(input);
        preprocessor.fill(tensor, photo);
        photo.recycle();
        return tensor;
    }
}
