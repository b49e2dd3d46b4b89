// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.
package {{ cookiecutter.model_package }};

{{ cookiecutter.pipeline_imports }}
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the model sees: from the pixels of an upright RGB photo to the tensor. */
final class Pipeline {
    /** Sees every stage on the way, by the name it has in generated/goldens. For tests. */
    interface StageObserver {
        void stage(String name, Picture picture);
    }

    /** The inputs that are pictures, by their names. */
    static final List<String> INPUTS =
            Collections.unmodifiableList(Arrays.asList({{ cookiecutter.pipeline_inputs }}));

    private Pipeline() {}

    /**
     * Fills the input of that name.
     *
     * @param photo upright, of any size; only what the steps leave of it is read
     * @param workspace the buffers, reused from one photo to the next; not for two threads at once
     * @param tensor receives the input's values in its own layout and dtype; direct, native order
     * @param observer sees every stage, or null
     * @throws IllegalArgumentException when the input is no picture, or the photo's shape cannot be
     *     brought to the tensor's size
     */
    static void fill(
            String input,
            PixelSource photo,
            Workspace workspace,
            ByteBuffer tensor,
            @Nullable StageObserver observer) {
        switch (input) {
{{ cookiecutter.pipeline_cases }}
            default:
                throw new IllegalArgumentException("the input " + input + " is no picture");
        }
    }

{{ cookiecutter.pipeline_methods }}

    private static Picture seen(@Nullable StageObserver observer, String stage, Picture picture) {
        if (observer != null) {
            observer.stage(stage, picture);
        }
        return picture;
    }

    // Where the steps leave a side to the photo's shape, not every photo ends at the tensor's size.
    private static void requireSize(Picture picture, int height, int width) {
        if (picture.height() != height || picture.width() != width) {
            throw new IllegalArgumentException(
                    "the photo becomes " + picture.width() + " x " + picture.height()
                            + " pixels, the model needs " + width + " x " + height);
        }
    }
}
